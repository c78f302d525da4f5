"""Who is who: the actors of documents to actors of the world, and the side each acts for in its document."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.model.claims import Extraction, LocalActor
from kg.model.documents import Document
from kg.model.ids import content_id, fold
from kg.model.words import ActorType
from kg.model.world import Actor
from kg.text.gazetteer import gazetteer

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


Tally = tuple[str, str, str]  # actor_id, kind, value


def actor_tallies(document: Document, extractions: Iterable[Extraction], actor_of: Mapping[str, str]) -> Counter[Tally]:
    """Return what a document shows of each of its actors, counted.

    Args:
        actor_of: raw_id to actor_id.
    """
    seen: Counter[Tally] = Counter()
    for extraction in extractions:
        surfaces = _surfaces(document, extraction)
        for actor in extraction.actors:
            shown = _shown(actor, surfaces.get(actor.local_id, set()))
            seen.update((actor_of[actor.raw_id], kind, value) for kind, value in shown)
    return seen


def _surfaces(document: Document, extraction: Extraction) -> dict[str, set[str]]:
    surfaces: defaultdict[str, set[str]] = defaultdict(set)
    for mention in extraction.mentions:
        surfaces[mention.actor].add(" ".join(document.text[mention.start : mention.end].split()))
    return surfaces


def _shown(actor: LocalActor, surfaces: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield "type", actor.type.value
    yield "name", actor.name
    if country := actor.key if actor.type is ActorType.STATE else actor.country:
        yield "country", country
    for alias in sorted({actor.name, *actor.aliases, *surfaces}):
        if not alias.islower():  # "the army", "the nation" are said of one here and of another there
            yield "alias", alias
    for list_id in actor.list_ids:
        yield "list_id", list_id
    yield "raw_id", actor.raw_id


def tallied_actor(key: str, tallies: Mapping[tuple[str, str], int], type_: ActorType | None = None) -> Actor:
    """Return an actor of the world as all its documents, counted together, show it.

    Args:
        tallies: Count by kind and value, of which "type" is one at least; kinds that it does not know are left alone.
        type_: The type of an actor that brings together several; None for the first of those told.
    """
    seen: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (kind, value), count in tallies.items():
        seen[kind][value] = count
    name = _commonest(seen["name"])
    return Actor(
        actor_id=key,
        name=name or key,
        type=type_ or min(map(ActorType, seen["type"]), key=_TYPE_ORDER.__getitem__),
        aliases=tuple(sorted(set(seen["alias"]) - {name, ""})),
        country=_commonest(seen["country"]),
        list_ids=tuple(sorted(seen["list_id"])),
        raw_ids=tuple(sorted(seen["raw_id"])),
    )


def _commonest(counts: Mapping[str, int]) -> str | None:
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def resolve_sides(extractions: Iterable[Extraction], actor_of: Mapping[str, str]) -> dict[str, str]:
    """Return for whom each actor of a document acts in it, followed to the end; itself when for nobody.

    Args:
        actor_of: raw_id to actor_id.
    """
    actors = sorted(_actors(extractions), key=lambda a: (_TYPE_ORDER[a.type], a.raw_id, a.acts_for or "~"))
    by_key: dict[str, LocalActor] = {}
    for actor in actors:
        # A place of the same name acts for nobody: it never hides the state or group of that key.
        by_key.setdefault(actor.key, actor)
    sides: dict[str, str] = {}
    for actor in actors:
        sides.setdefault(actor.raw_id, actor_of[_end_of_chain(actor, by_key).raw_id])
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
