"""Places on a circle: who has much to do with each other stands side by side, and nobody stands inside."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from math import cos, sin, tau

from kg.export.layout import NARROW, WIDE, Places
from kg.export.layout_cost import Frame
from kg.export.map_values import MapActor, MapTie

SWEEPS = 20  # the order is at rest after six on the sample and the seeds


def circle(actors: Sequence[MapActor], ties: Sequence[MapTie]) -> Places:
    """Return the places of the actors of the first sight on an ellipse, the busiest on top, clockwise."""
    order = _order([actor.actor_id for actor in actors if actor.is_core], ties)
    turns = [tau * number / max(len(order), 1) for number in range(len(order))]
    return {actor: (*_spot(turn, WIDE), *_spot(turn, NARROW)) for actor, turn in zip(order, turns, strict=True)}


def _spot(turn: float, frame: Frame) -> tuple[int, int]:
    return round(frame.width / 2 * sin(turn)), round(-frame.height / 2 * cos(turn))


def _order(core: list[str], ties: Sequence[MapTie]) -> list[str]:
    """Swap two at a time while that brings those who are joined nearer to each other, the first left where it is."""
    joined: dict[tuple[str, str], int] = defaultdict(int)
    for tie in ties:
        if {tie.source, tie.target} <= set(core):
            joined[min(tie.source, tie.target), max(tie.source, tie.target)] += len(tie.events)
    order = list(core)
    best = _length(order, joined)
    for _ in range(SWEEPS):
        before = best
        for one, other in combinations(range(1, len(order)), 2):
            order[one], order[other] = order[other], order[one]
            if (length := _length(order, joined)) < best:
                best = length
            else:
                order[one], order[other] = order[other], order[one]
        if best == before:
            break
    return order


def _length(order: Sequence[str], joined: dict[tuple[str, str], int]) -> int:
    place = {actor: number for number, actor in enumerate(order)}
    total = 0
    for (one, other), events in joined.items():
        apart = abs(place[one] - place[other])
        total += events * min(apart, len(order) - apart)
    return total
