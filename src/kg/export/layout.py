"""Places for the actors of the map, found once when the file is written, so that the page runs no physics.

The actors of the first sight are laid out by stress (distances on the page follow distances in the graph) and then
polished against what makes a map hard to read: crossing ties, ties through a stranger's disc, names on names. The
others are set beside their strongest neighbour, outside what is drawn already.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import atan2, cos, sin, tau
from random import Random
from typing import TYPE_CHECKING

from kg.export.layout_cost import Cost, Frame, half_boxes
from kg.export.map_values import MapActor, MapTie, TieKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WIDE = Frame(width=800.0, height=700.0)  # the stage of a laptop's screen between the two panels
NARROW = Frame(width=320.0, height=470.0)  # that of a phone
STRESS_ROUNDS = 120
POLISH_SWEEPS = 40  # each moves every actor once; the cost of the sample falls by less than 1 % after 35
MAX_SPREAD = 1.6
SEED = 7
SATELLITE_RADII = (70, 105, 140, 180, 230, 290, 360, 440, 540, 660, 800)
SATELLITE_ANGLES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """A place that is taken: its middle and half its width and height."""

    x: float
    y: float
    half_width: float
    half_height: float

    def overlaps(self, other: "_Spot") -> bool:
        return (
            abs(self.x - other.x) < self.half_width + other.half_width
            and abs(self.y - other.y) < self.half_height + other.half_height
        )


def place(actors: tuple[MapActor, ...], ties: Sequence[MapTie]) -> tuple[MapActor, ...]:
    """Return the actors with their places in a wide and in a tall stage; the same input gives the same places."""
    core = [actor for actor in actors if actor.is_core]
    order = {actor.actor_id: number for number, actor in enumerate(core)}
    lengths = _lengths(core, ties, order)
    wide = _with_satellites(actors, ties, _core_places(core, lengths, order, ties, WIDE), WIDE)
    narrow = _with_satellites(actors, ties, _core_places(core, lengths, order, ties, NARROW), NARROW)
    return tuple(
        replace(
            actor,
            x=round(wide[actor.actor_id].x),
            y=round(wide[actor.actor_id].y),
            narrow_x=round(narrow[actor.actor_id].x),
            narrow_y=round(narrow[actor.actor_id].y),
        )
        for actor in actors
    )


def _lengths(core: list[MapActor], ties: Sequence[MapTie], order: dict[str, int]) -> "Floats":
    """Wished distances: along the shortest way, states farther from each other, and busy pairs get more room."""
    import numpy as np

    size = len(core)
    lengths = np.full((size, size), np.inf)
    np.fill_diagonal(lengths, 0.0)
    busy: dict[tuple[int, int], int] = {}
    for tie in ties:
        if tie.source in order and tie.target in order:
            ends = sorted((order[tie.source], order[tie.target]))
            busy[ends[0], ends[1]] = busy.get((ends[0], ends[1]), 0) + len(tie.events)
    for (one, other), n_events in sorted(busy.items()):
        states = (core[one].type == "state") + (core[other].type == "state")
        length = (1.1, 1.3, 2.0)[states] * (1 + 0.05 * min(n_events, 8))
        lengths[one, other] = lengths[other, one] = length
    for via in range(size):
        lengths = np.minimum(lengths, lengths[:, [via]] + lengths[[via], :])
    finite = lengths[np.isfinite(lengths)]
    lengths[~np.isfinite(lengths)] = (float(finite.max()) if finite.size else 1.0) + 0.6
    return lengths


def _core_places(
    core: list[MapActor], lengths: "Floats", order: dict[str, int], ties: Sequence[MapTie], frame: Frame
) -> dict[str, _Spot]:
    import numpy as np

    if not core:
        return {}
    joined = sorted(
        {
            (min(ends), max(ends))
            for tie in ties
            if tie.source in order and tie.target in order
            for ends in [(order[tie.source], order[tie.target])]
        }
    )
    boxes = half_boxes(core)
    cost = Cost(lengths=lengths, joined=joined, boxes=boxes, frame=frame)
    starts = (_fitted(_stress(lengths, turn), frame) for turn in range(4))
    best = min((_polished(start, cost, frame) for start in starts), key=cost.of)
    middle = np.round(_spread(best, frame))
    return {
        actor.actor_id: _Spot(
            x=float(middle[n, 0]), y=float(middle[n, 1]), half_width=float(boxes[n, 0]), half_height=float(boxes[n, 1])
        )
        for n, actor in enumerate(core)
    }


def _stress(lengths: "Floats", turn: int) -> "Floats":
    """Places whose distances come near the wished ones, by majorization one actor at a time.

    Source: Gansner, Koren, North, "Graph drawing by stress majorization" (2004), the localised form.
    """
    import numpy as np

    size = len(lengths)
    random = Random(SEED + turn)  # noqa: S311 - repeatable on purpose
    angles = [tau * n / max(size, 1) + random.random() for n in range(size)]
    places = np.array([[cos(angle), sin(angle)] for angle in angles]) * float(lengths.max() or 1.0)
    weights = 1.0 / np.maximum(lengths, 0.1) ** 2
    np.fill_diagonal(weights, 0.0)
    for _ in range(STRESS_ROUNDS):
        for n in range(size):
            if not weights[n].any():
                continue
            offsets = places[n] - places
            distances = np.maximum(np.sqrt((offsets**2).sum(axis=1)), 1e-6)
            wished = places + offsets * (lengths[n] / distances)[:, None]
            places[n] = (wished * weights[n][:, None]).sum(axis=0) / weights[n].sum()
    return places


def _fitted(places: "Floats", frame: Frame) -> "Floats":
    """Turn the long axis along that of the frame and stretch to fill it."""
    import numpy as np

    middle = places - places.mean(axis=0)
    xx, yy, xy = (middle[:, 0] ** 2).sum(), (middle[:, 1] ** 2).sum(), (middle[:, 0] * middle[:, 1]).sum()
    angle = 0.5 * np.arctan2(2 * xy, xx - yy) + (0.0 if frame.width >= frame.height else tau / 4)
    turned = middle @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    low, high = turned.min(axis=0), turned.max(axis=0)
    extent = np.maximum(high - low, 1e-6)
    fitted: Floats = (turned - (low + high) / 2) / extent * np.array([frame.width, frame.height])
    return fitted


def _polished(places: "Floats", cost: Cost, frame: Frame) -> "Floats":
    """Move one actor at a time, in ever smaller steps, and keep what lowers the cost."""
    import numpy as np

    random = Random(SEED)  # noqa: S311 - repeatable on purpose
    half = np.array([frame.width / 2, frame.height / 2])
    best, best_cost = places.copy(), cost.of(places)
    for sweep in range(POLISH_SWEEPS):
        reach = half * (0.6 * (1 - sweep / POLISH_SWEEPS) ** 2 + 0.02)
        for n in range(len(places)):
            moved = best.copy()
            step = np.array([2 * random.random() - 1, 2 * random.random() - 1])
            moved[n] = np.clip(best[n] + step * reach, -half, half)
            if (moved_cost := cost.of(moved)) < best_cost:
                best, best_cost = moved, moved_cost
    return best


def _spread(places: "Floats", frame: Frame) -> "Floats":
    """Fill the frame; names keep their size, so that spreading only parts them."""
    import numpy as np

    low, high = places.min(axis=0), places.max(axis=0)
    room = np.array([frame.width, frame.height]) / np.maximum(high - low, 1.0)
    spread: Floats = (places - (low + high) / 2) * np.minimum(room, MAX_SPREAD)
    return spread


def _with_satellites(
    actors: tuple[MapActor, ...], ties: Sequence[MapTie], placed: dict[str, _Spot], frame: Frame
) -> dict[str, _Spot]:
    """Set every other actor at the nearest free spot beside its strongest neighbour that has a place."""
    names = {actor.actor_id: actor for actor in actors}
    taken = _Taken()
    for spot in placed.values():
        taken.add(spot)
    waiting = [tie for tie in ties if tie.kind is not TieKind.STRUCTURE] + list(ties)
    while left := [tie for tie in waiting if (tie.source in placed) != (tie.target in placed)]:
        for tie in left:
            anchor, newcomer = (tie.source, tie.target) if tie.source in placed else (tie.target, tie.source)
            if newcomer not in placed:
                placed[newcomer] = taken.free_spot(placed[anchor], names[newcomer])
                taken.add(placed[newcomer])
    rim = _Spot(x=0.0, y=frame.height / 2, half_width=1.0, half_height=1.0)
    for actor in actors:
        if actor.actor_id not in placed:
            placed[actor.actor_id] = taken.free_spot(rim, actor)
            taken.add(placed[actor.actor_id])
    return placed


class _Taken:
    """The places that are taken, found by cell, so that thousands of actors are set in linear time."""

    CELL = 100.0

    def __init__(self) -> None:
        self._spots: dict[tuple[int, int], list[_Spot]] = {}

    def _cells(self, spot: _Spot) -> list[tuple[int, int]]:
        left, right = ((spot.x + side * spot.half_width) // self.CELL for side in (-1, 1))
        top, bottom = ((spot.y + side * spot.half_height) // self.CELL for side in (-1, 1))
        return [(x, y) for x in range(int(left), int(right) + 1) for y in range(int(top), int(bottom) + 1)]

    def add(self, spot: _Spot) -> None:
        for cell in self._cells(spot):
            self._spots.setdefault(cell, []).append(spot)

    def free_spot(self, anchor: _Spot, actor: MapActor) -> _Spot:
        half_width, half_height = half_boxes([actor])[0]
        first = atan2(anchor.y, anchor.x)  # outward, where there is room
        spot = anchor
        for radius in SATELLITE_RADII:
            for turn in range(SATELLITE_ANGLES):
                angle = first + tau * ((turn + 1) // 2 * (-1) ** turn) / SATELLITE_ANGLES
                spot = _Spot(
                    x=float(round(anchor.x + radius * cos(angle))),
                    y=float(round(anchor.y + radius * sin(angle))),
                    half_width=float(half_width),
                    half_height=float(half_height),
                )
                if not any(spot.overlaps(other) for cell in self._cells(spot) for other in self._spots.get(cell, ())):
                    return spot
        return spot
