"""Claims that cannot both be right: of one event on numbers, days and whether it took place; of two on who or when."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from kg.model.claims import Number
from kg.model.words import HAPPENED_STATUSES, Precision, Status
from kg.model.world import EventCluster
from kg.resolve.parties import PartyClaim

Contradiction = tuple[str, str, str]  # claim_id, claim_id, on
_Teller = tuple[str, str | None]  # document or the one that it copies, local_id of the speaker

# Of these a larger number told later is news, not another view: bodies are found, prisoners are counted.
_GROWING = frozenset({"killed", "wounded", "casualties", "missing", "arrested", "displaced", "held", "released"})
_AT_LEAST = re.compile(r"\b(?:at least|more than|over|no fewer than|no less than|upwards of)\b", re.IGNORECASE)
_AT_MOST = re.compile(r"\b(?:at most|up to|fewer than|less than|under|no more than)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|around|some|nearly|almost|roughly|approximately|close to)\b", re.IGNORECASE)
ABOUT = 0.1  # "some 300" may be 270 or 330
_CURRENCY = re.compile(r"[$€£¥₽]|\b(?:dollars?|euros?|pounds?|yuan|yen|rou?bles?|rials?|shekels?)\b", re.IGNORECASE)
_TO_THE_DAY = frozenset({Precision.DAY, Precision.HOUR, Precision.MINUTE})
_TOLD_AS_SO = HAPPENED_STATUSES | {Status.ALLEGED}
_NO_COPIES: Mapping[str, str] = MappingProxyType({})


def find_contradictions(
    events: Iterable[EventCluster], by_id: Mapping[str, PartyClaim], origin_of: Mapping[str, str] = _NO_COPIES
) -> tuple[Contradiction, ...]:
    """Return pairs of claims of one event that cannot both be right; smaller claim_id first.

    Args:
        origin_of: doc_id of a copy to that of the document that it goes back to: one teller in two papers.
    """
    found: set[Contradiction] = set()
    for event in events:
        claims = [by_id[claim_id] for claim_id in event.claim_ids]
        for on, pairs in (("number", _on_numbers), ("occurrence", _on_occurrence), ("date", _on_dates)):
            found.update(_pair(a, b, on) for a, b in pairs(claims, origin_of))
    return tuple(sorted(found))


def _pair(some: PartyClaim, other: PartyClaim, on: str) -> Contradiction:
    first, second = sorted((some.claim.claim_id, other.claim.claim_id))
    return first, second, on


def _teller(party: PartyClaim, origin_of: Mapping[str, str]) -> _Teller:
    speaker, doc_id = party.claim.speaker, party.document.doc_id
    return origin_of.get(doc_id, doc_id), speaker.actor if speaker else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """The largest number of a kind that one teller gives on one day, as the values that it allows."""

    party: PartyClaim
    teller: _Teller
    low: float
    high: float


def _on_numbers(claims: Sequence[PartyClaim], origin_of: Mapping[str, str]) -> Iterator[tuple[PartyClaim, PartyClaim]]:
    """Yield pairs of different numbers, but none of a count that has only grown since.

    Of the claims of one teller the largest number counts, since others are parts of it; of those who give the same,
    the earliest claim stands: a hundred claims of one event make no thousands of pairs.
    """
    counts: dict[str, dict[_Teller, _Count]] = {}
    for party in claims:
        teller = _teller(party, origin_of)
        for number in party.claim.numbers:
            if number.value is None:
                continue
            low, high = _range(number, number.value)
            told = counts.setdefault(_comparable(number), {})
            if teller not in told or told[teller].low < low:
                told[teller] = _Count(party=party, teller=teller, low=low, high=high)
    for kind, told in counts.items():
        distinct: dict[tuple[float, float, int | None], _Count] = {}
        for count in told.values():
            distinct.setdefault((count.low, count.high, count.party.published), count)
        for a, b in combinations(distinct.values(), 2):
            if a.party is not b.party and (a.high < b.low or b.high < a.low) and not _has_grown(kind, a, b):
                yield a.party, b.party


def _range(number: Number, value: float) -> tuple[float, float]:
    """Return the least and the largest value that the words allow."""
    if _AT_LEAST.search(number.surface):
        return value, float("inf")
    if _AT_MOST.search(number.surface):
        return 0.0, value
    return (value * (1 - ABOUT), value * (1 + ABOUT)) if _ABOUT.search(number.surface) else (value, value)


def _comparable(number: Number) -> str:
    """Return the kind, with its currency: dollars are not compared with euros."""
    currency = _CURRENCY.search(number.surface)
    return f"{number.kind} {currency[0].casefold().rstrip('s')}" if currency else number.kind


def _has_grown(kind: str, some: _Count, other: _Count) -> bool:
    """Whether the larger number was told on a later day."""
    if kind not in _GROWING or some.party.published is None or other.party.published is None:
        return False
    less, more = (some, other) if some.high < other.low else (other, some)
    return (less.party.published or 0) < (more.party.published or 0)


def _on_occurrence(
    claims: Sequence[PartyClaim], origin_of: Mapping[str, str]
) -> Iterator[tuple[PartyClaim, PartyClaim]]:
    """Yield, for each who denies the event, the first other claim that tells it as so; likewise a later refusal."""
    denied: dict[_Teller, PartyClaim] = {}
    for party in claims:
        if party.claim.status in (Status.DENIED, Status.REFUSED):
            denied.setdefault(_teller(party, origin_of), party)
    for teller, denial in denied.items():
        for party in claims:
            if _teller(party, origin_of) != teller and _is_denied_by(party, denial):
                yield party, denial
                break


def _is_denied_by(party: PartyClaim, denial: PartyClaim) -> bool:
    """Whether one tells as so what the other denies; who refuses may have done it before, or change his mind."""
    if denial.claim.status is Status.DENIED:
        return party.claim.status in _TOLD_AS_SO
    return party.claim.status in HAPPENED_STATUSES and (denial.published or 0) >= (party.published or 0)


def _on_dates(claims: Sequence[PartyClaim], origin_of: Mapping[str, str]) -> Iterator[tuple[PartyClaim, PartyClaim]]:
    """Yield pairs that give the event other days, or the sanction another first or last day in force."""
    for days in (_exact_day, _effective, _until):
        told: dict[object, PartyClaim] = {}
        for party in claims:
            if (day := days(party)) is not None:
                told.setdefault(day, party)
        for a, b in combinations(told.values(), 2):
            if _teller(a, origin_of) != _teller(b, origin_of):
                yield a, b


def _exact_day(party: PartyClaim) -> object:
    time = party.time
    if time is None or time.precision not in _TO_THE_DAY or time.first_day != time.last_day:
        return None
    return time.first_day


def _effective(party: PartyClaim) -> object:
    return party.claim.sanction.effective if party.claim.sanction else None


def _until(party: PartyClaim) -> object:
    return party.claim.sanction.until if party.claim.sanction else None
