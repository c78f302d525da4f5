"""The view: aggregated arrows between two actors.

Typed ties hold only what happened; all the rest is ONLY_SAID, so that nobody counts an offer as a deed by forgetting
a condition (docs/decisions/001).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from kg.graph.confidence import event_confidence, origins_of, score_interval, tellings_of
from kg.graph.events import counted
from kg.graph.world import Filler, ToldEvent, World, weighed_status
from kg.model.graph import NodeRef, PropertyValue, Relationship
from kg.model.ontology import event_types
from kg.model.schema import ONLY_SAID
from kg.model.told import ToldClaim
from kg.model.words import HAPPENED_OCCURRENCES, HAPPENED_STATUSES, Occurrence, Role

Pair = tuple[NodeRef, NodeRef]

_UNSETTLED = frozenset({Occurrence.DISPUTED, Occurrence.UNKNOWN})  # what may have happened all the same


def tie_parts(event: ToldEvent, world: World) -> Iterator[tuple[str, str]]:
    """Yield what an event adds to the ties of each two actors: `A|B`, smaller key first, and its part as JSON."""
    time = event.time
    for start, end in sorted(event_pairs(event, world), key=lambda pair: (pair[0].key, pair[1].key)):
        tellings = tellings_of(event, world)
        part = {
            "start": start.key,
            "end": end.key,
            "etype": event.etype,
            "event_id": event.event_id,
            "occurrence": event.occurrence.value,
            "first": _iso(time.first_day or time.last_day) if time else None,
            "last": _iso(time.last_day or time.first_day) if time else None,
            "origins": dict(origins_of(tellings)),
            "confidence": event_confidence(tellings),
        }
        yield "|".join(sorted((start.key, end.key))), json.dumps(part, sort_keys=True)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def tie_rows(parts: Iterable[str], world: World) -> Iterator[Relationship]:
    """Yield one relationship for each direction and type of what happened, and for each kind of what was said.

    Args:
        parts: As `tie_parts` gives them for one pair of actors.
    """
    ties: defaultdict[tuple[str, str, str, tuple[str, str] | None], list[_Part]] = defaultdict(list)
    for part in sorted(map(_part, parts), key=lambda part: part.event_id):
        kind = None if part.happened else (part.etype, part.occurrence.value)
        name = event_types()[part.etype].tie if part.happened else ONLY_SAID
        ties[name, part.start, part.end, kind].append(part)
    for (name, start, end, kind), behind in ties.items():
        said = {"etype": kind[0], "occurrence": kind[1]} if kind else {}
        yield Relationship(
            type=name,
            start=NodeRef(label="Actor", key=start),
            end=NodeRef(label="Actor", key=end),
            properties=said | _aggregate(behind, world, happened=kind is None),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What one event adds to a tie."""

    start: str
    end: str
    etype: str
    event_id: str
    occurrence: Occurrence
    first: date | None
    last: date | None
    origins: Mapping[str, str]
    confidence: float

    @property
    def happened(self) -> bool:
        return self.occurrence in HAPPENED_OCCURRENCES


def _part(text: str) -> _Part:
    told = json.loads(text)
    days = {name: date.fromisoformat(told[name]) if told[name] else None for name in ("first", "last")}
    return _Part(**(told | days | {"occurrence": Occurrence(told["occurrence"])}))


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


def _aggregate(parts: Sequence[_Part], world: World, *, happened: bool) -> dict[str, PropertyValue]:
    kind = event_types()[parts[0].etype]
    confidence = max(part.confidence for part in parts)
    doubtful = sum(world.is_weak(part.confidence) if happened else part.occurrence in _UNSETTLED for part in parts)
    low, high = score_interval(kind.score, certain=len(parts) - doubtful if happened else 0, doubtful=doubtful)
    return {
        "event_ids": tuple(part.event_id for part in parts),
        "n": len(parts),
        "n_docs": len({doc_id for part in parts for doc_id in part.origins}),
        "n_independent": len({origin for part in parts for origin in part.origins.values()}),
        "first": min((part.first for part in parts if part.first), default=None),
        "last": max((part.last for part in parts if part.last), default=None),
        "sign": kind.sign,
        "score_sum": round(kind.score * len(parts), 4) if happened else 0.0,
        "score_low": low,
        "score_high": high,
        "status_mix": counted(part.occurrence.value for part in parts),
        "confidence": confidence,
        "weak": world.is_weak(confidence),
    }
