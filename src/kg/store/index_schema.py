"""Tables of the index."""

FORMAT = "2"  # an index of another format is dropped

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
    "CREATE TABLE parts (owner TEXT PRIMARY KEY, parts TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE tallies (
        unit TEXT NOT NULL,
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (unit, kind, value)
    ) WITHOUT ROWID""",
    "CREATE TABLE names (actor_id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE needs (asked TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (asked, unit)) WITHOUT ROWID",
    "CREATE INDEX needs_by_unit ON needs (unit)",
    # Which stores hold a graph made with this index, and what of it is to be made anew there.
    "CREATE TABLE stores (store TEXT PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE dirty (store TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (store, unit)) WITHOUT ROWID",
)
