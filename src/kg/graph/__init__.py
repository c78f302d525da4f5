"""Documents, claims and their resolution to nodes and relationships."""

from kg.graph.building import build
from kg.graph.certainty import without_weak_events
from kg.graph.planning import PlannedBatch, plan
from kg.graph.rows import fingerprint, parse_row_key, row_key

__all__ = ["PlannedBatch", "build", "fingerprint", "parse_row_key", "plan", "row_key", "without_weak_events"]
