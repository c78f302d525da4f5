"""What days single time expressions stand for when they are read on a certain day."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from kg.model.times import UNANCHORED, Interval, days
from kg.model.words import Basis, Precision
from kg.text.number_words import parse_number
from kg.text.tables import rows_of

# A date without a year lies ahead without any cue only when it is this near: tuned on dated events of annotated news.
NEAR_AHEAD_DAYS = 45
MAX_AHEAD_DAYS = 270
MIN_LAST_DAYS = 3  # nobody calls the day before yesterday "last Friday"
_THAT_YEAR = re.compile(r",? (?:of )?(?:that|the same) year\b")
DAYS_OF = {"hour": 0, "day": 1, "week": 7, "fortnight": 14}
MONTHS_OF = {"month": 1, "year": 12, "decade": 120}


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewpoint:
    """From where a relative expression is read.

    Attributes:
        day: The UTC day of publication; None when nobody told it.
        is_ahead: Whether the words around speak of what is to come; None when they do not tell.
        anchor: The day that was told last, for "two days later".
        before: The day that was told last in the same text.
        latest: The time of any precision that was told last in the same text.
        follows: The day that is told right behind, for "ten days before Sunday's vote".
    """

    day: date | None
    is_ahead: bool | None = None
    anchor: Interval | None = None
    before: Interval | None = None
    latest: Interval | None = None
    follows: Interval | None = None


Reader = Callable[[re.Match[str], Viewpoint], Interval | None]


@cache
def time_words(kind: str) -> dict[str, str]:
    """Return the words of a kind (month, weekday, season, unit, relative_day, feast), lower case, with their values."""
    return {row["word"].lower(): row["value"] for row in rows_of("time_words.csv") if row["kind"] == kind}


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def whole_months(year: int, month: int, *, basis: Basis, length: int = 1) -> Interval | None:
    """Return `length` whole months; the month may lie outside 1 to 12. None outside the years 1 to 9998."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    final_year, final = year + (month + length - 2) // 12, (month + length - 2) % 12 + 1
    if not 1 <= year <= final_year < 9999:
        return None
    last = date(final_year, final, monthrange(final_year, final)[1])
    return days(date(year, month, 1), last, precision=Precision.MONTH, basis=basis)


def whole_years(first: int, last: int | None = None, *, basis: Basis = Basis.EXPLICIT) -> Interval | None:
    """Return the years from first to last (inclusive), None outside 1 to 9998."""
    last = first if last is None else last
    if not 1 <= first <= last < 9999:
        return None
    return days(date(first, 1, 1), date(last, 12, 31), precision=Precision.YEAR, basis=basis)


def whole_week(day: date, weeks: int, *, basis: Basis = Basis.PUBLICATION) -> Interval:
    """Return the week, Monday to Sunday, that lies `weeks` after that of a day."""
    monday = day + timedelta(days=7 * weeks - day.weekday())
    return days(monday, monday + timedelta(days=6), precision=Precision.WEEK, basis=basis)


def weekend(day: date, weeks: int) -> Interval:
    """Return the weekend that lies `weeks` after the last one begun on a day."""
    saturday = day + timedelta(days=7 * weeks - (day.weekday() + 2) % 7)
    return days(saturday, saturday + timedelta(days=1), basis=Basis.PUBLICATION)


def _nearest_year(view: Viewpoint, day_in: Callable[[int], date | None]) -> date | None:
    """Return the day of the year that a date without a year most likely means."""
    if view.day is None:
        return None
    found = [d for year in (view.day.year - 1, view.day.year, view.day.year + 1) if (d := day_in(year))]
    past = [d for d in found if d <= view.day]
    coming = [d for d in found if d > view.day]
    # 29 February exists in one year of four only: take what there is.
    if not past or not coming:
        return next(iter((*past[-1:], *coming)), None)
    reach = {True: MAX_AHEAD_DAYS, None: NEAR_AHEAD_DAYS, False: 0}[view.is_ahead]
    gap = (coming[0] - view.day).days
    return coming[0] if gap <= reach else past[-1]


def _year_of(match: re.Match[str], view: Viewpoint) -> int | None:
    """The year that the match tells: in figures, or as "last year"."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("year_word") and view.day:
        return view.day.year + {"last": -1, "this": 0, "next": 1}[groups["year_word"].lower()]
    return None


def _read_day(match: re.Match[str], view: Viewpoint) -> Interval | None:
    month, number = int(time_words("month")[match["month"].lower()]), int(match["day"])
    final = int(match.groupdict().get("final") or number)
    year = _year_of(match, view)
    if year is None:
        last = _nearest_year(view, lambda y: _day(y, month, final))
        if last is None:
            return UNANCHORED if view.day is None else None
    else:
        last = _day(year, month, final)
    first = last and _day(last.year, month, number)
    if first is None or last is None or first > last:
        return None
    return days(first, last, basis=Basis.EXPLICIT if year else Basis.PUBLICATION)


def _read_iso(match: re.Match[str], _: Viewpoint) -> Interval | None:
    day = _day(int(match[1]), int(match[2]), int(match[3]))
    return days(day, basis=Basis.EXPLICIT) if day else None


def _read_slashed(match: re.Match[str], _: Viewpoint) -> Interval | None:
    """21/06/2025 and 06/21/2025 are clear; 06/07/2025 is not and is no time for us."""
    a, b, year = int(match[1]), int(match[2]), int(match[3])
    if a != b and a <= 12 and b <= 12:
        return None
    day = _day(year, min(a, b), max(a, b))
    return days(day, basis=Basis.EXPLICIT) if day else None


def _read_month(match: re.Match[str], view: Viewpoint) -> Interval | None:
    month, year = int(time_words("month")[match["month"].lower()]), _year_of(match, view)
    if year is not None:
        return whole_months(year, month, basis=Basis.EXPLICIT)
    if _THAT_YEAR.match(match.string, match.end()):
        told = view.latest.first_day if view.latest else None
        return whole_months(told.year, month, basis=Basis.EVENT) if told else UNANCHORED
    if view.day is None:
        return UNANCHORED
    word = (match.groupdict().get("which") or "").lower()
    back = (view.day.month - month) % 12
    if word in ("last", "past", "this past"):
        back = back or 12
    elif word in ("next", "coming", "this coming") or (word != "this" and view.is_ahead):
        back = back - 12 if back or word == "next" else 0
    return whole_months(view.day.year, view.day.month - back, basis=Basis.PUBLICATION)


def _read_season(match: re.Match[str], view: Viewpoint) -> Interval | None:
    month, year = int(time_words("season")[match["season"].lower()]), _year_of(match, view)
    if year is not None:
        return whole_months(year, month, basis=Basis.EXPLICIT, length=3)
    if view.day is None:
        return UNANCHORED
    back = (view.day.month - month) % 12
    word = (match.groupdict().get("which") or "").lower()
    if word == "last" and back < 3:
        back += 12
    elif word in ("next", "coming", "this coming") or (view.is_ahead and back >= 3):
        back -= 12
    return whole_months(view.day.year, view.day.month - back, basis=Basis.PUBLICATION, length=3)


def _read_year(match: re.Match[str], _: Viewpoint) -> Interval | None:
    first, last = int(match["year"]), match.groupdict().get("final") or ""
    if not last:
        return whole_years(first)
    return whole_years(first, int(match["year"][: 4 - len(last)] + last))


def _read_decade(match: re.Match[str], _: Viewpoint) -> Interval | None:
    return whole_years(int(match["year"]), int(match["year"]) + 9)


def _read_weekday(match: re.Match[str], view: Viewpoint) -> Interval | None:
    if view.day is None:
        return UNANCHORED
    number, word = int(time_words("weekday")[match["weekday"].lower()]), (match["which"] or "").lower()
    shift = (number - view.day.weekday()) % 7  # days to the next such weekday, 0 today
    week = match.groupdict().get("week_word")
    if week:
        monday = view.day - timedelta(days=view.day.weekday())
        day = monday + timedelta(days=number + 7 * {"last": -1, "this": 0, "next": 1}[week.lower()])
    elif word.endswith(("next", "coming", "following")) or (view.is_ahead and not word.endswith(("last", "past"))):
        day = view.day + timedelta(days=shift or (7 if word.endswith("next") else 0))
    else:
        day = view.day - timedelta(days=-shift % 7)
        if word.endswith(("last", "previous")) and (view.day - day).days < MIN_LAST_DAYS:
            day -= timedelta(days=7)
    return days(day, basis=Basis.WEEKDAY)


def _read_relative_day(match: re.Match[str], view: Viewpoint) -> Interval | None:
    if view.day is None:
        return UNANCHORED
    shift = int(time_words("relative_day")[re.sub(r"\s+", " ", match[0].lower())])
    return days(view.day + timedelta(days=shift), basis=Basis.PUBLICATION)


def _read_part_of_unit(match: re.Match[str], view: Viewpoint) -> Interval | None:
    """Earlier this week, later this month, the end of the year."""
    if view.day is None:
        return UNANCHORED
    whole = _which_unit("this", match["unit"].lower(), view.day)
    if whole is None or whole.first_day is None or whole.last_day is None:
        return whole
    if match["part"].lower().startswith("earl"):
        return days(whole.first_day, view.day, precision=whole.precision, basis=Basis.PUBLICATION)
    return days(view.day, whole.last_day, precision=whole.precision, basis=Basis.PUBLICATION)


def _which_unit(which: str, unit: str, day: date) -> Interval | None:
    shift = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1, "the": 0, "a": 0}[which]
    if unit == "week":
        return whole_week(day, shift)
    if unit == "weekend":
        return weekend(day, shift)
    if unit == "month":
        return whole_months(day.year, day.month + shift, basis=Basis.PUBLICATION)
    return whole_years(day.year + shift, basis=Basis.PUBLICATION)


def _read_which_unit(match: re.Match[str], view: Viewpoint) -> Interval | None:
    if view.day is None:
        return UNANCHORED
    which, unit = match["which"].lower().split()[-1], match["unit"].lower()
    if unit == "weekend" and which in ("last", "this", "the", "a"):
        # The last weekend that has begun, or the coming one: "at the weekend" is told on both sides of it.
        return weekend(view.day, 1 if view.is_ahead and view.day.weekday() < 5 else 0)
    if which == "this" and unit == "week" and view.is_ahead is False:
        monday = whole_week(view.day, 0).first_day
        return days(monday or view.day, view.day, precision=Precision.WEEK, basis=Basis.PUBLICATION)
    return _which_unit(which, unit, view.day)


def _read_edge_of_unit(match: re.Match[str], view: Viewpoint) -> Interval | None:
    """The end of last year, the beginning of the month: the month for a year, else the unit as a whole."""
    if view.day is None:
        return UNANCHORED
    unit = _which_unit(match["which"].lower(), match["unit"].lower(), view.day)
    if match["unit"].lower() != "year" or unit is None or unit.first_day is None:
        return unit
    edge = match["edge"].lower()
    if edge == "middle":
        return unit
    return whole_months(unit.first_day.year, 12 if edge in ("end", "late") else 1, basis=Basis.PUBLICATION)


def moved(day: date, count: int) -> date | None:
    """Return the day `count` days on, None outside the years 2 to 9998."""
    ordinal = day.toordinal() + count
    return date.fromordinal(ordinal) if 366 < ordinal < date.max.toordinal() - 366 else None


def shifted(day: date, count: float, unit: str, *, basis: Basis) -> Interval | None:
    """Return the time `count` units from a day: exact for days and weeks, else the month or the year."""
    number = round(count)
    if unit in DAYS_OF:
        precision = Precision.DAY if unit in ("day", "hour") else Precision.WEEK
        other = moved(day, number * DAYS_OF[unit])
        return days(other, precision=precision, basis=basis) if other else None
    months = number * MONTHS_OF[unit]
    if unit == "month" or (abs(number) == 1 and unit == "year"):
        return whole_months(day.year, day.month + months, basis=basis)
    return whole_years(day.year + months // 12, basis=basis)


def _read_ago(match: re.Match[str], view: Viewpoint) -> Interval | None:
    count = parse_number(match["count"]) if match["count"] else 1
    if view.day is None or count is None:
        return UNANCHORED
    return shifted(view.day, -count, time_words("unit")[match["unit"].lower()], basis=Basis.PUBLICATION)


def _read_span_from(match: re.Match[str], view: Viewpoint) -> Interval | None:
    """The past two years, the last 24 hours, in the coming weeks, within a week."""
    which = match["which"].lower()
    if which == "within" and view.is_ahead is False:
        return None  # "halted twice within a week" tells how long, not when
    count = parse_number(match["count"]) if match["count"] else None
    if count is None and not match["unit"].lower().endswith("s"):
        count = 1
    if view.day is None or count is None:
        return UNANCHORED
    is_ahead = which in ("coming", "next", "following", "within")
    hours = match["unit"].lower().startswith("hour")
    unit = "day" if hours else time_words("unit")[match["unit"].lower()]
    count = -(-count // 24) if hours else count
    other = shifted(view.day, count if is_ahead else -count, unit, basis=Basis.PUBLICATION)
    if other is None or other.first_day is None or other.last_day is None:
        return other
    first, last = min(other.first_day, view.day), max(other.last_day, view.day)
    precision = other.precision if unit in MONTHS_OF else Precision.WEEK
    return days(first, last, precision=precision, basis=Basis.PUBLICATION)


def _read_feast(match: re.Match[str], view: Viewpoint) -> Interval | None:
    month, day = map(int, time_words("feast")[match["feast"].lower()].split("-"))
    if match["year"]:
        found = _day(int(match["year"]), month, day)
        return days(found, basis=Basis.EXPLICIT) if found else None
    near = _nearest_year(view, lambda y: _day(y, month, day))
    return days(near, basis=Basis.PUBLICATION) if near else UNANCHORED


READERS: Mapping[str, Reader] = {
    "day": _read_day,
    "iso": _read_iso,
    "slashed": _read_slashed,
    "month": _read_month,
    "season": _read_season,
    "year": _read_year,
    "decade": _read_decade,
    "weekday": _read_weekday,
    "relative_day": _read_relative_day,
    "part_of_unit": _read_part_of_unit,
    "which_unit": _read_which_unit,
    "edge_of_unit": _read_edge_of_unit,
    "ago": _read_ago,
    "span_from": _read_span_from,
    "feast": _read_feast,
}
"""The readers of the patterns in `data/time_patterns.csv` that stand alone or count from publication."""
