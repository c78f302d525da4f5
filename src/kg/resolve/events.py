"""Which claims tell of one event: within and across documents, the same whatever the order of documents."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from kg.model.times import Interval
from kg.model.world import EventCluster
from kg.resolve.generic_types import generic_of
from kg.resolve.parties import SAID_STATUSES, PartyClaim, Sides

# Days between the publications of two documents that may tell of one event without dating it alike.
UNDATED_WINDOW_DAYS = 7
# An interval longer than this is looked up without its weeks: "in 2024" would fall into 53 of them.
WIDE_DAYS = 21
_DAY = timedelta(days=1)


@dataclass(slots=True)
class _Cluster:
    """Claims taken to tell of one event, with what they say together."""

    number: int
    members: list[PartyClaim] = field(default_factory=list)
    etypes: set[str] = field(default_factory=set)
    time: Interval | None = None
    things: set[str] = field(default_factory=set)
    sentences: set[tuple[str, int]] = field(default_factory=set)
    claim_ids: set[str] = field(default_factory=set)
    acts: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    days_published: set[int] = field(default_factory=set)

    def add(self, party: PartyClaim) -> None:
        self.members.append(party)
        self.etypes.add(party.claim.etype)
        self.time = _narrower(self.time, party.time)
        self.things |= party.things
        self.sentences.add((party.document.doc_id, party.claim.sentence_no))
        self.claim_ids.add(party.claim.claim_id)
        if party.claim.content_of:
            self.acts.add(party.claim.content_of)
        self.documents.add(party.document.doc_id)
        if party.published is not None:
            self.days_published.add(party.published)


def cluster_claims(claims: Sequence[PartyClaim]) -> tuple[EventCluster, ...]:
    """Return the events, in the order of their earliest claims.

    Args:
        claims: Earliest publication first, as `told_claims` sorts them; the order decides who joins whom.
    """
    sides_of_act = {party.claim.claim_id: party.actors for party in claims}
    index: defaultdict[tuple[object, ...], list[_Cluster]] = defaultdict(list)
    clusters: list[_Cluster] = []
    for party in claims:
        keys = tuple(_keys(party, sides_of_act))
        found = _best(party, _candidates(index, keys))
        if found is None:
            found = _Cluster(number=len(clusters))
            clusters.append(found)
        found.add(party)
        for key in keys:
            if found not in index[key][-1:]:
                index[key].append(found)
    return tuple(
        EventCluster(
            event_id=cluster.members[0].claim.claim_id,
            claim_ids=tuple(party.claim.claim_id for party in cluster.members),
        )
        for cluster in clusters
    )


def _keys(party: PartyClaim, sides_of_act: dict[str, Sides]) -> Iterator[tuple[object, ...]]:
    """Yield where a cluster of this claim is looked up: realm, type, a party, and a document or week."""
    claim = party.claim
    realm: tuple[str, ...] = ()
    if claim.status in SAID_STATUSES and claim.content_of:
        realm = ("said", *sorted(sides_of_act.get(claim.content_of, frozenset())))
    buckets = (f"document {party.document.doc_id}", *_weeks(party))
    for side in sorted(party.parties) or ("",):
        for etype in {claim.etype, generic_of(claim.etype)}:
            for bucket in buckets:
                yield (realm, etype, side, bucket)


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


def _candidates(index: dict[tuple[object, ...], list[_Cluster]], keys: Iterable[tuple[object, ...]]) -> list[_Cluster]:
    found = {cluster.number: cluster for key in keys for cluster in index.get(key, ())}
    return [found[number] for number in sorted(found)]


def _best(party: PartyClaim, candidates: Iterable[_Cluster]) -> _Cluster | None:
    possible = [cluster for cluster in candidates if _may_join(party, cluster)]
    here = [cluster for cluster in possible if party.document.doc_id in cluster.documents]
    if here:
        return max(here, key=lambda cluster: (_likeness(party, cluster), cluster.number))
    dated = [cluster for cluster in possible if party.time and cluster.time and _overlap(party.time, cluster.time)]
    if dated:
        return max(dated, key=lambda cluster: (_likeness(party, cluster), -cluster.number))
    near = [cluster for cluster in possible if not (party.time and cluster.time) and _published_near(party, cluster)]
    return near[0] if len(near) == 1 else None


def _likeness(party: PartyClaim, cluster: _Cluster) -> tuple[bool, ...]:
    return (
        bool(party.things & cluster.things),
        party.claim.etype in cluster.etypes,
        any(party.actors == m.actors and party.recipients == m.recipients for m in cluster.members),
        bool(party.time and cluster.time),
    )


def _may_join(party: PartyClaim, cluster: _Cluster) -> bool:
    claim = party.claim
    return (
        (party.document.doc_id, claim.sentence_no) not in cluster.sentences
        and claim.content_of not in cluster.claim_ids
        and claim.claim_id not in cluster.acts
        and _types_agree(claim.etype, cluster.etypes)
        and all(_parties_agree(party, member) for member in cluster.members)
        and (party.time is None or cluster.time is None or _overlap(party.time, cluster.time))
        and (not party.things or not cluster.things or bool(party.things & cluster.things))
    )


def _types_agree(etype: str, etypes: set[str]) -> bool:
    specific = {e for e in (*etypes, etype) if e != generic_of(e)}
    return len(specific) <= 1 and len({generic_of(e) or e for e in (*etypes, etype)}) == 1


def _parties_agree(party: PartyClaim, member: PartyClaim) -> bool:
    if not (party.actors or party.recipients) or not (member.actors or member.recipients):
        return party.document.doc_id == member.document.doc_id
    return _same_or_missing(party.actors, member.actors) and _same_or_missing(party.recipients, member.recipients)


def _same_or_missing(some: Sides, others: Sides) -> bool:
    return not some or not others or some <= others or others <= some


def _overlap(some: Interval, other: Interval) -> bool:
    return (some.start is None or other.end is None or some.start < other.end) and (
        other.start is None or some.end is None or other.start < some.end
    )


def _narrower(known: Interval | None, told: Interval | None) -> Interval | None:
    if known is None or told is None:
        return known or told
    return told if _length(told) < _length(known) else known


def _length(interval: Interval) -> timedelta:
    return interval.end - interval.start if interval.start and interval.end else timedelta.max


def _published_near(party: PartyClaim, cluster: _Cluster) -> bool:
    return party.published is not None and any(
        abs(party.published - day) <= UNDATED_WINDOW_DAYS for day in cluster.days_published
    )
