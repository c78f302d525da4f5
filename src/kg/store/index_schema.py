"""Tables of the index."""

import sqlite3

CACHE_KIB = 65_536  # pages of the file that are kept in memory
FORMAT = "5"  # an index of another format is dropped

TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # What is found under a key; `place` sorts it and ends with its id.
    "CREATE TABLE offers (key TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID",
    "CREATE TABLE wants (key TEXT NOT NULL, claim_id TEXT NOT NULL, PRIMARY KEY (key, claim_id)) WITHOUT ROWID",
    "CREATE TABLE documents (doc_id TEXT PRIMARY KEY, place TEXT NOT NULL, keys TEXT NOT NULL, copy_of TEXT)",
    "CREATE INDEX documents_by_original ON documents (copy_of) WHERE copy_of IS NOT NULL",
    "CREATE TABLE raws (raw_id TEXT NOT NULL, doc_id TEXT NOT NULL, PRIMARY KEY (raw_id, doc_id)) WITHOUT ROWID",
    "CREATE INDEX raws_by_document ON raws (doc_id)",
    "CREATE TABLE identity (kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, name))",
    """CREATE TABLE claims (
        claim_id TEXT PRIMARY KEY,
        doc_id TEXT NOT NULL,
        place TEXT NOT NULL,
        offers TEXT NOT NULL,
        wants TEXT NOT NULL,
        event_id TEXT
    )""",
    "CREATE INDEX claims_by_document ON claims (doc_id)",
    "CREATE INDEX claims_by_event ON claims (event_id, place)",
    # `found_by` is the claim that looked for others; the link may point either way.
    """CREATE TABLE links (
        found_by TEXT NOT NULL,
        kind TEXT NOT NULL,
        claim_id TEXT NOT NULL,
        to_claim TEXT NOT NULL,
        score REAL NOT NULL
    )""",
    "CREATE INDEX links_by_finder ON links (found_by)",
    "CREATE INDEX links_by_claim ON links (claim_id)",
    "CREATE INDEX links_by_end ON links (to_claim)",
    # Wide rows lie in the order in which they were written, so that few pages change.
    "CREATE TABLE parts (owner TEXT PRIMARY KEY, parts TEXT NOT NULL)",
    """CREATE TABLE tallies (
        unit TEXT NOT NULL,
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (unit, kind, value)
    ) WITHOUT ROWID""",
    "CREATE TABLE names (actor_id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE needs (asked TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (asked, unit)) WITHOUT ROWID",
    "CREATE TABLE asked (unit TEXT PRIMARY KEY, asked TEXT NOT NULL)",
    # Actors by the keys that like ones share, parts of raw ids that are told apart, and pairs that are one by rule.
    "CREATE TABLE blocks (key TEXT NOT NULL, node TEXT NOT NULL, PRIMARY KEY (key, node)) WITHOUT ROWID",
    "CREATE INDEX blocks_by_node ON blocks (node)",
    "CREATE TABLE apart (node TEXT PRIMARY KEY) WITHOUT ROWID",
    """CREATE TABLE sure (
        left_node TEXT NOT NULL,
        right_node TEXT NOT NULL,
        score REAL NOT NULL,
        PRIMARY KEY (left_node, right_node)
    ) WITHOUT ROWID""",
    "CREATE INDEX sure_by_right ON sure (right_node)",
    # Which stores hold a graph made with this index, and what of it is to be made anew there.
    "CREATE TABLE stores (store TEXT PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE dirty (store TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (store, unit)) WITHOUT ROWID",
)


def prepare(connection: sqlite3.Connection) -> None:
    """Bring an open file to the format of this version; one of another format is emptied."""
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
    connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is forgotten here, too
    connection.execute("BEGIN IMMEDIATE")
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    known = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() if "meta" in tables else None
    if known != (FORMAT,):
        for table in tables:
            connection.execute(f"DROP TABLE {table}")
        for statement in TABLES:
            connection.execute(statement)
        connection.execute("INSERT INTO meta (key, value) VALUES ('format', ?)", (FORMAT,))
    connection.execute("COMMIT")
