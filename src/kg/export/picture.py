"""The first sight of a map as shapes on paper: discs, curves with heads, names and counts that do not overlap."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, pi, sin
from unicodedata import combining, east_asian_width

from kg.export.box import Box
from kg.export.map_values import MapActor, MapModel, MapTie, TieKind
from kg.export.payload import node_of, width_of

LABEL_GAP = 4
BADGE_HEIGHT = 18
MAX_BADGES = 14
BADGE_PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)  # along the tie
HEAD = 15  # an arrow's head reaches that far from the disc, pixels
SAID_WIDTH = 1.1
MEDIATION_WIDTH = 2.4
MEDIATION_DASHES, SAID_DASHES, SPOKEN_DASHES = (1.5, 5.0), (3.0, 4.0), (9.0, 5.0)
HOST_DASHES = (8.0, 4.0, 1.5, 4.0)
TIP_WEIGHT = 3  # the ends of a tie tell who does it to whom
DOTS = 24  # points along a tie that a name should not hide
NARROW, WIDE = frozenset(" .,:;'|!ijlIft()[]"), frozenset("mwMW@—…−+×")
SIGN_MARK = {-1: "−", 0: "×", 1: "+"}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """An actor, the size of its shape and the box of its name; None where none fits."""

    actor: MapActor
    radius: float
    shape: str
    name: Box | None = None

    @property
    def box(self) -> Box:
        """The square around the shape."""
        x, y, r = self.actor.x, self.actor.y, self.radius
        return Box(x=x, y=y, half_width=r, half_height=r)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A tie as a quadratic curve from rim to rim, and the box of its count; None for one event or where none fits."""

    tie: MapTie
    start: Point
    bend: Point
    end: Point
    width: float
    dashes: tuple[float, ...]
    is_weak: bool
    count: str
    badge: Box | None = None

    def point(self, t: float) -> Point:
        """The point at a part of the way, 0 to 1."""
        return _point(self.start, self.bend, self.end, t)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is drawn, and the box around all of it."""

    discs: tuple[Disc, ...]
    curves: tuple[Curve, ...]
    frame: Box


def picture(model: MapModel) -> Picture:
    """Return the first sight of a map, in its places for a wide stage."""
    busiest = max((actor.n_events for actor in model.actors), default=1)
    discs = []
    for actor in model.actors:
        if actor.is_core:
            look = node_of(actor, busiest)
            discs.append(Disc(actor=actor, radius=float(look["size"]), shape=str(look["shape"])))
    curves = _curves(model, {disc.actor.actor_id: disc for disc in discs})
    taken = [disc.box for disc in discs]
    states, others = ([d for d in discs if (d.actor.type == "state") is is_state] for is_state in (True, False))
    dots = [curve.point(n / DOTS) for curve in curves for n in range(1, DOTS)]
    dots += [tip for curve in curves for tip in (curve.start, curve.end) for _ in range(TIP_WEIGHT)]
    named = _named(states, taken, dots)
    curves = _counted(curves, taken)
    named += _named(others, taken, dots)
    order = {disc.actor.actor_id: number for number, disc in enumerate(discs)}
    placed = tuple(sorted(named, key=lambda disc: order[disc.actor.actor_id]))
    return Picture(discs=placed, curves=tuple(curves), frame=_around(placed, curves))


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is, pixels: the mean of common sans-serif fonts, half bold."""
    return size * sum(_em(character) for character in text)


def name_size(actor: MapActor) -> float:
    """Return the size of the letters of an actor's name, pixels."""
    return 15.0 if actor.type == "state" else 12.5


def _em(character: str) -> float:
    if east_asian_width(character) in "WF":
        return 1.0
    if combining(character):
        return 0.0
    if character in NARROW:
        return 0.34
    return 0.9 if character in WIDE else 0.7 if character.isupper() else 0.6


def _curves(model: MapModel, discs: dict[str, Disc]) -> list[Curve]:
    ties = [tie for tie in model.ties if tie.is_core]
    most = max((len(tie.events) for tie in model.ties), default=1)
    return [_curve(model, tie, bend, discs, most) for tie, bend in zip(ties, _bends(ties), strict=True)]


def _curve(model: MapModel, tie: MapTie, bend: float, discs: dict[str, Disc], most: int) -> Curve:
    events = [model.events[number] for number in tie.events]
    is_weak = all(event.is_weak for event in events)
    source, target = discs[tie.source], discs[tie.target]
    one, other = ((float(disc.actor.x), float(disc.actor.y)) for disc in (source, target))
    via = _via(one, other, bend)
    first, last = (_leaving(one, via, other, disc) for disc in (source, target))
    start, end = _point(one, via, other, first), _point(one, via, other, last)
    width = min(width_of(tie, most), 6.5 if tie.kind is TieKind.ACT else MEDIATION_WIDTH)
    return Curve(
        tie=tie,
        start=start,
        bend=_cut_bend(one, via, other, first, last),
        end=end,
        width=SAID_WIDTH if tie.is_said or is_weak else width,
        dashes=_dashes(tie, is_verbal=all(event.is_verbal for event in events)),
        is_weak=is_weak,
        count=f"{SIGN_MARK[tie.sign]}{len(tie.events)}",
    )


def _dashes(tie: MapTie, *, is_verbal: bool) -> tuple[float, ...]:
    if tie.kind in (TieKind.MEDIATION, TieKind.HOST):
        return MEDIATION_DASHES if tie.kind is TieKind.MEDIATION else HOST_DASHES
    if tie.is_said:
        return SAID_DASHES
    return SPOKEN_DASHES if tie.kind is TieKind.ACT and is_verbal else ()


def _bends(ties: Sequence[MapTie]) -> list[float]:
    """How far each tie bends: each direction of a pair has its side, and weaker ties of it lie further out."""
    in_pair = Counter(frozenset((tie.source, tie.target)) for tie in ties)
    lanes: Counter[tuple[str, str]] = Counter()
    found = []
    for tie in ties:
        is_lone = in_pair[frozenset((tie.source, tie.target))] == 1
        found.append(0.06 if is_lone else 0.1 + 0.12 * lanes[tie.source, tie.target])
        lanes[tie.source, tie.target] += 1
    return found


def _via(one: Point, other: Point, bend: float) -> Point:
    """The control point of a curve that bends clockwise, as vis-network sets it."""
    reach, turn = 0.5 + 0.5 * bend, bend * pi / 2
    x, y = other[0] - one[0], other[1] - one[1]
    return (
        one[0] + reach * (x * cos(turn) + y * sin(turn)),
        one[1] + reach * (y * cos(turn) - x * sin(turn)),
    )


def _point(one: Point, via: Point, other: Point, t: float) -> Point:
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
    return (a * one[0] + b * via[0] + c * other[0], a * one[1] + b * via[1] + c * other[1])


def _leaving(one: Point, via: Point, other: Point, disc: Disc) -> float:
    """The part of the way at which a curve crosses the rim of the disc at one of its ends."""
    steps = range(101) if (disc.actor.x, disc.actor.y) == one else range(100, -1, -1)
    for step in steps:
        x, y = _point(one, via, other, step / 100)
        if hypot(x - disc.actor.x, y - disc.actor.y) > disc.radius + 1:
            return step / 100
    return 0.5


def _cut_bend(one: Point, via: Point, other: Point, first: float, last: float) -> Point:
    """The control point of the part of a curve between two parts of the way."""
    (x0, y0), (x1, y1) = (
        tuple((1 - first) * a + first * b for a, b in zip(pair[0], pair[1], strict=True))
        for pair in ((one, via), (via, other))
    )
    return ((1 - last) * x0 + last * x1, (1 - last) * y0 + last * y1)


def _named(discs: Sequence[Disc], taken: list[Box], dots: Sequence[Point]) -> list[Disc]:
    """Give each actor's name the free place where it hides the least of the ties."""
    named = []
    for disc in discs:
        own = disc.box
        free = [b for b in _places(disc) if not any(b.overlaps(other) for other in taken if other != own)]
        best = min(enumerate(free), key=lambda item: (item[0] + sum(map(item[1].holds, dots)), item[0]), default=None)
        box = best[1] if best else None
        taken += [box] if box else []
        named.append(replace(disc, name=box))
    return named


def _places(disc: Disc) -> list[Box]:
    size = name_size(disc.actor)
    width, height = text_width(disc.actor.label, size), size + 3
    x, y, reach = disc.actor.x, disc.actor.y, disc.radius + LABEL_GAP
    low, high, beside = y + reach, y - reach - height, y - height / 2
    right, left, centred = x + reach, x - reach - width, x - width / 2
    spots = (
        (centred, low), (right, beside), (left, beside), (centred, high), (right, low - 4), (left, low - 4),
        (right, high + 4), (left, high + 4), (centred, low + 12), (centred, high - 12),
    )  # fmt: skip
    return [Box.of(left, top, width, height) for left, top in spots]


def _counted(curves: Sequence[Curve], taken: list[Box]) -> list[Curve]:
    """Set the counts of the strongest ties upon them, where they hide nothing."""
    wanted = [c for c in curves if c.tie.kind is not TieKind.STRUCTURE and len(c.tie.events) > 1][:MAX_BADGES]
    found = []
    for curve in curves:
        badge = _badge(curve, taken) if curve in wanted else None
        taken += [badge] if badge else []
        found.append(replace(curve, badge=badge))
    return found


def _badge(curve: Curve, taken: Sequence[Box]) -> Box | None:
    width = text_width(curve.count, 11.5) + 12
    for t in BADGE_PLACES:
        x, y = curve.point(t)
        box = Box(x=x, y=y, half_width=width / 2, half_height=BADGE_HEIGHT / 2)
        is_on_head = any(box.grown(HEAD).holds(tip) for tip in (curve.start, curve.end))
        if not is_on_head and not any(box.overlaps(other) for other in taken):
            return box
    return None


def _around(discs: Iterable[Disc], curves: Iterable[Curve]) -> Box:
    boxes = [disc.box for disc in discs] + [disc.name for disc in discs if disc.name]
    boxes += [curve.badge for curve in curves if curve.badge]
    spots = [curve.point(t / 8) for curve in curves for t in range(9)]
    xs = [x for box in boxes for x in (box.left, box.left + box.width)] + [x for x, _ in spots]
    ys = [y for box in boxes for y in (box.top, box.top + box.height)] + [y for _, y in spots]
    left, top = min(xs, default=0.0), min(ys, default=0.0)
    return Box.of(left, top, max(xs, default=0.0) - left, max(ys, default=0.0) - top)
