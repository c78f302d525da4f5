"""The ledger: the SQLite file that holds documents, what was extracted from them, and runs. It is the truth."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.model.claims import Extraction
from kg.model.documents import Document
from kg.model.errors import StoreError
from kg.model.runs import RunReport, RunState
from kg.store.codec import dumps, loads
from kg.store.failures import way_out
from kg.store.judgements import Judgements
from kg.store.ledger_rows import CHANGES, FORGOTTEN, count_change, replace_extractions, run_row
from kg.store.ledger_schema import format_of, migrate
from kg.store.provenance import Provenance
from kg.store.tombstones import Tombstones, bury, find_tombstone
from kg.store.units import WrittenUnits, put_written
from kg.store.validators import LedgerHttpCache

BUSY_SECONDS = 30.0  # how long a process waits for another that is writing
CACHE_KIB = 65_536  # pages of the file that are kept in memory
_PUBLISHED = "published:"  # how keys of the table meta begin


class Ledger:
    """Documents, extractions, runs, and what was written to which store.

    Every method that writes is one transaction: it is done whole, and is on the disk, when the method returns.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the ledger of that path; make it, and bring an older one up to date, where needed.

        Raises:
            StoreError: The file cannot be opened, is no ledger, or was written by a newer version of kg.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"the ledger {path} cannot be opened: {error}; name another folder with --home") from error
        ledger = cls(path, connection)
        try:
            with ledger._errors():
                format_of(connection, str(path))  # before the first pragma, which writes into the file
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
            with ledger._transaction():
                migrate(connection, str(path))
        except BaseException:
            connection.close()
            raise
        return ledger

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Runs

    def begin_run(self, report: RunReport) -> None:
        """Record a run that starts.

        Raises:
            StoreError: A run of that id is known already.
        """
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO runs (run_id, job, state, started, report) VALUES (?, ?, ?, ?, ?)", run_row(report)
            )

    def end_run(self, report: RunReport) -> None:
        """Record how a run ended.

        Raises:
            StoreError: No run of that id was begun.
        """
        run_id, *values = run_row(report)
        with self._transaction() as connection:
            ended = connection.execute(
                "UPDATE runs SET job = ?, state = ?, started = ?, report = ? WHERE run_id = ?", (*values, run_id)
            )
            if not ended.rowcount:
                raise StoreError(f"the ledger {self._path} knows no run {run_id!r}; begin_run comes first")

    def runs(self, limit: int, *, job: str | None = None) -> tuple[RunReport, ...]:
        """Return the newest runs, of one job or of all, the one begun last first, whatever the clock said then."""
        rows = self._rows(
            "SELECT report FROM runs WHERE ?1 IS NULL OR job = ?1 ORDER BY rowid DESC LIMIT ?2", (job, limit)
        )
        return tuple(loads(RunReport, report) for (report,) in rows)

    def last_started(self, job: str) -> datetime | None:
        """Return when the newest run of a job began by the clock of then, None when there was none."""
        rows = self._rows("SELECT started FROM runs WHERE job = ? ORDER BY rowid DESC LIMIT 1", (job,))
        return datetime.fromisoformat(rows[0][0]) if rows else None

    def mark_crashed(self, job: str, ended: datetime) -> int:
        """Mark the runs of a job that never ended, and return their number; the caller holds the lock of the job."""
        with self._transaction() as connection:
            rows = connection.execute(
                "SELECT report FROM runs WHERE job = ? AND state = ?", (job, RunState.RUNNING)
            ).fetchall()
            for (text,) in rows:
                report = loads(RunReport, text).crashed(ended)
                connection.execute(
                    "UPDATE runs SET state = ?, report = ? WHERE run_id = ?",
                    (report.state, dumps(report), report.run_id),
                )
        return len(rows)

    # Documents and extractions

    def has_document(self, doc_id: str) -> bool:
        """Whether the ledger holds that document."""
        return bool(self._rows("SELECT 1 FROM documents WHERE doc_id = ?", (doc_id,)))

    def doc_ids(self) -> tuple[str, ...]:
        """Return the ids of all documents, sorted."""
        return tuple(doc_id for (doc_id,) in self._rows("SELECT doc_id FROM documents ORDER BY doc_id"))

    def media_types(self, doc_ids: Collection[str]) -> dict[str, str]:
        """Return the media type of each of these documents that it holds, by doc_id; no document is read for it."""
        sql = "SELECT doc_id, media_type FROM documents WHERE doc_id IN (SELECT value FROM json_each(?)) ORDER BY 1"
        return dict(self._rows(sql, (json.dumps(sorted(doc_ids)),)))

    def document(self, doc_id: str) -> Document:
        """Return a document.

        Raises:
            StoreError: The ledger does not hold it.
        """
        rows = self._rows("SELECT document FROM documents WHERE doc_id = ?", (doc_id,))
        if not rows:
            raise StoreError(f"the ledger {self._path} holds no document {doc_id!r}")
        return loads(Document, rows[0][0])

    def add(self, document: Document, extractions: Sequence[Extraction], *, run_id: str) -> bool:
        """Add a document with what was extracted from it; False, and nothing is written, when known or forgotten."""
        with self._transaction() as connection:
            if find_tombstone(connection.execute, document.doc_id):
                return False
            added = connection.execute(
                "INSERT INTO documents (doc_id, media_type, run_id, document) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                (document.doc_id, document.media_type, run_id, dumps(document)),
            )
            if added.rowcount:
                replace_extractions(connection, document.doc_id, extractions)
                count_change(connection, (document.doc_id,))
        return bool(added.rowcount)

    def extractions(self, doc_id: str) -> tuple[Extraction, ...]:
        """Return what was extracted from a document, by name of extractor."""
        rows = self._rows("SELECT extraction FROM extractions WHERE doc_id = ? ORDER BY extractor", (doc_id,))
        return tuple(loads(Extraction, text) for (text,) in rows)

    def put_extractions(self, doc_id: str, extractions: Sequence[Extraction]) -> None:
        """Put the extractions of a known document in place of those of the same extractors.

        Raises:
            StoreError: The ledger does not hold the document.
        """
        with self._transaction() as connection:
            if not connection.execute("SELECT 1 FROM documents WHERE doc_id = ?", (doc_id,)).fetchone():
                raise StoreError(f"the ledger {self._path} holds no document {doc_id!r}")
            replace_extractions(connection, doc_id, extractions)
            count_change(connection, (doc_id,))

    def stale(
        self, extractors: Mapping[str, str], *, media_types: Mapping[str, Collection[str]] | None = None
    ) -> Iterator[Document]:
        """Yield the documents that lack an extraction of the version asked for, sorted by doc_id.

        The ledger may be written while this runs: the list is made first.

        Args:
            extractors: Version by name of extractor.
            media_types: What each extractor reads; a document of another media type never lacks its extraction.
        """
        lacking: set[str] = set()
        for name, version in extractors.items():
            rows = self._rows(
                "SELECT doc_id, media_type FROM documents AS d WHERE NOT EXISTS (SELECT 1 FROM extractions AS e "
                "WHERE e.doc_id = d.doc_id AND e.extractor = ? AND e.version = ?)",
                (name, version),
            )
            lacking.update(
                doc_id for doc_id, kind in rows if media_types is None or kind in media_types.get(name, (kind,))
            )
        for doc_id in sorted(lacking):
            yield self.document(doc_id)

    def extractors(self) -> tuple[str, ...]:
        """Return the names of the extractors whose extractions it holds, sorted."""
        return tuple(name for (name,) in self._rows("SELECT DISTINCT extractor FROM extractions ORDER BY extractor"))

    @property
    def provenance(self) -> Provenance:
        """Where the documents came from."""
        return Provenance(self._rows, self._transaction)

    def read(self) -> tuple[tuple[Document, tuple[Extraction, ...]], ...]:
        """Return every document by doc_id, each with its extractions by name of extractor."""
        extractions: dict[str, list[Extraction]] = {}
        for doc_id, text in self._rows("SELECT doc_id, extraction FROM extractions ORDER BY doc_id, extractor"):
            extractions.setdefault(doc_id, []).append(loads(Extraction, text))
        documents = self._rows("SELECT doc_id, document FROM documents ORDER BY doc_id")
        return tuple((loads(Document, text), tuple(extractions.get(doc_id, ()))) for doc_id, text in documents)

    def changed(self, since: int) -> tuple[str, ...]:
        """Return the ids of the documents that were added or read anew since, sorted.

        Args:
            since: What `changes` returned then.
        """
        rows = self._rows("SELECT doc_id FROM changed WHERE number > ? ORDER BY doc_id", (since,))
        return tuple(doc_id for (doc_id,) in rows)

    def has_forgotten(self, since: int) -> bool:
        """Whether documents were forgotten since; `since` as for `changed`."""
        return bool(self._rows("SELECT 1 FROM meta WHERE key = ? AND CAST(value AS INTEGER) > ?", (FORGOTTEN, since)))

    def find(self, doc_id: str) -> tuple[Document, tuple[Extraction, ...]] | None:
        """Return a document with its extractions by name of extractor, None when the ledger does not hold it."""
        rows = self._rows("SELECT document FROM documents WHERE doc_id = ?", (doc_id,))
        return (loads(Document, rows[0][0]), self.extractions(doc_id)) if rows else None

    # What is forgotten

    def forget(self, doc_ids: Collection[str], names: Collection[str], *, day: date, why: str) -> None:
        """Delete documents with what was extracted from them; neither they nor `names` come back.

        Bytes of them may lie in free pages of the file, so the tombstones are unfinished until they are settled.

        Args:
            names: Canonical URLs of which nothing may come back, whatever it says by then.
            day: UTC day that is told to those who bring the documents back.
        """
        with self._transaction() as connection:
            bury(connection, doc_ids, names, day=day, why=why)
            count_change(connection)
            connection.execute(
                "INSERT OR REPLACE INTO meta (key, value) SELECT ?, value FROM meta WHERE key = ?",
                (FORGOTTEN, CHANGES),
            )

    @property
    def tombstones(self) -> Tombstones:
        """What was forgotten."""
        return Tombstones(self._rows, self._transaction)

    @property
    def judgements(self) -> Judgements:
        """What people decided on who is who."""
        return Judgements(self._rows, self._transaction, count_change)

    def http_cache(self, source: str) -> LedgerHttpCache:
        """Return what earlier runs of a source learnt about its URLs; call its `keep()` when the run ends well."""
        rows = self._rows("SELECT url, entry FROM http_cache WHERE source = ?", (source,))
        return LedgerHttpCache(dict(rows), lambda entries: self._keep_http(source, entries))

    def _keep_http(self, source: str, entries: Mapping[str, str]) -> None:
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO http_cache (source, url, entry) VALUES (?, ?, ?)",
                [(source, url, entry) for url, entry in sorted(entries.items())],
            )

    # What was written to which store

    def stores(self) -> tuple[str, ...]:
        """Return the names of the stores to which anything was written, sorted."""
        return tuple(name for (name,) in self._rows("SELECT DISTINCT store FROM written ORDER BY store"))

    def written(self, store: str) -> dict[str, str]:
        """Return the hash of each row of a store by its key; empty for a row that may or may not be there.

        A row is in doubt between `intend` and `settle`, so after a run that was killed in between.
        """
        return dict(self._rows("SELECT row_key, hash FROM written WHERE store = ? ORDER BY row_key", (store,)))

    def units(self, store: str) -> WrittenUnits:
        """Return what was written to a store, to be asked by unit."""
        return WrittenUnits(self._rows, store)

    def intend(self, store: str, keys: Iterable[str]) -> None:
        """Record, before the transaction of the store, the keys of the rows that it will write or delete."""
        self._put_written(store, dict.fromkeys(keys, ""), ())

    def settle(self, store: str, upserts: Mapping[str, str], gone: Iterable[str]) -> None:
        """Record, after the transaction of the store, the hashes of what it wrote and the keys that it deleted."""
        self._put_written(store, upserts, gone)

    def forget_written(self, store: str) -> None:
        """Forget what was written to a store, for one that was emptied or lost."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM written WHERE store = ?", (store,))
            connection.execute("DELETE FROM meta WHERE key = ?", (f"{_PUBLISHED}{store}",))

    def move_written(self, store: str, name: str) -> None:
        """Record that a store goes by another name now."""
        with self._transaction() as connection:
            connection.execute("UPDATE written SET store = ? WHERE store = ?", (name, store))
            connection.execute("UPDATE meta SET key = ? WHERE key = ?", (f"{_PUBLISHED}{name}", f"{_PUBLISHED}{store}"))

    def changes(self) -> int:
        """Return how often documents or extractions have changed since the ledger was made."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", (CHANGES,))
        return int(rows[0][0]) if rows else 0

    def published(self, store: str) -> str | None:
        """Return the mark that `mark_published` left for a store, None when there is none."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", (f"{_PUBLISHED}{store}",))
        return str(rows[0][0]) if rows else None

    def mark_published(self, store: str, mark: str) -> None:
        """Note what a store holds in full, once all of it is settled."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (f"{_PUBLISHED}{store}", mark))

    def _put_written(self, store: str, upserts: Mapping[str, str], gone: Iterable[str]) -> None:
        with self._transaction() as connection:
            put_written(connection, store, upserts, gone)

    # SQLite

    def _rows(self, sql: str, parameters: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        with self._errors():
            return self._connection.execute(sql, parameters).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Run the block in one transaction; taken for writing at once, so that two processes wait and never clash."""
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError as error:
            raise StoreError(f"the ledger {self._path} holds this already or lacks what it needs: {error}") from error
        except sqlite3.Error as error:
            remedy = way_out(error, "put back a copy of the file")
            raise StoreError(f"the ledger {self._path} cannot be used: {error}; {remedy}") from error
