"""A graph store that is spoken to through the official Neo4j driver: the embedded engine or a Neo4j server."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from kg.model.errors import RefusedQueryError
from kg.model.graph import Graph, GraphBatch, Selection, WriteReport
from kg.model.protocols import Row
from kg.store.cypher_text import schema_statements
from kg.store.failures import told
from kg.store.read_guard import require_read
from kg.store.reading import count_nodes, read_graph
from kg.store.rows import as_parameter, plain
from kg.store.writing import UnjoinedError, apply

if TYPE_CHECKING:
    from neo4j import Driver, Session

log = logging.getLogger(__name__)

Result = TypeVar("Result")

QUERY_SECONDS = 30.0  # the embedded store has the same limit as a setting of its database
_WAITS = (0.0, 0.05, 0.2)  # seconds before a batch that met another writer is written again
_READS = frozenset({"r", "s"})  # "s" is dbms.components; the guard has refused every other schema command


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A driver with what it leads to.

    Attributes:
        database: Its name; None for the default database of the user.
        explains: EXPLAIN runs nothing and tells reads from writes.
        close: Closes the driver, and the engine if it is this process's own and nobody else uses it.
        erase: Empties the database and its files; None where only the operator of a server can.
    """

    driver: "Driver"
    database: str | None
    explains: bool
    close: Callable[[], None]
    erase: Callable[[], None] | None = None

    def session(self, access: str = "WRITE") -> "Session":
        """Return a new session."""
        return self.driver.session(database=self.database, default_access_mode=access)


class DriverStore:
    """The GraphStore over a driver.

    A connection that is lost (the server restarted; the process that held the embedded folder ended) is opened anew
    once: every write may be repeated.
    """

    def __init__(self, name: str, connect: Callable[[], Connection]) -> None:
        """Connect.

        Args:
            connect: Opens a connection; called again when it is lost.
        """
        self._name = name
        self._connect = connect
        self._writing = threading.Lock()
        with told(name):
            self._connection = connect()

    @property
    def name(self) -> str:
        """A folder, or an address without credentials."""
        return self._name

    def prepare(self) -> None:
        """Create constraints and indexes of the schema; does nothing when they are there."""
        self._call(_prepare)

    def write(self, batch: GraphBatch) -> WriteReport:
        """Write one batch in one managed transaction; writers of this process wait for one another.

        Raises:
            StoreError: Nothing of the batch was written.
        """
        if not len(batch):
            return WriteReport()
        with self._writing:
            return self._call(lambda connection: _write(connection, batch))

    def read(self, selection: Selection) -> Graph:
        """Return the selected part of the graph, sorted; what other programs put into the store is left out.

        Raises:
            UsageError: The selection names an actor that is not in the graph.
        """
        return self._call(lambda connection: _read(connection, selection))

    def count_nodes(self) -> int:
        """Return the number of nodes with our labels."""
        return self._call(_count)

    def query(self, cypher: str, parameters: Mapping[str, object], *, limit: int = 10_000) -> Iterator[Row]:
        """Yield the rows of a read-only query; a longer answer is cut, with a warning in the log.

        Raises:
            RefusedQueryError: The text is not a plain read; nothing was changed.
            StoreError: The server cannot be reached, the text is not valid Cypher, or takes more than 30 s.
        """
        require_read(cypher)
        return iter(self._call(lambda connection: _query(connection, cypher, parameters, limit)))

    def erase(self) -> bool:
        """Empty the store so that its files hold nothing of what was in it; False, and nothing is done, on a server.

        A server keeps bytes of what was deleted in files that only its operator can reach.
        """
        if self._connection.erase is None:
            return False
        self._connection.erase()
        self.prepare()
        return True

    def close(self) -> None:
        """Close connections and, for the last user of an embedded folder in its owner's process, the engine."""
        self._connection.close()

    def _call(self, work: Callable[[Connection], Result]) -> Result:
        from neo4j.exceptions import ServiceUnavailable, SessionExpired

        with told(self._name):
            try:
                return work(self._connection)
            except (ServiceUnavailable, SessionExpired):
                self._connection.close()
                self._connection = self._connect()
                return work(self._connection)


def _prepare(connection: Connection) -> None:
    with connection.session() as session:
        for statement in schema_statements():
            session.run(statement).consume()


def _write(connection: Connection, batch: GraphBatch) -> WriteReport:
    from neo4j.exceptions import Neo4jError

    with connection.session() as session:
        for wait in _WAITS:
            try:
                return session.execute_write(apply, batch)
            except (Neo4jError, UnjoinedError):
                # Another writer of the same nodes in the same moment; the embedded engine tells it in many ways.
                time.sleep(wait)
        return session.execute_write(apply, batch)


def _read(connection: Connection, selection: Selection) -> Graph:
    with connection.session("READ") as session:
        return session.execute_read(read_graph, selection)


def _count(connection: Connection) -> int:
    with connection.session("READ") as session:
        return session.execute_read(count_nodes)


def _query(connection: Connection, cypher: str, parameters: Mapping[str, object], limit: int) -> list[Row]:
    given = {name: as_parameter(value) for name, value in parameters.items()}
    with connection.session("READ") as session:
        if connection.explains:
            with session.begin_transaction(timeout=QUERY_SECONDS) as tx:
                _require_read_kind(tx.run(f"EXPLAIN {cypher}", given).consume().query_type)
        # Never committed: whatever got past the guards leaves nothing behind.
        with session.begin_transaction(timeout=QUERY_SECONDS) as tx:
            rows: list[Row] = []
            is_cut = False
            result = tx.run(cypher, given)
            for record in result:
                if is_cut := len(rows) == limit:
                    log.warning("answer cut at the row limit", extra={"limit": limit})
                    break
                rows.append({name: plain(record[name]) for name in result.keys()})  # noqa: SIM118  # a method of the driver's
            summary = result.consume()
            tx.rollback()
    kind = "w" if summary.counters.contains_updates else summary.query_type
    if not (is_cut and kind is None):  # the embedded engine tells no kind when it is to discard the rows that are left
        _require_read_kind(kind)
    return rows


def _require_read_kind(kind: str | None) -> None:
    if kind not in _READS:
        raise RefusedQueryError("the query is not a plain read; nothing was changed")
