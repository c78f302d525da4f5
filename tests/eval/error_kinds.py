"""Sorts every edge that an extractor missed, told wrongly or told with another status into one kind of error."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import starmap
from typing import Any

from kg.jobs.evaluation.annotations import Annotated
from kg.jobs.evaluation.scoring import Compared
from kg.jobs.evaluation.telling import (
    EVERYBODY,
    Pair,
    ToldEvent,
    _Actors,
    place_of,
    sentence_starts,
    told_by_extraction,
    told_by_gold,
)
from kg.model.claims import Extraction
from kg.model.words import ActorType, Role

Row = Mapping[str, Any]
Edge = tuple[int, str, Pair]  # sentence, PLOVER type, sides
PRINTABLE_LICENCE = "own"
_ENDS = frozenset({Role.ACTOR, Role.RECIPIENT})


class Missed(StrEnum):
    """Why an edge of gold was not told; the first that holds, in this order."""

    NO_TRIGGER = "trigger not found"
    WRONG_TYPE = "trigger found, wrong PLOVER type"
    DIRECTION = "both ends found, wrong direction or pairing"
    GROUP = "unnamed group not linked"
    NAME = "name never linked to this side"
    ELSEWHERE = "end only in another sentence"
    NO_ROLE = "end named in the sentence, role not given"


class Wrong(StrEnum):
    """Why an edge that was told is not in gold; the first that holds, in this order."""

    NO_EVENT = "event where gold has none"
    WRONG_TYPE = "right trigger, wrong PLOVER type"
    NO_SIDE = "end is no side of gold: linking, or whom it acts for"
    DIRECTION = "right ends, wrong direction or pairing"
    ANOTHER = "another actor of the text taken as an end"


@dataclass(frozen=True, slots=True)
class Spot:
    """An event with the place of its trigger, [start, end) in the text of the document."""

    start: int
    end: int
    event: ToldEvent

    def overlaps(self, other: "Spot") -> bool:
        """Whether the two triggers share a character."""
        return self.start < other.end and other.start < self.end

    def is_told_as(self, other: "Spot") -> bool:
        """Whether both tell an event of the same PLOVER type in the same sentence."""
        return (self.event.sentence_no, self.event.plover) == (other.event.sentence_no, other.event.plover)

    @property
    def ends(self) -> frozenset[str]:
        """The sides of its actors and recipients."""
        return frozenset(side for role, side in self.event.parts if role in _ENDS)


@dataclass(frozen=True, slots=True)
class Told:
    """What one party tells of a document.

    Attributes:
        sides: Every side that one of its actors has.
        named: By sentence, the sides that a mention names.
        unnamed_groups: Sides that only actors of the type `group` have.
    """

    spots: tuple[Spot, ...]
    sides: frozenset[str]
    named: Mapping[int, frozenset[str]]
    unnamed_groups: frozenset[str]

    @property
    def edges(self) -> dict[Edge, list[Spot]]:
        """The edges, each with the events that tell it."""
        found = defaultdict(list)
        for spot in self.spots:
            for pair in spot.event.sides:
                found[spot.event.sentence_no, spot.event.plover, pair].append(spot)
        return dict(found)


@dataclass(frozen=True, slots=True)
class Error:
    """One edge in error, with the sentence that tells it.

    Attributes:
        kind: A `Missed`, a `Wrong`, or "told group, not group of gold" for a status.
        is_printable: The licence of the text allows to print the sentence.
    """

    kind: str
    document: str
    edge: Edge
    sentence: str
    is_printable: bool


@dataclass(frozen=True, slots=True)
class Errors:
    """All errors of a part, and how many edges gold has, were told, and are in both."""

    missed: tuple[Error, ...]
    wrong: tuple[Error, ...]
    status: tuple[Error, ...]
    gold: int
    told: int
    both: int


def gold_told(row: Row, sentences: Sequence[str]) -> Told:
    """Return what an annotation tells."""
    starts = sentence_starts(sentences)
    events = told_by_gold(row, sentences).events
    spots = []
    for raw, event in zip(row["events"], events, strict=True):
        start, end = place_of(sentences[raw["s"]], raw["trig"])
        spots.append(Spot(starts[raw["s"]] + start, starts[raw["s"]] + end, event))
    sides = _Actors((a["id"], a["key"], a.get("of")) for a in row["actors"]).sides
    named = {int(n): frozenset(sides[actor] for _, actor, *_ in told) for n, told in row.get("mentions", {}).items()}
    types = [(sides[a["id"]], a["type"]) for a in row["actors"]]
    return Told(tuple(spots), frozenset(sides.values()), named, _only_groups(types))


def told_of(extraction: Extraction, sentences: Sequence[str]) -> Told:
    """Return what an extractor tells."""
    claims = sorted(extraction.claims, key=lambda c: (c.trigger_start, c.trigger_end, c.claim_id))
    events = told_by_extraction(extraction, sentences).events
    spots = (Spot(c.trigger_start, c.trigger_end, event) for c, event in zip(claims, events, strict=True))
    actors = [(a.local_id, a.key or a.name, a.acts_for) for a in extraction.actors]
    return Told(tuple(spots), frozenset(_Actors(actors).sides.values()), {}, frozenset())


def _only_groups(types: Iterable[tuple[str, str]]) -> frozenset[str]:
    kinds = defaultdict(set)
    for side, kind in types:
        kinds[side].add(kind)
    return frozenset(side for side, found in kinds.items() if found == {ActorType.GROUP})


def missed_kind(edge: Edge, gold: Told, told: Told) -> Missed:
    """Return why an edge of gold was not told."""
    number, _, pair = edge
    spots = gold.edges[edge]
    same = [t for t in told.spots if any(t.is_told_as(g) for g in spots)]
    if not same:
        is_found = any(t.overlaps(g) for t in told.spots for g in spots)
        return Missed.WRONG_TYPE if is_found else Missed.NO_TRIGGER
    given = frozenset(side for t in same for side in t.ends)
    lost = [side for side in pair if side != EVERYBODY and side not in given]
    unlinked = [side for side in lost if side not in told.sides]
    if not lost:
        return Missed.DIRECTION
    if unlinked:
        return Missed.GROUP if gold.unnamed_groups.issuperset(unlinked) else Missed.NAME
    named = gold.named.get(number, frozenset())
    return Missed.NO_ROLE if named.issuperset(lost) else Missed.ELSEWHERE


def wrong_kind(edge: Edge, gold: Told, told: Told) -> Wrong:
    """Return why an edge that was told is not in gold."""
    _, _, pair = edge
    spots = told.edges[edge]
    same = [g for g in gold.spots if any(g.is_told_as(t) for t in spots)]
    if not same:
        is_found = any(g.overlaps(t) for g in gold.spots for t in spots)
        return Wrong.WRONG_TYPE if is_found else Wrong.NO_EVENT
    if any(side != EVERYBODY and side not in gold.sides for side in pair):
        return Wrong.NO_SIDE
    given = frozenset(side for g in same for side in g.ends) | {EVERYBODY}
    return Wrong.DIRECTION if given.issuperset(pair) else Wrong.ANOTHER


def errors_of(read: Iterable[tuple[Row, Annotated, Extraction, str]]) -> Errors:
    """Return the errors of documents, given as (annotation, document, what was told of it, licence of its text)."""
    missed, wrong, status = [], [], []
    n_gold = n_told = n_both = 0
    for row, annotated, extraction, licence in read:
        sentences = annotated.sentences
        gold, told = gold_told(row, sentences), told_of(extraction, sentences)

        def error(kind: str, edge: Edge, sentences=sentences, name=row["doc"], licence=licence) -> Error:
            return Error(kind, name, edge, sentences[edge[0]], licence == PRINTABLE_LICENCE)

        both = gold.edges.keys() & told.edges.keys()
        missed += [error(missed_kind(e, gold, told), e) for e in sorted(gold.edges.keys() - both)]
        wrong += [error(wrong_kind(e, gold, told), e) for e in sorted(told.edges.keys() - both)]
        status += starmap(error, _other_status(sorted(both), gold, told))
        n_gold, n_told, n_both = n_gold + len(gold.edges), n_told + len(told.edges), n_both + len(both)
    return Errors(tuple(missed), tuple(wrong), tuple(status), n_gold, n_told, n_both)


def _other_status(edges: Iterable[Edge], gold: Told, told: Told) -> Iterator[tuple[str, Edge]]:
    for edge in edges:
        wanted, given = ({spot.event.group for spot in one.edges[edge]} for one in (gold, told))
        if wanted.isdisjoint(given):
            yield f"{' and '.join(sorted(given))}, not {' and '.join(sorted(wanted))}", edge


def shares(errors: Sequence[Error]) -> list[tuple[str, int, float]]:
    """Return (kind, number, share in [0, 1]) of errors, the commonest first."""
    counts = Counter(error.kind for error in errors)
    return [(kind, n, n / len(errors)) for kind, n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))]


def compared(row: Row, annotated: Annotated, extraction: Extraction) -> Compared:
    """Return an extraction beside gold, as the scorer takes them."""
    told = told_by_extraction(extraction, annotated.sentences)
    return Compared(name=row["doc"], sentences=annotated.sentences, gold=annotated.gold, told=told)
