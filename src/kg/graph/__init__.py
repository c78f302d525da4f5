"""Documents, claims and their resolution to nodes and relationships."""

from kg.graph.building import build, graph_of, world_of
from kg.graph.certainty import without_weak_events
from kg.graph.cutting import among_actors, only_events
from kg.graph.events import event_of_claims
from kg.graph.evidence import Row
from kg.graph.planning import PlannedBatch, plan
from kg.graph.rows import fingerprint, parse_row_key, ref_key, row_hash, row_key, unit_of
from kg.graph.units import Part, actor_unit, document_unit, event_unit, parts_of, rows_of
from kg.graph.world import ToldEvent, World

__all__ = [
    "Part",
    "PlannedBatch",
    "Row",
    "ToldEvent",
    "World",
    "actor_unit",
    "among_actors",
    "build",
    "document_unit",
    "event_of_claims",
    "event_unit",
    "fingerprint",
    "graph_of",
    "only_events",
    "parse_row_key",
    "parts_of",
    "plan",
    "ref_key",
    "row_hash",
    "row_key",
    "rows_of",
    "unit_of",
    "without_weak_events",
    "world_of",
]
