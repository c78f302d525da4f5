"""The graph as NetworkX knows it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.export.cards import group_of
from kg.export.events import Pair, PairKind, PlayedEvent, is_structure, pairs, played_events
from kg.model.graph import Graph, Node, PropertyValue, Relationship

if TYPE_CHECKING:
    import networkx as nx

NODE_PROPERTIES = ("name", "type", "country", "sector", "feature", "lat", "lon", "qid")
EVENT_PROPERTIES = (
    "etype",
    "sign",
    "score",
    "occurrence",
    "happened",
    "t_start",
    "t_end",
    "t_precision",
    "confidence",
    "weak",
    "n_claims",
    "n_docs",
    "n_independent",
)


def to_networkx(graph: Graph) -> "nx.MultiDiGraph[str]":
    """Return the actors and places with one edge per event and ordered pair; the graph itself is not changed.

    Nodes are `actor_id` or `place_id` and carry `label` (Actor or Place), `name`, `type`, `country`, `sector`,
    `feature`, `lat`, `lon`, `qid` and, joined by "; ", `aliases`, `list_ids`, `topics`.

    Edges are keyed `event_id:kind`, with `kind` one of
    actor (ACTOR to RECIPIENT; the parties of a reciprocal event each two once, smaller id first, `mutual` true),
    mediator and host (to each party), structure (HOLDS_OFFICE, PART_OF, OWNS, MEMBER_OF, CONTROLS as `etype`).
    They carry `event_id`, `etype`, `plover`, `sign`, `score`, `status` (how it is told, a word of `StatusGroup`),
    `occurrence`, `happened`, `t_start` and `t_end` (first and last UTC day, ISO 8601), `t_precision`, `confidence`,
    `weak`, `n_claims`, `n_docs`, `n_independent`, and `source_acts_for` and `target_acts_for`, the ids of the sides
    that the two ends act for. A property that is not known is absent: an event that was only said has `happened` false
    and must not be read as one that took place.
    """
    import networkx as nx

    result: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in graph.nodes:
        if node.label in ("Actor", "Place"):
            result.add_node(node.key, **_node_attributes(node))
    for event in played_events(graph):
        for pair in pairs(event):
            key = f"{event.node.key}:{pair.kind}"
            result.add_edge(pair.source.actor.key, pair.target.actor.key, key=key, **_edge_attributes(event, pair))
    for relationship in graph.relationships:
        if is_structure(relationship) and {relationship.start.key, relationship.end.key} <= result.nodes.keys():
            key = ":".join((relationship.type, *relationship.ref.keys, PairKind.STRUCTURE))
            result.add_edge(relationship.start.key, relationship.end.key, key=key, **_structure(relationship))
    return result


def scalar(value: PropertyValue) -> str | int | float | bool | None:
    """Return a property as text or number: days and instants in ISO 8601, lists joined by "; "."""
    if isinstance(value, tuple):
        return "; ".join(value)
    return value if value is None or isinstance(value, str | int | float | bool) else value.isoformat()


def _scalars(properties: Mapping[str, PropertyValue], names: tuple[str, ...]) -> dict[str, str | int | float | bool]:
    found = {name: scalar(properties.get(name)) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def _node_attributes(node: Node) -> dict[str, str | int | float | bool]:
    names = (*NODE_PROPERTIES, "aliases", "list_ids", "topics")
    return {"label": node.label, **_scalars(node.properties, names)}


def _edge_attributes(event: PlayedEvent, pair: Pair) -> dict[str, str | int | float | bool]:
    plover = event.node.properties.get("plover_type")
    return {
        "kind": str(pair.kind),
        "mutual": pair.is_mutual,
        "event_id": event.node.key,
        "status": str(group_of(event)),
        **_scalars(event.node.properties, EVENT_PROPERTIES),
        **({} if plover is None else {"plover": str(plover)}),
        "source_acts_for": pair.source.side.key,
        "target_acts_for": pair.target.side.key,
    }


def _structure(relationship: Relationship) -> dict[str, str | int | float | bool]:
    told = _scalars(relationship.properties, tuple(sorted(relationship.properties)))
    return {"kind": str(PairKind.STRUCTURE), "mutual": False, "etype": relationship.type, **told}
