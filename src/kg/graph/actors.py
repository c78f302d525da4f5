"""Actors and places, and what documents show of how they belong together."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from kg.graph.evidence import Row
from kg.graph.world import World, principals, ref_of, reported_day
from kg.model.claims import LocalActor
from kg.model.graph import Node, NodeRef, Relationship
from kg.model.schema import ACTOR_LABELS
from kg.model.words import ActorType
from kg.model.world import Actor, ResolvedDocument

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


def belonging_parts(resolved: ResolvedDocument, world: World) -> Iterator[tuple[str, str, str]]:
    """Yield what a document shows of how actors belong together: actor_id, kind and value.

    Of kind "office" the day on which it shows one, of kind "part_of" the node of which an organisation is a part.
    """
    day = reported_day(resolved.document)
    found = {
        (start.key, *shown)
        for actor, principal in principals(tuple(a for e in resolved.extractions for a in e.actors))
        for start, end in [(world.ref(resolved.document, actor), world.ref(resolved.document, principal))]
        if "Place" not in (start.label, end.label) and start != end
        for shown in _shown(actor, end.key, day)
    }
    yield from sorted(found)


def _shown(actor: LocalActor, principal: str, day: date | None) -> Iterator[tuple[str, str]]:
    if actor.type is ActorType.PERSON and actor.office:
        yield "office", json.dumps([principal, " ".join(actor.office.split()), day.isoformat() if day else ""])
    if actor.type in _PARTS:
        yield "part_of", principal


def belonging_rows(actor: Actor, tallies: Iterable[tuple[str, str]]) -> Iterator[Row]:
    """Yield offices with the days on which documents show them, and what the actor is part of.

    Args:
        tallies: Kind and value, as `belonging_parts` gives them.
    """
    start = ref_of(actor)
    offices: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, value in sorted(tallies):
        if kind == "office":
            principal, office, day = json.loads(value)
            offices[principal, office].update({day} if day else ())
        elif kind == "part_of":
            yield Relationship(type="PART_OF", start=start, end=NodeRef(label="Actor", key=value))
    for (principal, office), days in offices.items():
        shown = [date.fromisoformat(day) for day in days]
        yield Relationship(
            type="HOLDS_OFFICE",
            start=start,
            end=NodeRef(label="Actor", key=principal),
            properties={
                "office": office,
                "first_seen": min(shown, default=None),
                "last_seen": max(shown, default=None),
            },
        )
