"""The view: aggregated arrows between two actors.

Typed ties hold only what happened; all the rest is ONLY_SAID, so that nobody counts an offer as a deed by forgetting
a condition (docs/decisions/001).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from kg.graph.events import counted, joint_confidence
from kg.graph.world import Filler, ToldEvent, World, independent_documents, weighed_status
from kg.model.graph import NodeRef, PropertyValue, Relationship
from kg.model.ontology import event_types
from kg.model.schema import ONLY_SAID
from kg.model.told import ToldClaim
from kg.model.words import HAPPENED_STATUSES, Role

Pair = tuple[NodeRef, NodeRef]


def tie_rows(events: Iterable[ToldEvent], world: World) -> Iterator[Relationship]:
    """Yield one relationship for each pair of actors and type of what happened, and for each kind of what was said."""
    ties: defaultdict[tuple[str, Pair, tuple[str, str] | None], list[ToldEvent]] = defaultdict(list)
    for event in events:
        for pair in sorted(event_pairs(event, world), key=lambda pair: (pair[0].key, pair[1].key)):
            kind = None if event.happened else (event.etype, event.occurrence.value)
            ties[event_types()[event.etype].tie if event.happened else ONLY_SAID, pair, kind].append(event)
    for (name, pair, kind), behind in ties.items():
        said = {"etype": kind[0], "occurrence": kind[1]} if kind else {}
        yield Relationship(
            type=name, start=pair[0], end=pair[1], properties=said | _aggregate(behind, world, happened=kind is None)
        )


def event_pairs(event: ToldEvent, world: World) -> set[Pair]:
    """Return who stands against whom in an event, claim by claim.

    Two actors that no single claim names together are no pair: one claim has Putin, another Russia, and they did not
    meet each other. A claim that something did not happen adds no pair to an event that did.
    """
    claims = [told for told in event.claims if not event.happened or weighed_status(told) in HAPPENED_STATUSES]
    is_reciprocal = event_types()[event.etype].reciprocal
    return {pair for told in claims for pair in _claim_pairs(told, world, is_reciprocal=is_reciprocal)}


def _claim_pairs(told: ToldClaim, world: World, *, is_reciprocal: bool) -> Iterator[Pair]:
    actors = [f for f in world.fillers(told, Role.ACTOR) if f.ref.label == "Actor"]
    recipients = [f for f in world.fillers(told, Role.RECIPIENT) if f.ref.label == "Actor"]
    if is_reciprocal:
        yield from _mutual_pairs([*actors, *recipients])
        return
    for actor in actors:
        for recipient in recipients:
            if actor.ref != recipient.ref:
                yield actor.ref, recipient.ref


def _mutual_pairs(parties: Sequence[Filler]) -> Iterator[Pair]:
    """Yield each unordered pair once, smaller key first; nobody is paired with the side that it acts for."""
    by_ref = {filler.ref: filler for filler in parties}
    for some, other in combinations(sorted(by_ref.values(), key=lambda f: f.ref.key), 2):
        if some.side != other.ref.key and other.side != some.ref.key:
            yield some.ref, other.ref


def _aggregate(events: Sequence[ToldEvent], world: World, *, happened: bool) -> dict[str, PropertyValue]:
    kind = event_types()[events[0].etype]
    times = [event.time for event in events if event.time]
    confidence = max(joint_confidence(independent_documents(event.claims).values()) for event in events)
    documents = {doc_id for event in events for doc_id in independent_documents(event.claims)}
    return {
        "event_ids": tuple(sorted(event.event_id for event in events)),
        "n": len(events),
        "n_independent": len(documents),
        "first": min((day for time in times if (day := time.first_day or time.last_day)), default=None),
        "last": max((day for time in times if (day := time.last_day or time.first_day)), default=None),
        "sign": kind.sign,
        "score_sum": round(kind.score * len(events), 4) if happened else 0.0,
        "status_mix": counted(event.occurrence.value for event in events),
        "confidence": confidence,
        "weak": world.is_weak(confidence),
    }
