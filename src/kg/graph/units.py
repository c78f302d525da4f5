"""Units of rows: what has to be made anew together, and nothing more, when something changes.

Documents and events are units that resolution knows. Each of them brings rows of its own and parts of groups; a group
(an actor, the ties of two actors, the sanctions of one authority on one target ...) is a fold over its parts, so that
it can be made anew without all the documents behind it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from kg.graph.actors import actor_row, belonging_parts, belonging_rows
from kg.graph.designations import designation_rows, placed_acts
from kg.graph.events import event_rows, link_rows, told_event
from kg.graph.evidence import Row, document_rows
from kg.graph.ties import tie_parts, tie_rows
from kg.graph.world import World
from kg.model.documents import LIST_TYPES
from kg.model.graph import Node, NodeRef, RelationshipRef
from kg.model.ids import fold
from kg.model.ontology import SANCTION_TYPES
from kg.text.publishers import publisher_named, publisher_of

Parts = Mapping[tuple[str, str], int]
"""Kind and value of the parts of one group, with the number of documents and events that bring them."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """What a document or an event brings to a group."""

    unit: str
    kind: str
    value: str


def document_unit(doc_id: str) -> str:
    """Return the unit of a document: itself, its claims, and who plays and says what in them."""
    return f"doc:{doc_id}"


def event_unit(event_id: str) -> str:
    """Return the unit of an event: itself, its roles, and what leads out of it."""
    return f"event:{event_id}"


def actor_unit(actor_id: str) -> str:
    """Return the unit of an actor or a place: its node, its offices and what it is part of."""
    return f"actor:{actor_id}"


def parts_of(unit: str, world: World) -> Iterator[Part]:
    """Yield what a document or an event brings to groups; names and types of actors come from resolution."""
    kind, _, key = unit.partition(":")
    if kind == "doc":
        resolved = world.documents[key]
        if source := publisher_of(resolved.document):
            kind_of_source = "list" if resolved.document.media_type in LIST_TYPES else "publisher"
            yield Part(f"source:{source.key}", "name", source.name)
            yield Part(f"source:{source.key}", "kind", kind_of_source)
        for actor_id, shown, value in belonging_parts(resolved, world):
            yield Part(actor_unit(actor_id), shown, value)
    elif kind == "event":
        event = told_event(key, world)
        for pair, part in tie_parts(event, world):
            yield Part(f"tie:{pair}", "event", part)
        for act in placed_acts(event, world) if event.etype in SANCTION_TYPES else ():
            yield Part(f"life:{act.authority}|{act.target}", "event", event.event_id)
            if act.programme:
                yield Part(f"programme:{act.authority}:{fold(act.programme)}", "name", act.programme)


def rows_of(unit: str, parts: Parts, world: World) -> tuple[Row, ...]:
    """Return the rows of a unit, each once, with the unit as their owner; none when nothing of it is there.

    Args:
        parts: Of a group, what all documents and events bring to it; empty for a document or an event.
    """
    kind, _, key = unit.partition(":")
    rows: dict[NodeRef | RelationshipRef, Row] = {}
    for row in _ROWS[kind](key, parts, world):
        rows.setdefault(row.ref, row)
    return tuple(replace(row, owner=unit) for row in rows.values())


def _document(doc_id: str, _: Parts, world: World) -> Iterator[Row]:
    if doc_id in world.documents:
        yield from document_rows(world.documents[doc_id], world)


def _event(event_id: str, _: Parts, world: World) -> Iterator[Row]:
    if event_id in world.claims_of:
        event = told_event(event_id, world)
        yield from chain(event_rows(event, world), link_rows(event, world))


def _actor(actor_id: str, parts: Parts, world: World) -> Iterator[Row]:
    if parts:
        yield actor_row(world.actors[actor_id])
        yield from belonging_rows(world.actors[actor_id], parts)


def _tie(_: str, parts: Parts, world: World) -> Iterator[Row]:
    return tie_rows((value for _, value in parts), world)


def _life(pair: str, parts: Parts, world: World) -> Iterator[Row]:
    events = (told_event(event_id, world) for _, event_id in sorted(parts))
    acts = (act for event in events for act in placed_acts(event, world) if f"{act.authority}|{act.target}" == pair)
    for row in designation_rows(acts, world):
        if not (isinstance(row, Node) and row.label == "Programme"):  # it belongs to many lives
            yield row


def _programme(key: str, parts: Parts, world: World) -> Iterator[Row]:
    if parts:
        authority = world.actors[key.partition(":")[0]].name
        yield Node(label="Programme", key=key, properties={"name": _commonest(parts, "name"), "authority": authority})


def _source(key: str, parts: Parts, _: World) -> Iterator[Row]:
    if parts:
        judged = publisher_named(key)
        yield Node(
            label="Source",
            key=key,
            properties={
                "name": _commonest(parts, "name"),
                "kind": _commonest(parts, "kind"),
                "country": judged.country,
                "reliability": judged.reliability.value,
            },
        )


def _commonest(parts: Parts, kind: str) -> str | None:
    counts = {value: count for (name, value), count in parts.items() if name == kind}
    return min(counts, key=lambda value: (-counts[value], value), default=None)


_ROWS: Mapping[str, Callable[[str, Parts, World], Iterable[Row]]] = {
    "doc": _document,
    "event": _event,
    "actor": _actor,
    "tie": _tie,
    "life": _life,
    "programme": _programme,
    "source": _source,
}
