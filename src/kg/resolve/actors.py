"""Who is who: the actors of documents to actors of the world, and the side each acts for in its document."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.model.claims import Extraction, LocalActor
from kg.model.documents import Document
from kg.model.ids import content_id, fold
from kg.model.told import Read
from kg.model.words import ActorType
from kg.model.world import Actor
from kg.text.gazetteer import gazetteer

ActorKey = tuple[str, str]  # doc_id, raw_id

_STATE_KEY = re.compile(r"[A-Z]{3}")
_KEYED_BY_SHORT_FORM = frozenset({ActorType.STATE, ActorType.IGO, ActorType.ARMED_GROUP})
_TYPE_ORDER = {kind: rank for rank, kind in enumerate(ActorType)}


def actor_id(actor: LocalActor) -> str:
    """Return the id that an actor has in the world.

    An entry of a sanctions list stays itself, whatever its name: that it is the same as somebody in the news is
    for a person to judge.
    """
    if actor.list_ids:
        return content_id("act", actor.raw_id)
    if actor.type is ActorType.PLACE:
        return content_id("plc", fold(actor.key))
    return actor.key if _has_short_key(actor) else content_id("act", actor.raw_id)


def _has_short_key(actor: LocalActor) -> bool:
    """Whether the key alone tells the actor apart from every other one, of whatever type.

    CAN may be Canada or the Andean Community: only the one that the gazetteer knows by that key has it for its id.
    """
    known = gazetteer().subject(actor.key)
    if known is not None:
        return known.type is actor.type and actor.type in _KEYED_BY_SHORT_FORM and actor.key == actor.key.upper()
    return actor.type is ActorType.STATE and bool(_STATE_KEY.fullmatch(actor.key))


@dataclass(slots=True)
class _Seen:
    """What documents show of one actor; counts are of documents, so that no order matters."""

    types: set[ActorType] = field(default_factory=set)
    names: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    list_ids: set[str] = field(default_factory=set)
    raw_ids: set[str] = field(default_factory=set)


def resolve_actors(read: Read) -> tuple[tuple[Actor, ...], dict[ActorKey, str]]:
    """Return the actors of the world, sorted by id, and which of them each actor of a document is."""
    seen: defaultdict[str, _Seen] = defaultdict(_Seen)
    actor_of: dict[ActorKey, str] = {}
    for document, extractions in read:
        for extraction in extractions:
            surfaces = _surfaces(document, extraction)
            for actor in extraction.actors:
                found = actor_of[document.doc_id, actor.raw_id] = actor_id(actor)
                _add(seen[found], actor, surfaces.get(actor.local_id, set()))
    actors = tuple(_actor(key, seen[key]) for key in sorted(seen))
    return actors, actor_of


def _surfaces(document: Document, extraction: Extraction) -> dict[str, set[str]]:
    surfaces: defaultdict[str, set[str]] = defaultdict(set)
    for mention in extraction.mentions:
        surfaces[mention.actor].add(" ".join(document.text[mention.start : mention.end].split()))
    return surfaces


def _add(seen: _Seen, actor: LocalActor, surfaces: Iterable[str]) -> None:
    seen.types.add(actor.type)
    seen.names[actor.name] += 1
    country = actor.key if actor.type is ActorType.STATE else actor.country
    if country:
        seen.countries[country] += 1
    seen.aliases.update((actor.name, *actor.aliases, *surfaces))
    seen.list_ids.update(actor.list_ids)
    seen.raw_ids.add(actor.raw_id)


def _actor(key: str, seen: _Seen) -> Actor:
    name = _commonest(seen.names)
    return Actor(
        actor_id=key,
        name=name or key,
        type=min(seen.types, key=_TYPE_ORDER.__getitem__),
        aliases=tuple(sorted(seen.aliases - {name, ""})),
        country=_commonest(seen.countries),
        list_ids=tuple(sorted(seen.list_ids)),
        raw_ids=tuple(sorted(seen.raw_ids)),
    )


def _commonest(counts: Mapping[str, int]) -> str | None:
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def resolve_sides(read: Read, actor_of: Mapping[ActorKey, str]) -> dict[ActorKey, str]:
    """Return for whom each actor of a document acts in it, followed to the end; itself when for nobody."""
    sides: dict[ActorKey, str] = {}
    for document, extractions in read:
        actors = sorted(_actors(extractions), key=lambda a: (_TYPE_ORDER[a.type], a.raw_id, a.acts_for or "~"))
        by_key: dict[str, LocalActor] = {}
        for actor in actors:
            # A place of the same name acts for nobody: it never hides the state or group of that key.
            by_key.setdefault(actor.key, actor)
        for actor in actors:
            last = _end_of_chain(actor, by_key)
            sides.setdefault((document.doc_id, actor.raw_id), actor_of[document.doc_id, last.raw_id])
    return sides


def _actors(extractions: Iterable[Extraction]) -> Iterator[LocalActor]:
    for extraction in extractions:
        yield from extraction.actors


def _end_of_chain(actor: LocalActor, by_key: Mapping[str, LocalActor]) -> LocalActor:
    passed = {actor.raw_id}
    while actor.acts_for and (principal := by_key.get(actor.acts_for)) and principal.raw_id not in passed:
        passed.add(principal.raw_id)
        actor = principal
    return actor
