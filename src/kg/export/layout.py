"""Places for the actors of the map, found once when the file is written, so that the page runs no physics.

The actors of the first sight are laid out by stress (distances on the page follow distances in the graph) and then
polished against what makes a map hard to read: crossing ties, ties through a stranger's disc, names on names. The
others are set beside their strongest neighbour, outside what is drawn already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import atan2, cos, sin, tau
from random import Random
from typing import TYPE_CHECKING

from kg.export.box import Box
from kg.export.components import CORNERS, Room, components, small_rooms
from kg.export.layout_cost import DISC_PIXELS, Cost, Frame, half_boxes
from kg.export.map_values import MapActor, MapTie, TieKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WIDE = Frame(width=760.0, height=760.0)  # the stage of a laptop's screen between the two panels
NARROW = Frame(width=270.0, height=540.0)  # that of a phone
STRESS_ROUNDS = 120
POLISH_SWEEPS = 40  # each moves every actor once; the cost of the sample falls by less than 1 % after 35
MAX_SPREAD = 1.6
NAME_RIM = (70.0, 32.0)  # left free at each side of a small piece, pixels
SEED = 7
SATELLITE_RADII = (70, 105, 140, 180, 230, 290, 360, 440, 540, 660, 800)
SATELLITE_ANGLES = 16
GOLDEN_ANGLE = 2.399963  # turned by it again and again, no two come to lie in one direction


Places = Mapping[str, tuple[int, int, int, int]]
"""actor_id to x, y in a wide stage and x, y in a tall one, pixels at scale 1."""


def place(actors: tuple[MapActor, ...], ties: Sequence[MapTie], kept: Places) -> tuple[MapActor, ...]:
    """Return the actors with their places in a wide and in a tall stage; the same input gives the same places.

    Args:
        kept: Where actors stood before. They stay there, and newcomers of the first sight find the best places between
            them, unless fewer than half of the first sight stood somewhere: then all are set anew.
    """
    core = [actor for actor in actors if actor.is_core]
    net = _net(core, ties)
    wide = _settled(actors, ties, net, {key: (x, y) for key, (x, y, _, _) in kept.items()}, WIDE)
    narrow = _settled(actors, ties, net, {key: (x, y) for key, (_, _, x, y) in kept.items()}, NARROW)
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


def _settled(
    actors: tuple[MapActor, ...],
    ties: Sequence[MapTie],
    net: "_Net",
    kept: Mapping[str, tuple[int, int]],
    frame: Frame,
) -> dict[str, Box]:
    core = [actor for actor in actors if actor.is_core]
    stayed = _stayed(actors, kept, frame)
    if 2 * sum(actor.actor_id in stayed for actor in core) < len(core) or not core:
        return _with_satellites(actors, ties, _core_places(core, net, frame), frame)
    return _with_satellites(actors, ties, stayed | _newcomers(core, net, stayed, frame), frame)


def _stayed(actors: tuple[MapActor, ...], kept: Mapping[str, tuple[int, int]], frame: Frame) -> dict[str, Box]:
    """Those who keep their places: of two on one spot the first, and at first sight nobody outside the stage."""
    stayed: dict[str, Box] = {}
    taken = _Taken()
    for actor in sorted(actors, key=lambda actor: not actor.is_core):
        if actor.actor_id not in kept:
            continue
        x, y = kept[actor.actor_id]
        disc = Box(x=x, y=y, half_width=DISC_PIXELS / 2, half_height=DISC_PIXELS / 2)
        is_outside = actor.is_core and (abs(x) > frame.width or abs(y) > frame.height)
        if not is_outside and taken.is_free(disc):
            taken.add(disc)
            half_width, half_height = half_boxes([actor])[0]
            stayed[actor.actor_id] = replace(disc, half_width=float(half_width), half_height=float(half_height))
    return stayed


def _newcomers(core: list[MapActor], net: "_Net", stayed: Mapping[str, Box], frame: Frame) -> dict[str, Box]:
    """Set the actors of the first sight that stood nowhere between those that stay."""
    import numpy as np

    places = np.array(
        [[stayed[a.actor_id].x, stayed[a.actor_id].y] if a.actor_id in stayed else [0, 0] for a in core], float
    )
    movable = [n for n, actor in enumerate(core) if actor.actor_id not in stayed]
    for n in movable:
        beside = [m for pair in net.joined if n in pair for m in pair if m not in movable]
        places[n] = places[beside].mean(axis=0) if beside else 0.0
        places[n, 0] += n + 1  # no two on one spot
    placed = np.round(_polished(places, net.cost(frame), frame, movable, []))
    return {
        core[n].actor_id: Box(
            x=float(placed[n, 0]),
            y=float(placed[n, 1]),
            half_width=float(net.boxes[n, 0]),
            half_height=float(net.boxes[n, 1]),
        )
        for n in movable
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Net:
    """The actors of the first sight and what joins them.

    Attributes:
        joined: Numbers of the two actors of each pair that ties join, smaller first; `busy` is their events.
        lengths: Wished distances in units of the graph, infinite between pieces that nothing joins.
    """

    joined: list[tuple[int, int]]
    busy: list[int]
    lengths: "Floats"
    boxes: "Floats"

    def part(self, nodes: list[int]) -> "_Net":
        """Some of its actors, numbered anew."""
        import numpy as np

        place_of = {node: n for n, node in enumerate(nodes)}
        kept = [n for n, (one, other) in enumerate(self.joined) if one in place_of and other in place_of]
        return _Net(
            joined=[(place_of[self.joined[n][0]], place_of[self.joined[n][1]]) for n in kept],
            busy=[self.busy[n] for n in kept],
            lengths=self.lengths[np.ix_(nodes, nodes)],
            boxes=self.boxes[nodes],
        )

    def cost(self, frame: Frame) -> Cost:
        return Cost(lengths=self.lengths, joined=self.joined, busy=self.busy, boxes=self.boxes, frame=frame)


def _net(core: list[MapActor], ties: Sequence[MapTie]) -> _Net:
    """Wished distances along the ties of the first sight: states farther from each other, busy pairs with more room."""
    import numpy as np

    order = {actor.actor_id: number for number, actor in enumerate(core)}
    lengths = np.full((len(core), len(core)), np.inf)
    np.fill_diagonal(lengths, 0.0)
    busy: dict[tuple[int, int], int] = {}
    for tie in ties:
        if tie.is_core and tie.source in order and tie.target in order:
            ends = sorted((order[tie.source], order[tie.target]))
            busy[ends[0], ends[1]] = busy.get((ends[0], ends[1]), 0) + len(tie.events)
    for (one, other), n_events in busy.items():
        states = (core[one].type == "state") + (core[other].type == "state")
        lengths[one, other] = lengths[other, one] = (1.1, 1.3, 2.0)[states] * (1 + 0.05 * min(n_events, 8))
    for via in range(len(core)):
        lengths = np.minimum(lengths, lengths[:, [via]] + lengths[[via], :])
    joined = sorted(busy)
    return _Net(joined=joined, busy=[busy[pair] for pair in joined], lengths=lengths, boxes=half_boxes(core))


def _core_places(core: list[MapActor], net: _Net, frame: Frame) -> dict[str, Box]:
    import numpy as np

    if not core:
        return {}
    cost = net.cost(frame)
    best = min((_arranged(net, cost, frame, turn) for turn in range(len(CORNERS))), key=cost.of)
    middle = np.round(_spread(best, frame))
    return {
        actor.actor_id: Box(
            x=float(middle[n, 0]),
            y=float(middle[n, 1]),
            half_width=float(net.boxes[n, 0]),
            half_height=float(net.boxes[n, 1]),
        )
        for n, actor in enumerate(core)
    }


def _arranged(net: _Net, cost: Cost, frame: Frame, turn: int) -> "Floats":
    """Set the small pieces into one corner, a different one each turn, and the largest into all that is left."""
    import numpy as np

    largest, *small = components(len(net.boxes), net.joined)
    rooms = small_rooms([len(largest), *map(len, small)], frame, CORNERS[turn])
    places = np.zeros((len(net.boxes), 2))
    for nodes, room in zip(small, rooms, strict=True):
        places[nodes] = _alone(net.part(nodes), room)
    places[largest] = _fitted(_stress(net.part(largest).lengths, turn), frame)
    for n in largest:
        places[n] = _outside(places[n], rooms)
    return _polished(places, cost, frame, largest, rooms)


def _alone(net: _Net, room: Room) -> "Floats":
    """Places of a small piece within its room, its rim left free for the names."""
    import numpy as np

    width, height = room.frame.width, room.frame.height
    inner = Frame(width=max(0.55 * width, width - 2 * NAME_RIM[0]), height=max(0.55 * height, height - 2 * NAME_RIM[1]))
    everybody = list(range(len(net.boxes)))
    starts = _fitted(_stress(net.lengths, 0), inner)
    placed: Floats = _polished(starts, net.cost(inner), inner, everybody, []) + np.array([room.x, room.y])
    return placed


def _outside(place: "Floats", rooms: Sequence[Room]) -> "Floats":
    """Move a place that lies in a room of others toward the middle of the stage until it is out."""
    moved = place.copy()
    for room in rooms:
        if room.holds(moved[0], moved[1]):
            moved[1] = room.y - (1 if room.y > 0 else -1) * room.frame.height / 2
    return moved


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


def _polished(places: "Floats", cost: Cost, frame: Frame, movable: list[int], rooms: Sequence[Room]) -> "Floats":
    """Move one actor at a time, in ever smaller steps and never into the rooms of others; keep what lowers the cost."""
    import numpy as np

    random = Random(SEED)  # noqa: S311 - repeatable on purpose
    half = np.array([frame.width / 2, frame.height / 2])
    best, best_cost = places.copy(), cost.of(places)
    for sweep in range(POLISH_SWEEPS):
        reach = half * (0.6 * (1 - sweep / POLISH_SWEEPS) ** 2 + 0.02)
        for n in movable:
            moved = best.copy()
            step = np.array([2 * random.random() - 1, 2 * random.random() - 1])
            moved[n] = np.clip(best[n] + step * reach, -half, half)
            if any(room.holds(moved[n, 0], moved[n, 1]) for room in rooms):
                continue
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
    actors: tuple[MapActor, ...], ties: Sequence[MapTie], placed: dict[str, Box], frame: Frame
) -> dict[str, Box]:
    """Set every other actor at the nearest free spot beside its strongest neighbour that has a place."""
    names = {actor.actor_id: actor for actor in actors}
    taken = _Taken()
    for spot in placed.values():
        taken.add(spot)
    ranked = [tie for tie in ties if tie.kind is not TieKind.STRUCTURE] + list(ties)
    beside: dict[str, list[int]] = {}
    for n, tie in enumerate(ranked):
        for end in (tie.source, tie.target):
            beside.setdefault(end, []).append(n)

    def set_around(newcomers: list[str]) -> None:
        while newcomers:
            touched = sorted({n for key in newcomers for n in beside.get(key, ())})
            newcomers = []
            for n in touched:
                source, target = ranked[n].source, ranked[n].target
                anchor, newcomer = (source, target) if source in placed else (target, source)
                if newcomer not in placed:
                    placed[newcomer] = taken.free_spot(placed[anchor], names[newcomer])
                    taken.add(placed[newcomer])
                    newcomers.append(newcomer)

    set_around(list(placed))
    rim = Box(x=0.0, y=frame.height / 2, half_width=1.0, half_height=1.0)
    for actor in actors:
        if actor.actor_id not in placed:  # the busiest of a piece that nothing joins to what is drawn
            placed[actor.actor_id] = taken.free_spot(rim, actor)
            taken.add(placed[actor.actor_id])
            set_around([actor.actor_id])
    return placed


class _Taken:
    """The places that are taken, found by cell, so that thousands of actors are set in linear time."""

    CELL = 100.0

    def __init__(self) -> None:
        self._spots: dict[tuple[int, int], list[Box]] = {}
        self._full: dict[tuple[float, float], int] = {}  # anchors with no free spot left, and how many went over others

    def _cells(self, spot: Box) -> list[tuple[int, int]]:
        left, right = ((spot.x + side * spot.half_width) // self.CELL for side in (-1, 1))
        top, bottom = ((spot.y + side * spot.half_height) // self.CELL for side in (-1, 1))
        return [(x, y) for x in range(int(left), int(right) + 1) for y in range(int(top), int(bottom) + 1)]

    def add(self, spot: Box) -> None:
        for cell in self._cells(spot):
            self._spots.setdefault(cell, []).append(spot)

    def is_free(self, spot: Box) -> bool:
        return not any(spot.overlaps(other) for cell in self._cells(spot) for other in self._spots.get(cell, ()))

    def free_spot(self, anchor: Box, actor: MapActor) -> Box:
        """The nearest free spot around an anchor; once it has none left, one of many that lie over others."""
        half_width, half_height = (float(half) for half in half_boxes([actor])[0])
        first = atan2(anchor.y, anchor.x)  # outward, where there is room
        place = (anchor.x, anchor.y)
        if place not in self._full:
            for radius in SATELLITE_RADII:
                for turn in range(SATELLITE_ANGLES):
                    angle = first + tau * ((turn + 1) // 2 * (-1) ** turn) / SATELLITE_ANGLES
                    spot = _around(anchor, radius, angle, (half_width, half_height))
                    if self.is_free(spot):
                        return spot
        n = self._full[place] = self._full.get(place, 0) + 1
        further = SATELLITE_RADII[-1] * (1 - 1 / (1 + n / SATELLITE_ANGLES)) + SATELLITE_RADII[0]
        return _around(anchor, further, first + n * GOLDEN_ANGLE, (half_width, half_height))


def _around(anchor: Box, radius: float, angle: float, half: tuple[float, float]) -> Box:
    return Box(
        x=float(round(anchor.x + radius * cos(angle))),
        y=float(round(anchor.y + radius * sin(angle))),
        half_width=half[0],
        half_height=half[1],
    )
