"""Unnamed people that act or suffer: soldiers, civilians, protesters, and their state."""

from collections.abc import Mapping
from functools import lru_cache

from kg.extract.actors_context import Noun, best_sides, context_state
from kg.extract.actors_draft import Draft, Line
from kg.extract.spans import ReferenceKind
from kg.model.claims import LocalActor
from kg.model.words import ActorType
from kg.text.gazetteer import Subject
from kg.text.tables import cue_words, rows_of

_SIDES = frozenset(
    {ActorType.STATE, ActorType.IGO, ActorType.ARMED_GROUP, ActorType.ORGANISATION, ActorType.PLACE, ActorType.COMPANY}
)
_MAX_BETWEEN = 2
_REACH = 8  # sentences back that "the rebels" are looked for


@lru_cache(maxsize=1)
def _nouns() -> Mapping[str, str]:
    return {row["noun"]: row["kind"] for row in rows_of("groups.csv")}


def find_groups(draft: Draft) -> None:
    """Add a span for every noun for people; its actor is named by the noun and the state that stands beside it."""
    for line in draft.lines:
        at = 0
        while at < len(line.words):
            length = _noun_length(line, at)
            if length:
                _add(draft, line, at, at + length - 1)
            at += length or 1


def _noun_length(line: Line, at: int) -> int:
    for length in (3, 2, 1):
        if at + length > len(line.words) or not all(line.is_free(n) for n in range(at, at + length)):
            continue
        if " ".join(word.norm for word in line.words[at : at + length]) in _nouns():
            return length
    return 0


def _add(draft: Draft, line: Line, first: int, last: int) -> None:
    noun = " ".join(word.norm for word in line.words[first : last + 1])
    side, score = _side_before(draft, line, first) or _side_after(draft, line, last), 0.7
    if side is None and _nouns()[noun] == "fighters":
        who = _armed_group(draft, line)
        if who is not None:
            draft.add(line, first, last, who, ReferenceKind.DESCRIPTION, 0.6)
            return
    if side is not None and side.type is ActorType.PLACE and _nouns()[noun] == "neutral":
        side = None  # the Gaza mediators are of no side there
    if side is not None:
        draft.placed[noun] = _acts_for(side) or ""
    elif _nouns()[noun] == "observers":
        key = next(iter(best_sides(draft, line, first, Noun.OBSERVERS)), None)
        side, score = draft.by_key(key) if key else None, 0.5
    elif _nouns()[noun] != "neutral":
        is_foreign = noun in cue_words("no office")
        side, score = context_state(draft, line, first, Noun.PEOPLE, noun, is_foreign=is_foreign), 0.5
    draft.add(line, first, last, draft.register(group_of(noun, side)), ReferenceKind.DESCRIPTION, score)


def group_of(noun: str, side: LocalActor | None) -> Subject:
    """Return the unnamed people that a noun means: its key is the noun and the side ("soldiers UKR")."""
    key = f"{noun} {_acts_for(side)}" if side else noun
    country = side.country if side else None
    return Subject(key=key, name=key, type=ActorType.GROUP, acts_for=_acts_for(side), country=country)


def _armed_group(draft: Draft, line: Line) -> str | None:
    """Return the armed group that the document told last, as far as some sentences back."""
    for no in range(line.no, max(line.no - _REACH, 0) - 1, -1):
        for span in reversed(list(draft.spans_of(draft.lines[no]))):
            if span.who and draft.actors[span.who].type is ActorType.ARMED_GROUP:
                return span.who
    return None


def _acts_for(side: LocalActor | None) -> str | None:
    if side is None:
        return None
    return side.country if side.type is ActorType.PLACE else side.key


def _side_before(draft: Draft, line: Line, at: int) -> LocalActor | None:
    """Return the side in front of a noun ("Iranian nuclear scientists", "Israel's soldiers")."""
    for before in range(at - 1, max(at - 2 - _MAX_BETWEEN, -1), -1):
        if not line.joined[before]:
            return None
        actor = draft.actor_at(line, before)
        if actor is not None:
            return actor if actor.type in _SIDES else None
        if line.norm(before) in cue_words("no link"):
            return None
    return None


def _side_after(draft: Draft, line: Line, at: int) -> LocalActor | None:
    if line.norm(at + 1) not in cue_words("link") or not line.joined[at]:
        return None
    for ahead in (at + 2, at + 3):
        actor = draft.actor_at(line, ahead)
        if actor is not None:
            return actor if actor.type in _SIDES else None
    return None
