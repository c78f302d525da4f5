"""From the graph to the map: sides folded, events aggregated to ties, the strongest chosen for the first sight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.export.backbone import backbone
from kg.export.cards import MAX_LABEL_CHARS, Cards, shorten, when, words
from kg.export.circle import circle
from kg.export.events import Pair, PairKind, PlayedEvent, is_structure, pairs, played_events, str_of
from kg.export.folding import shown_source, shown_target
from kg.export.layout import Places, place
from kg.export.links import Links
from kg.export.map_values import Contradiction, FoldedActor, MapActor, MapEvent, MapModel, MapTie, StatusGroup, TieKind
from kg.export.options import ExportOptions
from kg.model.graph import Graph, Node, NodeRef, Relationship

MAX_DRAWN_CHARS = 28
ATTRACTED = ("OWNS", "CONTROLS")  # drawn when one end has events; other structure needs both

KIND_OF_PAIR = {
    PairKind.ACTOR: TieKind.ACT,
    PairKind.MEDIATOR: TieKind.MEDIATION,
    PairKind.HOST: TieKind.HOST,
}

TieKey = tuple[str, str, TieKind, int, bool, bool]
Fold = tuple[NodeRef, NodeRef]
"""An actor and whom the map shows for it."""
Behind = dict[TieKey, dict[tuple[Fold, Fold], list[int]]]
"""Of each tie, who is behind its two ends in which events."""


@dataclass(slots=True)
class _Draft:
    """The map while the events of the graph are read into it."""

    nodes: dict[NodeRef, Node]
    cards: Cards
    links: Links
    events: list[MapEvent] = field(default_factory=list)
    ties: Behind = field(default_factory=dict)
    inside: Behind = field(default_factory=dict)
    within: list[tuple[PlayedEvent, TieKey, tuple[Fold, Fold]]] = field(default_factory=list)
    shown: dict[str, NodeRef] = field(default_factory=dict)
    numbers: dict[NodeRef, int] = field(default_factory=dict)
    n_inside: int = 0

    def add_event(self, event: PlayedEvent) -> None:
        """Add an event to the ties that it makes; one that makes none stays out, or waits for `add_inside`."""
        joined = pairs(event)
        found = dict.fromkeys(self._tie_of(event, pair) for pair in joined)
        drawn = [(key, ends) for key, ends in found if key[0] != key[1]]
        self.within += [(event, key, ends) for key, ends in found if key[0] == key[1] and ends[0] != ends[1]]
        if not drawn:
            self.n_inside += bool(joined)
            return
        number = self._number(event)
        for key, ends in drawn:
            self.shown |= {shown.key: shown for _, shown in ends}
            self.ties.setdefault(key, {}).setdefault(ends, []).append(number)

    def add_inside(self) -> None:
        """Add what passes between those who are drawn as one side, if that side is drawn at all."""
        for event, key, ends in self.within:
            if key[0] not in self.shown:
                continue
            if event.node.ref not in self.numbers:
                self._number(event)
            self.inside.setdefault(key, {}).setdefault(ends, []).append(self.numbers[event.node.ref])

    def folded(self) -> dict[Fold, set[int]]:
        """Who is shown as another one, by name, each with the events that this concerns."""
        found: dict[Fold, set[int]] = {}
        for behind in (*self.ties.values(), *self.inside.values()):
            for ends, events in behind.items():
                for actor, shown in ends:
                    if actor != shown:
                        found.setdefault((actor, shown), set()).update(events)
        order = sorted(found, key=lambda fold: (self.cards.name(fold[0]), fold[1].key, fold[0].key))
        return {fold: found[fold] for fold in order}

    def _number(self, event: PlayedEvent) -> int:
        self.numbers[event.node.ref] = len(self.events)
        self.events.append(replace(self.cards.event(event), designation=self.links.designation(event.node.ref)))
        return len(self.events) - 1

    def add_links(self, events: Sequence[PlayedEvent]) -> None:
        """Join events to their answers; an answer that makes no tie comes in as a card."""
        drawn = set(self.numbers)
        for event in events:
            ref = event.node.ref
            if ref not in drawn and any(other in drawn for _, other in self.links.events.get(ref, ())):
                self._number(event)
        for ref, number in self.numbers.items():
            self.events[number] = replace(self.events[number], links=self.links.of(ref, self.numbers))

    def contradictions(self) -> tuple[Contradiction, ...]:
        """The contradictions of sentences that stand behind an event of the map."""
        shown = {number for event in self.events for number in event.evidence}
        found = []
        for on, one, other in self.links.contradictions:
            both = self.cards.cards_of((one,)) + self.cards.cards_of((other,))
            if shown & set(both):
                found.append(Contradiction(on=on, one=both[0], other=both[1]))
        return tuple(found)

    def _tie_of(self, event: PlayedEvent, pair: Pair) -> tuple[TieKey, tuple[Fold, Fold]]:
        """The tie that a pair makes, and who is behind its ends; those of a mutual one by the keys of their nodes."""
        source = (pair.source.actor, shown_source(pair.source, self.nodes))
        target = (pair.target.actor, shown_target(event, pair.target, self.nodes))
        if pair.is_mutual and (source[1].key, source[0].key) > (target[1].key, target[0].key):
            source, target = target, source
        sign = event.sign if pair.kind is PairKind.ACTOR else 0
        key = (source[1].key, target[1].key, KIND_OF_PAIR[pair.kind], sign, not event.happened, pair.is_mutual)
        return key, (source, target)

    def add_structure(self, relationship: Relationship) -> None:
        """Add ownership, membership and office between actors that the events have brought in."""
        ends = (relationship.start.key, relationship.end.key)
        known = sum(key in self.shown for key in ends)
        if known == 0 or (known == 1 and relationship.type not in ATTRACTED):
            return
        self.shown |= {relationship.start.key: relationship.start, relationship.end.key: relationship.end}
        key = (*ends, TieKind.STRUCTURE, 0, False, False)
        start, end = relationship.start, relationship.end
        self.ties.setdefault(key, {}).setdefault(((start, start), (end, end)), []).append(len(self.events))
        self.events.append(self._structure(relationship))

    def _structure(self, relationship: Relationship) -> MapEvent:
        told = relationship.properties
        claims = told.get("claim_ids")
        refs = tuple(NodeRef(label="Claim", key=key) for key in (claims if isinstance(claims, tuple) else ()))
        seen = {"t_start": told.get("first_seen"), "t_end": told.get("last_seen"), "t_precision": "day"}
        return MapEvent(
            event_id=":".join((relationship.type, *relationship.ref.keys)),
            kind=TieKind.STRUCTURE,
            label=words(relationship.type),
            sign=0,
            is_verbal=False,
            weight=0.0,
            group=StatusGroup.HAPPENED,
            told="",
            sources=(self.cards.name(relationship.start),),
            targets=(self.cards.name(relationship.end),),
            brokers=(),
            day=str_of(told, "last_seen"),
            when=when(seen),
            confidence=None,
            is_weak=False,
            detail=shorten(str_of(told, "office") or str_of(told, "share"), MAX_LABEL_CHARS),
            evidence=self.cards.cards_of(refs),
        )


def map_model(graph: Graph, options: ExportOptions, places: Places | None = None) -> MapModel:
    """Return what the map of a graph shows; the graph itself is not changed.

    Args:
        places: Where its actors stood on an earlier map.
    """
    cards = Cards(graph, has_quotes=options.has_quotes)
    draft = _Draft(nodes={node.ref: node for node in graph.nodes}, cards=cards, links=Links(graph))
    events = played_events(graph)
    for event in events:
        draft.add_event(event)
    draft.add_inside()
    draft.add_links(events)
    for relationship in graph.relationships:
        if is_structure(relationship):
            draft.add_structure(relationship)
    listed = frozenset(number for number, event in enumerate(draft.events) if draft.cards.is_listed(event))
    ties = backbone(_ties(draft, draft.ties), draft.events, listed)
    actors = _actors(draft, ties)
    contradictions = draft.contradictions()
    days = [document.published[:10] for document in draft.cards.documents if document.published]
    return MapModel(
        title=shorten(options.title, MAX_LABEL_CHARS),
        actors=place(actors, ties, circle(actors, ties) if options.layout == "circle" else places or {}),
        folded=_folded(draft),
        ties=ties,
        inside=tuple(_ties(draft, draft.inside)),
        events=tuple(draft.events),
        evidence=tuple(draft.cards.evidence),
        documents=tuple(draft.cards.documents),
        designations=tuple(draft.links.designations),
        contradictions=contradictions,
        as_of=max(days, default=""),
        has_quotes=options.has_quotes,
        n_inside=draft.n_inside,
    )


def _ties(draft: _Draft, told: Behind) -> list[MapTie]:
    place_of = {fold: place for place, fold in enumerate(draft.folded())}
    return [
        MapTie(
            source=source,
            target=target,
            kind=kind,
            sign=sign,
            is_said=is_said,
            is_mutual=is_mutual,
            events=tuple(sorted(set().union(*behind.values()), key=lambda n: (draft.events[n].day, n), reverse=True)),
            parts=_parts(behind, place_of),
        )
        for (source, target, kind, sign, is_said, is_mutual), behind in told.items()
    ]


def _parts(
    behind: Mapping[tuple[Fold, Fold], Sequence[int]], place_of: Mapping[Fold, int]
) -> tuple[tuple[int, int, tuple[int, ...]], ...]:
    found = [
        (place_of.get(source, -1), place_of.get(target, -1), tuple(sorted(events)))
        for (source, target), events in behind.items()
    ]
    return tuple(sorted(found)) if any(part[:2] != (-1, -1) for part in found) else ()


def _actors(draft: _Draft, ties: tuple[MapTie, ...]) -> tuple[MapActor, ...]:
    events: dict[str, set[int]] = {}
    core: set[str] = set()
    for tie in ties:
        for end in (tie.source, tie.target):
            events.setdefault(end, set()).update(tie.events if tie.kind is not TieKind.STRUCTURE else ())
        if tie.is_core:
            core |= {tie.source, tie.target}
    return tuple(
        MapActor(
            actor_id=key,
            name=draft.cards.name(draft.shown[key]),
            label=_label(draft.cards.name(draft.shown[key]), key),
            type=str_of(draft.nodes[draft.shown[key]].properties, "type") or "place",
            aliases=_aliases(draft.nodes[draft.shown[key]]),
            n_events=len(found),
            is_core=key in core,
        )
        for key, found in sorted(events.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _label(name: str, key: str) -> str:
    """The short form of a long name where the key is one (OSCE, IAEA), else the name, cut."""
    return key if len(name) > MAX_DRAWN_CHARS and key.isupper() else shorten(name, MAX_DRAWN_CHARS)


def _aliases(node: Node) -> tuple[str, ...]:
    aliases = node.properties.get("aliases")
    return tuple(shorten(alias, MAX_LABEL_CHARS) for alias in aliases) if isinstance(aliases, tuple) else ()


def _folded(draft: _Draft) -> tuple[FoldedActor, ...]:
    return tuple(
        FoldedActor(
            actor_id=actor.key,
            name=draft.cards.name(actor),
            label=_label(draft.cards.name(actor), actor.key),
            type=str_of(draft.nodes[actor].properties, "type") or "place",
            aliases=_aliases(draft.nodes[actor]),
            side=side.key,
            events=tuple(sorted(events)),
        )
        for (actor, side), events in draft.folded().items()
    )
