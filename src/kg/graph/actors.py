"""Actors and places, and what documents show of how they belong together."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.graph.evidence import Row
from kg.graph.world import World, principals, ref_of, reported_day
from kg.model.graph import Node, NodeRef, Relationship
from kg.model.schema import ACTOR_LABELS
from kg.model.told import Read
from kg.model.words import ActorType
from kg.model.world import Actor

if TYPE_CHECKING:
    from datetime import date

_PARTS = frozenset({ActorType.ORGANISATION, ActorType.MILITARY, ActorType.GROUP})


def actor_row(actor: Actor) -> Node:
    """Return the node of an actor or a place."""
    ref = ref_of(actor)
    if ref.label == "Place":
        return Node(
            label=ref.label,
            key=ref.key,
            properties={"name": actor.name, "country": actor.country, "feature": actor.type.value},
        )
    return Node(
        label=ref.label,
        key=ref.key,
        extra_labels=(ACTOR_LABELS[actor.type],),
        properties={
            "name": actor.name,
            "type": actor.type.value,
            "aliases": actor.aliases,
            "country": actor.country,
            "sector": actor.sector,
            "list_ids": actor.list_ids,
            "topics": ("sanction",) if actor.list_ids else (),
        },
    )


def belonging_rows(read: Read, world: World) -> Iterator[Row]:
    """Yield offices with the days on which documents show them, and organisations with what they are part of."""
    offices: defaultdict[tuple[NodeRef, NodeRef, str], set[date]] = defaultdict(set)
    parts: set[tuple[NodeRef, NodeRef]] = set()
    for document, extractions in read:
        day = reported_day(document)
        for actor, principal in principals(tuple(a for extraction in extractions for a in extraction.actors)):
            start, end = world.ref(document, actor), world.ref(document, principal)
            if "Place" in (start.label, end.label) or start == end:
                continue
            if actor.type is ActorType.PERSON and actor.office:
                offices[start, end, " ".join(actor.office.split())].update({day} if day else ())
            if actor.type in _PARTS:
                parts.add((start, end))
    for (start, end, office), shown in offices.items():
        yield Relationship(
            type="HOLDS_OFFICE",
            start=start,
            end=end,
            properties={
                "office": office,
                "first_seen": min(shown, default=None),
                "last_seen": max(shown, default=None),
            },
        )
    for start, end in parts:
        yield Relationship(type="PART_OF", start=start, end=end)
