"""What a sentence tells of a sanction act: the act, its measures, its first and last day, its licence."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import MAXYEAR, date, timedelta
from functools import cache

from kg.extract.tokens import read_rows
from kg.model.claims import SanctionDetail
from kg.model.times import Interval
from kg.model.words import Act, Status
from kg.text.dates import MAX_TIME_DISTANCE, TimeExpression, pick_time, time_distance
from kg.text.number_words import number_pattern, parse_number

DEFAULT_ACTS: Mapping[str, Act] = {
    "IMPOSE_SANCTIONS": Act.IMPOSED,
    "EXTEND_SANCTIONS": Act.WIDENED,
    "EASE_SANCTIONS": Act.LIFTED,
    "GRANT_SANCTIONS_RELIEF": Act.LICENSED,
}
"""The event types that are sanction acts, with the act that each is when no other word tells."""

_ACTS_WITH_TERM = frozenset({Act.EXTENDED, Act.LICENSED, Act.WAIVED, Act.POSTPONED, Act.SUSPENDED})
MAX_TERM = 400  # days or months: longer terms are no terms of licences
MAX_CUE_CHARS = 70  # how far from the trigger its act and its terms are looked for
_UNTIL = re.compile(
    r"\b(?:until|till|through|valid to|up to|(?:expir\w+|r[au]ns? out|lapse[sd]?)(?: on)?|ends? on)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_INTO_FORCE = r"(?:com(?:e|es|ing)|came|enter\w*|go|goes|went|puts?) (?:back )?(?:\w+ ){0,4}?in(?:to)? (?:force|effect)"
_EFFECTIVE = re.compile(
    r"\b(?:as of|as from|from|effective|with effect from|starting|beginning|in force|(?:begin|start) (?:in|on)"
    rf"|(?:t(?:ak(?:e|es|ing)|ook) (?:full )?effect|{_INTO_FORCE})(?: on| in)?)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_COUNTED = "extensions|postponements|waivers|licen[cs]es|renewals|reprieves|delays|prolongations|exemptions|rounds"
_REPEATED = r"(?:postpon|extend|delay|renew|prolong|put (?:\w+ )?off|waiv|widen|impos|tighten)\w*(?: \w+){0,3}?"
_DAYS_OF_UNIT = {"day": 1, "week": 7}


def sanction_detail(
    sentence: str,
    trigger: tuple[int, int],
    etype: str,
    status: Status,
    times: Sequence[TimeExpression],
    published: Interval | None,
) -> SanctionDetail | None:
    """Return what a sentence tells of the sanction act of a trigger, None when the event type is no sanction act.

    Args:
        sentence: The sentence; trigger and times are code points in it.
        times: The times of the sentence, from `find_times`.
        published: When the document was published; a licence "for six months" without another day runs from then.
    """
    if etype not in DEFAULT_ACTS:
        return None
    act = _act(sentence, trigger, etype, status)
    effective = _nearest(_EFFECTIVE, sentence, trigger, times)
    until = _nearest(_UNTIL, sentence, trigger, times)
    last_day = until.last_day if until else None
    if last_day is None and act in _ACTS_WITH_TERM:
        last_day = _end_of_term(sentence, trigger, times, published)
    return SanctionDetail(
        act=act,
        measures=_measures(sentence),
        effective=effective.first_day if effective else None,
        until=last_day,
        licence=_licence(sentence, trigger) if act in (Act.LICENSED, Act.WAIVED) else None,
        reported_count=_reported_count(sentence, trigger),
        programme=_programme(sentence),
    )


def _act(sentence: str, trigger: tuple[int, int], etype: str, status: Status) -> Act:
    """The act by the status, else by the cue nearest to the trigger, else the usual one of the type."""
    by_status = _status_acts().get((etype, status))
    if by_status is not None:
        return by_status
    start = max(0, trigger[0] - MAX_CUE_CHARS)
    near = [
        (_gap(trigger, (match.start(), match.end())), order, act)
        for order, (pattern, act) in enumerate(_act_cues(etype))
        for match in pattern.finditer(sentence, start, min(len(sentence), trigger[1] + MAX_CUE_CHARS))
    ]
    return min(near)[2] if near else DEFAULT_ACTS[etype]


def _gap(trigger: tuple[int, int], span: tuple[int, int]) -> int:
    return max(span[0] - trigger[1], trigger[0] - span[1], 0)


def _measures(sentence: str) -> tuple[str, ...]:
    return tuple(sorted({measure for pattern, measure in _measure_cues() if pattern.search(sentence)}))


def _nearest(
    pattern: re.Pattern[str], sentence: str, trigger: tuple[int, int], times: Sequence[TimeExpression]
) -> Interval | None:
    """The time that the words of a pattern lead to, in the clause of the trigger or close to it."""
    led = [(time_distance(sentence, trigger, t), n) for n, t in enumerate(times) if _leads(pattern, sentence, t)]
    distance, n = min(led, default=(MAX_TIME_DISTANCE, -1))
    return times[n].interval if distance < MAX_TIME_DISTANCE else None


def _leads(pattern: re.Pattern[str], sentence: str, time: TimeExpression) -> bool:
    """Whether the words of a pattern stand right before a time, or open it ("until July 29")."""
    if pattern.search(sentence, max(0, time.start - MAX_CUE_CHARS), time.start):
        return True
    told = sentence[time.start : time.end].lower()
    return told.startswith(("until", "till") if pattern is _UNTIL else ("since", "from"))


def _end_of_term(
    sentence: str, trigger: tuple[int, int], times: Sequence[TimeExpression], published: Interval | None
) -> date | None:
    """The last day of "for another six months", counted from the act, else from publication."""
    terms = list(_term_pattern().finditer(sentence))
    term = min(terms, key=lambda m: _gap(trigger, m.span()), default=None)
    if term is None or _gap(trigger, term.span()) > MAX_CUE_CHARS:
        return None
    acted = pick_time(times, trigger, sentence)
    start = acted.interval.first_day if acted else None
    start = start or (published.last_day if published else None)
    count = parse_number(term["count"]) if term["count"] not in ("a", "an", "one") else 1.0
    return _after(start, round(count), term["unit"].lower()) if start and count else None


def _after(day: date, count: int, unit: str) -> date | None:
    if count > MAX_TERM:
        return None
    if days_of_unit := _DAYS_OF_UNIT.get(unit):
        return day + timedelta(days=count * days_of_unit)
    months = day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1])) if year < MAXYEAR else None


def _licence(sentence: str, trigger: tuple[int, int]) -> str:
    near = sentence[max(0, trigger[0] - MAX_CUE_CHARS) : trigger[1] + MAX_CUE_CHARS]
    return "general" if re.search(r"\b(?:general|broad) licen[cs]e", near, re.IGNORECASE) else "specific"


def _reported_count(sentence: str, trigger: tuple[int, int]) -> int | None:
    """Acts that are counted and not dated: "four extensions", "postponed eight times"."""
    found = [m for m in _count_pattern().finditer(sentence) if _gap(trigger, m.span()) <= MAX_CUE_CHARS]
    if not found:
        return None
    told = min(found, key=lambda m: _gap(trigger, m.span()))
    if told["twice"]:
        return 2
    value = parse_number(told["before"] or told["after"])
    return round(value) if value and value > 1 else None


def _programme(sentence: str) -> str | None:
    found = [m for pattern in _programme_patterns() for m in pattern.finditer(sentence)]
    return min(found, key=lambda m: m.start())[0] if found else None


@cache
def _term_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\bfor|\bby|(?P<dash>\b))\s*(?:another|a further|a last|a|the next)?\s*\b"
        rf"(?P<count>{number_pattern()}|an?|one)(?(dash)-| (?:more )?)(?P<unit>day|week|month|year)s?\b",
        re.IGNORECASE,
    )


@cache
def _count_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<before>{number_pattern()}) (?:\w+ )?(?:{_COUNTED})\b"
        rf"|\b{_REPEATED} (?:(?P<after>{number_pattern()}) times|(?P<twice>twice))\b",
        re.IGNORECASE,
    )


@cache
def _status_acts() -> Mapping[tuple[str, Status], Act]:
    return {(row["etype"], Status(row["status"])): Act(row["act"]) for row in read_rows("sanction_status.csv")}


@cache
def _act_cues(etype: str) -> tuple[tuple[re.Pattern[str], Act], ...]:
    rows = (row for row in read_rows("sanction_acts.csv") if row["etype"] == etype)
    return tuple((re.compile(rf"\b(?:{row['cue']})\b", re.IGNORECASE), Act(row["act"])) for row in rows)


@cache
def _measure_cues() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_rows("measures.csv")
    return tuple((re.compile(rf"\b(?:{row['cue']})\b", re.IGNORECASE), row["measure"]) for row in rows)


@cache
def _programme_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{row['pattern']})") for row in read_rows("programmes.csv"))
