"""A resolution to one graph: every unit of rows at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.graph.events import event_of_claims
from kg.graph.evidence import Row
from kg.graph.units import Part, Parts, actor_unit, document_unit, event_unit, parts_of, rows_of
from kg.graph.world import World
from kg.model.graph import Graph, Node, NodeRef, Relationship, RelationshipRef
from kg.model.world import Link, Resolution


def build(resolution: Resolution, *, min_confidence: float = 0.0) -> Graph:
    """Return every node and relationship that the claims support.

    Args:
        min_confidence: Probability in [0, 1]; claims, events and ties below it are marked weak, at 0 none is.
    """
    world = world_of(resolution, min_confidence)
    told = [*map(document_unit, resolution.documents), *(event_unit(e.event_id) for e in resolution.events)]
    counts = Counter[Part](part for unit in told for part in set(parts_of(unit, world)))
    counts.update(Part(actor_unit(actor.actor_id), "type", actor.type.value) for actor in resolution.actors)
    groups: defaultdict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for part, count in counts.items():
        groups[part.unit][part.kind, part.value] = count
    none: Parts = {}
    rows = (row for unit in sorted({*told, *groups}) for row in rows_of(unit, groups.get(unit, none), world))
    return graph_of(rows)


def graph_of(rows: Iterable[Row]) -> Graph:
    """Return rows as a graph; of a row that several units bring the first stands."""
    nodes: dict[NodeRef, Node] = {}
    relationships: dict[RelationshipRef, Relationship] = {}
    for row in rows:
        if isinstance(row, Node):
            nodes.setdefault(row.ref, row)
        else:
            relationships.setdefault(row.ref, row)
    return Graph(
        nodes=tuple(sorted(nodes.values(), key=lambda node: (node.label, node.key))),
        relationships=tuple(sorted(relationships.values(), key=_place)),
    )


def _place(row: Relationship) -> tuple[str, ...]:
    ref = row.ref
    return (ref.type, ref.start.label, ref.start.key, ref.end.label, ref.end.key, *ref.keys)


def world_of(resolution: Resolution, min_confidence: float) -> World:
    """Return a resolution to be asked by id."""
    links: defaultdict[str, list[Link]] = defaultdict(list)
    for link in resolution.links:
        links[link.claim_id].append(link)
        links[link.to].append(link)
    told = {claim_id: told for one in resolution.documents.values() for claim_id, told in one.told.items()}
    contradictions: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    event_of = {claim_id: event.event_id for event in resolution.events for claim_id in event.claim_ids}
    for first, second, on in resolution.contradictions:
        contradictions[event_of[first]].append((first, second, on))
    return World(
        documents=resolution.documents,
        told=told,
        event_of=event_of,
        claims_of={event.event_id: event.claim_ids for event in resolution.events},
        events={
            event.event_id: event_of_claims(event.event_id, tuple(told[claim_id] for claim_id in event.claim_ids))
            for event in resolution.events
        },
        links={claim_id: tuple(links.get(claim_id, ())) for claim_id in told},
        contradictions={event.event_id: tuple(contradictions.get(event.event_id, ())) for event in resolution.events},
        actors={actor.actor_id: actor for actor in resolution.actors},
        origin_of={doc_id: resolution.origin_of.get(doc_id, doc_id) for doc_id in resolution.documents},
        min_confidence=min_confidence,
    )
