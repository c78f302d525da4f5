"""A real Neo4j for the tests: the server that KG_NEO4J_URI names, else one started here from the jars of install.sh."""

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

JARS = Path(__file__).parents[2] / ".cache" / "neo4j"
START_SECONDS = 180.0  # about 6 s on two idle cores, ten times that on busy ones
OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")
SETTINGS = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.memory.pagecache.size=128m
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
"""


class NoServerError(Exception):
    """There is no Neo4j to be had here; the text says how to get one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where a Neo4j answers, and the password of its user neo4j."""

    uri: str
    password: str


@contextmanager
def running(home: Path) -> Iterator[Server]:
    """Yield a server; one that was started here keeps its files under `home` and is stopped afterwards.

    Raises:
        NoServerError: No server is named, and none can be started.
    """
    if uri := os.environ.get("KG_NEO4J_URI"):
        yield Server(uri=uri, password=os.environ.get("KG_NEO4J_PASSWORD", ""))
        return
    server = Server(uri=f"bolt://127.0.0.1:{_free_port()}", password=secrets.token_urlsafe(12))
    process = _start(home, server)
    try:
        _set_password(server, process, home / "console.log")
        yield server
    finally:
        process.kill()  # its files are thrown away
        process.wait()


def _start(home: Path, server: Server) -> "subprocess.Popen[bytes]":
    java = shutil.which("java")
    if java is None or not JARS.is_dir():
        raise NoServerError("run tests/services/install.sh (it wants Java >= 17 and Maven), or set KG_NEO4J_URI")
    for folder in ("conf", "data", "logs", "run", "plugins", "import"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text(SETTINGS.format(port=server.uri.rpartition(":")[2]))
    command = [java, "-XX:+UseSerialGC", "-Xmx768m", *(f"--add-opens={opened}=ALL-UNNAMED" for opened in OPENED)]
    command += ["-cp", f"{JARS}/*", "org.neo4j.server.CommunityEntryPoint"]
    command += [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    with (home / "console.log").open("wb") as console:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT)


def _set_password(server: Server, process: "subprocess.Popen[bytes]", console: Path) -> None:
    from neo4j import GraphDatabase

    _wait_for_bolt(server, process, console)
    with GraphDatabase.driver(server.uri, auth=("neo4j", "neo4j")) as driver:
        driver.execute_query(
            "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password", password=server.password, database_="system"
        )


def _wait_for_bolt(server: Server, process: "subprocess.Popen[bytes]", console: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(server):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NoServerError(f"Neo4j did not come up: {console.read_text(errors='replace')[-600:]}")
        time.sleep(0.1)


def _answers(server: Server) -> bool:
    try:
        socket.create_connection(("127.0.0.1", int(server.uri.rpartition(":")[2])), timeout=2).close()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
