"""Rectangles on the stage: what a disc, a name or a count takes up."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle by its middle and half its width and height, pixels; down is positive."""

    x: float
    y: float
    half_width: float
    half_height: float

    @classmethod
    def of(cls, left: float, top: float, width: float, height: float) -> Self:
        """Return the rectangle with this corner and size."""
        return cls(x=left + width / 2, y=top + height / 2, half_width=width / 2, half_height=height / 2)

    @property
    def left(self) -> float:
        """The least x."""
        return self.x - self.half_width

    @property
    def top(self) -> float:
        """The least y."""
        return self.y - self.half_height

    @property
    def width(self) -> float:
        """How far it reaches from left to right."""
        return 2 * self.half_width

    @property
    def height(self) -> float:
        """How far it reaches from top to bottom."""
        return 2 * self.half_height

    def overlaps(self, other: "Box") -> bool:
        """Tell whether two have more than an edge in common."""
        return (
            abs(self.x - other.x) < self.half_width + other.half_width
            and abs(self.y - other.y) < self.half_height + other.half_height
        )

    def holds(self, point: tuple[float, float]) -> bool:
        """Tell whether a point lies in it, not on its edge."""
        return abs(point[0] - self.x) < self.half_width and abs(point[1] - self.y) < self.half_height

    def grown(self, by: float) -> "Box":
        """Return the rectangle with so much more room on each side."""
        return Box(x=self.x, y=self.y, half_width=self.half_width + by, half_height=self.half_height + by)
