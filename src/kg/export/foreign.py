"""Anyone's NetworkX graph as one of ours, so that it can be drawn: the way back from `to_networkx`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.export.events import STRUCTURE_TYPES, PairKind, Part, PlayedEvent, pairs
from kg.export.map_values import StatusGroup
from kg.model.errors import UsageError
from kg.model.graph import Graph, Node, NodeRef, PropertyValue, Relationship
from kg.model.ontology import event_types
from kg.model.schema import node_schemas, relationship_schemas
from kg.model.words import ActorType, Role, Status

if TYPE_CHECKING:
    import networkx as nx

Told = Mapping[str, Any]
Filler = tuple[Role, str, str]
"""A role, who fills it, and whom that acts for."""

EVENT_PROPERTIES = ("etype", "occurrence", "t_precision", "n_claims", "n_docs", "n_independent", "weak")
SENTENCE = ("quote", "publisher", "published", "title", "url")
WORDS = {"kind": tuple(PairKind), "status": tuple(StatusGroup), "sign": (-1, 0, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    """An edge as it was given, its ends as text."""

    source: str
    target: str
    told: Told

    @property
    def kind(self) -> PairKind:
        return PairKind(self.told.get("kind", PairKind.ACTOR))

    @property
    def is_mutual(self) -> bool:
        return bool(self.told.get("mutual"))

    @property
    def pair(self) -> tuple[PairKind, frozenset[str] | tuple[str, str]]:
        """What it joins; of a mutual one both ways are the same."""
        ends = (self.source, self.target)
        return self.kind, frozenset(ends) if self.is_mutual else ends

    @property
    def fillers(self) -> tuple[Filler, ...]:
        ends = {"source": self.source, "target": self.target}
        sides = [str(self.told.get(f"{end}_acts_for") or who) for end, who in ends.items()]
        roles = (Role.ACTOR, Role.ACTOR if self.is_mutual else Role.RECIPIENT)
        if self.kind in (PairKind.MEDIATOR, PairKind.HOST):
            roles = (Role(self.kind.upper()), Role.RECIPIENT)
        return tuple(zip(roles, ends.values(), sides, strict=True))

    @property
    def sentence(self) -> tuple[str, ...]:
        found = tuple(str(self.told.get(name) or "") for name in SENTENCE)
        return found if any(found) else ()


@dataclass(slots=True)
class _Draft:
    """Nodes and relationships while edges are read."""

    nodes: dict[NodeRef, Node] = field(default_factory=dict)
    relationships: dict[tuple[object, ...], Relationship] = field(default_factory=dict)

    def node(self, label: str, key: str, properties: Mapping[str, PropertyValue]) -> NodeRef:
        node = Node(label=label, key=key, properties=properties)
        return self.nodes.setdefault(node.ref, node).ref

    def join(self, kind: str, start: NodeRef, end: NodeRef, **properties: PropertyValue) -> None:
        relationship = Relationship(type=kind, start=start, end=end, properties=properties)
        self.relationships.setdefault(
            (kind, start.label, start.key, end.label, end.key, relationship.ref.keys), relationship
        )

    def end(self, key: str) -> NodeRef:
        place = NodeRef(label="Place", key=key)
        return place if place in self.nodes else NodeRef(label="Actor", key=key)

    def graph(self) -> Graph:
        nodes = sorted(self.nodes.values(), key=lambda node: (node.label, node.key))
        joined = (self.relationships[key] for key in sorted(self.relationships, key=repr))
        return Graph(nodes=tuple(nodes), relationships=tuple(joined))


def from_networkx(directed: "nx.Graph[Any]") -> Graph:
    """Return a NetworkX graph as one of ours; the graph itself is not changed.

    All attributes are those that `to_networkx` gives, and all may be missing. Of a node: `name` (else its id), `type`
    (a word of `ActorType`, else group), `aliases` ("; " between them), `label` Place. Of an edge:

    - `kind`: actor (who acts on whom, the default), mediator, host, structure (`etype` OWNS, PART_OF ...);
    - `event_id`: edges that share one are one event; `mutual`: both do it, as in a graph without directions;
    - `etype`: an event type of the ontology or any words; `sign`: -1, 0 or 1 where the ontology has no such type;
    - `happened` (true), `status` (a word of `StatusGroup`, else happened or alleged);
    - `t_start`, `t_end` (days, ISO 8601), `t_precision`, `confidence` (0 to 1), `weak`, `n_docs`, `n_independent`;
    - `source_acts_for`, `target_acts_for`: ids of the sides for which the two ends act;
    - `quote`, `publisher`, `published` (a day), `title`, `url`: the sentence behind it, and where it stands.

    Raises:
        UsageError: An attribute has a value that it cannot have; the message names edge, attribute and value.
    """
    draft = _Draft()
    for node, told in directed.nodes(data=True):
        _add_node(draft, str(node), told)
    events: dict[str, list[_Edge]] = {}
    for number, (source, target, told) in enumerate(directed.edges(data=True)):
        edge = _Edge(source=str(source), target=str(target), told={"mutual": not directed.is_directed(), **told})
        _check(edge)
        if edge.kind is PairKind.STRUCTURE:
            _add_structure(draft, edge)
        else:
            events.setdefault(str(told.get("event_id", f"edge {number}")), []).extend(_ways(edge))
    for key, edges in events.items():
        _add_event(draft, key, edges)
    return draft.graph()


def _add_node(draft: _Draft, key: str, told: Told) -> None:
    label = "Place" if told.get("label") == "Place" else "Actor"
    known = {prop.name for prop in node_schemas()[label].properties}
    aliases = told.get("aliases") or ()
    named: dict[str, PropertyValue] = {
        "name": str(told.get("name") or key),
        "type": str(told.get("type") or ActorType.GROUP),
        "aliases": tuple(aliases.split("; ") if isinstance(aliases, str) else map(str, aliases)),
    }
    draft.node(label, key, {name: value for name, value in named.items() if name in known})


def _check(edge: _Edge) -> None:
    """Refuse what could not be drawn as it is meant."""
    for name, words in WORDS.items():
        if edge.told.get(name, words[0]) not in words:
            raise _refusal(edge, name, f"one of {', '.join(map(str, words))}")
    for name in ("t_start", "t_end", "published"):
        if edge.told.get(name) and _day(edge.told[name]) is None:
            raise _refusal(edge, name, "a day such as 2025-06-27")
    confidence = edge.told.get("confidence", 1.0)
    if not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise _refusal(edge, "confidence", "a probability from 0 to 1")
    if edge.kind is PairKind.STRUCTURE and edge.told.get("etype") not in STRUCTURE_TYPES:
        raise _refusal(edge, "etype", f"one of {', '.join(STRUCTURE_TYPES)}, or leave its kind out")


def _ways(edge: _Edge) -> list[_Edge]:
    """The edge, or one each way where both ends do what the ontology knows as done by one to another."""
    kind = event_types().get(str(edge.told.get("etype")))
    if not edge.is_mutual or edge.kind is not PairKind.ACTOR or kind is None or kind.reciprocal:
        return [edge]
    told = {**edge.told, "mutual": False}
    sides = {"source_acts_for": told.get("target_acts_for"), "target_acts_for": told.get("source_acts_for")}
    there = _Edge(source=edge.source, target=edge.target, told=told)
    return [there, _Edge(source=edge.target, target=edge.source, told={**told, **sides})]


def _refusal(edge: _Edge, name: str, wanted: str) -> UsageError:
    value = edge.told.get(name)
    return UsageError(f"the edge from {edge.source!r} to {edge.target!r} has {name} {value!r}; give it {wanted}")


def _day(value: object) -> date | None:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _add_structure(draft: _Draft, edge: _Edge) -> None:
    kind = str(edge.told["etype"])
    known = {prop.name for prop in relationship_schemas()[kind].properties} - {"claim_ids"}
    told = {name: value for name, value in edge.told.items() if name in known and isinstance(value, str | int | float)}
    lacking = dict.fromkeys(relationship_schemas()[kind].keys, "")
    draft.join(kind, draft.end(edge.source), draft.end(edge.target), **{**lacking, **told})


def _add_event(draft: _Draft, key: str, edges: list[_Edge]) -> None:
    event = Node(label="Event", key=key, properties=_event_properties(edges[0]))
    draft.node("Event", key, event.properties)
    own = _own_fillers(edges)
    for filler in own:
        _play(draft, str(filler[0]), event.ref, filler)
    for number, telling in enumerate(_tellings(draft, event, edges, own)):
        _add_claim(draft, f"{key}#{number}", event, telling)


def _event_properties(edge: _Edge) -> dict[str, PropertyValue]:
    told = {name: edge.told[name] for name in EVENT_PROPERTIES if edge.told.get(name) is not None}
    days = {name: _day(edge.told.get(name)) for name in ("t_start", "t_end")}
    happened = bool(edge.told.get("happened", edge.told.get("status", "happened") in ("happened", "ongoing")))
    occurrence = {StatusGroup.ONGOING: "ongoing"}.get(_group(edge), "occurred") if happened else "unknown"
    return {
        "etype": "tie",
        "occurrence": occurrence,
        **told,
        **days,
        "sign": int(edge.told.get("sign", 0)),
        "happened": happened,
        "statuses": (f"{_status(edge)} 1",),
        "confidence": edge.told.get("confidence"),
    }


def _group(edge: _Edge) -> StatusGroup:
    told = edge.told.get("status")
    if told is not None:
        return StatusGroup(told)
    return StatusGroup.HAPPENED if edge.told.get("happened", True) else StatusGroup.ALLEGED


def _status(edge: _Edge) -> Status:
    group = _group(edge)
    return Status.OCCURRED if group is StatusGroup.HAPPENED else Status(group)


def _own_fillers(edges: Iterable[_Edge]) -> list[Filler]:
    """Who plays which part in an event; those between whom somebody mediates are not told twice."""
    acting = [filler for edge in edges if edge.kind is PairKind.ACTOR for filler in edge.fillers]
    parties = {who for _, who, _ in acting}
    brokered = [filler for edge in edges if edge.kind is not PairKind.ACTOR for filler in edge.fillers]
    free = [filler for filler in brokered if filler[0] is not Role.RECIPIENT or filler[1] not in parties]
    return list(dict.fromkeys([*acting, *free]))


def _tellings(draft: _Draft, event: Node, edges: list[_Edge], own: list[Filler]) -> list[list[_Edge]]:
    """The edges by the sentence that tells them; each by itself where that would join who is not joined."""
    wanted = {edge.pair for edge in edges}
    by_sentence: dict[tuple[str, ...], list[_Edge]] = {}
    for edge in edges:
        if edge.sentence:
            by_sentence.setdefault(edge.sentence, []).append(edge)
    told = [list(dict.fromkeys(f for edge in some for f in edge.fillers)) for some in by_sentence.values()] or [own]
    return list(by_sentence.values()) if _joined(draft, event, told) == wanted else [[edge] for edge in edges]


def _joined(draft: _Draft, event: Node, tellings: list[list[Filler]]) -> set[object]:
    """What an event would join if its sentences told that."""
    parts = []
    for fillers in tellings:
        found: dict[Role, tuple[Part, ...]] = {}
        for role, who, side in fillers:
            found[role] = (*found.get(role, ()), Part(actor=draft.end(who), side=draft.end(side)))
        parts.append(found)
    ends = (
        (p, (p.source.actor.key, p.target.actor.key))
        for p in pairs(PlayedEvent(node=event, parts=parts[0], tellings=tuple(parts)))
    )
    return {(pair.kind, frozenset(both) if pair.is_mutual else both) for pair, both in ends}


def _add_claim(draft: _Draft, key: str, event: Node, edges: list[_Edge]) -> None:
    first = edges[0]
    told = {name: event.properties.get(name) for name in ("etype", "t_start", "t_end", "t_precision", "confidence")}
    claim = draft.node(
        "Claim", key, {**told, "status": str(_status(first)), "quote": str(first.told.get("quote") or "")}
    )
    draft.join("ASSERTS", claim, event.ref)
    for filler in dict.fromkeys(filler for edge in edges for filler in edge.fillers):
        _play(draft, "ROLE", claim, filler, role=str(filler[0]), raw_id=filler[1])
    if first.sentence:
        about = dict(zip(SENTENCE, first.sentence, strict=True))
        properties = {
            **{n: about[n] or None for n in ("publisher", "title", "url")},
            "published_at": _day(about["published"]),
        }
        draft.join("FROM", claim, draft.node("Document", "\n".join(first.sentence[1:]), properties))


def _play(draft: _Draft, kind: str, start: NodeRef, filler: Filler, **properties: PropertyValue) -> None:
    _, who, side = filler
    draft.join(kind, start, draft.end(who), acts_for=side, **properties)
