"""A time as a text tells it: an interval with precision and basis."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kg.model.words import Basis, Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The half-open interval [start, end) in which a time lies; both aware, UTC.

    An end that is None is open ("since Monday"); a start that is None likewise. Both None: the text orders
    things but fixes no date (basis `unanchored`).
    """

    start: datetime | None
    end: datetime | None
    precision: Precision
    basis: Basis

    def __post_init__(self) -> None:
        for moment in (self.start, self.end):
            if moment is not None and moment.utcoffset() != timedelta(0):
                raise ValueError(f"an Interval is told in UTC, not {moment!r}; convert it with .astimezone(UTC)")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError(f"an Interval ends after it starts, not {self.start!r} to {self.end!r}")

    @property
    def first_day(self) -> date | None:
        """The first UTC day that the interval touches."""
        return self.start.date() if self.start else None

    @property
    def last_day(self) -> date | None:
        """The last UTC day that the interval touches."""
        return (self.end - timedelta(microseconds=1)).date() if self.end else None

    @property
    def value(self) -> str | None:
        """The days as gold writes them: `2025-06-19`, `2025-06-13/2025-06-19`, or None when neither end is known."""
        first, last = self.first_day or self.last_day, self.last_day or self.first_day
        if first is None or last is None:
            return None
        return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def days(first: date, last: date | None = None, *, precision: Precision = Precision.DAY, basis: Basis) -> Interval:
    """Return the interval of whole UTC days from `first` to `last` (inclusive; `first` alone when None)."""
    end = datetime.combine((last or first) + timedelta(days=1), time.min, tzinfo=UTC)
    return Interval(start=datetime.combine(first, time.min, tzinfo=UTC), end=end, precision=precision, basis=basis)


UNANCHORED = Interval(start=None, end=None, precision=Precision.UNKNOWN, basis=Basis.UNANCHORED)
