"""The events of a graph with who plays which part in them: what every exporter draws from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from kg.model.graph import Graph, Node, NodeRef, PropertyValue, Relationship
from kg.model.ontology import EventType, event_types
from kg.model.words import Role

PARTY_ROLES = (Role.ACTOR, Role.RECIPIENT)
BROKER_ROLES = (Role.MEDIATOR, Role.HOST)
ROLE_OF_TYPE = {str(role): role for role in Role if role is not Role.PLACE} | {"AT": Role.PLACE}
STRUCTURE_TYPES = ("CONTROLS", "HOLDS_OFFICE", "MEMBER_OF", "OWNS", "PART_OF")
"""Relationships between two actors that are states of affairs, not events."""


class PairKind(StrEnum):
    """What joins two actors: one acts towards the other, mediates for it, hosts it, or they belong together."""

    ACTOR = "actor"
    MEDIATOR = "mediator"
    HOST = "host"
    STRUCTURE = "structure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An actor in an event; `side` is the actor that it acts for there, itself when nobody else."""

    actor: NodeRef
    side: NodeRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two actors that an event joins, from `source` to `target`.

    Attributes:
        is_mutual: Both do it (talks, treaties, ceasefires); the smaller key is the source.
    """

    kind: PairKind
    source: Part
    target: Part
    is_mutual: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedEvent:
    """An event node with its parts by role, each in the order of the keys."""

    node: Node
    parts: Mapping[Role, tuple[Part, ...]]

    @property
    def etype(self) -> str:
        """Its event type, empty when the node tells none."""
        return str_of(self.node.properties, "etype")

    @property
    def type(self) -> EventType | None:
        """Its row of the ontology; None for a type of another version."""
        return event_types().get(self.etype)

    @property
    def happened(self) -> bool:
        """Whether it is told as having happened and nobody denies it."""
        return self.node.properties.get("happened") is True


def str_of(properties: Mapping[str, PropertyValue], name: str) -> str:
    """Return a property as text, empty when it is missing."""
    value = properties.get(name)
    return "" if value is None else str(value)


def is_structure(relationship: Relationship) -> bool:
    """Tell whether a relationship is a state of affairs between two actors."""
    return relationship.type in STRUCTURE_TYPES and {relationship.start.label, relationship.end.label} == {"Actor"}


def played_events(graph: Graph) -> tuple[PlayedEvent, ...]:
    """Return the events of a graph, in its order; parts whose actor the graph lacks are left out."""
    known = {node.ref for node in graph.nodes}
    parts: dict[NodeRef, dict[Role, list[Part]]] = {}
    for relationship in graph.relationships:
        role = _role_of(relationship)
        if role is not None and relationship.end in known:
            part = Part(actor=relationship.end, side=_side_of(relationship, known))
            parts.setdefault(relationship.start, {}).setdefault(role, []).append(part)
    return tuple(
        PlayedEvent(
            node=node,
            parts={
                role: tuple(sorted(found, key=lambda part: part.actor.key))
                for role, found in parts.get(node.ref, {}).items()
            },
        )
        for node in graph.nodes
        if node.label == "Event"
    )


def _role_of(relationship: Relationship) -> Role | None:
    if relationship.start.label != "Event" or relationship.end.label not in ("Actor", "Place"):
        return None
    return ROLE_OF_TYPE.get(relationship.type)


def _side_of(relationship: Relationship, known: set[NodeRef]) -> NodeRef:
    side = NodeRef(label="Actor", key=str_of(relationship.properties, "acts_for"))
    return side if side in known else relationship.end


def pairs(event: PlayedEvent) -> Iterator[Pair]:
    """Yield the pairs that an event joins.

    Actors point to recipients. In a reciprocal event actors and recipients are all parties, and each two of them are
    joined once. Mediators and hosts point to the parties and are never parties themselves; whoever is the actor of
    MEDIATE is a mediator too.
    """
    actors, recipients = (event.parts.get(role, ()) for role in PARTY_ROLES)
    brokers = {role: event.parts.get(role, ()) for role in BROKER_ROLES}
    if event.etype == "MEDIATE":
        brokers[Role.MEDIATOR] = (*brokers[Role.MEDIATOR], *actors)
        actors = ()
    out = {part.actor for found in brokers.values() for part in found}
    actors, recipients = (tuple(p for p in found if p.actor not in out) for found in (actors, recipients))
    yield from _party_pairs(event, actors, recipients)
    parties = _distinct((*actors, *recipients))
    for role, kind in ((Role.MEDIATOR, PairKind.MEDIATOR), (Role.HOST, PairKind.HOST)):
        for broker in _distinct(brokers[role]):
            for party in parties:
                yield Pair(kind=kind, source=broker, target=party)


def _party_pairs(event: PlayedEvent, actors: tuple[Part, ...], recipients: tuple[Part, ...]) -> Iterator[Pair]:
    if event.type is not None and event.type.reciprocal:
        for source, target in combinations(_distinct((*actors, *recipients)), 2):
            yield Pair(kind=PairKind.ACTOR, source=source, target=target, is_mutual=True)
        return
    for source in actors:
        for target in recipients:
            if source.actor != target.actor:
                yield Pair(kind=PairKind.ACTOR, source=source, target=target)


def _distinct(found: tuple[Part, ...]) -> tuple[Part, ...]:
    by_actor = {part.actor: part for part in found}
    return tuple(by_actor[actor] for actor in sorted(by_actor, key=lambda ref: (ref.key, ref.label)))
