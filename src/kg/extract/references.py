"""Pronouns and definite descriptions, and the actors that they stand for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.actors_context import Noun, best_sides, context_state
from kg.extract.actors_draft import Draft, DraftSpan, Line
from kg.extract.actors_institutions import state_beside
from kg.extract.references_owned import owner_before
from kg.extract.references_quotes import Quotes, introduces_speech, labelled_speaker, quotes_of, speaker_of
from kg.extract.references_ranking import REACH, best_of, candidates
from kg.extract.spans import ReferenceKind
from kg.model.words import ActorType
from kg.text.gazetteer import NameKind, gazetteer
from kg.text.tables import cue_words, rows_of, words_in
from kg.text.words import fold_phrase

_FAR = 30  # the same for descriptions, which say more
_FRONTED = 8  # words into a sentence that a phrase before its subject goes
_THINGS = frozenset(
    {
        ActorType.STATE,
        ActorType.IGO,
        ActorType.ORGANISATION,
        ActorType.COMPANY,
        ActorType.ARMED_GROUP,
        ActorType.MILITARY,
    }
)
_FORMS = {
    **dict.fromkeys(("he", "she"), "he"),
    **dict.fromkeys(("him", "himself", "herself"), "him"),
    **dict.fromkeys(("his", "her"), "his"),
    **dict.fromkeys(("it", "itself"), "it"),
    "its": "its",
    "they": "they",
    **dict.fromkeys(("them", "themselves"), "them"),
    "their": "their",
}
_ARMED = frozenset({ActorType.ARMED_GROUP})
_MANY = _THINGS | {ActorType.GROUP}
_TYPES = {
    "man": frozenset({ActorType.PERSON}),
    "woman": frozenset({ActorType.PERSON}),
    "thing": _THINGS,
    "many": _MANY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    form: str
    stands_for: str


@lru_cache(maxsize=1)
def _reference_words() -> Mapping[str, _Word]:
    return {
        row["word"]: _Word(form=row["form"], stands_for=row["stands_for"])
        for row in rows_of("references.csv")
        if row["form"] != "pair"
    }


def find_references(draft: Draft) -> None:
    """Add a span for each pronoun and definite description whose actor is told before it."""
    quotes = quotes_of(draft)
    speaker: str | None = None
    announced: str | None = None
    for line in draft.lines:
        inside = quotes[line.no]
        label = labelled_speaker(draft, line)
        if label is not None:
            announced = label.who
        for at in range(len(line.words)):
            if line.is_free(at) and not inside.holds(line.words[at].start):
                _read(draft, line, at, inside, None)
        found = speaker_of(draft, line, inside)
        if found is not None:
            speaker = found.who
        elif not inside.stretches:
            speaker = announced
        for at in range(len(line.words)):
            if line.is_free(at) and (inside.holds(line.words[at].start) or announced):
                _read(draft, line, at, inside, speaker or announced)
        announced = announced if label is not None else _announced(draft, line, found, announced)


def _announced(draft: Draft, line: Line, found: DraftSpan | None, before: str | None) -> str | None:
    """Return whose words the next sentences are, when a colon has handed over to somebody."""
    if introduces_speech(draft, line):
        persons = [s.who for s in draft.spans_of(line) if s.who and draft.actors[s.who].type is ActorType.PERSON]
        return found.who if found else persons[-1] if persons else before
    return None if found else before


def _read(draft: Draft, line: Line, at: int, inside: Quotes, speaker: str | None) -> None:
    word = _reference_words().get(line.norm(at))
    if word is None:
        _read_description(draft, line, at)
        return
    if word.form != "pronoun":
        _read_noun(draft, line, at, word)
        return
    if line.norm(at) == "us" and line.words[at].text != "us":
        return
    who = _pronoun(draft, line, at, word.stands_for, speaker)
    if who is not None:
        draft.add(line, at, at, who, ReferenceKind.PRONOUN, 0.6)


def _pronoun(draft: Draft, line: Line, at: int, stands_for: str, speaker: str | None) -> str | None:
    if stands_for == "speaker":
        return speaker or _writer(draft)
    if stands_for == "side of speaker":
        if speaker is None:
            return _narrator(draft)
        side = draft.actors[speaker].acts_for
        actor = draft.by_key(side) if side else None
        return actor.local_id if actor else speaker
    if stands_for == "just before":
        return _just_before(draft, line, at)
    if line.norm(at) == "it" and _is_empty(line, at):
        return None
    gender = {"man": "m", "woman": "f"}.get(stands_for, "")
    who = _antecedent(draft, line, at, _TYPES[stands_for], gender, speaker)
    if who is not None and gender:
        draft.genders[who] = gender
    return who


def _writer(draft: Draft) -> str | None:
    """Return who says "I" in a paper of a government: the first person of it that the paper names, else itself."""
    if draft.narrator is None:
        return None
    of_side = (who for who, actor in draft.actors.items() if actor.acts_for == draft.narrator)
    persons = (who for who in of_side if draft.actors[who].type is ActorType.PERSON)
    return next(persons, None) or _narrator(draft)


def _narrator(draft: Draft) -> str | None:
    actor = draft.by_key(draft.narrator) if draft.narrator else None
    return actor.local_id if actor else None


def _just_before(draft: Draft, line: Line, at: int) -> str | None:
    """Return the actor whose span ends right before a relative pronoun ("Hezbollah, which denies it")."""
    before = draft.span_at(line, at - 1)
    if before is None or before.who is None:
        return None
    gap = draft.text[before.end : line.words[at].start]
    return before.who if gap == ", " or (gap == " " and line.norm(at).startswith("who")) else None


def _is_empty(line: Line, at: int) -> bool:
    """Whether "it" may stand for nothing ("it is necessary"); after "that" and the like it seldom does."""
    return line.norm(at + 1) in cue_words("empty it") and line.norm(at - 1) not in cue_words("subordinate")


def _antecedent(
    draft: Draft, line: Line, at: int, types: frozenset[ActorType], gender: str, not_who: str | None
) -> str | None:
    """Return the actor of some types that a pronoun or a noun most likely stands for, of those told before it."""
    ahead = _told_ahead(draft, line, at, types)
    if ahead is not None and _gender(draft, ahead) in {"", gender}:
        return ahead
    found = candidates(draft, line, at, types, frozenset({not_who}))
    fitting = {who: seen for who, seen in found.items() if _gender(draft, who) in {"", gender}}
    form = _FORMS.get(line.norm(at), "noun")
    for who, seen in fitting.items():
        if gender and _gender(draft, who) == gender:
            seen["gender"] = 1.0
    return best_of(form, fitting)


def _told_ahead(draft: Draft, line: Line, at: int, types: frozenset[ActorType]) -> str | None:
    """Return the subject that a phrase at the head of its sentence waits for ("After its first raid, Iran left")."""
    if line.norm(0) not in cue_words("waits for a subject") or at > _FRONTED:
        return None
    for span in draft.spans_of(line):
        if span.who is None or draft.actors[span.who].type not in types:
            continue
        if span.first < at:
            return None
        follows = draft.text.endswith((", ", ", the "), 0, span.start)
        is_named = span.kind in {ReferenceKind.NAME, ReferenceKind.METONYM}
        is_first = "," not in draft.text[line.words[at].end : span.start].removesuffix("the ").rstrip(", ")
        return span.who if follows and is_named and is_first else None
    return None


def _gender(draft: Draft, who: str) -> str:
    """Return "m" or "f" where a title, an earlier pronoun or the given name tells, else ""."""
    if who not in draft.genders:
        first = fold_phrase(draft.actors[who].name).partition(" ")[0]
        is_person = draft.actors[who].type is ActorType.PERSON
        known = (
            "f" if first in words_in("women_given_names.txt") else "m" if first in words_in("given_names.txt") else ""
        )
        draft.genders[who] = known if is_person else ""
    return draft.genders[who]


def _read_noun(draft: Draft, line: Line, at: int, word: _Word) -> None:
    """Read "the company", "the group": the actor of that type that was told last."""
    if word.stands_for == "state":
        _read_government(draft, line, at)
        return
    is_other = line.norm(at - 1) == "other"
    if word.form == "other side" or is_other:
        if is_other or word.stands_for != "other":
            _read_other_side(draft, line, at)
        return
    is_armed = line.norm(at - 1) in cue_words("armed") and line.joined[at - 1]
    types = _ARMED if is_armed else frozenset(ActorType(name) for name in word.stands_for.split())
    state = draft.span_at(line, at - 1) if line.joined[at - 1] else None
    if state is not None and state.kind is ReferenceKind.DEMONYM and state.who and word.form == "noun":
        _read_of_state(draft, line, at, types, draft.actors[state.who].key)
        return
    if not _is_pointed_at(line, at) or _is_modifier(line, at):
        return
    who = _called(draft, line, at, types)
    if who is None and (word.form == "noun" or is_armed):
        who = _antecedent(draft, line, at, types, "", None)
    if who is not None:
        draft.add(line, at, at, who, ReferenceKind.DESCRIPTION, 0.6)


def _read_of_state(draft: Draft, line: Line, at: int, types: frozenset[ActorType], state: str) -> None:
    """Read "the Lebanese movement": the most mentioned actor of that type that is at home there."""
    of_state = {who for who, actor in draft.actors.items() if actor.type in types and actor.country == state}
    told = {who: draft.key_counts[draft.actors[who].key] for who in of_state}
    best = max(sorted(told), key=lambda who: told[who], default=None)
    if best is not None and told[best] > 0:
        draft.add(line, at, at, best, ReferenceKind.DESCRIPTION, 0.6)


def _is_pointed_at(line: Line, at: int) -> bool:
    """Whether "the" or "this" stands before a noun, with an adjective or two between ("the same militia")."""
    for before in (at - 1, at - 2, at - 3):
        if line.norm(before) in cue_words("pointing"):
            return True
        if not line.is_free(before) or not line.joined[before] or line.words[before].is_capitalised:
            return False
        if line.norm(before) in cue_words("no link"):
            return False
    return False


def _read_other_side(draft: Draft, line: Line, at: int) -> None:
    """Read "its rival", "the enemy": the likeliest party but the one whose rival it is."""
    owner = draft.span_at(line, at - 2 if line.norm(at - 1) == "s" else at - 1)
    if owner is None and line.norm(at - 1) not in cue_words("pointing") | {"other"}:
        return
    if owner is not None and (owner.who is None or owner.kind is ReferenceKind.DEMONYM):
        return
    told = owner or next((s for s in draft.spans_of(line) if s.who and s.first < at), None)
    own = draft.side_key(told.who) if told and told.who else None
    sides = best_sides(draft, line, at, Noun.PAIR)
    side = draft.by_key(next(key for key in sides if key != own)) if len(sides) > 1 else None
    if side is not None:
        draft.add(line, at, at, side.local_id, ReferenceKind.DESCRIPTION, 0.4)


def _read_government(draft: Draft, line: Line, at: int) -> None:
    """Read "the government", "the country", "the regime": the state beside it, else the one the document is about."""
    if _is_modifier(line, at) or _is_of_a_name(draft, line, at):
        return
    owner = owner_before(draft, line, at) if line.norm(at) in cue_words("of an owner") else None
    own = draft.by_key(owner) if owner else None
    state, kind = state_beside(draft, line, at), ReferenceKind.METONYM
    if state is None and own is not None and own.type is ActorType.STATE:
        state, kind = own, ReferenceKind.DESCRIPTION
    if state is None and _is_pointed_at(line, at):
        kind = ReferenceKind.DESCRIPTION
        state = context_state(
            draft, line, at, Noun.COUNTRY, is_foreign=line.norm(at) in cue_words("foreign government")
        )
    if state is not None:
        draft.add(line, at, at, state.local_id, kind, 0.6)


def _is_of_a_name(draft: Draft, line: Line, at: int) -> bool:
    """Whether a noun only says what a name is that is no state's ("the State of Texas")."""
    if line.norm(at + 1) != "of" or not line.joined[at] or at + 2 >= len(line.words):
        return False
    return line.words[at + 2].is_capitalised and state_beside(draft, line, at) is None


def _called(draft: Draft, line: Line, at: int, types: frozenset[ActorType]) -> str | None:
    """Return the actor told last whose name holds the noun ("the agency": International Atomic Energy Agency)."""
    noun = line.norm(at)
    for no in range(line.no, max(line.no - REACH, 0) - 1, -1):
        for span in reversed(list(draft.spans_of(draft.lines[no]))):
            actor = draft.actors[span.who] if span.who and (no < line.no or span.first < at) else None
            if actor and actor.type in types and noun in fold_phrase(f"{actor.name} {actor.key}"):
                return span.who
    return None


def _is_modifier(line: Line, at: int) -> bool:
    """Whether a noun only modifies the next one ("the state department", "the company car")."""
    following = _reference_words().get(line.norm(at + 1))
    return line.joined[at] and following is not None and following.form != "pronoun"


def _read_description(draft: Draft, line: Line, at: int) -> None:
    """Read "the Gulf state", "the Islamic republic": the one of its possible actors that was told last."""
    match = gazetteer().longest(draft.text, line.words, line.joined, at)
    if match is None or not all(line.is_free(n) for n in range(at, at + match.length)):
        return
    readings = [r for r in match.readings if r.kind is NameKind.DESCRIPTION]
    if not readings or not _is_pointed_at(line, at):
        return
    who = _told_of(draft, line, at, {reading.subject.key for reading in readings})
    if who is not None:
        draft.add(line, at, at + match.length - 1, who, ReferenceKind.DESCRIPTION, 0.7)


def _told_of(draft: Draft, line: Line, at: int, keys: set[str]) -> str | None:
    """Return the one of some actors that was told last before a word, else the only or the most mentioned one."""
    for no in range(line.no, max(line.no - _FAR, 0) - 1, -1):
        for span in reversed(list(draft.spans_of(draft.lines[no]))):
            if span.who and (no < line.no or span.first < at) and draft.actors[span.who].key in keys:
                return span.who
    best = max(sorted(keys), key=lambda key: draft.key_counts[key])
    actor = draft.by_key(best) if draft.key_counts[best] or len(keys) == 1 else None
    return actor.local_id if actor else None
