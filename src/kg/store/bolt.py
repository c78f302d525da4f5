"""A Neo4j server as graph store."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from kg.model.errors import StoreError, UsageError
from kg.model.protocols import GraphStore
from kg.store.driver_store import Connection, DriverStore

CONNECT_SECONDS = 10.0


def open_bolt(target: str, *, user: str = "neo4j", password: str | None = None) -> GraphStore:
    """Connect to the Neo4j server (5.26 or newer) of a bolt:// or neo4j:// address.

    Args:
        password: None for a server without authentication.

    Raises:
        UsageError: The address is malformed or holds a password.
        StoreError: The server cannot be reached, refuses the password, or would be sent it in the clear.
    """
    name = _checked_name(target, sends_password=password is not None)

    def connect() -> Connection:
        from neo4j import GraphDatabase

        driver = GraphDatabase.driver(
            target,
            auth=None if password is None else (user, password),
            connection_timeout=CONNECT_SECONDS,
            notifications_min_severity="OFF",
        )
        try:
            driver.verify_connectivity()
        except BaseException:
            driver.close()
            raise
        return Connection(driver=driver, database=None, explains=True, close=driver.close)

    return DriverStore(name, connect)


def _checked_name(target: str, *, sends_password: bool) -> str:
    """Return the address as it may be shown."""
    parts = urlsplit(target)
    if parts.username or parts.password:
        raise UsageError("the address of a store holds no user or password; set KG_NEO4J_USER and KG_NEO4J_PASSWORD")
    try:
        port = parts.port
    except ValueError:
        port = 0
    if not parts.hostname or port == 0 or parts.path not in {"", "/"} or parts.query:
        raise UsageError(f"{target!r} is no address of a Neo4j server; write bolt://HOST:PORT or neo4j+s://HOST:PORT")
    if sends_password and "+" not in parts.scheme and not _is_loopback(parts.hostname):
        raise StoreError(
            f"{target} would send the password in the clear to another machine; use {parts.scheme}+s:// (TLS)"
        )
    return f"{parts.scheme}://{parts.netloc}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
