"""Leaves out of a graph what is too uncertain to be drawn; the store keeps it."""

from kg.graph.cutting import without_events
from kg.model.graph import Graph, Node


def without_weak_events(graph: Graph, least: float) -> tuple[Graph, int]:
    """Return the graph without the events whose confidence is below `least`, and how many these are.

    Their claims go with them, and ties that no other event backs. An event that several independent documents tell
    has more confidence than each of its claims, so corroboration keeps what one weak sentence would not.

    Args:
        least: Probability in [0, 1]; 0 leaves everything in.
    """
    weak = {node.key for node in graph.nodes if node.label == "Event" and _confidence(node) < least}
    return without_events(graph, weak), len(weak)


def _confidence(node: Node) -> float:
    value = node.properties.get("confidence")
    return float(value) if isinstance(value, int | float) else 1.0
