"""Ministries, armies, parliaments and the like that are named by what they are and by their state."""

from collections.abc import Mapping
from functools import lru_cache

from kg.extract.actors_context import Noun, context_state
from kg.extract.actors_draft import Draft, Line
from kg.extract.spans import ReferenceKind
from kg.model.claims import LocalActor
from kg.model.words import ActorType
from kg.text.gazetteer import Subject, gazetteer
from kg.text.tables import cue_words, items_of, rows_of
from kg.text.words import fold_phrase

_SIDES = frozenset({ActorType.STATE, ActorType.IGO, ActorType.PLACE})


@lru_cache(maxsize=1)
def _institutions() -> Mapping[str, Subject]:
    """Return a pattern by the folded words of each of its forms; its key is the head, still without a state."""
    return {
        fold_phrase(form): Subject(key=row["head"], name=row["head"], type=ActorType(row["type"]))
        for row in rows_of("institutions.csv")
        for form, _ in items_of(row["forms"])
    }


def institution_head(words: str) -> Subject | None:
    """Return the institution that folded words name, still without a state."""
    return _institutions().get(words)


@lru_cache(maxsize=1)
def _longest_form() -> int:
    return max(form.count(" ") + 1 for form in _institutions())


def find_institutions(draft: Draft) -> None:
    """Add spans for the institutions that stand beside their state, then for those that only the document places."""
    waiting: list[tuple[Line, int, int, Subject]] = []
    for line in draft.lines:
        at = 0
        while at < len(line.words):
            length, head = _form_at(line, at)
            if head is None:
                at += 1
                continue
            side = _side_before(draft, line, at) or _side_after(draft, line, at + length)
            if side is not None:
                draft.placed[head.key] = side.country or side.key if side.type is ActorType.PLACE else side.key
                _add(draft, line, (at, at + length - 1), head, side)
            elif _stands_alone(draft, line, at, length):
                waiting.append((line, at, length, head))
            at += length
    for line, at, length, head in waiting:
        side = context_state(draft, line, at, Noun.INSTITUTION, head.key)
        if side is not None:
            _add(draft, line, (at, at + length - 1), head, side, score=0.6)


def _form_at(line: Line, at: int) -> tuple[int, Subject | None]:
    for length in range(min(_longest_form(), len(line.words) - at), 0, -1):
        if not all(line.is_free(n) and (n == at + length - 1 or line.joined[n]) for n in range(at, at + length)):
            continue
        head = _institutions().get(" ".join(word.norm for word in line.words[at : at + length]))
        if head is not None:
            return length, head
    return 1, None


def _side_before(draft: Draft, line: Line, at: int) -> LocalActor | None:
    before = at - 2 if line.norm(at - 1) == "s" and line.is_free(at - 1) else at - 1
    if before < 0 or not line.joined[before] or not line.joined[at - 1]:
        return None
    actor = draft.actor_at(line, before)
    return actor if actor and actor.type in _SIDES else None


def _side_after(draft: Draft, line: Line, at: int) -> LocalActor | None:
    if line.norm(at) != "of":
        return None
    actor = draft.actor_at(line, at + 2 if line.norm(at + 1) == "the" else at + 1)
    return actor if actor and actor.type in _SIDES else None


def _stands_alone(draft: Draft, line: Line, at: int, length: int) -> bool:
    """Whether words that may name an institution do so without a state ("the foreign ministry said", "police said")."""
    head = " ".join(word.norm for word in line.words[at : at + length])
    before, after = line.norm(at - 1), line.norm(at + length)
    is_noun = not line.joined[at + length - 1] or after in cue_words("after a noun")
    is_noun = is_noun or draft.is_possessive(line.words[at + length - 1].end)
    if before == "of" and line.norm(at - 2) in {"member", "members"}:
        return False
    if head in cue_words("adjective institution"):
        return before in cue_words("determiner") and is_noun
    if before in cue_words("determiner") and (is_noun or length > 1):
        return True
    if head in cue_words("any institution"):
        return before in {"a", "an", "another"} or (line.is_headline and is_noun)
    if head in cue_words("bare institution"):
        return not line.joined[at] or after not in cue_words("institution compound")
    return length > 1 and is_noun


def state_beside(draft: Draft, line: Line, at: int) -> LocalActor | None:
    """Return the state that stands right before a word or behind an "of" ("Government of Iraq")."""
    actor = _side_before(draft, line, at) or _side_after(draft, line, at + 1)
    return actor if actor and actor.type is ActorType.STATE else None


def institution(head: Subject, side: LocalActor) -> Subject:
    """Return the institution of a side: that of the tables (Knesset), else by the rule (Iranian army)."""
    adjective = gazetteer().demonym(side.key) or side.name
    for reading in gazetteer().readings(f"{adjective} {head.key}"):
        if reading.subject.acts_for == side.key:
            return reading.subject
    name = f"{adjective} {head.key}"
    return Subject(
        key=name,
        name=name,
        type=head.type,
        acts_for=None if side.type is ActorType.PLACE else side.key,
        country=side.country,
    )


def _add(draft: Draft, line: Line, words: tuple[int, int], head: Subject, side: LocalActor, score: float = 1.0) -> None:
    who = draft.register(institution(head, side))
    draft.add(line, words[0], words[1], who, ReferenceKind.NAME, score)
