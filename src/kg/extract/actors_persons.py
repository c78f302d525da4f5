"""Spans of persons: by full name, by title and name, by the family name of somebody named before."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.actors_draft import Draft, Line
from kg.extract.actors_institutions import context_state
from kg.extract.spans import ReferenceKind
from kg.model.words import ActorType
from kg.text.gazetteer import NameKind, Subject, gazetteer
from kg.text.office_holders import Term, term_on, terms
from kg.text.tables import cue_words, rows_of, words_in
from kg.text.words import fold_phrase, fold_word

_SIDES = frozenset(
    {
        ActorType.STATE,
        ActorType.IGO,
        ActorType.ORGANISATION,
        ActorType.MILITARY,
        ActorType.ARMED_GROUP,
        ActorType.COMPANY,
    }
)
_MAX_NAME_WORDS = 6
_MAX_TITLE_WORDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title before, after or instead of a name.

    Attributes:
        first: The first word of the title.
        last: Its head; an of-phrase may follow it.
        acts_for: Key of the side that it names or implies.
        is_side_certain: Whether the side stands beside the title, not only somewhere in the document.
    """

    first: int
    last: int
    office: str
    acts_for: str | None
    gender: str = ""
    is_side_certain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleWord:
    """What a word does in a title: head (minister), field (foreign), modifier (former) or opposition."""

    part: str
    side: str
    gender: str


@lru_cache(maxsize=1)
def title_words() -> Mapping[str, TitleWord]:
    """Return the words of titles by their folded form; a head that is a field too is a head."""
    table: dict[str, TitleWord] = {}
    for row in rows_of("titles.csv"):
        table.setdefault(
            fold_phrase(row["word"]).replace(" ", ""),
            TitleWord(part=row["part"], side=row["side"], gender=row["gender"]),
        )
    return table


def find_persons(draft: Draft) -> None:
    """Add the spans of persons, and tell the register their sides."""
    for line in draft.lines:
        _complete_known(draft, line)
    for line in draft.lines:
        at = 0
        while at < len(line.words):
            last = _run_end(line, at)
            if last is None:
                at += 1
                continue
            _read_run(draft, line, at, last)
            at = last + 1
    families = _families(draft)
    for line in draft.lines:
        for at in range(len(line.words)):
            if line.is_free(at) and line.words[at].is_capitalised:
                _read_family_name(draft, line, at, families)


def _complete_known(draft: Draft, line: Line) -> None:
    """Tell the register the side of persons whom the table does not place but their titles do."""
    for span in list(draft.spans_of(line)):
        actor = draft.actors[span.who] if span.who else None
        if actor is None or actor.type is not ActorType.PERSON or span.who is None:
            continue
        title = title_before(draft, line, span.first) or title_after(draft, line, span.last)
        if title and title.gender:
            draft.genders.setdefault(span.who, title.gender)
        if title and title.last == span.first - 1 and line.joined[title.last]:
            draft.add(line, title.first, title.last, None, ReferenceKind.DESCRIPTION)
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


def _read_run(draft: Draft, line: Line, first: int, last: int) -> None:
    """Add the person that a run of capitalised words names, if something says that it is one."""
    if line.norm(first - 1) in cue_words("name particle") and line.is_free(first - 1) and line.joined[first - 1]:
        first -= 1
    title = title_before(draft, line, first)
    count = last - first + 1
    if count == 1 and title is None:
        return
    if title is None and not line.is_headline:
        title = title_after(draft, line, last)
    if count == 1 or (title is None and not _is_named_like_a_person(line, first, last)):
        return
    if title is None and line.is_headline:
        return
    name = _name_of(draft, line, first, last)
    who = draft.register(
        Subject(key=name, name=name, type=ActorType.PERSON),
        acts_for=title.acts_for if title else None,
        office=title.office if title else None,
    )
    _add_person(draft, line, (first, last), who, title, 0.9 if title else 0.7)


def _is_named_like_a_person(line: Line, first: int, last: int) -> bool:
    if line.words[first].norm in words_in("given_names.txt") or line.norm(first) in _given_names():
        return True
    return line.norm(last + 1) in cue_words("saying") and line.joined[last] and last > first


@lru_cache(maxsize=1)
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
        if title.last == first - 1 and line.joined[title.last]:
            draft.add(line, title.first, title.last, None, ReferenceKind.DESCRIPTION)
    draft.add(line, first, last, who, ReferenceKind.NAME, score)


def _name_of(draft: Draft, line: Line, first: int, last: int) -> str:
    return draft.text[line.words[first].start : line.words[last].end].replace("\u00a0", " ")


def _families(draft: Draft) -> dict[str, list[str]]:
    """Return the persons of the document by the last words of their names, in the order of their naming."""
    families: dict[str, list[str]] = {}
    for who, actor in draft.actors.items():
        if actor.type is not ActorType.PERSON:
            continue
        words = fold_phrase(actor.key).split()
        names = {words[-1]} | ({words[0]} if len(words) > 1 and words[0] in {"kim", "xi"} else set())
        names |= {fold_phrase(draft.text[s.start : s.end]).split()[-1] for s in draft.spans if s.who == who}
        for name in sorted(names):
            families.setdefault(name, []).append(who)
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
        name = _name_of(draft, line, first, at)
        who = draft.register(
            Subject(key=name, name=name, type=ActorType.PERSON), acts_for=title.acts_for, office=title.office
        )
    if who is not None:
        _add_person(draft, line, (first, at), who, title, 0.8)


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
        if term and (title or _is_in_office(term, draft)):
            return draft.register(reading.subject, acts_for=term.acts_for, office=term.office)
    return None


def _is_in_office(term: Term, draft: Draft) -> bool:
    return term.last.startswith("9999") if draft.day is None else term.covers(draft.day.isoformat())


def title_before(draft: Draft, line: Line, at: int) -> Title | None:
    """Return the title that stands right before a word ("Iran's foreign minister", "minister of defence")."""
    head = at - 1
    if head < 0 or not (line.joined[head] or _comma(draft, line, head)):
        return None
    if not _is_head(line, head):
        return _title_with_of(draft, line, at)
    return title_at(draft, line, head)


def _comma(draft: Draft, line: Line, at: int) -> bool:
    return at + 1 < len(line.words) and draft.text[line.words[at].end : line.words[at + 1].start] == ", "


def _is_head(line: Line, at: int) -> bool:
    word = title_words().get(line.norm(at))
    return word is not None and word.part == "head" and line.is_free(at)


def title_at(draft: Draft, line: Line, head: int) -> Title:
    """Return the title whose last word is `head`; its side is looked for before it, after it, then in the document."""
    first = head
    while first > 0 and line.joined[first - 1] and _is_title_part(line, first - 1):
        first -= 1
    parts = [title_words()[line.norm(n)] for n in range(first, head + 1) if line.norm(n) in title_words()]
    office = draft.text[line.words[first].start : line.words[head].end].casefold()
    gender = parts[-1].gender
    if any(part.part == "opposition" for part in parts) or parts[-1].side == "none":
        return Title(first=first, last=head, office=office, acts_for=None, gender=gender)
    beside = _side_beside(draft, line, first) or _side_of_phrase(draft, line, head + 1)
    if beside is None and parts[-1].side == "state":
        state = context_state(draft, line, first)
        return Title(first=first, last=head, office=office, acts_for=state.key if state else None, gender=gender)
    return Title(
        first=first, last=head, office=office, acts_for=beside, gender=gender, is_side_certain=beside is not None
    )


def _is_title_part(line: Line, at: int) -> bool:
    return line.is_free(at) and line.norm(at) in title_words()


def _side_beside(draft: Draft, line: Line, first: int) -> str | None:
    """Return the side that stands right before a title ("Iranian", "Iran's", "Qatar foreign ministry")."""
    before = first - 1
    if line.is_free(before) and line.norm(before) == "s":
        before -= 1
    if before < 0 or not line.joined[first - 1]:
        return None
    actor = draft.actor_at(line, before)
    if actor is None or actor.type not in _SIDES:
        return None
    return actor.acts_for if actor.acts_for and actor.type is not ActorType.ARMED_GROUP else actor.key


def _side_of_phrase(draft: Draft, line: Line, at: int) -> str | None:
    """Return the side that an "of", "for" or "to" after a title names ("spokesman for the IAEA")."""
    if line.norm(at) not in {"of", "for", "at", "to"}:
        return None
    for ahead in range(at + 1, min(at + 5, len(line.words))):
        actor = draft.actor_at(line, ahead)
        if actor is not None:
            return (actor.acts_for or actor.key) if actor.type in _SIDES else None
        if not line.joined[ahead]:
            return None
    return None


def _title_with_of(draft: Draft, line: Line, at: int) -> Title | None:
    """Return the title before a name that ends in an of-phrase or a comma ("minister of defence X", "head of Y, X")."""
    for head in range(at - 2, max(at - _MAX_TITLE_WORDS, -1), -1):
        if not (line.joined[head] or head + 1 == at):
            return None
        if line.norm(head) in cue_words("title stop"):
            return None
        if _is_head(line, head) and line.norm(head + 1) in {"of", "for", "to", "at"}:
            return title_at(draft, line, head)
    return None


def title_after(draft: Draft, line: Line, last: int) -> Title | None:
    """Return the title that stands behind a name and a comma ("X, the Qatari prime minister, said")."""
    if not _comma(draft, line, last):
        return None
    for at in range(last + 1, min(last + 1 + _MAX_TITLE_WORDS, len(line.words))):
        if _is_head(line, at) and title_words()[line.norm(at)].side != "none":
            return title_at(draft, line, at)
        if _is_head(line, at) or (not line.joined[at] and not _comma(draft, line, at)):
            return None
        if line.norm(at) in cue_words("title stop"):
            return None
    return None
