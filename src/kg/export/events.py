"""The events of a graph with who plays which part in them: what every exporter draws from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from kg.model.graph import Graph, Node, NodeRef, PropertyValue, Relationship
from kg.model.ontology import EventType, event_types
from kg.model.words import HAPPENED_STATUSES, Role

PARTY_ROLES = (Role.ACTOR, Role.RECIPIENT)
ROLE_OF_NAME = {str(role): role for role in Role}
ROLE_OF_TYPE = {name: role for name, role in ROLE_OF_NAME.items() if role is not Role.PLACE} | {"AT": Role.PLACE}
STRUCTURE_TYPES = ("CONTROLS", "HOLDS_OFFICE", "MEMBER_OF", "OWNS", "PART_OF")
"""Relationships between two actors that are states of affairs, not events."""


class PairKind(StrEnum):
    """What joins two actors: one acts towards the other, mediates for it, hosts it, or they belong together."""

    ACTOR = "actor"
    MEDIATOR = "mediator"
    HOST = "host"
    STRUCTURE = "structure"


BROKER_ROLES = {PairKind.MEDIATOR: Role.MEDIATOR, PairKind.HOST: Role.HOST}


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


Parts = Mapping[Role, tuple[Part, ...]]
"""Who plays which role, each role in the order of the keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedEvent:
    """An event node with its parts, taken together and claim by claim.

    Attributes:
        tellings: The parts as each claim tells them. Of an event that happened, the claims that deny it or tell it as
            a plan are left out; an event whose claims the graph lacks is told once, by its own parts.
    """

    node: Node
    parts: Parts
    tellings: tuple[Parts, ...]

    @property
    def etype(self) -> str:
        """Its event type, empty when the node tells none."""
        return str_of(self.node.properties, "etype")

    @property
    def type(self) -> EventType | None:
        """Its row of the ontology; None for a type of another version."""
        return event_types().get(self.etype)

    @property
    def sign(self) -> int:
        """-1 conflict, 0 neither, 1 cooperation; of a type that the ontology lacks, what the node tells."""
        told = self.type.sign if self.type else self.node.properties.get("sign")
        return told if isinstance(told, int) else 0

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
    nodes = {node.ref: node for node in graph.nodes}
    parts: dict[NodeRef, dict[Role, list[Part]]] = {}
    claims: dict[NodeRef, list[NodeRef]] = {}
    for relationship in graph.relationships:
        role = _role_of(relationship)
        if role is not None and relationship.end in nodes:
            part = Part(actor=relationship.end, side=_side_of(relationship, nodes))
            parts.setdefault(relationship.start, {}).setdefault(role, []).append(part)
        elif relationship.type == "ASSERTS" and relationship.start in nodes:
            claims.setdefault(relationship.end, []).append(relationship.start)
    return tuple(
        _played(node, sorted(claims.get(node.ref, ()), key=lambda ref: ref.key), parts, nodes)
        for node in graph.nodes
        if node.label == "Event"
    )


def _played(
    node: Node,
    claims: Sequence[NodeRef],
    parts: Mapping[NodeRef, Mapping[Role, Sequence[Part]]],
    nodes: Mapping[NodeRef, Node],
) -> PlayedEvent:
    happened = node.properties.get("happened") is True
    telling = (ref for ref in claims if not happened or _is_told_as_fact(nodes[ref]))
    own = _sorted_parts(parts.get(node.ref, {}))
    tellings = tuple(_sorted_parts(parts[ref]) for ref in telling if ref in parts)
    return PlayedEvent(node=node, parts=own, tellings=tellings or (own,))


def _is_told_as_fact(claim: Node) -> bool:
    return str_of(claim.properties, "status") in HAPPENED_STATUSES


def _sorted_parts(found: Mapping[Role, Sequence[Part]]) -> Parts:
    return {role: tuple(sorted(some, key=lambda part: part.actor.key)) for role, some in found.items()}


def _role_of(relationship: Relationship) -> Role | None:
    """The role that a relationship gives its end in an event or a claim; None when it gives none."""
    if relationship.end.label not in ("Actor", "Place"):
        return None
    if relationship.start.label == "Event":
        return ROLE_OF_TYPE.get(relationship.type)
    return ROLE_OF_NAME.get(str_of(relationship.properties, "role")) if relationship.type == "ROLE" else None


def _side_of(relationship: Relationship, nodes: Mapping[NodeRef, Node]) -> NodeRef:
    side = NodeRef(label="Actor", key=str_of(relationship.properties, "acts_for"))
    return side if side in nodes else relationship.end


def pairs(event: PlayedEvent) -> tuple[Pair, ...]:
    """Return the pairs that an event joins, claim by claim, each once.

    Actors point to recipients. In a reciprocal event actors and recipients are all parties, and each two of them are
    joined once; an event of a type that the ontology lacks is reciprocal when nobody is its recipient. Mediators and
    hosts point to the parties and are never parties themselves; whoever is the actor of MEDIATE is a mediator too. Two
    actors that no single claim names together are no pair: when one claim has Putin and another Russia, they did not
    meet each other.
    """
    found: dict[tuple[PairKind, NodeRef, NodeRef], Pair] = {}
    for parts in event.tellings:
        for pair in _pairs_of(event, parts):
            found.setdefault((pair.kind, pair.source.actor, pair.target.actor), pair)
    return tuple(found.values())


def _pairs_of(event: PlayedEvent, parts: Parts) -> Iterator[Pair]:
    actors, recipients = (parts.get(role, ()) for role in PARTY_ROLES)
    brokers = {kind: parts.get(role, ()) for kind, role in BROKER_ROLES.items()}
    if event.etype == "MEDIATE":
        brokers[PairKind.MEDIATOR] = (*brokers[PairKind.MEDIATOR], *actors)
        actors = ()
    out = {part.actor for some in brokers.values() for part in some}
    actors, recipients = (tuple(p for p in some if p.actor not in out) for some in (actors, recipients))
    yield from _party_pairs(event, actors, recipients)
    parties = _distinct((*actors, *recipients))
    for kind, some in brokers.items():
        for broker in _distinct(some):
            for party in parties:
                yield Pair(kind=kind, source=broker, target=party)


def _party_pairs(event: PlayedEvent, actors: tuple[Part, ...], recipients: tuple[Part, ...]) -> Iterator[Pair]:
    if event.type.reciprocal if event.type else not recipients:
        for source, target in combinations(_distinct((*actors, *recipients)), 2):
            if source.side != target.actor and target.side != source.actor:
                yield Pair(kind=PairKind.ACTOR, source=source, target=target, is_mutual=True)
        return
    for source in actors:
        for target in recipients:
            if source.actor != target.actor:
                yield Pair(kind=PairKind.ACTOR, source=source, target=target)


def _distinct(found: tuple[Part, ...]) -> tuple[Part, ...]:
    by_actor = {part.actor: part for part in found}
    return tuple(by_actor[actor] for actor in sorted(by_actor, key=lambda ref: (ref.key, ref.label)))
