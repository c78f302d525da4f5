"""Documents, claims and their resolution to nodes and relationships."""
