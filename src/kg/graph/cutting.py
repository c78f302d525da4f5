"""Parts of a graph: some of its events, or some of its actors with what passes between them."""

from collections.abc import Collection

from kg.model.graph import Graph, NodeRef, Relationship
from kg.model.schema import ONLY_SAID, TIE_TYPES

PASSED = frozenset({"Event", "Claim", "Designation", "Licence", "PUBLISHED_BY"})
"""What leads from an event to what stands around it: nodes in any direction, a relationship from its start."""

STEPS = 3  # event, claim, document, publisher
_TIES = TIE_TYPES | {ONLY_SAID}


def without_events(graph: Graph, gone: Collection[str]) -> Graph:
    """Return the graph without some events, by their ids, without their claims and the ties that no other backs."""
    gone = frozenset(gone)
    asserting = {r.start.key for r in graph.relationships if r.type == "ASSERTS" and r.end.key in gone}
    out = {*_refs("Event", gone), *_refs("SanctionAct", gone), *_refs("Claim", asserting)}
    nodes = tuple(node for node in graph.nodes if node.ref not in out)
    kept = (r for r in graph.relationships if r.start not in out and r.end not in out)
    return Graph(nodes=nodes, relationships=tuple(r for r in kept if not _rests_on(r, gone)))


def only_events(graph: Graph, kept: Collection[str]) -> Graph:
    """Return some events of a graph, by their ids, with what stands behind and around them, and nothing else.

    That is: their claims and the documents and publishers of these, whoever plays a part or speaks, and the
    designations, licences and programmes that they change, with whom these hit.
    """
    cut = _without_others(graph, kept)
    return _of_nodes(cut, _around(cut, kept))


def _without_others(graph: Graph, kept: Collection[str]) -> Graph:
    return without_events(graph, {node.key for node in graph.nodes if node.label == "Event"} - set(kept))


def _around(cut: Graph, events: Collection[str]) -> set[NodeRef]:
    around = _refs("Event", events)
    for _ in range(STEPS):
        for relationship in cut.relationships:
            start, end = _event(relationship.start), _event(relationship.end)
            is_through = relationship.type in PASSED
            if start in around and (is_through or start.label in PASSED):
                around.add(end)
            elif end in around and end.label in PASSED:
                around.add(start)
            if start in around and (side := relationship.properties.get("acts_for")):
                around.add(NodeRef(label="Actor", key=str(side)))
    return around


def among_actors(graph: Graph, actors: Collection[str]) -> Graph:
    """Return some actors with what passes between them: events in which two of them, or who acts for them, play a part.

    Whoever else plays a part there is left out, and so are places.

    Args:
        actors: Their actor_ids.
    """
    actors = frozenset(actors)
    sides: dict[str, set[str]] = {}
    members = set(actors)
    for relationship in graph.relationships:
        if relationship.start.label == "Event" and relationship.end.label == "Actor":
            who = {relationship.end.key, str(relationship.properties.get("acts_for"))} & actors
            if who:
                sides.setdefault(relationship.start.key, set()).update(who)
                members.add(relationship.end.key)
    events = {event for event, who in sides.items() if len(who) > 1}
    cut = _without_others(graph, events)
    kept = {ref for ref in _around(cut, events) if ref.label not in ("Actor", "Place") or ref.key in members}
    return _of_nodes(cut, kept | _refs("Actor", actors))


def _of_nodes(graph: Graph, kept: Collection[NodeRef]) -> Graph:
    """The part of a graph that some nodes make."""
    return Graph(
        nodes=tuple(node for node in graph.nodes if node.ref in kept),
        relationships=tuple(r for r in graph.relationships if _event(r.start) in kept and _event(r.end) in kept),
    )


def _event(ref: NodeRef) -> NodeRef:
    """The event of a node that the graph knows by its second label."""
    return NodeRef(label="Event", key=ref.key) if ref.label == "SanctionAct" else ref


def _refs(label: str, keys: Collection[str]) -> set[NodeRef]:
    return {NodeRef(label=label, key=key) for key in keys}


def _rests_on(relationship: Relationship, gone: frozenset[str]) -> bool:
    """Whether a tie rests on events that are gone alone."""
    events = relationship.properties.get("event_ids")
    return relationship.type in _TIES and isinstance(events, tuple) and bool(events) and gone.issuperset(events)
