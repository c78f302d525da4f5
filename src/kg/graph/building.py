"""Documents with extractions, and their resolution, to one graph."""

from collections.abc import Iterator

from kg.graph.actors import actor_row, belonging_rows
from kg.graph.designations import designation_rows, placed_acts
from kg.graph.events import event_rows, link_rows, told_events
from kg.graph.evidence import Row, claim_rows, document_rows
from kg.graph.ties import tie_rows
from kg.graph.world import World
from kg.model.graph import Graph, Node, NodeRef, Relationship, RelationshipRef
from kg.model.ontology import SANCTION_TYPES
from kg.model.told import Read
from kg.model.world import Resolution


def build(read: Read, resolution: Resolution, *, min_confidence: float = 0.0) -> Graph:
    """Return every node and relationship that the claims support; the same for any order of `read`.

    Args:
        min_confidence: Probability in [0, 1]; claims, events and ties below it are marked weak, at 0 none is.
    """
    nodes: dict[NodeRef, Node] = {}
    relationships: dict[RelationshipRef, Relationship] = {}
    for row in _rows(read, World(read, resolution, min_confidence)):
        if isinstance(row, Node):
            nodes.setdefault(row.ref, row)
        else:
            relationships.setdefault(row.ref, row)
    return Graph(
        nodes=tuple(sorted(nodes.values(), key=lambda node: (node.label, node.key))),
        relationships=tuple(sorted(relationships.values(), key=_place)),
    )


def _rows(read: Read, world: World) -> Iterator[Row]:
    read = sorted(read, key=lambda pair: pair[0].doc_id)
    events = told_events(world)
    for actor in world.resolution.actors:
        yield actor_row(actor)
    for document, extractions in read:
        yield from document_rows(document, extractions, world)
    for told in world.told.values():
        yield from claim_rows(told, world)
    for event in events:
        yield from event_rows(event, world)
    yield from link_rows(world)
    sanctions = (event for event in events if event.etype in SANCTION_TYPES)
    yield from designation_rows((act for event in sanctions for act in placed_acts(event, world)), world)
    yield from belonging_rows(read, world)
    yield from tie_rows(events, world)


def _place(row: Relationship) -> tuple[str, ...]:
    ref = row.ref
    return (ref.type, ref.start.label, ref.start.key, ref.end.label, ref.end.key, *ref.keys)
