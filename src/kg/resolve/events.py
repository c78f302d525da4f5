"""Which claims tell of one event: each claim looks for one earlier or fuller telling of the same."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from kg.model.words import Status
from kg.model.world import Link, LinkKind
from kg.resolve.likeness import days_of, is_whole, likeness
from kg.resolve.parties import SAID_STATUSES, PartyClaim, Sides, agree_on_actors, agree_on_recipients, home_of

EVER = "ever"
# Days between the publications of two documents that may tell of one event without dating it.
UNDATED_WINDOW_DAYS = 7
# A longer interval is looked up by its last weeks only: "in 2024" would fall into 53 of them.
WIDE_DAYS = 21


class SameEvent:
    """Links a claim to one telling of the same event that is fuller, or as full and earlier.

    What a claim is linked to lies within its days, names at least as many ends, and is of its type or a narrower one.
    So two tellings that contradict each other are never joined by one that fits both: it has to choose, and two
    strikes on two days stay two however many claims tell of "strikes" without a day.
    """

    name = "event"

    def offered(self, party: PartyClaim) -> Iterator[str]:
        """Yield keys of its document, and of its weeks with each party and each pair of parties."""
        realm, etype = _realm(party), party.claim.etype
        yield f"{realm} {etype} document {party.document.doc_id}"
        for ends in sorted({*_pairs(party), *_ends(party)}):
            yield from (f"{realm} {etype} {ends} {bucket}" for bucket in (*_weeks(party), EVER))

    def wanted(self, party: PartyClaim) -> Iterator[str]:
        """Yield keys of document and weeks; without any date those of the parties alone."""
        realm, buckets = _realm(party), [EVER] if _is_undated(party) else list(_weeks(party))
        for etype in (party.claim.etype, *_narrower_types().get(party.claim.etype, ())):
            yield f"{realm} {etype} document {party.document.doc_id}"
            for ends in _pairs(party) or _ends(party):
                yield from (f"{realm} {etype} {ends} {bucket}" for bucket in buckets)

    def link(self, party: PartyClaim, candidates: Sequence[PartyClaim]) -> tuple[Link, ...]:
        """Return a link to the likeliest antecedent, if one is more likely than not."""
        fitting = antecedents(party, candidates)
        likely = [(odds, other) for other in fitting if (odds := likeness(party, other)) > 0]
        siblings = [other for other in candidates if _is_one_sentence(party, other)]
        for odds, other in sorted(likely, key=lambda pair: (-pair[0], _fullness(pair[1]))):
            if not any(_is_nearer(sibling, party, other, odds) for sibling in siblings):
                claim_id, to = party.claim.claim_id, other.claim.claim_id
                return (Link(kind=LinkKind.SAME_EVENT, claim_id=claim_id, to=to, score=odds),)
        return ()


def antecedents(party: PartyClaim, candidates: Sequence[PartyClaim]) -> list[PartyClaim]:
    """Return the claims, of those that it can see, that a claim may be linked to."""
    fitting = [other for other in candidates if _may_follow(party, other)]
    return _only(party, fitting) if _is_undated(party) else fitting


@cache
def _narrower_types() -> Mapping[str, tuple[str, ...]]:
    """Return the types of which a report may tell by a broader word: an airstrike is an attack."""
    text = files("kg.resolve").joinpath("data", "narrower_types.csv").read_text(encoding="utf-8")
    types: defaultdict[str, list[str]] = defaultdict(list)
    for row in csv.DictReader(text.splitlines()):
        types[row["type"]].append(row["narrower"])
    return {etype: tuple(narrower) for etype, narrower in types.items()}


def _pairs(party: PartyClaim) -> list[str]:
    actors, recipients = _homes(party.actors), _homes(party.recipients)
    return [f"{actor}>{recipient}" for actor in actors for recipient in recipients]


def _ends(party: PartyClaim) -> list[str]:
    return [*(f"{side}>" for side in _homes(party.actors)), *(f">{side}" for side in _homes(party.recipients))]


def _homes(sides: Sides) -> list[str]:
    """Return sides with the states of armed groups in place of these, sorted."""
    return sorted({home_of(side) or side for side in sides})


def _realm(party: PartyClaim) -> str:
    """Return what keeps words and deeds apart: contents join contents, facts join facts.

    A claim that somebody would strike is no evidence of a strike, and a refusal none of what was refused.
    """
    if party.claim.status in SAID_STATUSES:
        return "said"
    return "refused" if party.claim.status is Status.REFUSED else "fact"


def _fullness(party: PartyClaim) -> tuple[object, ...]:
    """Return what antecedents are sorted by: the fewest days, the most ends, the narrower type, then the earliest."""
    first, last = days_of(party)
    return (last - first, -_known_ends(party), party.claim.etype in _narrower_types(), party.order)


def _known_ends(party: PartyClaim) -> int:
    return 2 if is_whole(party) else int(bool(party.parties))


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
    return _may_follow(sibling, other) and (-likeness(sibling, other), sibling.order) < (-odds, party.order)


def _may_follow(party: PartyClaim, other: PartyClaim) -> bool:
    """Whether nothing speaks against it: one sentence tells two events, and an act is never its own content."""
    (first, last), (other_first, other_last) = days_of(party), days_of(other)
    return (
        first <= other_first
        and other_last <= last
        and _fullness(other) < _fullness(party)
        and _known_ends(other) >= _known_ends(party)
        and not _is_one_sentence(party, other)
        and party.claim.content_of != other.claim.claim_id
        and other.claim.content_of != party.claim.claim_id
        and _are_said_by_one(party, other)
        and agree_on_actors(party, other)
        and agree_on_recipients(party, other)
        and other.claim.etype in (party.claim.etype, *_narrower_types().get(party.claim.etype, ()))
    )


def _are_said_by_one(party: PartyClaim, other: PartyClaim) -> bool:
    """Whether two contents are those of acts of the same parties, or of one of them nobody knows whose it is."""
    is_said = party.claim.status in SAID_STATUSES
    return not is_said or not party.act_actors or not other.act_actors or party.act_actors == other.act_actors


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
