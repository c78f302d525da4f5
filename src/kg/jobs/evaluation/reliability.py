"""Whether a confidence means what it says: claims stored as happened, by how sure the extractor is of them."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

EDGES_OF_BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A claim told as happened that has both ends.

    Attributes:
        is_right: Every edge of the claim is in gold as happened.
        edges: Its edges, as gold's are told to `Reliability.of`.
    """

    confidence: float
    is_right: bool
    edges: frozenset[Hashable]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The claims with a confidence in [low, high); the last bin holds 1.0 too."""

    low: float
    high: float
    claims: int
    right: int
    mean_confidence: float

    @property
    def share_right(self) -> float:
        """Share of the claims that are right, in [0, 1]; 0 in an empty bin."""
        return self.right / self.claims if self.claims else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is left when claims below a threshold are dropped.

    Attributes:
        found: Edges of gold that the claims left tell.
        gold: Edges that gold tells as happened.
    """

    threshold: float
    claims: int
    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the claims that are right, in [0, 1]; 0 when none is left."""
        return self.right / self.claims if self.claims else 0.0

    @property
    def recall(self) -> float:
        """Share of the edges of gold that are told, in [0, 1]; 0 when gold has none."""
        return self.found / self.gold if self.gold else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """The claims told as happened, in bins and above thresholds.

    Attributes:
        thresholds: One for the lower end of each bin, in their order.
        default: At the confidence from which maps draw an event.
    """

    bins: tuple[Bin, ...]
    thresholds: tuple[Kept, ...]
    default: Kept

    @property
    def calibration_error(self) -> float:
        """Expected calibration error in [0, 1]: mean distance of confidence and share right, weighed by claims."""
        claims = sum(b.claims for b in self.bins)
        return sum(b.claims * abs(b.mean_confidence - b.share_right) for b in self.bins) / claims if claims else 0.0

    @classmethod
    def of(cls, weighed: Iterable[Weighed], gold: Collection[Hashable], *, min_confidence: float) -> "Reliability":
        """Return the reliability of claims, given the edges that gold tells as happened."""
        claims = tuple(weighed)
        return cls(
            bins=tuple(_bin(claims, low, high) for low, high in pairwise(EDGES_OF_BINS)),
            thresholds=tuple(_kept(claims, gold, low) for low in EDGES_OF_BINS[:-1]),
            default=_kept(claims, gold, min_confidence),
        )


def _bin(claims: Sequence[Weighed], low: float, high: float) -> Bin:
    is_last = high == EDGES_OF_BINS[-1]
    inside = [c for c in claims if low <= c.confidence and (is_last or c.confidence < high)]
    return Bin(
        low=low,
        high=high,
        claims=len(inside),
        right=sum(c.is_right for c in inside),
        mean_confidence=sum(c.confidence for c in inside) / len(inside) if inside else 0.0,
    )


def _kept(claims: Sequence[Weighed], gold: Collection[Hashable], threshold: float) -> Kept:
    left = [c for c in claims if c.confidence >= threshold]
    told = frozenset(edge for c in left for edge in c.edges)
    return Kept(
        threshold=threshold,
        claims=len(left),
        right=sum(c.is_right for c in left),
        found=sum(edge in told for edge in gold),
        gold=len(gold),
    )
