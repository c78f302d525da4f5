"""What documents show of actors, kept in the index as parts that documents bring, so that nobody reads them all."""

import json
from collections.abc import Iterable, Iterator, Mapping

from kg.jobs.shelf import Read
from kg.model.judgements import Conflict, SeenActor
from kg.model.words import ActorType
from kg.resolve.conflicts import circles
from kg.resolve.pairs import block_keys, sightings
from kg.store.index import Index, Tally

_SEEN, _CIRCLE = "seen:", "seen circle:"  # how groups begin of which no rows are made


def seen_parts(read: Read) -> dict[Tally, int]:
    """Return what a document shows of each of its actors, as parts of groups of one raw id and home.

    A circle of actors that act for one another is a group of its own, which nothing is made of.
    """
    parts = {
        (f"{_SEEN}{one.raw_id}|{','.join(one.homes)}", kind, value): 1
        for one in sightings(*read)
        for kind, value in _shown(one)
    }
    return parts | {(f"{_CIRCLE}{circle.told}", "document", read[0].doc_id): 1 for circle in circles(*read)}


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


def raw_ids_of(units: Iterable[str]) -> set[str]:
    """Return the raw ids of which some groups show something."""
    return {_raw_id(unit) for unit in units if unit.startswith(_SEEN)}


def sightings_of(index: Index, raw_id: str | None = None) -> Iterator[SeenActor]:
    """Yield what documents show of a raw id, once for each home that they give it; None: of all, sorted by raw id."""
    for unit, tallies in index.tallies_under(_SEEN if raw_id is None else f"{_SEEN}{raw_id}|"):
        yield _seen_actor(unit, tallies)


def circles_of(index: Index) -> tuple[Conflict, ...]:
    """Return the circles of actors of a document that act for one another, sorted."""
    told = (unit.partition(":")[2] for unit, _ in index.tallies_under(_CIRCLE))
    return tuple(Conflict(kind="acts_for", told=circle) for circle in told)


def _raw_id(unit: str) -> str:
    return unit.removeprefix(_SEEN).partition("|")[0]


def _seen_actor(unit: str, tallies: Mapping[tuple[str, str], int]) -> SeenActor:
    by_kind: dict[str, list[str]] = {}
    for kind, value in sorted(tallies):
        by_kind.setdefault(kind, []).append(value)
    raw_id = _raw_id(unit)
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
