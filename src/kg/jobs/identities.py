"""Who is who, kept in the index as parts that documents bring, so that nobody reads all documents to know it."""

import json
from collections.abc import Iterator, Mapping, Sequence

from kg.jobs.shelf import Read
from kg.model.judgements import Conflict, Judgement, SeenActor
from kg.model.words import ActorType
from kg.resolve.conflicts import circles
from kg.resolve.identity import Identity, Known, known_by, raw_of
from kg.resolve.pairs import block_keys, sightings
from kg.store.index import Index, Tally
from kg.store.ledger import Ledger

_NODES, _TYPES, _SHARED = "node", "type", "shared"
_JUDGED_AT = "judgements"
_KIND, _CIRCLE = "seen", "seen circle"  # groups of which no rows are made


def seen_parts(read: Read) -> dict[Tally, int]:
    """Return what a document shows of each of its actors, as parts of groups of one raw id and home.

    A circle of actors that act for one another is a group of its own, which nothing is made of.
    """
    parts = {
        (f"{_KIND}:{one.raw_id}|{','.join(one.homes)}", kind, value): 1
        for one in sightings(*read)
        for kind, value in _shown(one)
    }
    return parts | {(f"{_CIRCLE}:{circle.told}", "document", read[0].doc_id): 1 for circle in circles(*read)}


def _shown(seen: SeenActor) -> Iterator[tuple[str, str]]:
    yield "type", seen.type.value
    yield "key", seen.key
    for kind, values in (("name", seen.names), ("home", seen.homes), ("birth", seen.births), ("list", seen.list_ids)):
        for value in values:
            yield kind, value
    for post in seen.posts:
        yield "post", json.dumps(post)
    if block_keys(seen):  # days tell apart those whose names are compared; of a state they would be thousands
        for day in sorted(set(seen.days or ())):
            yield "day", day


def _seen_actor(unit: str, tallies: Mapping[tuple[str, str], int]) -> SeenActor:
    by_kind: dict[str, list[str]] = {}
    for kind, value in sorted(tallies):
        by_kind.setdefault(kind, []).append(value)
    raw_id = unit.partition(":")[2].partition("|")[0]
    days = by_kind.get("day")
    kind = by_kind["type"][0]
    return SeenActor(
        node=raw_id,
        raw_id=raw_id,
        type=ActorType(kind),
        key=by_kind["key"][0],
        names=tuple(by_kind.get("name", ())),
        homes=tuple(by_kind.get("home", ())),
        posts=tuple(sorted((home, office) for home, office in map(json.loads, by_kind.get("post", ())))),
        days=(days[0], days[-1]) if days else None,
        births=tuple(by_kind.get("birth", ())),
        list_ids=tuple(by_kind.get("list", ())),
        n_documents=tallies["type", kind],
    )


def identity_of(index: Index) -> Identity:
    """Return who is who as the index was last told, as far as documents need it."""
    return Identity(
        actor_ids=index.identity(_NODES),
        types={actor_id: ActorType(name) for actor_id, name in index.identity(_TYPES).items()},
        shared=frozenset(index.identity(_SHARED)),
    )


def known_of(index: Index, judgements: Sequence[Judgement]) -> Known:
    """Return who is who by the judgements that stand and by all that documents show."""
    return known_by(judgements, (_seen_actor(*group) for group in index.tallies_of_kind(_KIND)))


def circles_of(index: Index) -> tuple[Conflict, ...]:
    """Return the circles of actors of a document that act for one another, sorted."""
    told = (unit.partition(":")[2] for unit, _ in index.tallies_of_kind(_CIRCLE))
    return tuple(Conflict(kind="acts_for", told=circle) for circle in told)


def note_identity(ledger: Ledger, index: Index, *, has_seen: bool) -> tuple[set[str], set[str]]:
    """Bring who is who up to date, and return the raw ids and the actor ids for which it changed.

    Args:
        has_seen: Whether documents show anything else than before.
    """
    judgements = ledger.judgements.standing()
    judged = json.dumps([judgement.judgement_id for judgement in judgements])
    if not has_seen and index.get(_JUDGED_AT) == judged:
        return set(), set()
    identity = known_of(index, judgements).identity
    types = {actor_id: kind.value for actor_id, kind in identity.types.items()}
    told = {_NODES: dict(identity.actor_ids), _TYPES: types, _SHARED: dict.fromkeys(identity.shared, "")}
    changed = {kind: _differing(index.identity(kind), now) for kind, now in told.items()}
    for kind, now in told.items():
        if changed[kind]:
            index.set_identity(kind, now)
    index.put(_JUDGED_AT, judged)
    return {raw_of(node) for node in changed[_NODES]} | changed[_SHARED], changed[_TYPES]


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    return {name for name in {*before, *now} if before.get(name) != now.get(name)}
