"""The pieces of a drawing that no tie joins, and the corner of the stage that the small ones share."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from kg.export.layout_cost import Frame

SHARES = (0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)  # of the area that a piece would have if all had their part of the stage
ASPECT = 1.35  # names lie flat, so a piece is wider than tall
CORNERS = ((1, 1), (-1, 1), (1, -1), (-1, -1))  # where x and y point outward; the foot of the stage first


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A part of the stage, pixels: its middle and its size."""

    x: float
    y: float
    frame: Frame

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return abs(x - self.x) < self.frame.width / 2 and abs(y - self.y) < self.frame.height / 2


def components(size: int, joined: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the pieces of a graph of the nodes 0 to size - 1: the largest first, equal ones by their first node."""
    piece = list(range(size))
    for one, other in joined:
        low, high = sorted((piece[one], piece[other]))
        piece = [low if number == high else number for number in piece]
    found: dict[int, list[int]] = {}
    for node, number in enumerate(piece):
        found.setdefault(number, []).append(node)
    return sorted(found.values(), key=lambda nodes: (-len(nodes), nodes))


def small_rooms(sizes: Sequence[int], frame: Frame, corner: tuple[int, int]) -> list[Room]:
    """Return a room for each piece but the first, in shelves that start in a corner.

    Each has an area in proportion to its nodes. The first piece, the largest, keeps all that is left.
    """
    total = sum(sizes)
    rooms: list[Room] = []
    for share in SHARES:
        unit = share * frame.width * frame.height / total
        rooms, height = _shelves([unit * size for size in sizes[1:]], frame, corner)
        if height <= frame.height * (1 - share * sizes[0] / total):
            break
    return rooms


def _shelves(areas: Sequence[float], frame: Frame, corner: tuple[int, int]) -> tuple[list[Room], float]:
    rooms = []
    left = low = tallest = 0.0
    for area in areas:
        width = min(sqrt(area * ASPECT), frame.width)
        height = area / width
        if left + width > frame.width:
            left, low, tallest = 0.0, low + tallest, 0.0
        rooms.append(
            Room(
                x=corner[0] * (frame.width / 2 - left - width / 2),
                y=corner[1] * (frame.height / 2 - low - height / 2),
                frame=Frame(width=width, height=height),
            )
        )
        left, tallest = left + width, max(tallest, height)
    return rooms, low + tallest
