"""Spans of names that the gazetteer knows: states, organisations, places, and persons by their full names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.extract.actors_draft import Draft, Line
from kg.extract.spans import ReferenceKind
from kg.model.documents import Document
from kg.model.ids import fold
from kg.model.words import ActorType
from kg.text.gazetteer import Match, NameKind, Reading, Subject, gazetteer
from kg.text.office_holders import term_on
from kg.text.tables import cue_words, words_in
from kg.text.words import joints, words_of

# Names that are a modifier of what follows are spans of their own before these ("Israeli army": the state, its army).
_SPLIT_TYPES = frozenset({ActorType.ORGANISATION, ActorType.MILITARY, ActorType.IGO, ActorType.GROUP})
_KINDS = {
    NameKind.NAME: ReferenceKind.NAME,
    NameKind.DEMONYM: ReferenceKind.DEMONYM,
    NameKind.SEAT: ReferenceKind.METONYM,
    NameKind.PALACE: ReferenceKind.METONYM,
}


_DATELINE_ENDS = (" (", " -", " –", " —", ". /")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    line: int
    first: int
    length: int
    readings: tuple[Reading, ...]


def narrating_side(document: Document) -> str | None:
    """Return the key of the side that tells a document itself: a government, an army, an IGO that publishes it."""
    publisher = document.publisher or ""
    words = words_of(publisher, 0, len(publisher))
    joined = joints(publisher, words)
    for at in range(len(words)):
        match = gazetteer().longest(publisher, words, joined, at)
        if match is None:
            continue
        subject = match.readings[0].subject
        after = words[at + match.length].norm if at + match.length < len(words) else ""
        if subject.acts_for:
            return subject.acts_for
        if subject.type is ActorType.IGO or (subject.type is ActorType.STATE and after in cue_words("government")):
            return subject.key
    return None


def find_names(draft: Draft) -> None:
    """Add the spans of all names of the gazetteer, but for surnames and descriptions, which need the other spans."""
    hits = [hit for line in draft.lines for hit in _hits(draft, line)]
    support = Counter[str]()
    for hit in hits:
        if len(hit.readings) == 1 and not hit.readings[0].needs_context:
            _count(support, hit.readings[0].subject, draft.day)
    for hit in hits:
        line = draft.lines[hit.line]
        reading = _decide(hit, support, line)
        if reading is not None:
            _add(draft, line, hit, reading)


def _count(support: Counter[str], subject: Subject, day: date | None) -> None:
    support[subject.key] += 3
    side = subject.acts_for or subject.country
    if subject.type is ActorType.PERSON:
        term = term_on(subject.key, day)
        side = term.acts_for if term else None
    if side and side != subject.key:
        support[side] += 1


def _hits(draft: Draft, line: Line) -> list[_Hit]:
    hits: list[_Hit] = []
    at = 0
    while at < len(line.words):
        match = _match(draft, line, at)
        if match is None:
            at += 1
            continue
        if at == 0 and _is_dateline(draft, line, match.length):
            draft.dateline = match.readings[0].subject.country
            draft.take(line, 0, match.length - 1)
            at += match.length
            continue
        hits.append(_Hit(line=line.no, first=at, length=match.length, readings=match.readings))
        at += match.length
    return hits


def _is_dateline(draft: Draft, line: Line, length: int) -> bool:
    """Whether a name begins its sentence as the place of the report ("NEW DELHI, Oct 30 -", "MOSCOW (Reuters)")."""
    start, end = line.words[0].start, line.words[length - 1].end
    if not draft.text[start:end].isupper() or end - start < len("ROME"):
        return False
    if draft.text.startswith(_DATELINE_ENDS, end):
        return True
    return draft.text.startswith(",", end) and line.norm(length) in cue_words("month")


def _match(draft: Draft, line: Line, at: int) -> Match | None:
    match = gazetteer().longest(draft.text, line.words, line.joined, at)
    if match is None:
        return None
    readings = tuple(r for r in match.readings if r.kind not in {NameKind.SURNAME, NameKind.DESCRIPTION})
    if (
        not readings
        or _is_part_of_a_name(line, at, match.length)
        or _hides_a_longer_name(draft, line, at, match.length)
    ):
        return None
    if match.length == 1 and line.words[at].norm in words_in("never_names.txt") and not readings[0].is_exact:
        return None
    if readings[0].kind is NameKind.DEMONYM and _is_no_actor(line, at + match.length, readings[0]):
        return None
    return Match(length=match.length, readings=readings)


def _hides_a_longer_name(draft: Draft, line: Line, at: int, length: int) -> bool:
    """Whether a name with an article is the beginning of another name ("the West" of "the West Bank")."""
    if line.norm(at) != "the" or length < 2:
        return False
    other = gazetteer().longest(draft.text, line.words, line.joined, at + 1)
    return other is not None and other.length >= length


def _is_part_of_a_name(line: Line, at: int, length: int) -> bool:
    """Whether a one-word name is the family name of somebody ("Michael Jordan")."""
    if length > 1 or line.is_headline or at == 0 or not line.joined[at - 1]:
        return False
    before = line.words[at - 1]
    if before.norm in {"al", "el"}:
        return True
    return before.is_capitalised and before.norm in words_in("given_names.txt")


def _is_no_actor(line: Line, after: int, reading: Reading) -> bool:
    """Whether an adjective says nothing of its state ("Russian-speaking", "European Court": the name of another)."""
    if line.norm(after) == "speaking":
        return True
    goes_on = line.joined[after - 1] and line.words[after].text.istitle()
    return reading.needs_context and goes_on and not line.is_headline


def _decide(hit: _Hit, support: Counter[str], line: Line) -> Reading | None:
    """Return the reading that the document supports best; an ambiguous word needs some support."""
    readings = hit.readings
    first = readings[0]
    if len(readings) == 1:
        supported = _score(first, support)
        is_state_name = first.subject.type is ActorType.STATE and first.kind is NameKind.NAME
        return first if not first.needs_context or supported or is_state_name or hit.length > 1 else None
    best = max(readings, key=lambda r: (_score(r, support), not r.needs_context))
    return best if _score(best, support) > 0 or not best.needs_context or hit.length > 1 else None


def _score(reading: Reading, support: Counter[str]) -> int:
    subject = reading.subject
    return 2 * support[subject.key] + sum(
        support[key or ""] for key in (subject.acts_for, subject.country, subject.beside)
    )


def _add(draft: Draft, line: Line, hit: _Hit, reading: Reading) -> None:
    subject, first, last = reading.subject, hit.first, hit.first + hit.length - 1
    if subject.type in _SPLIT_TYPES and hit.length > 1:
        first += _add_modifier(draft, line, hit)
    acts_for = office = None
    if subject.type is ActorType.PERSON:
        term = term_on(subject.key, draft.day)
        acts_for, office = (term.acts_for, term.office) if term else (None, None)
        subject = _as_spelled(draft.text[line.words[first].start : line.words[last].end], subject)
    who = draft.register(subject, acts_for=acts_for, office=office)
    if reading.kind is NameKind.DEMONYM and line.norm(last + 1) in cue_words("government") and line.joined[last]:
        draft.add(line, first, last + 1, who, ReferenceKind.NAME)
        return
    draft.add(line, first, last, who, _KINDS[reading.kind], 0.7 if reading.needs_context else 1.0)


def _as_spelled(surface: str, subject: Subject) -> Subject:
    """Return a person under the accents of the text, which make no other key when folded."""
    return (
        replace(subject, key=surface)
        if surface != subject.key and fold(surface) == fold(subject.key) and not surface.isupper()
        else subject
    )


def _add_modifier(draft: Draft, line: Line, hit: _Hit) -> int:
    """Add the span of the state or organisation that begins a longer name; return how many words it takes."""
    length = hit.length - 1
    words = line.words[: hit.first + length]
    match = gazetteer().longest(draft.text, words, (*line.joined[: hit.first + length - 1], False), hit.first)
    if match is None or match.length > length:
        return 0
    reading = _side(match.readings)
    if reading is None or hit.readings[0].subject.acts_for != reading.subject.key:
        return 0
    draft.add(line, hit.first, hit.first + match.length - 1, draft.register(reading.subject), _KINDS[reading.kind])
    skipped = match.length
    if line.norm(hit.first + skipped) == "s" and hit.length > skipped + 1:
        skipped += 1
    return skipped


def _side(readings: Sequence[Reading]) -> Reading | None:
    kinds = {NameKind.NAME, NameKind.DEMONYM}
    return next(
        (
            r
            for r in readings
            if r.kind in kinds and not r.needs_context and r.subject.type in {ActorType.STATE, ActorType.IGO}
        ),
        None,
    )
