"""Claims that cannot both be right: of one event on numbers, days and whether it took place; of two on who or when."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from types import MappingProxyType

from kg.model.claims import Number
from kg.model.words import HAPPENED_STATUSES, Precision, Status
from kg.model.world import EventCluster
from kg.resolve.parties import PartyClaim, Sides

Contradiction = tuple[str, str, str]  # claim_id, claim_id, on
_Teller = tuple[str, str | None]  # document or the one that it copies, local_id of the speaker

# Of these a larger number told later is news, not another view: bodies are found, prisoners are counted.
_GROWING = frozenset({"killed", "wounded", "casualties", "missing", "arrested", "displaced", "held", "released"})
_OF_PEOPLE_AND_MONEY = _GROWING | {"amount"}
_AT_LEAST = re.compile(r"\b(?:at least|more than|over|no fewer than|no less than|upwards of)\b", re.IGNORECASE)
_AT_MOST = re.compile(r"\b(?:at most|up to|fewer than|less than|under|no more than)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|around|some|nearly|almost|roughly|approximately|close to)\b", re.IGNORECASE)
ABOUT = 0.1  # "some 300" may be 270 or 330
_CURRENCY = re.compile(r"[$€£¥₽]|\b(?:dollars?|euros?|pounds?|yuan|yen|rou?bles?|rials?|shekels?)\b", re.IGNORECASE)
_TO_THE_DAY = frozenset({Precision.DAY, Precision.HOUR, Precision.MINUTE})
_TOLD_AS_SO = HAPPENED_STATUSES | {Status.ALLEGED}
# Share of the words of the shorter sentence that the other has too, for a denial in other words.
MIN_SHARED_WORDS = 0.4
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
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
    """What one claim tells of a kind of number: the values that each number allows, least and largest."""

    party: PartyClaim
    teller: _Teller
    ranges: frozenset[tuple[float, float]]

    @property
    def most(self) -> float:
        """The largest number: others are parts of it."""
        return max(low for low, _ in self.ranges)


def _on_numbers(claims: Sequence[PartyClaim], origin_of: Mapping[str, str]) -> Iterator[tuple[PartyClaim, PartyClaim]]:
    """Yield pairs of tellers with different numbers, but none of a count that has only grown since.

    Of one teller the claim with the largest number counts; of those who give the same on one day, the earliest claim
    stands: a hundred claims of one event make no thousands of pairs.
    """
    told: dict[str, dict[_Teller, _Count]] = {}
    for party in claims:
        teller = _teller(party, origin_of)
        for kind, ranges in _numbers(party).items():
            count = _Count(party=party, teller=teller, ranges=ranges)
            known = told.setdefault(kind, {}).setdefault(teller, count)
            if known.most < count.most:
                told[kind][teller] = count
    for kind, by_teller in told.items():
        distinct: dict[object, _Count] = {}
        for count in by_teller.values():
            distinct.setdefault((count.ranges, count.party.published, count.party.claim.status), count)
        for a, b in combinations(distinct.values(), 2):
            if _differ(a, b) and _are_comparable(kind, a.party, b.party) and not _has_grown(kind, a, b):
                yield a.party, b.party


def _numbers(party: PartyClaim) -> dict[str, frozenset[tuple[float, float]]]:
    """Return the values allowed for each kind, amounts by currency: dollars are not compared with euros."""
    found: dict[str, set[tuple[float, float]]] = {}
    for number in party.claim.numbers:
        if number.value is not None:
            currency = _CURRENCY.search(number.surface)
            kind = f"{number.kind} {currency[0].casefold().rstrip('s')}" if currency else number.kind
            found.setdefault(kind, set()).add(_range(number, number.value))
    return {kind: frozenset(ranges) for kind, ranges in found.items()}


def _differ(some: _Count, other: _Count) -> bool:
    return all(high < least or most < low for low, high in some.ranges for least, most in other.ranges)


def _are_comparable(kind: str, some: PartyClaim, other: PartyClaim) -> bool:
    """Whether both tell as much: what goes on is counted otherwise, and missiles are counted a day or a war."""
    if some.claim.status is not other.claim.status:
        return False
    return kind.partition(" ")[0] in _OF_PEOPLE_AND_MONEY or (some.time is not None and other.time is not None)


def _range(number: Number, value: float) -> tuple[float, float]:
    """Return the least and the largest value that the words allow."""
    if _AT_LEAST.search(number.surface):
        return value, float("inf")
    if _AT_MOST.search(number.surface):
        return 0.0, value
    return (value * (1 - ABOUT), value * (1 + ABOUT)) if _ABOUT.search(number.surface) else (value, value)


def _has_grown(kind: str, some: _Count, other: _Count) -> bool:
    """Whether the larger number was told on a later day."""
    less, more = sorted((some, other), key=lambda count: count.most)
    if kind not in _GROWING or less.party.published is None or more.party.published is None:
        return False
    return less.party.published < more.party.published


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
            # What is alleged has a source of its own, also where the same sentence tells that it is denied.
            is_other = party.claim.status is Status.ALLEGED or _teller(party, origin_of) != teller
            if is_other and _is_denied_by(party, denial):
                yield party, denial
                break


def _is_denied_by(party: PartyClaim, denial: PartyClaim) -> bool:
    """Whether one tells as so what the other denies; who refuses may have done it before, or change his mind."""
    if not _are_of_one_deed(party, denial):
        return False
    if denial.claim.status is Status.REFUSED:
        return party.claim.status in HAPPENED_STATUSES and (denial.published or 0) >= (party.published or 0)
    return party.claim.status in _TOLD_AS_SO


def _are_of_one_deed(party: PartyClaim, denial: PartyClaim) -> bool:
    """Whether the ends agree, and the words too where nothing marks one claim as a mere allegation.

    A denial of a part ("no civilian was targeted") denies not the whole.
    """
    if party.actors != denial.actors or not _same_or_missing(party.recipients, denial.recipients):
        return False
    if party.claim.status is Status.ALLEGED or party.trigger_stem == denial.trigger_stem:
        return True
    return party.recipients == denial.recipients and party.shared_words(denial) >= MIN_SHARED_WORDS


def _same_or_missing(some: Sides, others: Sides) -> bool:
    return not some or not others or some == others


def _on_dates(claims: Sequence[PartyClaim], origin_of: Mapping[str, str]) -> Iterator[tuple[PartyClaim, PartyClaim]]:
    """Yield pairs that give the event other days, or the sanction another first or last day in force."""
    for day_of in (_exact_day, _effective, _until):
        told: dict[date, PartyClaim] = {}
        for party in claims:
            if (day := day_of(party)) is not None:
                told.setdefault(day, party)
        for a, b in combinations(told.values(), 2):
            if _teller(a, origin_of) != _teller(b, origin_of):
                yield a, b


def _exact_day(party: PartyClaim) -> date | None:
    time = party.time
    is_exact = time is not None and time.precision in _TO_THE_DAY and time.first_day == time.last_day
    return time.first_day if time is not None and is_exact else None


def _effective(party: PartyClaim) -> date | None:
    return _as_written(party, party.claim.sanction.effective if party.claim.sanction else None)


def _until(party: PartyClaim) -> date | None:
    return _as_written(party, party.claim.sanction.until if party.claim.sanction else None)


def _as_written(party: PartyClaim, day: date | None) -> date | None:
    """Return a day that stands in the sentence; one that is counted ("for six months") is known less exactly."""
    is_written = day and re.search(rf"\b{day.day}\b", party.claim.quote) and _MONTHS[day.month - 1] in party.claim.quote
    return day if is_written else None
