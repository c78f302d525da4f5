"""Spans of persons: by full name, by title and name, by the family name of somebody named before."""

from collections.abc import Mapping
from functools import lru_cache

from kg.extract.actors_draft import Draft, Line
from kg.extract.actors_titles import Title, comma_follows, title_after, title_before, title_words
from kg.extract.spans import ReferenceKind
from kg.model.words import ActorType
from kg.text.gazetteer import NameKind, Subject, gazetteer
from kg.text.office_holders import Term, term_on, terms
from kg.text.tables import cue_words, from_facts, rows_of, words_in
from kg.text.words import fold_phrase, fold_word

_EASTERN_FAMILIES = frozenset({"kim", "xi", "wang", "li", "lee", "yoon", "moon", "hun", "chen", "zhang"})
_LEADING = frozenset({"head of state", "head of government", "supreme leader", "foreign minister", "group leader"})
_MAX_NAME_WORDS = 6
_AGE_DIGITS = 2


def find_persons(draft: Draft) -> None:
    """Add the spans of persons, and tell the register their sides."""
    for line in draft.lines:
        _complete_known(draft, line)
    _read_full_names(draft)
    families = _families(draft)
    for line in draft.lines:
        for at in range(len(line.words)):
            if line.is_free(at) and line.words[at].is_capitalised:
                _read_family_name(draft, line, at, families)
    _read_administrations(draft)


def _read_full_names(draft: Draft) -> None:
    waiting: list[tuple[Line, int, int]] = []
    for line in draft.lines:
        at = 0
        while at < len(line.words):
            last = _run_end(line, at)
            if last is None:
                at += 1
                continue
            if not _read_run(draft, line, at, last) and _may_be_a_person(line, at, last):
                waiting.append((line, at, last))
            at = last + 1
    reused = _reused(draft)
    for line, at, last in waiting:
        if line.words[last].norm in reused:
            name = _full_name(draft, line, at, last)
            person = Subject(key=name, name=name, type=ActorType.PERSON)
            draft.add(line, at, last, draft.register(person, acts_for=_owner(draft, line, at)), ReferenceKind.NAME, 0.6)


def _complete_known(draft: Draft, line: Line) -> None:
    """Tell the register the side of persons whom the table does not place but their titles do."""
    for span in list(draft.spans_of(line)):
        actor = draft.actors[span.who] if span.who else None
        if actor is None or actor.type is not ActorType.PERSON or span.who is None:
            continue
        title = title_before(draft, line, span.first) or title_after(draft, line, span.last)
        if title and title.gender:
            draft.genders.setdefault(span.who, title.gender)
        if title and title.first < span.first and line.joined[span.first - 1]:
            draft.take(line, title.first, span.first - 1)
        if title and not actor.acts_for and title.is_side_certain:
            draft.register(
                Subject(key=actor.key, name=actor.name, type=actor.type), acts_for=title.acts_for, office=title.office
            )


def _run_end(line: Line, at: int) -> int | None:
    """Return the last word of a run of capitalised free words that may be a name, None where none begins."""
    if not _may_name(line, at):
        return None
    last = at
    while last - at + 1 < _MAX_NAME_WORDS and line.joined[last]:
        following = last + 1
        if _may_name(line, following):
            last = following
        elif (
            line.is_free(following)
            and line.norm(following) in cue_words("name particle")
            and line.joined[following]
            and _may_name(line, following + 1)
        ):
            last = following + 1
        else:
            break
    return last


def _may_name(line: Line, at: int) -> bool:
    if not line.is_free(at) or not line.words[at].is_capitalised:
        return False
    word = line.words[at]
    if word.norm in words_in("never_names.txt") or word.norm in title_words():
        return False
    return len(word.text) > 1 or (line.joined[at] and at + 1 < len(line.words))


def _read_run(draft: Draft, line: Line, first: int, last: int) -> bool:
    """Add the person that a run of capitalised words names, if something says that it is one."""
    if line.norm(first - 1) in cue_words("name particle") and line.is_free(first - 1) and line.joined[first - 1]:
        first -= 1
    title = title_before(draft, line, first) or (None if line.is_headline else title_after(draft, line, last))
    if last == first or not ((title and not line.is_headline) or _is_named_like_a_person(draft, line, first, last)):
        return False
    if line.norm(last) in _organisation_words():
        return False
    name = _full_name(draft, line, first, last)
    known = next((r.subject for r in gazetteer().readings(name) if r.subject.type is ActorType.PERSON), None)
    who = draft.register(
        known or Subject(key=name, name=name, type=ActorType.PERSON),
        acts_for=title.acts_for if title else _owner(draft, line, first),
        office=(title.office or None) if title else None,
    )
    _add_person(draft, line, (first, last), who, title, 0.9 if title else 0.7)
    return True


def _owner(draft: Draft, line: Line, first: int) -> str | None:
    """Return the side whose possessive stands right before a name ("Algeria's Amar Bendjama")."""
    before = draft.actor_at(line, first - 2) if line.norm(first - 1) == "s" and line.joined[first - 1] else None
    return before.key if before and before.type in {ActorType.STATE, ActorType.IGO, ActorType.ARMED_GROUP} else None


def _may_be_a_person(line: Line, first: int, last: int) -> bool:
    """Whether a run of two or three words is a person if its last word comes back alone ("Khairi Saadallah")."""
    return first < last <= first + 2 and not line.is_headline and line.norm(last) not in _organisation_words()


def _reused(draft: Draft) -> frozenset[str]:
    """Return the capitalised words that stand alone somewhere inside a sentence, as family names do later on."""
    return frozenset(
        line.norm(at)
        for line in draft.lines
        if not line.is_headline
        for at in range(len(line.words))
        if line.is_free(at)
        and _may_name(line, at)
        and not line.words[at].text.isupper()
        and not _is_part_of_a_longer_name(line, at, at)
        and (line.norm(at + 1) in cue_words("after a noun") or draft.is_possessive(line.words[at].end))
    )


def _full_name(draft: Draft, line: Line, first: int, last: int) -> str:
    """Return a name as the text has it, without middle initials ("John R. Bolton" is John Bolton)."""
    start = line.words[first].start
    if last - first == 2 and len(line.words[first + 1].text) == 1:
        return f"{line.words[first].text} {line.words[last].text}"
    return draft.text[start : line.words[last].end].replace("\u00a0", " ").replace("\n", " ")


def _is_named_like_a_person(draft: Draft, line: Line, first: int, last: int) -> bool:
    """Whether a run of capitalised words without a title is a person: by its given name, a verb of saying, its age."""
    if line.norm(first) in words_in("given_names.txt") or line.norm(first) in _given_names():
        return True
    if line.is_headline or line.norm(last) in _organisation_words():
        return False
    if line.norm(last + 1) in cue_words("saying") and line.joined[last]:
        return True
    if line.norm(last + 1) in {"who", "whom"} and comma_follows(draft, line, last):
        return True
    following = line.words[last + 1].text if last + 1 < len(line.words) else ""
    return following.isdigit() and len(following) == _AGE_DIGITS and comma_follows(draft, line, last)


@lru_cache(maxsize=1)
def _organisation_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows_of("organisation_words.csv"))


@from_facts
def _given_names() -> frozenset[str]:
    """Return the first words of the names of office holders; those of two letters and less say nothing."""
    firsts = (fold_word(name.split()[0]) for name in terms() if " " in name)
    return frozenset(first for first in firsts if len(first) > 2)


def _add_person(draft: Draft, line: Line, words: tuple[int, int], who: str, title: Title | None, score: float) -> None:
    """Add the span of a person, and take the title right before it out of play: it is no description of its own."""
    first, last = words
    if title is not None:
        if title.gender:
            draft.genders.setdefault(who, title.gender)
        if line.joined[first - 1]:
            draft.take(line, title.first, first - 1)
    draft.add(line, first, last, who, ReferenceKind.NAME, score)


def _families(draft: Draft) -> dict[str, list[str]]:
    """Return the persons of the document by the last words of their names, and by a given name that only one has."""
    families: dict[str, list[str]] = {}
    given: dict[str, list[str]] = {}
    for span in draft.spans:
        if span.who is None or draft.actors[span.who].type is not ActorType.PERSON:
            continue
        for name in (draft.text[span.start : span.end], draft.actors[span.who].key):
            words = fold_phrase(name).split()
            for table, word in ((families, words[-1]), (given, words[0])):
                if span.who not in table.setdefault(word, []):
                    table[word].append(span.who)
    for name, owners in given.items():
        if len(owners) == 1 and (name in words_in("given_names.txt") or name in _EASTERN_FAMILIES):
            families.setdefault(name, owners)
    return families


def _read_family_name(draft: Draft, line: Line, at: int, families: Mapping[str, list[str]]) -> None:
    word = line.words[at]
    if word.norm in words_in("never_names.txt") or (word.norm in title_words() and word.norm not in families):
        return
    first = (
        at - 1
        if line.norm(at - 1) in cue_words("name particle") and line.is_free(at - 1) and line.joined[at - 1]
        else at
    )
    title = title_before(draft, line, first)
    if title is None and _is_part_of_a_longer_name(line, first, at):
        return
    known = families.get(word.norm)
    if known:
        _add_person(draft, line, (first, at), known[-1], title, 0.9)
        return
    who = _known_by_surname(draft, line, at, title)
    if who is None and title is not None and not line.is_headline and line.words[at].norm not in title_words():
        name = _full_name(draft, line, first, at)
        who = draft.register(
            Subject(key=name, name=name, type=ActorType.PERSON), acts_for=title.acts_for, office=title.office
        )
    if who is not None:
        _add_person(draft, line, (first, at), who, title, 0.8)


def _read_administrations(draft: Draft) -> None:
    """Let "the Trump administration", "the Assad regime" stand for the state, as their governments do."""
    for number, span in enumerate(draft.spans):
        line = draft.lines[span.line]
        after = span.last + 1
        if span.who is None or line.norm(after) not in cue_words("government") or not line.is_free(after):
            continue
        person = draft.actors[span.who]
        state = draft.by_key(person.acts_for) if person.acts_for else None
        if person.type is ActorType.PERSON and state and state.type is ActorType.STATE and line.joined[span.last]:
            draft.extend(number, state.local_id)


def _is_part_of_a_longer_name(line: Line, first: int, last: int) -> bool:
    if line.is_headline:
        return False
    before = first > 0 and line.joined[first - 1] and _may_name(line, first - 1)
    after = line.joined[last] and _may_name(line, last + 1)
    return before or after


def _known_by_surname(draft: Draft, line: Line, at: int, title: Title | None) -> str | None:
    """Register the office holder whom a bare surname names: in office on the day, or with a title before it."""
    surface = line.words[at].text
    for reading in gazetteer().readings(surface):
        if reading.kind is not NameKind.SURNAME or not reading.fits(surface):
            continue
        term = term_on(reading.subject.key, draft.day)
        if term and (title or _is_well_known(term, draft)):
            return draft.register(reading.subject, acts_for=term.acts_for, office=term.office)
    return None


def _is_well_known(term: Term, draft: Draft) -> bool:
    """Whether a bare surname is enough: in office on the day, or once at the head of a side that the document names."""
    in_office = term.last.startswith("9999") if draft.day is None else term.covers(draft.day.isoformat())
    return in_office or (term.office in _LEADING and draft.key_counts[term.acts_for or ""] > 0)
