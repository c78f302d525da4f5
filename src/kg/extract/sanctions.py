"""What a sentence tells of a sanction act: the act, its measures, its first and last day, its licence."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from kg.extract.sanction_terms import first_day, last_day
from kg.extract.tokens import read_rows
from kg.model.claims import SanctionDetail
from kg.model.times import Interval
from kg.model.words import Act, Status
from kg.text.dates import TimeExpression
from kg.text.number_words import number_pattern, parse_number

DEFAULT_ACTS: Mapping[str, Act] = {
    "IMPOSE_SANCTIONS": Act.IMPOSED,
    "EXTEND_SANCTIONS": Act.WIDENED,
    "EASE_SANCTIONS": Act.LIFTED,
    "GRANT_SANCTIONS_RELIEF": Act.LICENSED,
}
"""The event types that are sanction acts, with the act that each is when no other word tells."""

_ACTS_WITH_TERM = frozenset({Act.EXTENDED, Act.LICENSED, Act.WAIVED, Act.POSTPONED, Act.SUSPENDED})
_TYPES_WITH_TERM = {
    "EXTEND_SANCTIONS": frozenset({Act.PROPOSED, Act.REFUSED}),
    "EASE_SANCTIONS": frozenset({Act.ANNOUNCED}),
    "GRANT_SANCTIONS_RELIEF": frozenset({Act.PROPOSED}),
}
MAX_MEASURE_CHARS = 90  # best F1 of measures of annotated news
MAX_CUE_CHARS = 70  # how far from the trigger its act is looked for
_COUNTED = "extensions|postponements|waivers|licen[cs]es|renewals|reprieves|delays|prolongations|exemptions|rounds"
_REPEATED = r"(?:postpon|extend|delay|renew|prolong|put (?:\w+ )?off|waiv|widen|impos|tighten)\w*(?: \w+){0,3}?"


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
    has_term = act in _ACTS_WITH_TERM or act in _TYPES_WITH_TERM.get(etype, ())
    return SanctionDetail(
        act=act,
        measures=_measures(sentence, trigger),
        effective=first_day(sentence, trigger, times),
        until=last_day(sentence, trigger, times, published) if has_term else None,
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


def _measures(sentence: str, trigger: tuple[int, int]) -> tuple[str, ...]:
    """The measures whose words stand near the trigger; beyond a semicolon or a long way off they belong to others."""
    told = {
        measure
        for pattern, measure in _measure_cues()
        for match in pattern.finditer(sentence)
        if _gap(trigger, match.span()) <= MAX_MEASURE_CHARS
        and ";" not in sentence[min(trigger[1], match.end()) : max(trigger[0], match.start())]
    }
    return tuple(sorted(told))


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
