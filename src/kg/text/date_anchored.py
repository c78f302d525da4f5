"""What days time expressions stand for that count from a time told before or right behind, not from publication."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from kg.model.times import UNANCHORED, Interval, days
from kg.model.words import Basis, Precision
from kg.text.date_readers import (
    DAYS_OF,
    Reader,
    Viewpoint,
    moved,
    shifted,
    time_words,
    weekend,
    whole_months,
    whole_week,
    whole_years,
)
from kg.text.number_words import parse_number

MAX_LASTING_YEARS = 30  # longer spans are history, which nobody dates by its length
_SHIFTS = {"next": 1, "following": 1, "after": 1, "previous": -1, "before": -1}


def _read_counted(match: re.Match[str], view: Viewpoint) -> Interval | None:
    """Two days later, a week earlier, a day after the raid: counted from the time that was told last."""
    count = parse_number(match["count"]) if match["count"] else 0
    way = match["way"].lower()
    if way in ("after", "before") and not re.match(r"\s*(?:[.,;:)]|$)", match.string[match.end() :][:3]):
        return _read_counted_to(match, view, count)
    unit = time_words("unit")[match["unit"].lower()]
    coarse = _coarse_base(view, unit)
    if coarse is not None and unit in DAYS_OF:
        return replace(coarse, basis=Basis.EVENT)  # "in April 2024 and let go a day later" is still April
    base = coarse or view.anchor
    start = base.first_day if base else None
    if start is None or count is None:
        return UNANCHORED
    return shifted(start, count if way in ("later", "afterwards", "after", "on") else -count, unit, basis=Basis.EVENT)


def _coarse_base(view: Viewpoint, unit: str) -> Interval | None:
    """The month or year that the same text told last, where a count of this unit goes on from it."""
    told = view.latest
    if told is None or told == view.before or told.first_day is None:
        return None
    if unit in DAYS_OF:
        return told if told.precision is Precision.MONTH and told.basis is Basis.EXPLICIT else None
    return told if told.precision in (Precision.MONTH, Precision.YEAR) else None


def _read_counted_to(match: re.Match[str], view: Viewpoint, count: float | None) -> Interval | None:
    """Ten days before Sunday's vote; without a day right behind, "a day after the raid" dates the raid itself."""
    sign = 1 if match["way"].lower() == "after" else -1
    unit, told = time_words("unit")[match["unit"].lower()], view.follows
    if told is None:
        sign, told = -sign, view.before or _coarse_base(view, unit)
    start = told.first_day if told else view.day
    if start is None or count is None:
        return UNANCHORED
    return shifted(start, sign * count, unit, basis=Basis.EVENT)


def _read_same(match: re.Match[str], view: Viewpoint) -> Interval | None:
    """The same day, the next morning, before dawn, at noon."""
    start = view.anchor.first_day if view.anchor else None
    if start is None:
        return UNANCHORED
    move = next((_SHIFTS[w] for w in re.findall(r"\w+", match[0].lower()) if w in _SHIFTS), 0)
    return _day(moved(start, move))


def _read_eve(_: re.Match[str], view: Viewpoint) -> Interval | None:
    """On the eve of Sunday's vote, else of the day that was told last."""
    told = view.follows or view.anchor
    start = told.first_day if told else None
    return _day(moved(start, -1)) if start else None


def _read_same_unit(match: re.Match[str], view: Viewpoint) -> Interval | None:
    """The week before, the following month, that year: counted from the time that was told last."""
    told = view.latest or view.anchor
    start = told.first_day if told else None
    if start is None:
        return UNANCHORED
    move = next((_SHIFTS[w] for w in re.findall(r"\w+", match[0].lower()) if w in _SHIFTS), 0)
    unit = match["unit"].lower()
    if unit == "week":
        return whole_week(start, move, basis=Basis.EVENT)
    if unit == "weekend":
        return replace(weekend(start, move), basis=Basis.EVENT)
    if unit == "month":
        return whole_months(start.year, start.month + move, basis=Basis.EVENT)
    return whole_years(start.year + move, basis=Basis.EVENT)


def _read_lasting(match: re.Match[str], view: Viewpoint) -> Interval | None:
    """Five days of shelling, for eight weeks: up to the time that was told last, else to publication."""
    count = parse_number(match["count"]) if match["count"].lower() not in ("a", "an") else 1
    unit = time_words("unit")[match["unit"].lower()]
    last = view.before.first_day if view.before else view.day
    if last is None or count is None:
        return UNANCHORED
    if unit == "day":
        first = moved(last, 1 - round(count))
        return days(first, last, basis=Basis.EVENT) if first and first <= last else None
    back = shifted(last, -count, unit, basis=Basis.EVENT)
    if back is None or back.first_day is None or last.year - back.first_day.year > MAX_LASTING_YEARS:
        return None
    return days(back.first_day, last, precision=back.precision, basis=Basis.EVENT)


def _read_numbered_day(match: re.Match[str], view: Viewpoint) -> Interval | None:
    """On the 22nd: of the month of the day that was told last, else of publication; never after a past publication."""
    number = int(match["day"])
    near = view.anchor.first_day if view.anchor and view.anchor.first_day else view.day
    if near is None:
        return UNANCHORED
    found = [d for shift in (-1, 0, 1) if (d := _in_month(near, shift, number))]
    if view.day and not view.is_ahead:
        found = [d for d in found if d <= view.day] or found
    elif view.day:
        found = [d for d in found if d >= view.day] or found
    return _day(min(found, key=lambda d: abs((d - near).days), default=None))


def _in_month(day: date, shift: int, number: int) -> date | None:
    month = whole_months(day.year, day.month + shift, basis=Basis.EVENT)
    first, last = (month.first_day, month.last_day) if month else (None, None)
    return first.replace(day=number) if first and last and 1 <= number <= last.day else None


def _day(day: date | None) -> Interval | None:
    return days(day, basis=Basis.EVENT) if day else None


ANCHORED_READERS: Mapping[str, Reader] = {
    "counted": _read_counted,
    "same": _read_same,
    "eve": _read_eve,
    "same_unit": _read_same_unit,
    "lasting": _read_lasting,
    "numbered_day": _read_numbered_day,
}
"""The readers of the patterns in `data/time_patterns.csv` that count from other times than publication."""
