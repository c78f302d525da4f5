"""When a document was published, as an interval with what it rests on."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from kg.documents.aggregator import Age
from kg.model.times import Interval, days
from kg.model.words import Basis, Precision

FIRST_PLAUSIBLE = datetime(1990, 1, 1, tzinfo=UTC)  # no news site is older; a date before it is a default value
MAX_AHEAD = timedelta(hours=24)  # clocks and time zones of publishers are wrong by up to a day

# 30 and 365 days: who writes "2 months ago" is no more exact than that.
_UNITS = {
    "second": (timedelta(seconds=1), Precision.MINUTE),
    "minute": (timedelta(minutes=1), Precision.MINUTE),
    "hour": (timedelta(hours=1), Precision.HOUR),
    "day": (timedelta(days=1), Precision.DAY),
    "week": (timedelta(weeks=1), Precision.WEEK),
    "month": (timedelta(days=30), Precision.MONTH),
    "year": (timedelta(days=365), Precision.YEAR),
}
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")
_URL_DATE = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")


def from_age(age: Age, retrieved_at: datetime) -> Interval:
    """Return the interval that "N units ago" names: at least N units before retrieval, less than N + 1."""
    unit, precision = _UNITS[age.unit]
    end = retrieved_at.astimezone(UTC) - age.count * unit
    return Interval(start=end - unit, end=end, precision=precision, basis=Basis.RETRIEVAL)


def parse_date(value: str) -> Interval | None:
    """Return the interval that a date names, None when it names none.

    An ISO 8601 or RFC 822 time with a zone is a minute; a time without a zone and a bare date are a day; `2025-06`
    and `2025` are a month and a year.
    """
    text = value.strip()
    partial = _PARTIAL.fullmatch(text)
    try:
        if partial is not None:
            return _month_or_year(int(partial[1]), partial[2])
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return _parse_mail_date(text)
    return _at(moment)


def _parse_mail_date(text: str) -> Interval | None:
    try:
        return _at(parsedate_to_datetime(text))
    except (ValueError, OverflowError, IndexError):
        return None


def _at(moment: datetime) -> Interval:
    if moment.utcoffset() is None:  # without a zone the minute is unknown
        return days(moment.date(), basis=Basis.EXPLICIT)
    start = moment.astimezone(UTC).replace(second=0, microsecond=0)
    return Interval(start=start, end=start + timedelta(minutes=1), precision=Precision.MINUTE, basis=Basis.EXPLICIT)


def _month_or_year(year: int, month: str | None) -> Interval:
    if month is None:
        return days(date(year, 1, 1), date(year, 12, 31), precision=Precision.YEAR, basis=Basis.EXPLICIT)
    first = date(year, int(month), 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return days(first, last, precision=Precision.MONTH, basis=Basis.EXPLICIT)


def date_of_url(url: str) -> str | None:
    """Return the date in the path of an address (`/2025/06/19/`) as ISO text, None when there is none."""
    match = _URL_DATE.search(url)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


def first_plausible(
    candidates: tuple[tuple[str, str | None], ...], *, retrieved_at: datetime | None
) -> tuple[Interval | None, str | None]:
    """Return the first date that can be true, and its method.

    Args:
        candidates: Pairs (method, date as written), best first; None for a method that gave nothing.
        retrieved_at: A story cannot be published more than a day after it was fetched; aware.

    Returns:
        The interval and its method; (None, "unreadable ...") when dates were given and none can be true.
    """
    refused = None
    for method, value in candidates:
        if not value or not value.strip():
            continue
        interval = parse_date(value)
        if interval is not None and _is_plausible(interval, retrieved_at):
            return interval, method
        refused = refused or f"unreadable or impossible {method} date {value.strip()[:40]!r}"
    return None, refused


def _is_plausible(interval: Interval, retrieved_at: datetime | None) -> bool:
    start = interval.start or FIRST_PLAUSIBLE
    return start >= FIRST_PLAUSIBLE and (retrieved_at is None or start <= retrieved_at + MAX_AHEAD)
