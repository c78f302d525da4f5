"""Spans of organisations, companies and facilities that no table knows, by a word in their names."""

from collections.abc import Mapping
from functools import lru_cache

from kg.extract.actors_draft import Draft, Line
from kg.extract.spans import ReferenceKind
from kg.model.words import ActorType
from kg.text.gazetteer import Subject
from kg.text.tables import cue_words, rows_of, words_in
from kg.text.words import fold_phrase


@lru_cache(maxsize=1)
def _type_by_word() -> Mapping[str, ActorType]:
    return {row["word"]: ActorType(row["type"]) for row in rows_of("organisation_words.csv")}


def find_organisations(draft: Draft) -> None:
    """Add the spans of capitalised names that hold a word for an organisation ("Heihe Commercial Bank")."""
    short: dict[str, str] = {}
    for line in draft.lines:
        at = 0
        while at < len(line.words):
            last = _name_end(line, at)
            if last is None:
                at += 1
                continue
            _read(draft, line, at, last, short)
            at = last + 1
    for line in draft.lines:
        for at in range(len(line.words)):
            who = short.get(line.words[at].text)
            if who and line.is_free(at):
                draft.add(line, at, at, who, ReferenceKind.NAME, 0.8)


def _name_end(line: Line, at: int) -> int | None:
    if not _is_name_word(line, at) or line.norm(at) in words_in("never_names.txt"):
        return None
    last = at
    while line.joined[last]:
        if _is_name_word(line, last + 1):
            last += 1
        elif (
            line.norm(last + 1) in cue_words("inner word")
            and line.is_free(last + 1)
            and last + 2 < len(line.words)
            and line.joined[last + 1]
            and _is_name_word(line, last + 2)
            and line.norm(last + 2) not in words_in("never_names.txt")
        ):
            last += 2
        else:
            break
    return last


def _is_name_word(line: Line, at: int) -> bool:
    return line.is_free(at) and line.words[at].is_capitalised


def _read(draft: Draft, line: Line, first: int, last: int, short: dict[str, str]) -> None:
    if line.is_headline:
        return
    kind = _type_by_word().get(line.norm(last)) or _type_by_word().get(line.norm(first))
    if kind is None:
        kind = next(
            (
                _type_by_word()[line.norm(n)]
                for n in range(first, last)
                if line.norm(n + 1) in cue_words("inner word") and line.norm(n) in _type_by_word()
            ),
            None,
        )
    if kind is None or last == first:
        _read_apposition(draft, line, first, last, short)
        return
    name = draft.text[line.words[first].start : line.words[last].end]
    side = None
    if kind is ActorType.MILITARY or cue_words("state body").intersection(fold_phrase(name).split()):
        before = draft.actor_at(line, first - 1) or draft.actor_at(
            line, first - 2 if line.norm(first - 1) == "s" else first - 1
        )
        side = before.key if before and before.type in {ActorType.STATE, ActorType.IGO} else None
    who = draft.register(Subject(key=name, name=name, type=kind, acts_for=side))
    draft.add(line, first, last, who, ReferenceKind.NAME, 0.7)
    _read_short_form(draft, line, last, who, short)


def _read_short_form(draft: Draft, line: Line, last: int, who: str, short: dict[str, str]) -> None:
    """Remember the short form that brackets behind a name introduce ("Naftna Industrija Srbije (NIS)")."""
    following = last + 1
    if following >= len(line.words) or not line.is_free(following):
        return
    word = line.words[following]
    gap = draft.text[line.words[last].end : word.start]
    if gap.strip() == "(" and draft.text[word.end : word.end + 1] == ")" and word.text.isupper() and len(word.text) > 1:
        short[word.text] = who


def _read_apposition(draft: Draft, line: Line, first: int, last: int, short: dict[str, str]) -> None:
    """Read a name behind a common noun that says what it is ("energy giant Gazprom", "news agency AFP")."""
    if first == 0 or not line.joined[first - 1] or not line.is_free(first - 1):
        return
    noun = line.words[first - 1].text
    kind = (
        ActorType.COMPANY
        if noun in cue_words("company noun")
        else ActorType.ORGANISATION
        if noun in cue_words("agency noun")
        else None
    )
    if kind is None:
        return
    name = draft.text[line.words[first].start : line.words[last].end]
    who = draft.register(Subject(key=name, name=name, type=kind))
    draft.add(line, first, last, who, ReferenceKind.NAME, 0.7)
    if first == last:
        short[name] = who
