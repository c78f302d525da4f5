"""How well what was told agrees with gold: one figure for each way of comparing."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from kg.jobs.evaluation.reliability import Reliability, Weighed
from kg.jobs.evaluation.telling import Pair, Telling, ToldEvent, overlap
from kg.model.words import HAPPENED, STATUS_GROUPS, Role

METRICS: Mapping[str, str] = {
    "mention": "a span that overlaps a span of gold and names the same actor",
    "trigger": "the PLOVER type, in the right sentence",
    "edge": "as trigger, with both ends; a minister counts as the state",
    "edge_exact": "as edge, the very actors at both ends",
    "edge_leaf": "as edge, with our own finer type",
    "edge_status": "as edge, with the group of the status: happened, planned, proposed ...",
    "edge_dated": "of the edge_status that gold dates and that were found: the dates overlap",
    "graph": "(side, side, PLOVER type, happened or not) of a whole document",
    "mediator": "(side of the mediator, side of a party) of a whole document",
}
WRONG = "happened_wrong"
ROLES = (Role.ACTOR, Role.RECIPIENT, Role.MEDIATOR, Role.OBJECT, Role.TARGET_OF_REQUEST, Role.PLACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How many things gold has, how many were told, and how many of these are the same."""

    gold: int
    told: int
    hit: int

    @property
    def precision(self) -> float:
        """Share of what was told that is right, in [0, 1]; 0 when nothing was told."""
        return self.hit / self.told if self.told else 0.0

    @property
    def recall(self) -> float:
        """Share of gold that was told, in [0, 1]; 0 when gold has none."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hit / (self.gold + self.told) if self.hit else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What gold and an extractor tell of one document."""

    name: str
    sentences: tuple[str, ...]
    gold: Telling
    told: Telling


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Difference:
    """An edge that only one of the two has ("missed", "wrong"), or that both have with another status ("status")."""

    document: str
    sentence_no: int
    kind: str
    plover: str
    pair: Pair
    groups: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of one extractor.

    Attributes:
        metrics: By the names of METRICS.
        by_type: Edges by PLOVER type.
        by_status: Edges with the group of their status, by that group.
        by_role: Fillers by role and side, in events whose trigger was found.
        wrong: Told edges of the group `happened` whose pair gold tells in that sentence, but not as happened.
        happened: Told edges of the group `happened`.
    """

    documents: int
    metrics: Mapping[str, Agreement]
    by_type: Mapping[str, Agreement]
    by_status: Mapping[str, Agreement]
    by_role: Mapping[str, Agreement]
    wrong: int
    happened: int
    reliability: Reliability
    differences: tuple[Difference, ...]

    @property
    def happened_wrong(self) -> float:
        """Share of the edges told as happened that gold tells as not happened, in [0, 1]."""
        return self.wrong / self.happened if self.happened else 0.0

    @property
    def summary(self) -> dict[str, float]:
        """F1 of each metric, and the share of happened_wrong."""
        return {name: agreement.f1 for name, agreement in self.metrics.items()} | {WRONG: self.happened_wrong}


def score(compared: Iterable[Compared], *, min_confidence: float) -> Figures:
    """Return the figures over all documents, each counted with the number of its things.

    Args:
        min_confidence: Reliability is told above it, too.
    """
    counts = _Counts()
    for one in compared:
        counts.add(one)
    return counts.figures(min_confidence)


@dataclass
class _Both:
    """The things of gold and the things told, each once."""

    gold: set[Hashable] = field(default_factory=set)
    told: set[Hashable] = field(default_factory=set)

    def of(self, is_gold: bool) -> set[Hashable]:
        return self.gold if is_gold else self.told

    @property
    def agreement(self) -> Agreement:
        return Agreement(gold=len(self.gold), told=len(self.told), hit=len(self.gold & self.told))


@dataclass
class _Counts:
    documents: int = 0
    metrics: dict[str, _Both] = field(default_factory=lambda: {name: _Both() for name in METRICS})
    types: defaultdict[str, _Both] = field(default_factory=lambda: defaultdict(_Both))
    groups: dict[str, _Both] = field(default_factory=lambda: {group: _Both() for group in STATUS_GROUPS.values()})
    roles: dict[str, _Both] = field(default_factory=lambda: {role: _Both() for role in ROLES})
    wrong: int = 0
    happened: int = 0
    weighed: list[Weighed] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    def add(self, one: Compared) -> None:
        self.documents += 1
        for event in one.gold.events:
            self._add_event(one.name, event, is_gold=True)
        for event in one.told.events:
            self._add_event(one.name, event, is_gold=False)
        self._add_mentions(one)
        self._add_dates(one)
        self._add_parts(one)
        self._add_happened(one)
        self._add_differences(one)

    def _add_event(self, name: str, event: ToldEvent, *, is_gold: bool) -> None:
        place = (name, event.sentence_no, event.plover)
        things = {metric: both.of(is_gold) for metric, both in self.metrics.items()}
        things["trigger"].add(place)
        for pair in event.sides:
            things["edge"].add((*place, pair))
            things["edge_leaf"].add((name, event.sentence_no, event.etype, pair))
            things["edge_status"].add((*place, pair, event.group))
            things["graph"].add((name, event.plover, pair, event.group == HAPPENED))
            self.types[event.plover].of(is_gold).add((*place, pair))
            self.groups[event.group].of(is_gold).add((*place, pair))
        things["edge_exact"].update((*place, pair) for pair in event.keys)
        things["mediator"].update((name, pair) for pair in event.mediated)

    def _add_mentions(self, one: Compared) -> None:
        both = self.metrics["mention"]
        both.gold.update((one.name, start, key) for start, _, key in one.gold.mentions)
        taken: set[tuple[int, int, str]] = set()
        for start, end, key in one.told.mentions:
            match = next(
                (m for m in one.gold.mentions if m not in taken and m[0] < end and start < m[1] and m[2] == key), None
            )
            if match is None:
                both.told.add((one.name, "nowhere", start, key))
            else:
                taken.add(match)
                both.told.add((one.name, match[0], key))

    def _add_dates(self, one: Compared) -> None:
        """A dated edge of gold that was told with another date is one told wrongly; one not told is only not found."""
        both = self.metrics["edge_dated"]
        told = {edge: event.days for event in one.told.events for edge in _status_edges(event)}
        gold = {edge: event.days for event in one.gold.events if event.days for edge in _status_edges(event)}
        for edge, days in gold.items():
            both.gold.add((one.name, edge))
            if edge in told:
                both.told.add((one.name, edge) if overlap(days, told[edge]) else (one.name, edge, "another date"))

    def _add_parts(self, one: Compared) -> None:
        found = {(e.sentence_no, e.plover) for e in one.gold.events} & {
            (e.sentence_no, e.plover) for e in one.told.events
        }
        for is_gold, telling in ((True, one.gold), (False, one.told)):
            for event in telling.events:
                place = (event.sentence_no, event.plover)
                for role, side in event.parts:
                    if place in found and role in self.roles:
                        self.roles[role].of(is_gold).add((one.name, *place, side))

    def _add_happened(self, one: Compared) -> None:
        groups = defaultdict(set)
        for event in one.gold.events:
            for pair in event.sides:
                groups[event.sentence_no, frozenset(pair)].add(event.group)
        for event in one.told.events:
            if event.group != HAPPENED:
                continue
            for pair in event.sides:
                in_gold = groups.get((event.sentence_no, frozenset(pair)), {HAPPENED})
                self.happened += 1
                self.wrong += HAPPENED not in in_gold
            if event.sides:
                edges = frozenset((one.name, event.sentence_no, event.plover, pair) for pair in event.sides)
                is_right = edges <= self.groups[HAPPENED].gold
                self.weighed.append(Weighed(confidence=event.confidence, is_right=is_right, edges=edges))

    def _add_differences(self, one: Compared) -> None:
        gold, told = _groups_by_edge(one.gold), _groups_by_edge(one.told)
        for edge in gold.keys() | told.keys():
            if edge not in told:
                kind, words = "missed", _joined(gold[edge])
            elif edge not in gold:
                kind, words = "wrong", _joined(told[edge])
            elif gold[edge] != told[edge]:
                kind, words = "status", f"{_joined(told[edge])}, not {_joined(gold[edge])}"
            else:
                continue
            sentence_no, plover, pair = edge
            self.differences.append(
                Difference(
                    document=one.name,
                    sentence_no=sentence_no,
                    kind=kind,
                    plover=plover,
                    pair=pair,
                    groups=words,
                    sentence=one.sentences[sentence_no],
                )
            )

    def figures(self, min_confidence: float) -> Figures:
        """Return the figures of all documents added."""
        return Figures(
            documents=self.documents,
            metrics={name: both.agreement for name, both in self.metrics.items()},
            by_type={name: self.types[name].agreement for name in sorted(self.types)},
            by_status={name: both.agreement for name, both in self.groups.items()},
            by_role={name: both.agreement for name, both in self.roles.items()},
            wrong=self.wrong,
            happened=self.happened,
            reliability=Reliability.of(self.weighed, self.groups[HAPPENED].gold, min_confidence=min_confidence),
            differences=tuple(sorted(self.differences)),
        )


def _joined(groups: set[str]) -> str:
    return " and ".join(sorted(groups))


def _status_edges(event: ToldEvent) -> list[tuple[int, str, Pair, str]]:
    return [(event.sentence_no, event.plover, pair, event.group) for pair in event.sides]


def _groups_by_edge(telling: Telling) -> dict[tuple[int, str, Pair], set[str]]:
    groups: dict[tuple[int, str, Pair], set[str]] = defaultdict(set)
    for event in telling.events:
        for pair in event.sides:
            groups[event.sentence_no, event.plover, pair].add(event.group)
    return groups
