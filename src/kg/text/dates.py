"""Times as English news writes them, resolved to intervals from the time of publication; no clock."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from kg.model.times import Interval
from kg.text.date_readers import Viewpoint
from kg.text.date_rules import Rule, rules
from kg.text.tables import rows_of
from kg.text.tense import read_ahead

MAX_PUBLISHED_DAYS = 31  # a document whose publication is known less exactly anchors nothing
FIRST_YEAR, LAST_YEAR = 1900, 2200  # of publications: relative times count far from the ends of the calendar
MAX_CUE_CHARS = 80  # how far from a time its tense is looked for
MAX_ANCHOR_DAYS = 15
MAX_LEAD_CHARS = 40
MAX_TIME_DISTANCE = 220  # 180 has the best F1 of pairs, but annotators leave many dated events without their time
CHAR_COST, MAX_COSTLY_CHARS = 58, 200  # hundredths of the unit of `time_distance`
BEHIND_BONUS = 76
OPEN_FORM_COST = 34  # "to release", "releasing": forms without a time of their own
MAX_FOLLOWING_CHARS = 15
MAX_REACH_CHARS = 400  # changes no figure, and keeps long sentences linear
MAX_LENGTH_CHARS = 40  # from "five days" to what lasted them
_JOIN = re.compile(r"\s*[-–—]\s*|\s+(?:and|(?P<word>to|until|till|through))\s+(?:the\s+)?", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|between)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_LEAD = re.compile(
    r"\b(?P<lead>since|until|till|up to|from)\s+"
    r"(?:(?:the|about|around|at|least|early|late|on|dawn|noon|midnight|night|of|in|end|beginning|start)\s+){0,4}$",
    re.IGNORECASE,
)
MAX_OPENING_CHARS = 12  # "Early on Monday": a time that opens its sentence dates the main clause past asides
_ASIDE = re.compile(r", [^,;:.]{1,120},")
_CLAUSE_END = re.compile(r"(?<![ap]\.m)[.;:!?](?:\s|$)|[\"“”]")
_DATELINE = re.compile(r"[A-Z]{2}[A-Z .,/'’()-]{1,40}[, ]")
_DATELINE_END = re.compile(r"[.,]? ?[-–—/.] ?")
_ONWARDS = re.compile(r"\s+(?:on|onwards?)\b(?!\s+[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """A time that `text[start:end]` names, with "since" and "until" but without "on" and "in".

    Attributes:
        is_length: Whether it tells how long something lasted ("five days of shelling"): it dates that only.
    """

    start: int
    end: int
    interval: Interval
    is_length: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    start: int
    end: int
    rule: Rule
    match: re.Match[str]


def find_times(text: str, *, published: Interval | None, anchor: Interval | None = None) -> tuple[TimeExpression, ...]:
    """Return the times that a text names, in its order, without overlaps; a bare length ("for 20 months") is none.

    Args:
        text: A sentence, or a longer text; offsets are code points in it.
        published: When the document was published. Without it, or when it is known worse than to the month,
            relative times have the interval UNANCHORED, never today.
        anchor: The time that was told last before this text, which "two days later" is counted from.

    Source: conventions of annotated news: a bare weekday is the last one on or before publication unless the words
        around it speak of what is to come; "since" runs to publication.
    """
    view = _view(published)
    here: Interval | None = None
    latest: Interval | None = None
    anchor = anchor if anchor and _is_day(anchor) and _is_near(anchor, view) else None
    times: list[TimeExpression] = []
    previous: _Found | None = None
    candidates = _candidates(text)
    for index, found in enumerate(candidates):
        follows = _told_behind(text, found, candidates[index + 1 : index + 2], view)
        viewpoint = Viewpoint(day=None, anchor=here or anchor, before=here, latest=latest, follows=follows)
        interval = _resolve(text, found, viewpoint, view)
        if interval is None:
            continue
        joined = _join(text, previous, found, interval, view) if previous else None
        if joined:
            times.append(TimeExpression(start=times.pop().start, end=found.end, interval=joined))
        else:
            times.append(_with_lead(text, found, interval, published))
        previous = None if joined else found
        if interval.first_day and not found.rule.is_length:
            here, latest = (interval if _is_day(interval) else here), interval
    return tuple(times)


def _view(published: Interval | None) -> tuple[date, ...]:
    """The first and the last day on which the document may have been published; none when that is too vague."""
    first, last = (published.first_day, published.last_day) if published else (None, None)
    if first is None or last is None or (last - first).days > MAX_PUBLISHED_DAYS:
        return ()
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        return ()
    return (first, last) if first != last else (first,)


def _candidates(text: str) -> list[_Found]:
    """The longest matches of the rules from the left, none overlapping another."""
    found = [
        _Found(start=m.start("told") if "told" in m.re.groupindex else m.start(), end=m.end(), rule=rule, match=m)
        for rule in rules()
        for m in rule.pattern.finditer(text)
    ]
    found.sort(key=lambda f: (f.start, -f.end))  # stable: at equal spans the earlier rule stands first
    kept: list[_Found] = []
    for candidate in found:
        if not kept or candidate.start >= kept[-1].end:
            kept.append(candidate)
    return kept


def _is_day(interval: Interval) -> bool:
    return interval.first_day is not None and interval.first_day == interval.last_day


def _is_near(anchor: Interval, view: tuple[date, ...]) -> bool:
    """A day far from publication is background, which the next sentence seldom counts from."""
    return not view or anchor.first_day is None or abs((view[-1] - anchor.first_day).days) <= MAX_ANCHOR_DAYS


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a time in its clause."""
    before, after = text[max(0, start - MAX_CUE_CHARS) : start], text[end : end + MAX_CUE_CHARS]
    stops = [stop.end() for stop in _CLAUSE_END.finditer(before)]
    stop = _CLAUSE_END.search(after)
    return before[stops[-1] :] if stops else before, after[: stop.start()] if stop else after


def _told_behind(text: str, found: _Found, behind: list[_Found], view: tuple[date, ...]) -> Interval | None:
    """The day that stands right behind "ten days before"."""
    is_counted = "way" in found.match.re.groupindex
    if not is_counted or not behind or behind[0].start - found.end > MAX_FOLLOWING_CHARS:
        return None
    return _resolve(text, behind[0], Viewpoint(day=None), view)


def _resolve(text: str, found: _Found, viewpoint: Viewpoint, view: tuple[date, ...]) -> Interval | None:
    """Read an expression from each day on which the document may be published, and cover what comes out."""
    genitive = text.endswith(("'s", "’s"), found.start, found.end)
    is_ahead = read_ahead(*_clause(text, found.start, found.end - 2 * genitive))
    readings = [found.rule.read(found.match, replace(viewpoint, day=day, is_ahead=is_ahead)) for day in view or (None,)]
    known = [r for r in readings if r is not None]
    return _hull(known[0], known[-1]) if known else None


def _hull(first: Interval, last: Interval) -> Interval:
    if first == last or first.start is None or first.end is None or last.start is None or last.end is None:
        return first
    return replace(first, start=min(first.start, last.start), end=max(first.end, last.end))


def _join(text: str, first: _Found, found: _Found, second: Interval, view: tuple[date, ...]) -> Interval | None:
    """Return the time from the first to the second of two joined times, the first read as the last one before it."""
    join = _JOIN.fullmatch(text, first.end, found.start)
    if join is None or second.last_day is None or second.start is None:
        return None
    # "Prolonged on Monday until July 31" tells two times, "from Monday until July 31" one.
    if join["word"] and not _FROM.search(text, max(0, first.start - MAX_LEAD_CHARS), first.start):
        return None
    start = first.rule.read(first.match, Viewpoint(day=second.last_day if view else None, is_ahead=False))
    if start is None or start.start is None or start.start > second.start:
        return None
    return replace(second, start=start.start)


def _with_lead(text: str, found: _Found, interval: Interval, published: Interval | None) -> TimeExpression:
    """Take "since", "until" and "from ... on" into the expression."""
    lead = _LEAD.search(text, max(0, found.start - MAX_LEAD_CHARS), found.start)
    word = lead["lead"].lower() if lead else ""
    onwards = _ONWARDS.match(text, found.end) if word == "from" else None
    start, end = lead.start() if lead else found.start, onwards.end() if onwards else found.end
    if interval.first_day is None:
        return TimeExpression(start=found.start, end=found.end, interval=interval)
    if found.rule.is_length:
        return TimeExpression(start=found.start, end=found.end, interval=interval, is_length=True)
    if word == "since" or onwards:
        close = published.end if published else None
        if close is not None and interval.start is not None and close <= interval.start:
            close = None
        return TimeExpression(start=start, end=end, interval=replace(interval, end=close))
    if word in ("until", "till", "up to"):
        return TimeExpression(start=start, end=end, interval=replace(interval, start=None))
    return TimeExpression(start=found.start, end=found.end, interval=interval)


def last_day_told(times: Sequence[TimeExpression], published: Interval | None) -> Interval | None:
    """Return the last of these times that is a day near publication; nothing counts from the rest."""
    view = _view(published)
    return next((t.interval for t in reversed(times) if _is_day(t.interval) and _is_near(t.interval, view)), None)


def pick_time(times: Sequence[TimeExpression], trigger: tuple[int, int], sentence: str) -> TimeExpression | None:
    """Return the expression that dates the event of a trigger, None when each stands too far off.

    Args:
        times: Those that `find_times` found in the sentence.
        trigger: Start and end of the trigger in the sentence, in code points.
    """
    costs = [
        (time_distance(sentence, trigger, time), index)
        for index, time in enumerate(times)
        if _may_date(time, trigger, sentence)
    ]
    cost, index = min(costs, default=(MAX_TIME_DISTANCE, -1))
    return times[index] if cost < MAX_TIME_DISTANCE else None


def _may_date(time: TimeExpression, trigger: tuple[int, int], sentence: str) -> bool:
    """Whether a time dates events at all: not the day of filing, not an end ("until Friday"), a length only its own."""
    if time.is_length:
        return 0 <= trigger[0] - time.end <= MAX_LENGTH_CHARS
    if max(time.start - trigger[1], trigger[0] - time.end) > MAX_REACH_CHARS:
        return False
    is_end = time.interval.start is None and time.interval.end is not None
    return not is_end and not is_dateline(sentence, time)


def is_dateline(sentence: str, time: TimeExpression) -> bool:
    """Tell whether a time is the day of filing: "MOSCOW, March 26 - The council ..."."""
    return bool(_DATELINE_END.match(sentence, time.end) and _DATELINE.fullmatch(sentence, 0, time.start))


def time_distance(sentence: str, trigger: tuple[int, int], expression: TimeExpression) -> int:
    """Return how little a time is likely to date a trigger, in hundredths of a logit; the less the likelier.

    It grows with the words between the two, those that part clauses above all ("who", "after", a semicolon), and is
    smaller for a time behind its trigger.

    Source: a logistic regression on 12,607 pairs of a trigger and a time of annotated news.
    """
    is_behind = expression.end > trigger[0]
    between = sentence[trigger[1] : expression.start] if is_behind else sentence[expression.end : trigger[0]]
    if expression.start <= MAX_OPENING_CHARS:
        between = _ASIDE.sub(" ", between.lstrip(", "))
    costs = _clause_words()
    cost = CHAR_COST * min(len(between), MAX_COSTLY_CHARS) // 100 - (BEHIND_BONUS if is_behind else 0)
    for word in re.findall(r"\w+|[,;:—–\"“”()]", between.lower()):
        cost += costs.get(word) or costs.get(f"*{word[-2:]}") or costs.get(f"*{word[-3:]}", 0)
    is_open_form = (
        sentence[trigger[0] : trigger[1]].lower().endswith("ing")
        or sentence[max(0, trigger[0] - 3) : trigger[0]] == "to "
    )
    return cost + (OPEN_FORM_COST if is_open_form else 0)


@cache
def _clause_words() -> dict[str, int]:
    return {row["word"]: int(row["cost"]) for row in rows_of("clause_words.csv")}
