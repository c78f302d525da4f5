"""A folder as graph store: ArcadeDB inside this process, spoken to over Bolt on a loopback port.

The first process that opens a folder owns it. Others connect to the owner's port while it lives; its address and the
password lie in the folder, readable by the user alone.
"""

import atexit
import json
import os
import secrets
import socket
import tempfile
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.model.errors import StoreError, StoreLockedError
from kg.model.protocols import GraphStore
from kg.store.driver_store import QUERY_SECONDS, Connection, DriverStore
from kg.store.failures import one_line, way_out

if TYPE_CHECKING:
    from neo4j import Driver

DATABASE = "neo4j"
USER = "root"
RETRY_SECONDS = 5.0  # for write conflicts; an owner that ended is not waited for
ANSWER_SECONDS = 5.0  # an owner that has just locked the folder is up within a second
MAX_MESSAGE_BYTES = 256 * 2**20  # at the default of 16 MiB a larger batch makes the driver hang
_PASSING_FAILURES = ("locked by another process", "Unable to listen")
ERASE_SECONDS = 60.0  # dropping a database of 10 GB takes two
SETTINGS = (("command.timeout", int(QUERY_SECONDS * 1000)), ("txWalFlush", 2))  # 2: synced to the disk at every commit
START_ATTEMPTS = 3  # the owner may end, or the free port be taken, between two steps


def open_embedded(target: str) -> GraphStore:
    """Open the graph store of a folder, made when it is missing; several processes may share it.

    Raises:
        StoreError: There is no engine for this machine, or the folder cannot be opened.
        StoreLockedError: Another process holds the folder and does not answer.
    """
    folder = Path(target).resolve()
    return DriverStore(str(folder), lambda: _connect(folder))


def _connect(folder: Path) -> Connection:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        password = _password(folder)
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be used as a graph store: {error.strerror}; name another one with --store or KG_STORE"
        ) from error
    for _ in range(START_ATTEMPTS):
        if connection := _ENGINES.connect(folder, password) or _as_client(folder, password):
            return connection
    raise StoreLockedError(
        f"{folder} is held by another process that does not answer; end it, or name another folder with --store"
    )


# As the owner


@dataclass(slots=True, kw_only=True)
class _Engine:
    """A running engine of this process and the drivers that use it."""

    server: Any  # arcadedb has no types
    uri: str
    drivers: "list[Driver]" = field(default_factory=list)

    def stop(self) -> None:
        while self.drivers:
            self.drivers.pop().close()
        self.server.stop()


class _Engines:
    """The engines of this process by folder, so that opening a folder twice shares one."""

    def __init__(self) -> None:
        self._running: dict[Path, _Engine] = {}
        self._lock = threading.RLock()
        atexit.register(self.stop_all)

    def connect(self, folder: Path, password: str) -> Connection | None:
        """Return a connection to the engine of a folder, started when needed; None when another process owns it."""
        with self._lock:
            engine = self._running.get(folder) or _start(folder, password)
            if engine is None:
                return None
            self._running[folder] = engine
            try:
                driver = _driver(engine.uri, password)
            except BaseException:
                self._stop_if_unused(folder, engine)
                raise
            engine.drivers.append(driver)
        return _connection(folder, password, driver, lambda: self._leave(folder, engine, driver))

    def _leave(self, folder: Path, engine: _Engine, driver: "Driver") -> None:
        driver.close()
        with self._lock:
            if driver in engine.drivers:
                engine.drivers.remove(driver)
                self._stop_if_unused(folder, engine)

    def _stop_if_unused(self, folder: Path, engine: _Engine) -> None:
        if not engine.drivers:
            del self._running[folder]
            engine.stop()

    def stop_all(self) -> None:
        """Stop what a process that ends has not closed: its threads would keep it alive."""
        with self._lock:
            while self._running:
                self._running.popitem()[1].stop()


_ENGINES = _Engines()


def _start(folder: Path, password: str) -> _Engine | None:
    """Start an engine; None when it may be had in a moment."""
    arcadedb = _engine_module(folder)
    port, http_port = _free_port(), _free_port()
    server = arcadedb.create_server(
        root_path=str(folder),
        root_password=password,
        config={
            "host": "127.0.0.1",
            "http_port": http_port,
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt_port": port,
            "bolt_defaultDatabase": DATABASE,
            "bolt_maxMessageSize": MAX_MESSAGE_BYTES,
            "bolt_packstream_maxValueLength": MAX_MESSAGE_BYTES,
            "serverMetrics": False,
        },
    )
    try:
        server.start()
        database = server.create_database(DATABASE)
        for statement in _settings():
            database.command("sql", statement)
    except arcadedb.ArcadeDBError as error:
        server.stop()
        if any(passing in str(error) for passing in _PASSING_FAILURES):
            return None
        remedy = way_out(error, "delete the folder and run kg rebuild")
        raise StoreError(f"the graph store {folder} cannot be opened ({one_line(error)}); {remedy}") from error
    uri = f"bolt://127.0.0.1:{port}"
    _put_private(folder / "bolt.json", json.dumps({"uri": uri, "pid": os.getpid(), "http_port": http_port}))
    return _Engine(server=server, uri=uri)


def _engine_module(folder: Path) -> Any:  # noqa: ANN401  # arcadedb has no types
    # Both are read at import; without them the engine writes its log to the terminal and the current folder.
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    os.environ.setdefault("ARCADEDB_LOG_DIR", str(folder / "log"))
    try:
        import arcadedb
    except ImportError:
        try:
            import arcadedb_embedded
        except ImportError as error:
            raise StoreError(
                "there is no embedded graph engine for this machine; set KG_STORE to the bolt:// address of a Neo4j, "
                "or install the Java build with pip install 'kg[jvm]'"
            ) from error
        return arcadedb_embedded
    return arcadedb


# As a client of the owner


def _as_client(folder: Path, password: str) -> Connection | None:
    """Return a connection to the process that owns the folder; None when it does not answer."""
    from neo4j.exceptions import DriverError, Neo4jError

    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError, ValueError, KeyError, DriverError, Neo4jError):
            driver = _driver(json.loads((folder / "bolt.json").read_text())["uri"], password)
            return _connection(folder, password, driver, driver.close)
        time.sleep(0.1)
    return None


def _driver(uri: str, password: str) -> "Driver":
    from neo4j import GraphDatabase
    from neo4j.exceptions import AuthError

    driver = GraphDatabase.driver(
        uri,
        auth=(USER, password),
        connection_timeout=2.0,
        max_transaction_retry_time=RETRY_SECONDS,
        notifications_min_severity="OFF",
    )
    try:
        driver.verify_connectivity()
    except AuthError as error:
        driver.close()
        raise StoreError(
            "the file `password` in the folder of the graph store is not the engine's; delete the folder and run kg "
            "rebuild"
        ) from error
    except BaseException:
        driver.close()
        raise
    return driver


def _connection(folder: Path, password: str, driver: "Driver", close: Callable[[], None]) -> Connection:
    erase = partial(_erase, folder, password)
    return Connection(driver=driver, database=DATABASE, explains=False, close=close, erase=erase)


def _settings() -> list[str]:
    return [f"ALTER DATABASE `arcadedb.{setting}` {value}" for setting, value in SETTINGS]


def _erase(folder: Path, password: str) -> None:
    """Drop the database and make an empty one, through its owner, be it this process or another.

    The engine leaves the bytes of deleted and of moved records in its files, also when it is told to compress them.
    """
    asked = [("server", {"command": f"{verb} database {DATABASE}"}) for verb in ("drop", "create")]
    asked += [(f"command/{DATABASE}", {"language": "sql", "command": statement}) for statement in _settings()]
    login = b64encode(f"{USER}:{password}".encode()).decode()
    try:
        port = json.loads((folder / "bolt.json").read_text())["http_port"]
        with closing(HTTPConnection("127.0.0.1", port, timeout=ERASE_SECONDS)) as connection:
            for path, body in asked:
                connection.request("POST", f"/api/v1/{path}", json.dumps(body), {"Authorization": f"Basic {login}"})
                answer = connection.getresponse()
                told = answer.read().decode("utf-8", "replace")
                if answer.status != HTTPStatus.OK:
                    raise StoreError(f"the graph store {folder} cannot be emptied ({told[:200]}); delete the folder")
    except (OSError, ValueError, KeyError, HTTPException) as error:
        raise StoreError(
            f"the graph store {folder} cannot be emptied ({error}); end other processes that use it, or delete it"
        ) from error


# Files


def _password(folder: Path) -> str:
    """Return the password of the folder's engine, made once; two processes that make it at once agree on one."""
    path = folder / "password"
    if not path.exists():
        fresh = folder / f"password.{os.getpid()}"
        _put_private(fresh, secrets.token_urlsafe(24))
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text()


def _put_private(path: Path, text: str) -> None:
    """Write a file whole, readable by the user alone."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as part:  # made with mode 0600
        part.write(text)
    Path(part.name).replace(path)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
