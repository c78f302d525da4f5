"""Persons who are told by their office alone: "the Russian leader", "Qatar's emir", "the spokesman"."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from kg.extract.actors_context import Noun, context_state
from kg.extract.actors_draft import Draft, DraftSpan, Line
from kg.extract.actors_titles import Title, title_at, title_words
from kg.extract.spans import ReferenceKind
from kg.model.claims import LocalActor
from kg.model.words import ActorType
from kg.text.gazetteer import Subject, gazetteer
from kg.text.office_holders import holder_on, term_on
from kg.text.tables import cue_words, rows_of

_REACH = 30  # sentences back that an office without its state is looked for


@lru_cache(maxsize=1)
def _offices() -> Mapping[str, tuple[str, ...]]:
    return {row["title"]: tuple(row["offices"].split(";")) for row in rows_of("offices.csv")}


def find_titled(draft: Draft) -> None:
    """Add the spans of titles that stand for their holders."""
    for line in draft.lines:
        for at in range(len(line.words)):
            if line.is_free(at) and _is_title_head(line, at):
                _read(draft, line, at)


def _is_title_head(line: Line, at: int) -> bool:
    word = title_words().get(line.norm(at))
    if word is None or word.part != "head" or word.side == "none":
        return False
    return not (line.joined[at] and line.is_free(at + 1) and line.norm(at + 1) in title_words())


def _read(draft: Draft, line: Line, head: int) -> None:
    title = title_at(draft, line, head)
    who, score = _apposed(draft, line, title.first, head), 0.9
    if who is None and line.norm(head) in cue_words("not alone") and title.first == head:
        return
    if who is None and title.is_side_certain and title.acts_for:
        who, score = _of_side(draft, line, title, line.norm(head)), 0.8
    if who is None and not title.is_side_certain:
        who, score = _without_side(draft, line, title, head)
    if who is not None:
        draft.add(line, title.first, head, who, ReferenceKind.DESCRIPTION, score)


def _without_side(draft: Draft, line: Line, title: Title, head: int) -> tuple[str | None, float]:
    """Return whom a title means that no side stands beside, and how sure that is."""
    is_own = line.words[head].is_capitalised and draft.narrator is not None and offices_of(title.office) != ()
    if is_own:  # "the Foreign Secretary" in a paper of his government
        own = replace(title, acts_for=draft.narrator)
        return _of_side(draft, line, own, line.norm(head)), 0.7
    if line.norm(title.first - 1) in cue_words("determiner"):
        who = _named_before(draft, line, title, head)
        if who is None and offices_of(title.office):
            state = context_state(draft, line, title.first, Noun.TITLE)
            who = _of_side(draft, line, replace(title, acts_for=state.key), line.norm(head)) if state else None
        if who is not None:
            return who, 0.6
    if line.norm(head) in cue_words("many at a time") and title.first < head:
        return _of_context(draft, line, title), 0.5
    return None, 0.0


def _of_context(draft: Draft, line: Line, title: Title) -> str | None:
    """Return somebody unnamed of the state that the document is about ("a defence official")."""
    state = context_state(draft, line, title.first, Noun.TITLE)
    if state is None:
        return None
    key = f"{title.office} {state.key}"
    return draft.register(Subject(key=key, name=key, type=ActorType.GROUP, acts_for=state.key), office=title.office)


def _apposed(draft: Draft, line: Line, first: int, head: int) -> str | None:
    """Return the person whose name stands beside the title, parted by a comma ("Qatar's foreign minister, X")."""
    after = _person_at(draft, line, head + 1)
    if after and draft.text[line.words[head].end : after.start] == ", ":
        return after.who
    for at in range(first - 1, max(first - 6, -1), -1):
        before = _person_at(draft, line, at)
        if before:
            gap = draft.text[before.end : line.words[first].start]
            return before.who if gap.startswith(", ") and gap.count(",") == 1 else None
    return None


def _person_at(draft: Draft, line: Line, at: int) -> DraftSpan | None:
    span = draft.span_at(line, at)
    return span if span and span.who and draft.actors[span.who].type is ActorType.PERSON else None


def _of_side(draft: Draft, line: Line, title: Title, head: str) -> str | None:
    """Return who holds an office of a side: somebody of the document, else of the tables, else nobody by name."""
    side = title.acts_for or ""
    if head not in cue_words("many at a time") and not title.office.startswith(("former", "ex")):
        offices = offices_of(title.office)
        for who, actor in chain(_persons_before(draft, line), _persons_after(draft, line)):
            if actor.acts_for == side and _holds(draft, actor.key, actor.office, title.office, offices):
                return who
        name = holder_on(side, offices, draft.day)
        if name is not None:
            term = term_on(name, draft.day)
            subject = gazetteer().subject(name)
            if subject is not None:
                return draft.register(subject, acts_for=side, office=term.office if term else None)
    kind = ActorType.GROUP if head in cue_words("many at a time") else ActorType.PERSON
    key = f"{title.office} {side}"
    return draft.register(Subject(key=key, name=key, type=kind, acts_for=side), office=title.office)


def offices_of(title: str) -> tuple[str, ...]:
    """Return the offices of the table that a title may mean: those of its longest known ending."""
    words = title.replace("-", " ").split()
    for start in range(len(words)):
        found = _offices().get(" ".join(words[start:])) or _offices().get("-".join(words[start:]))
        if found:
            return found
    return ()


def _holds(draft: Draft, name: str, office: str | None, title: str, offices: tuple[str, ...]) -> bool:
    if office is None:
        return False
    if office in offices or offices_of(office)[:1] == offices[:1] != ():
        return True
    term = term_on(name, draft.day)
    return office.rsplit(maxsplit=1)[-1] == title.rsplit(maxsplit=1)[-1] and not (term and offices)


def _named_before(draft: Draft, line: Line, title: Title, head: int) -> str | None:
    """Return the last person before a title whose office the title may be ("the spokesman", "the president")."""
    offices = offices_of(title.office)
    holders = [
        (who, actor.acts_for)
        for who, actor in _persons_before(draft, line, head)
        if _holds(draft, actor.key, actor.office, title.office, offices)
    ]
    state = context_state(draft, line, title.first, Noun.TITLE)
    of_state = (who for who, side in holders if state and side == state.key)
    return next(of_state, holders[0][0] if holders else None)


def _persons_before(draft: Draft, line: Line, at: int | None = None) -> Iterator[tuple[str, LocalActor]]:
    """Yield the persons told in a line (before a word, if one is given) and in the lines before it, the last first."""
    for no in range(line.no, max(line.no - _REACH, 0) - 1, -1):
        for span in reversed(list(draft.spans_of(draft.lines[no]))):
            if span.who is None or (no == line.no and at is not None and span.first > at):
                continue
            actor = draft.actors[span.who]
            if actor.type is ActorType.PERSON:
                yield span.who, actor


def _persons_after(draft: Draft, line: Line) -> Iterator[tuple[str, LocalActor]]:
    """Yield the persons told in the lines after one, the nearest first: a headline has the office before the name."""
    for following in draft.lines[line.no + 1 : line.no + 1 + _REACH]:
        for span in draft.spans_of(following):
            if span.who is not None and draft.actors[span.who].type is ActorType.PERSON:
                yield span.who, draft.actors[span.who]
