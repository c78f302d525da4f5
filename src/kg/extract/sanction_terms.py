"""The first and the last day of a sanction act: dates that words of force lead to, or terms counted from the act."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, date, timedelta
from functools import cache

from kg.model.times import Interval
from kg.text.dates import TimeExpression, pick_time, time_distance
from kg.text.number_words import number_pattern, parse_number

MAX_TERM_DAYS = 3 * 366  # longer terms are no terms of licences ("shut out of school for four years")
MAX_CUE_CHARS = 70  # how far before a time the words that lead to it are looked for
MAX_START_DISTANCE, MAX_END_DISTANCE = 180, 360  # of `time_distance`; "which runs until" parts clauses
MAX_TERM_CHARS = 150  # how far from its trigger a term is looked for
MAX_ACT_DAYS = 31  # a term is counted from a day that is told at least to the month
MAX_BACKGROUND_DAYS = 400  # no term is counted from a day that lies further from publication
_CLOCK = r"(?:(?:noon|midnight|\d\d?(?:[:.]\d\d)? ?(?:[ap]\.?m\.?)?(?: (?:GMT|UTC))?)(?: (?:GMT|UTC))?(?: on)? )?"
_UNTIL = re.compile(
    r"\b(?:until|till|through|valid to|up to|by the end of|(?:expir\w+|r[au]ns? out|lapse[sd]?|elapse[sd]?)(?: on| in)?"
    rf"|(?:ends|ended|ending|to end)(?: on| in)?)\s+{_CLOCK}(?:\w+\s+){{0,2}}$",
    re.IGNORECASE,
)
_PROLONGED_TO = re.compile(
    r"\b(?:extend\w*|prolong\w*|stretch\w*|postpon\w*|delay\w*|renew\w*|pushed|put|half a year|months|years?|runs?)\b"
    r"[^;:]*?\bto\s+(?:the\s+)?(?:end of\s+)?$",
    re.IGNORECASE,
)
_INTO_FORCE = r"(?:com(?:e|es|ing)|came|enter\w*|go|goes|went|puts?) (?:back )?(?:\w+ ){0,4}?in(?:to)? (?:force|effect)"
_EFFECTIVE = re.compile(
    r"\b(?:as of|as from|from|effective|with effect from|starting|beginning|in force|(?:begin|start) (?:in|on)"
    rf"|(?:t(?:ak(?:e|es|ing)|ook) (?:full )?effect|{_INTO_FORCE})(?: on| in)?)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_DAYS_OF_UNIT = {"day": 1, "week": 7, "month": 30, "year": 365}
_GRANTED = r"grace|exemptions?|waivers?|licen[cs]es?|reprieves?|leave|term|respite|periods?|extensions?|suspensions?"


def first_day(sentence: str, trigger: tuple[int, int], times: Sequence[TimeExpression]) -> date | None:
    """Return the day from which an act holds, where words of force lead to it ("as of 9 October")."""
    led = [t for t in times if _leads(_EFFECTIVE, ("since", "from"), sentence, t)]
    time = _nearest(sentence, trigger, led, MAX_START_DISTANCE)
    return time.first_day if time else None


def last_day(
    sentence: str, trigger: tuple[int, int], times: Sequence[TimeExpression], published: Interval | None
) -> date | None:
    """Return the last day of an act: told ("until July 29"), else counted from it ("for another six months").

    Args:
        times: Those of the sentence, from `find_times`; they and the trigger are code points in it.
        published: When the document was published; a term of an act without a day runs from then.
    """
    led = [t for t in times if t.interval.last_day and _ends(sentence, t)]
    told = _nearest(sentence, trigger, led, MAX_END_DISTANCE)
    if told is not None:
        return told.last_day
    return _end_of_term(sentence, trigger, [t for t in times if t not in led], published)


def _nearest(
    sentence: str, trigger: tuple[int, int], times: Sequence[TimeExpression], max_distance: int
) -> Interval | None:
    costs = [(time_distance(sentence, trigger, t), n) for n, t in enumerate(times)]
    distance, n = min(costs, default=(max_distance, -1))
    return times[n].interval if distance < max_distance else None


def _ends(sentence: str, time: TimeExpression) -> bool:
    return _leads(_UNTIL, ("until", "till", "up to"), sentence, time) or bool(
        _PROLONGED_TO.search(sentence, max(0, time.start - MAX_CUE_CHARS), time.start)
    )


def _leads(pattern: re.Pattern[str], opening: tuple[str, ...], sentence: str, time: TimeExpression) -> bool:
    """Whether the words of a pattern stand right before a time, or one of `opening` begins it ("until July 29")."""
    if pattern.search(sentence, max(0, time.start - MAX_CUE_CHARS), time.start):
        return True
    return sentence[time.start : time.end].lower().startswith(opening)


def _end_of_term(
    sentence: str, trigger: tuple[int, int], times: Sequence[TimeExpression], published: Interval | None
) -> date | None:
    near = [(_gap(trigger, match.span()), match.start(), match) for match in _terms(sentence, trigger)]
    distance, _, term = min(near, key=lambda found: found[:2], default=(MAX_TERM_CHARS, 0, None))
    if term is None or distance >= MAX_TERM_CHARS:
        return None
    acted = pick_time(times, trigger, sentence)
    start = _start_of_term(acted.interval if acted else None, published)
    length = _length(term)
    return _after(start, *length) if start and length else None


def _length(term: re.Match[str]) -> tuple[int, str] | None:
    """How many of which unit a term lasts, None when it does not say exactly ("several weeks", "half a week")."""
    told = {name[:4]: words.lower() for name, words in term.groupdict().items() if words}
    if told["coun"].startswith("half"):
        return (6, "month") if told["unit"] == "year" else None
    count = 1.0 if told["coun"] in ("a", "an", "another") else parse_number(told["coun"])
    return (round(count), told["unit"]) if count else None


def _terms(sentence: str, trigger: tuple[int, int]) -> Iterator[re.Match[str]]:
    """Yield the terms that no semicolon parts from the trigger."""
    for match in _term_pattern().finditer(sentence):
        if ";" not in sentence[min(trigger[1], match.end()) : max(trigger[0], match.start())]:
            yield match


def _start_of_term(acted: Interval | None, published: Interval | None) -> date | None:
    """The day of the act where it is told closely enough and near publication, else publication."""
    close = published.last_day if published else None
    first, last = (acted.first_day, acted.last_day) if acted else (None, None)
    if first is None or last is None or (last - first).days > MAX_ACT_DAYS:
        return close
    return first if close is None or abs((close - first).days) <= MAX_BACKGROUND_DAYS else close


def _gap(trigger: tuple[int, int], span: tuple[int, int]) -> int:
    return max(span[0] - trigger[1], trigger[0] - span[1], 0)


def _after(day: date, count: int, unit: str) -> date | None:
    if count * _DAYS_OF_UNIT[unit] > MAX_TERM_DAYS:
        return None
    if unit in ("day", "week"):
        return day + timedelta(days=count * _DAYS_OF_UNIT[unit])
    months = day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1])) if year < MAXYEAR else None


@cache
def _term_pattern() -> re.Pattern[str]:
    """For six months, by a year, six more months, 180-day, an exemption of six months, thirty days to leave."""
    number, more = number_pattern(), r"(?:another|a further|a last|a final|an initial|an additional|the next|up to|one)"
    unit = r"day|week|month|year"
    return re.compile(
        rf"\b(?:for|by|last)\s+(?:{more} )?(?P<count1>{number}|half an?|an?|another)[ -](?:more )?(?P<unit1>{unit})s?\b"
        rf"|\b(?P<count2>{number}|half an?|an?|half|one)-(?P<unit2>{unit})s?\b"
        rf"|\b(?P<count3>{number}|half a|a|one|another) (?:(?:more|further|additional) (?P<unit3>{unit})s?\b"
        rf"|(?P<unit4>{unit})(?:s?['’]?|['’]s) (?:more|of (?:{_GRANTED})|(?:{_GRANTED})|to (?=[a-z])))"
        rf"|\b(?P<count4>another) (?P<unit5>{unit})\b"
        rf"|\b(?:{_GRANTED})\s+of\s+(?P<count5>{number}|half a|a|an|one) (?P<unit6>{unit})s?\b",
        re.IGNORECASE,
    )
