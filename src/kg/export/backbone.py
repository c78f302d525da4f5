"""Which ties a map shows first: few enough to read, joined enough to tell a story, the surest before the rest."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from math import sqrt

from kg.export.map_values import MapEvent, MapTie, TieKind

CORE_ACTORS = 25  # more names than that do not fit a laptop's stage without overlap
CORE_TIES = 72  # nobody reads more arrows at once
CORE_TIES_PER_ACTOR = 3  # above, a map of few actors is a tangle: 77 ties of 13 actors were, 39 are read at a glance
FEWEST_CORE_TIES = 12
STRONG_ACTORS = 40
STRONG_BONUS = 4.0  # a tie between two of the strong says more than one to the rim
SAID_WEIGHT = 0.5  # an event that was only said, against one that happened
UNTOLD_CONFIDENCE = 0.5
OWN_WEIGHT = 0.25  # of all that an actor does, against what it does with those that are drawn already


def backbone(ties: Sequence[MapTie], events: Sequence[MapEvent], listed: Collection[int]) -> tuple[MapTie, ...]:
    """Return the ties, those of the first sight marked and before all others, the strongest of each first.

    Strength is the number of events, each as far as it is sure, times the geometric mean of the degrees of the two
    ends. Of several ties between the same two the second counts a half, the third a third: a first sight of many
    pairs tells more than all that passed between a few.

    Args:
        listed: Events, by their places in `events`, that only entries of a sanctions list tell. A list holds a
            thousand of them: ties of nothing else come last, and wait until somebody asks for them where news tell of
            anything done.
    """
    weights = {_identity(tie): _weight(tie, events) for tie in ties}
    entries = [tie for tie in ties if all(number in listed for number in tie.events)]
    news = [tie for tie in ties if not all(number in listed for number in tie.events)]
    if all(tie.kind is TieKind.STRUCTURE for tie in news):
        news, entries = list(ties), []
    told = _ranked(news, weights)
    ranked = [*told, *_ranked(entries, weights)]
    actors = _core_actors(told, weights)
    inside = [n for n, tie in enumerate(told) if {tie.source, tie.target} <= actors]
    firsts: dict[str, int] = {}
    for number in inside:
        for end in (ranked[number].source, ranked[number].target):
            firsts.setdefault(end, number)
    limit = max(min(CORE_TIES, CORE_TIES_PER_ACTOR * len(firsts)), FEWEST_CORE_TIES)
    core = set(list(dict.fromkeys([*sorted(firsts.values()), *inside]))[:limit])
    marked = [replace(tie, is_core=number in core) for number, tie in enumerate(ranked)]
    return tuple(sorted(marked, key=lambda tie: not tie.is_core))


def _identity(tie: MapTie) -> tuple[str, str, str, int, bool, bool]:
    return (tie.source, tie.target, tie.kind, tie.sign, tie.is_said, tie.is_mutual)


_Weights = dict[tuple[str, str, str, int, bool, bool], float]


def _weight(tie: MapTie, events: Sequence[MapEvent]) -> float:
    weight = SAID_WEIGHT if tie.is_said or tie.kind is TieKind.STRUCTURE else 1.0
    told = (events[number].confidence for number in tie.events)
    return weight * sum(UNTOLD_CONFIDENCE if confidence is None else confidence for confidence in told)


def _strengths(ties: Sequence[MapTie], weights: _Weights) -> dict[str, float]:
    strengths: dict[str, float] = defaultdict(float)
    for tie in ties:
        for end in (tie.source, tie.target):
            strengths[end] += weights[_identity(tie)]
    return strengths


def _ranked(ties: Sequence[MapTie], weights: _Weights) -> list[MapTie]:
    degree = Counter(end for tie in ties for end in (tie.source, tie.target))
    strengths = _strengths(ties, weights)
    strong = set(sorted(strengths, key=lambda actor: (-strengths[actor], actor))[:STRONG_ACTORS])

    def rank(tie: MapTie) -> float:
        bonus = STRONG_BONUS if {tie.source, tie.target} <= strong else 1.0
        return bonus * weights[_identity(tie)] * sqrt(degree[tie.source] * degree[tie.target])

    earlier: Counter[frozenset[str]] = Counter()
    ranked = []
    for tie in sorted(ties, key=lambda t: (-rank(t), *_identity(t))):
        pair = frozenset((tie.source, tie.target))
        earlier[pair] += 1
        ranked.append((-rank(tie) / earlier[pair], _identity(tie), tie))
    return [tie for *_, tie in sorted(ranked, key=lambda item: item[:2])]


def _core_actors(ties: Sequence[MapTie], weights: _Weights) -> set[str]:
    """Grow the first sight from the strongest actor by whoever has most to do with those chosen already.

    Choosing the strongest ties alone gives islands: 25 actors in 5 pieces on a graph of 500 actors.
    """
    neighbours: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for tie in ties:
        neighbours[tie.source][tie.target] += weights[_identity(tie)]
        neighbours[tie.target][tie.source] += weights[_identity(tie)]
    gain = {actor: OWN_WEIGHT * sum(joined.values()) for actor, joined in neighbours.items()}
    chosen: set[str] = set()
    while gain and len(chosen) < CORE_ACTORS:
        best = min(gain, key=lambda actor: (-gain[actor], actor))
        del gain[best]
        chosen.add(best)
        for neighbour, weight in neighbours[best].items():
            if neighbour in gain:
                gain[neighbour] += weight
    return chosen
