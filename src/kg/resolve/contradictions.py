"""Claims of one event that cannot both be right."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from kg.model.words import HAPPENED_STATUSES, Status
from kg.model.world import EventCluster
from kg.resolve.parties import PartyClaim

Contradiction = tuple[str, str, str]  # claim_id, claim_id, on


def find_contradictions(events: Iterable[EventCluster], by_id: Mapping[str, PartyClaim]) -> tuple[Contradiction, ...]:
    """Return pairs of claims that differ on a number or on whether the event took place; smaller claim_id first.

    For each pair of numbers, and of tellers, only the earliest claims stand: a hundred claims of one event make no
    thousands of pairs.
    """
    found: set[Contradiction] = set()
    for event in events:
        claims = [by_id[claim_id] for claim_id in event.claim_ids]
        found.update(_pair(a, b, "number") for a, b in _on_numbers(claims))
        found.update(_pair(a, b, "occurrence") for a, b in _on_occurrence(claims))
    return tuple(sorted(found))


def _pair(some: PartyClaim, other: PartyClaim, on: str) -> Contradiction:
    first, second = sorted((some.claim.claim_id, other.claim.claim_id))
    return first, second, on


def _on_numbers(claims: Iterable[PartyClaim]) -> Iterator[tuple[PartyClaim, PartyClaim]]:
    told: dict[str, dict[frozenset[float], PartyClaim]] = {}
    for party in claims:
        for kind, values in _numbers(party).items():
            told.setdefault(kind, {}).setdefault(values, party)
    for by_values in told.values():
        for (some, a), (others, b) in combinations(by_values.items(), 2):
            if not some & others and a is not b:
                yield a, b


def _numbers(party: PartyClaim) -> dict[str, frozenset[float]]:
    kinds = sorted({number.kind for number in party.claim.numbers if number.value is not None})
    return {
        kind: frozenset(n.value for n in party.claim.numbers if n.kind == kind and n.value is not None)
        for kind in kinds
    }


def _on_occurrence(claims: Iterable[PartyClaim]) -> Iterator[tuple[PartyClaim, PartyClaim]]:
    happened: dict[tuple[str, str | None], PartyClaim] = {}
    denied: dict[tuple[str, str | None], PartyClaim] = {}
    for party in claims:
        if party.claim.status in HAPPENED_STATUSES:
            happened.setdefault(_teller(party), party)
        elif party.claim.status is Status.DENIED:
            denied.setdefault(_teller(party), party)
    for who, some in happened.items():
        for whom, other in denied.items():
            if who != whom:
                yield some, other


def _teller(party: PartyClaim) -> tuple[str, str | None]:
    speaker = party.claim.speaker
    return party.document.doc_id, speaker.actor if speaker else None
