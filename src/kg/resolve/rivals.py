"""Who did it, and when: claims of one deed that name another actor or another day, and so are two events to the rest.

Narrow on purpose: the same type, the same named person, company or facility, the same day. Two strikes on one town on
one day are mostly two strikes.
"""

from collections.abc import Iterator, Sequence

from kg.model.words import HAPPENED_STATUSES, Status
from kg.model.world import Link, LinkKind
from kg.resolve.parties import PartyClaim

# What nobody suffers twice within days; of anything else one side at least has to be told as a mere allegation.
ONCE = frozenset({"KILL", "RELEASE", "ARREST", "ABDUCT", "SEIZE", "EXPEL", "DEPORT", "RESIGN"})
MAX_DAYS_OFF = 3
_TOLD_AS_SO = HAPPENED_STATUSES | {Status.ALLEGED}


class Rivals:
    """Links a claim to the earliest one that gives the deed to another actor, and to the earliest with another day."""

    name = "rival"

    def offered(self, party: PartyClaim) -> Iterator[str]:
        """Yield a key of type, patient and week for each patient of a dated deed."""
        day = _day(party)
        if day is not None:
            for patient in party.patients:
                yield f"{party.claim.etype} {patient} week {day // 7}"

    def wanted(self, party: PartyClaim) -> Iterator[str]:
        """Yield the keys of the weeks around its day."""
        day = _day(party)
        if day is not None:
            for patient in party.patients:
                for week in range((day - MAX_DAYS_OFF) // 7, (day + MAX_DAYS_OFF) // 7 + 1):
                    yield f"{party.claim.etype} {patient} week {week}"

    def link(self, party: PartyClaim, candidates: Sequence[PartyClaim]) -> tuple[Link, ...]:
        """Return at most one link of each kind, always from the later told claim to the earlier."""
        earlier = [other for other in candidates if other.order < party.order and not _is_one_teller(party, other)]
        found = []
        for kind, differ in ((LinkKind.OTHER_ACTOR, _on_actor), (LinkKind.OTHER_DATE, _on_date)):
            other = next((other for other in earlier if differ(party, other)), None)
            if other is not None:
                score = round(party.claim.confidence * other.claim.confidence, 4)
                found.append(Link(kind=kind, claim_id=party.claim.claim_id, to=other.claim.claim_id, score=score))
        return tuple(found)


def _day(party: PartyClaim) -> int | None:
    """Return the one day of a deed that is told as so, as an ordinal."""
    time = party.time
    if party.claim.status not in _TOLD_AS_SO or not party.actors or time is None or time.first_day is None:
        return None
    return time.first_day.toordinal() if time.first_day == time.last_day else None


def _is_one_teller(some: PartyClaim, other: PartyClaim) -> bool:
    """Whether both stand in one document and nothing there tells their sources apart."""
    if some.document.doc_id != other.document.doc_id:
        return False
    speakers = [party.claim.speaker.actor if party.claim.speaker else None for party in (some, other)]
    return speakers[0] == speakers[1] and Status.ALLEGED not in (some.claim.status, other.claim.status)


def _on_actor(some: PartyClaim, other: PartyClaim) -> bool:
    is_doubted = Status.ALLEGED in (some.claim.status, other.claim.status)
    is_one_deed = some.claim.etype in ONCE or is_doubted
    return is_one_deed and _day(some) == _day(other) and not some.actors & other.actors


def _on_date(some: PartyClaim, other: PartyClaim) -> bool:
    days_off = abs((_day(some) or 0) - (_day(other) or 0))
    return some.claim.etype in ONCE and some.actors == other.actors and 0 < days_off <= MAX_DAYS_OFF
