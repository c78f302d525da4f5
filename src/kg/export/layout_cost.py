"""How hard a layout is to read, as one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.export.map_values import MapActor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STATE_CHAR_PIXELS = 8.8  # 15 px bold; measured as the mean over the names of 60 states
OTHER_CHAR_PIXELS = 6.8
DISC_PIXELS = 22.0
CLEARANCE_PIXELS = 42.0  # a tie that passes a stranger's disc nearer than this seems to end there
ROOM_PIXELS = 130.0  # nearer than that two discs and the curves between them run together
BUSY_ROOM = 0.08  # more of that room for each event of a pair: its ties fan out and carry counts
MOST_BUSY = 12
# Weights found by eye on the sample (17 actors, 46 ties), the seeds (13, 39) and 81 dispatches (25, 72) drawn at
# 1440x900. Crossings count per tie: taken whole they outweighed all else on dense maps and pressed the core together.
CROSSING, NEARNESS, OVERLAP, CROWDING = 0.3, 0.07, 0.25, 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The size of a stage in pixels at scale 1; its middle is (0, 0)."""

    width: float
    height: float


def half_boxes(actors: Sequence[MapActor]) -> "Floats":
    """Return half the width and height that each actor takes, its name under its disc included, in pixels."""
    import numpy as np

    boxes = [
        (
            max(len(actor.label) * (STATE_CHAR_PIXELS if actor.type == "state" else OTHER_CHAR_PIXELS) / 2, 24.0),
            DISC_PIXELS + (12.0 if actor.type == "state" else 4.0),
        )
        for actor in actors
    ]
    return np.array(boxes, dtype=np.float64).reshape(len(boxes), 2)


@dataclass(frozen=True, kw_only=True)
class Cost:
    """The cost of places.

    Attributes:
        lengths: Wished distances between each two actors, in units of the graph; infinite where nothing joins them.
        joined: Numbers of the two actors of each pair that ties join, smaller first.
        boxes: Half width and height of each actor, pixels.
        busy: Events of each pair of `joined`; more of them want more room between the two.
    """

    lengths: "Floats"
    joined: Sequence[tuple[int, int]]
    boxes: "Floats"
    frame: Frame
    busy: Sequence[int] = ()

    def of(self, places: "Floats") -> float:
        """Return the cost of places (one row x, y per actor, pixels); lower is better."""
        return (
            self._stress(places)
            + CROSSING * self._crossings(places) / max(len(self.joined), 1)
            + NEARNESS * self._nearness(places)
            + OVERLAP * self._overlaps(places)
            + CROWDING * self._crowding(places)
        )

    @cached_property
    def _scaled(self) -> "Floats":
        """Wished distances in pixels: the longest fills most of the frame. Zero where none is wished."""
        import numpy as np

        lengths = np.where(np.isfinite(self.lengths), self.lengths, 0.0)
        longest = float(lengths.max()) or 1.0
        return lengths * (0.9 * min(self.frame.width, self.frame.height * 1.4) / longest)

    def _stress(self, places: "Floats") -> float:
        import numpy as np

        offsets = places[:, None, :] - places[None, :, :]
        distances = np.sqrt((offsets**2).sum(axis=2))
        relative = np.where(self._scaled > 0.0, (distances - self._scaled) / np.maximum(self._scaled, 1.0), 0.0)
        return float((relative**2).sum()) / max(int((self._scaled > 0.0).sum()), 1)

    @cached_property
    def _ends(self) -> "tuple[NDArray[np.intp], NDArray[np.intp]]":
        import numpy as np

        ends = np.array(self.joined, dtype=np.intp).reshape(len(self.joined), 2)
        return ends[:, 0], ends[:, 1]

    @cached_property
    def _strangers(self) -> "NDArray[np.bool_]":
        """Which two ties share no end: only those can cross."""
        first, second = self._ends
        apart: NDArray[np.bool_] = (
            (first[:, None] != first[None, :])
            & (first[:, None] != second[None, :])
            & (second[:, None] != first[None, :])
            & (second[:, None] != second[None, :])
        )
        return apart

    def _crossings(self, places: "Floats") -> float:
        first, second = self._ends
        a, b = places[first], places[second]

        def side(p: "Floats", q: "Floats", r: "Floats") -> "Floats":
            """On which side of each line p-q (rows) each point r (columns) lies."""
            along, x, y = q - p, r[:, 0] - p[:, 0, None], r[:, 1] - p[:, 1, None]
            turned: Floats = along[:, 0, None] * y - along[:, 1, None] * x
            return turned

        parted = side(a, b, a) * side(a, b, b) < 0
        return float((parted & parted.T & self._strangers).sum()) / 2

    def _nearness(self, places: "Floats") -> float:
        import numpy as np

        first, second = self._ends
        a, b = places[first], places[second]
        along = b - a
        squared = np.maximum((along**2).sum(axis=1), 1e-6)
        to = places[None, :, :] - a[:, None, :]
        part = np.clip((to * along[:, None, :]).sum(axis=2) / squared[:, None], 0.0, 1.0)
        gaps = np.sqrt(((to - part[..., None] * along[:, None, :]) ** 2).sum(axis=2))
        near = np.maximum(0.0, 1.0 - gaps / CLEARANCE_PIXELS)
        rows = np.arange(len(first))
        near[rows, first] = near[rows, second] = 0.0
        return float((near**2).sum())

    def _overlaps(self, places: "Floats") -> float:
        import numpy as np

        offsets = np.abs(places[:, None, :] - places[None, :, :])
        room = self.boxes[:, None, :] + self.boxes[None, :, :] + 6.0
        shared = np.maximum(0.0, 1.0 - offsets / room)
        product = shared[..., 0] * shared[..., 1]
        np.fill_diagonal(product, 0.0)
        return float(np.sqrt(product).sum()) / 2

    def _crowding(self, places: "Floats") -> float:
        import numpy as np

        offsets = places[:, None, :] - places[None, :, :]
        near = np.maximum(0.0, 1.0 - np.sqrt((offsets**2).sum(axis=2)) / self._room)
        np.fill_diagonal(near, 0.0)
        return float((near**2).sum()) / 2

    @cached_property
    def _room(self) -> "Floats":
        """The wished room of each two, less where the frame has not that much for each actor."""
        import numpy as np

        share = float((self.frame.width * self.frame.height / max(len(self.boxes), 1)) ** 0.5)
        room = np.full((len(self.boxes), len(self.boxes)), min(ROOM_PIXELS, share))
        for (one, other), n_events in zip(self.joined, self.busy, strict=False):
            room[one, other] *= 1 + BUSY_ROOM * min(n_events, MOST_BUSY)
            room[other, one] = room[one, other]
        return room
