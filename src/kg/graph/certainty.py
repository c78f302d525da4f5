"""Leaves out of a graph what is too uncertain to be drawn; the store keeps it."""

from kg.model.graph import Graph, Node, NodeRef, Relationship
from kg.model.schema import ONLY_SAID, TIE_TYPES

_TIES = TIE_TYPES | {ONLY_SAID}


def without_weak_events(graph: Graph, least: float) -> tuple[Graph, int]:
    """Return the graph without the events whose confidence is below `least`, and how many these are.

    Their claims go with them, and ties that no other event backs. An event that several independent documents tell
    has more confidence than each of its claims, so corroboration keeps what one weak sentence would not.

    Args:
        least: Probability in [0, 1]; 0 leaves everything in.
    """
    weak = {node.key for node in graph.nodes if node.label == "Event" and _confidence(node) < least}
    asserting = {r.start.key for r in graph.relationships if r.type == "ASSERTS" and r.end.key in weak}
    gone = {*_refs("Event", weak), *_refs("SanctionAct", weak), *_refs("Claim", asserting)}
    nodes = tuple(node for node in graph.nodes if node.ref not in gone)
    kept = (r for r in graph.relationships if r.start not in gone and r.end not in gone)
    return Graph(nodes=nodes, relationships=tuple(r for r in kept if not _rests_on(r, weak))), len(weak)


def _confidence(node: Node) -> float:
    value = node.properties.get("confidence")
    return float(value) if isinstance(value, int | float) else 1.0


def _refs(label: str, keys: set[str]) -> set[NodeRef]:
    return {NodeRef(label=label, key=key) for key in keys}


def _rests_on(relationship: Relationship, weak: set[str]) -> bool:
    """Whether a tie rests on weak events alone."""
    events = relationship.properties.get("event_ids")
    return relationship.type in _TIES and isinstance(events, tuple) and bool(events) and set(events) <= weak
