"""Tables of the ledger and how an older file is brought up to date."""

import sqlite3

from kg.model.errors import StoreError
from kg.store.units import row_mark

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE documents (
            doc_id TEXT PRIMARY KEY,
            media_type TEXT NOT NULL,
            run_id TEXT NOT NULL,
            document TEXT NOT NULL
        )""",
        """CREATE TABLE extractions (
            doc_id TEXT NOT NULL REFERENCES documents (doc_id) ON DELETE CASCADE,
            extractor TEXT NOT NULL,
            version TEXT NOT NULL,
            extraction TEXT NOT NULL,
            PRIMARY KEY (doc_id, extractor)
        )""",
        """CREATE TABLE runs (
            run_id TEXT PRIMARY KEY,
            job TEXT NOT NULL,
            state TEXT NOT NULL,
            started TEXT NOT NULL,
            report TEXT NOT NULL
        )""",
        "CREATE INDEX runs_by_start ON runs (started)",
        """CREATE TABLE http_cache (
            source TEXT NOT NULL,
            url TEXT NOT NULL,
            entry TEXT NOT NULL,
            PRIMARY KEY (source, url)
        ) WITHOUT ROWID""",
        """CREATE TABLE written (
            store TEXT NOT NULL,
            row_key TEXT NOT NULL,
            hash TEXT NOT NULL,
            PRIMARY KEY (store, row_key)
        ) WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE raws (
            sha256 TEXT NOT NULL,
            doc_id TEXT NOT NULL,
            PRIMARY KEY (sha256, doc_id)
        ) WITHOUT ROWID""",
        """CREATE TABLE tombstones (
            mark TEXT PRIMARY KEY,
            day TEXT NOT NULL,
            reason TEXT NOT NULL,
            is_done INTEGER NOT NULL
        ) WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE judgements (
            number INTEGER PRIMARY KEY,
            judgement_id TEXT NOT NULL UNIQUE,
            judgement TEXT NOT NULL
        )""",
        """CREATE TABLE undone (
            judgement_id TEXT PRIMARY KEY REFERENCES judgements (judgement_id),
            mark TEXT NOT NULL
        )""",
    ),
    (
        """CREATE TABLE changed (
            doc_id TEXT PRIMARY KEY REFERENCES documents (doc_id) ON DELETE CASCADE,
            number INTEGER NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX changed_by_number ON changed (number)",
        # A row key was ["node", owner, ...] and is ["node", ..., unit]; of older rows nobody knows the unit.
        "UPDATE OR REPLACE written SET row_key = json_insert(json_remove(row_key, '$[1]'), '$[#]', '')",
        "ALTER TABLE written ADD COLUMN unit TEXT GENERATED ALWAYS AS (json_extract(row_key, '$[#-1]'))",
        "CREATE INDEX written_by_unit ON written (store, unit)",
        "CREATE INDEX written_in_doubt ON written (store) WHERE hash = ''",
    ),
    (
        # In the order in which they were written rows of one unit lie side by side, so that few pages change.
        """CREATE TABLE written_in_order (
            store TEXT NOT NULL,
            row_key TEXT NOT NULL,
            mark INTEGER NOT NULL,
            hash TEXT NOT NULL,
            unit TEXT GENERATED ALWAYS AS (json_extract(row_key, '$[#-1]'))
        )""",
        """INSERT INTO written_in_order (store, row_key, mark, hash)
        SELECT store, row_key, row_mark(row_key), hash FROM written ORDER BY store, unit, row_key""",
        "DROP TABLE written",
        "ALTER TABLE written_in_order RENAME TO written",
        "CREATE INDEX written_by_mark ON written (mark)",
        "CREATE INDEX written_by_unit ON written (unit)",
        "CREATE INDEX written_in_doubt ON written (store) WHERE hash = ''",
        """CREATE INDEX written_nodes ON written (store)
        WHERE hash <> '' AND row_key >= '["node",' AND row_key < '["node"-'""",
    ),
    # Addresses lay here in clear, also those of what was forgotten; they are hashes now, and learnt anew.
    ("DELETE FROM http_cache",),
)
"""Statements of each step; the format of a file is the number of steps it has had. Steps are only ever added."""


def format_of(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of steps that a file has had, 0 for an empty one; the file is only read.

    Raises:
        StoreError: The file is a database of something else, or a newer version of kg wrote it.
    """
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return 0
    if "meta" not in tables:
        raise StoreError(f"{name} is a database of something else, no ledger of kg; name another folder with --home")
    (text,) = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() or ("",)
    if not text.isdecimal():
        raise StoreError(f"{name} does not tell its format ({text!r}); name another folder with --home")
    if int(text) > len(MIGRATIONS):
        raise StoreError(
            f"{name} was written by a newer kg (format {text}, this one reads up to {len(MIGRATIONS)}); upgrade kg"
        )
    return int(text)


def migrate(connection: sqlite3.Connection, name: str) -> None:
    """Apply the steps that a file lacks; called inside a transaction.

    Raises:
        StoreError: As for `format_of`.
    """
    done = format_of(connection, name)
    if done == len(MIGRATIONS):
        return
    connection.create_function("row_mark", 1, row_mark, deterministic=True)
    connection.execute("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    for statements in MIGRATIONS[done:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('format', ?)", (str(len(MIGRATIONS)),))
