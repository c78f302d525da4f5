"""Who is who, kept in the index, so that nobody compares all actors to know it."""

import json
from collections.abc import Collection, Mapping, Sequence

from kg.jobs.pairing import note_pairs
from kg.jobs.seen import sightings_of
from kg.model.judgements import Judgement, Likeness
from kg.model.words import ActorType
from kg.resolve.identity import Identity, Known, identify, known_by, raw_of
from kg.resolve.pairs import told_apart
from kg.store.index import Index
from kg.store.ledger import Ledger

_NODES, _TYPES, _SHARED = "node", "type", "shared"
_JUDGED_AT = "judgements"


def identity_of(index: Index) -> Identity:
    """Return who is who as the index was last told, as far as documents need it."""
    return Identity(
        actor_ids=index.identity(_NODES),
        types={actor_id: ActorType(name) for actor_id, name in index.identity(_TYPES).items()},
        shared=frozenset(index.identity(_SHARED)),
    )


def known_of(index: Index, judgements: Sequence[Judgement]) -> Known:
    """Return who is who by the judgements that stand and by all that documents show."""
    return known_by(judgements, sightings_of(index))


def note_identity(ledger: Ledger, index: Index, seen_anew: Collection[str]) -> tuple[set[str], set[str]]:
    """Bring who is who up to date, and return the raw ids and the actor ids for which it changed.

    Args:
        seen_anew: Raw ids of which documents show anything else than before.
    """
    judgements = ledger.judgements.standing()
    judged = json.dumps([judgement.judgement_id for judgement in judgements])
    is_otherwise = note_pairs(index, seen_anew)
    # Of all others nobody says that they are somebody else.
    sure = [Likeness(left=left, right=right, score=score, reasons=()) for left, right, score in index.alike.all_sure()]
    pairs = [*((one.left, one.right) for one in judgements), *((one.left, one.right) for one in sure)]
    ends = {end for pair in pairs for end in pair}
    concerned = set(map(raw_of, ends.union(index.alike.all_parts())))
    if not is_otherwise and index.get(_JUDGED_AT) == judged and concerned.isdisjoint(seen_anew):
        return set(), set()
    seen = told_apart(one for raw_id in sorted(concerned) for one in sightings_of(index, raw_id))
    identity = identify(judgements, seen, sure)
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
