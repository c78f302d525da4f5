"""Which claims tell of one event: each claim looks for one earlier or fuller telling of the same."""

from collections.abc import Iterator, Sequence

from kg.model.ontology import event_types
from kg.model.times import Interval
from kg.model.words import Precision, Status
from kg.model.world import Link, LinkKind
from kg.resolve.likeness import likeness
from kg.resolve.parties import SAID_STATUSES, PartyClaim, Sides

# Days between the publications of two documents that may tell of one event without dating it.
UNDATED_WINDOW_DAYS = 7
# A longer interval is looked up by its last weeks only: "in 2024" would fall into 53 of them.
WIDE_DAYS = 21

_EXACT = frozenset({Precision.MINUTE, Precision.HOUR, Precision.DAY})


class SameEvent:
    """Links a claim to one telling of the same event that is fuller, or as full and earlier.

    So two tellings that contradict each other are never joined by one that fits both: it has to choose.
    """

    name = "event"

    def offered(self, party: PartyClaim) -> Iterator[str]:
        """Yield keys of document, weeks and parties."""
        yield from self._keys(party)
        for side in party.parties:
            yield f"{_kind(party)} {side} ever"

    def wanted(self, party: PartyClaim) -> Iterator[str]:
        """Yield keys of document, weeks and parties; without any date those of the parties alone."""
        yield from self._keys(party)
        if _is_undated(party):
            for side in party.parties:
                yield f"{_kind(party)} {side} ever"

    def _keys(self, party: PartyClaim) -> Iterator[str]:
        kind, here = _kind(party), f"document {party.document.doc_id}"
        if not party.parties:  # who names nobody is understood by its own document alone
            yield f"{kind} {here}"
        for side in party.parties:
            for bucket in (here, *_weeks(party)):
                yield f"{kind} {side} {bucket}"

    def link(self, party: PartyClaim, candidates: Sequence[PartyClaim]) -> tuple[Link, ...]:
        """Return a link to the likeliest antecedent, if one is more likely than not."""
        place = _fullness(party)
        fitting = [other for other in candidates if _fullness(other) < place and may_be_one(party, other)]
        if _is_undated(party):
            fitting = _only(party, fitting)
        likely = [(odds, other) for other in fitting if (odds := likeness(party, other)) > 0]
        siblings = [other for other in candidates if _is_one_sentence(party, other)]
        for odds, other in sorted(likely, key=lambda pair: (-pair[0], _fullness(pair[1]))):
            if not any(_is_nearer(sibling, party, other, odds) for sibling in siblings):
                claim_id, to = party.claim.claim_id, other.claim.claim_id
                return (Link(kind=LinkKind.SAME_EVENT, claim_id=claim_id, to=to, score=odds),)
        return ()


def _kind(party: PartyClaim) -> str:
    return f"{' '.join(_realm(party))} {party.claim.etype}"


def _realm(party: PartyClaim) -> tuple[str, ...]:
    """Return what keeps words and deeds apart: contents join those of acts of the same parties, facts join facts.

    A claim that somebody would strike is no evidence of a strike, and a refusal none of what was refused.
    """
    if party.claim.status in SAID_STATUSES:
        return ("said", *sorted(party.act_actors))
    return ("refused",) if party.claim.status is Status.REFUSED else ()


def _fullness(party: PartyClaim) -> tuple[object, ...]:
    """Return what antecedents are sorted by: dated to the day first, then with both ends known, then the earliest."""
    is_reciprocal = event_types()[party.claim.etype].reciprocal
    is_whole = len(party.actors) > 1 if is_reciprocal else bool(party.actors and party.recipients)
    time = party.time
    vagueness = 2 if time is None else int(time.precision not in _EXACT)
    return (vagueness, not is_whole, party.order)


def _is_undated(party: PartyClaim) -> bool:
    return party.published is None and party.time is None


def _only(party: PartyClaim, fitting: Sequence[PartyClaim]) -> list[PartyClaim]:
    """Return the tellings of the one event of the same parties that a claim without any date can mean, if any."""
    same = [o for o in fitting if (o.actors, o.recipients) == (party.actors, party.recipients)]
    known = [day for other in same if (day := _day(other)) is not None]
    return same if not known or max(known) - min(known) <= UNDATED_WINDOW_DAYS else []


def _day(party: PartyClaim) -> int | None:
    day = party.time and (party.time.first_day or party.time.last_day)
    return day.toordinal() if day else party.published


def _is_one_sentence(some: PartyClaim, other: PartyClaim) -> bool:
    return some.document.doc_id == other.document.doc_id and some.claim.sentence_no == other.claim.sentence_no


def _is_nearer(sibling: PartyClaim, party: PartyClaim, other: PartyClaim, odds: float) -> bool:
    """Whether another claim of the same sentence has the better right to that antecedent."""
    if not may_be_one(sibling, other) or _fullness(sibling) <= _fullness(other):
        return False
    return (-likeness(sibling, other), sibling.order) < (-odds, party.order)


def may_be_one(some: PartyClaim, other: PartyClaim) -> bool:
    """Whether nothing speaks against it: one sentence tells two events, and an act is never its own content."""
    return (
        not _is_one_sentence(some, other)
        and some.claim.content_of != other.claim.claim_id
        and other.claim.content_of != some.claim.claim_id
        and _same_or_missing(some.actors, other.actors)
        and _same_or_missing(some.recipients, other.recipients)
        and (some.time is None or other.time is None or _overlap(some.time, other.time))
    )


def _weeks(party: PartyClaim) -> Iterator[str]:
    for first, last in _spans_of_days(party):
        for week in range((first - 1) // 7, (last + 1) // 7 + 1):
            yield f"week {week}"


def _spans_of_days(party: PartyClaim) -> Iterator[tuple[int, int]]:
    if party.published is not None:
        yield party.published - UNDATED_WINDOW_DAYS, party.published
    time = party.time
    if time is not None and (day := time.first_day or time.last_day):
        first, last = day.toordinal(), (time.last_day or day).toordinal()
        yield (first, last) if last - first <= WIDE_DAYS else (last - WIDE_DAYS, last)


def _same_or_missing(some: Sides, others: Sides) -> bool:
    return not some or not others or some <= others or others <= some


def _overlap(some: Interval, other: Interval) -> bool:
    return (some.start is None or other.end is None or some.start < other.end) and (
        other.start is None or some.end is None or other.start < some.end
    )
