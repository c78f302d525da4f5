"""The ledger (truth, SQLite) and the graph stores (embedded or Neo4j)."""
