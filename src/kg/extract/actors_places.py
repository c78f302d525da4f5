"""Whether a capital or a palace stands for its state or is a mere place, and places that no table knows."""

from kg.extract.actors_draft import Draft, DraftSpan, Line
from kg.extract.spans import ReferenceKind
from kg.model.words import ActorType
from kg.text.gazetteer import NameKind, Subject, gazetteer
from kg.text.tables import cue_words, words_in

_MAX_PLACE_WORDS = 3


def settle_seats(draft: Draft) -> None:
    """Turn capitals and palaces that are mere places into places of their own."""
    for number, span in enumerate(draft.spans):
        if span.who is None:
            continue
        line = draft.lines[span.line]
        if span.kind is ReferenceKind.METONYM and _is_mere_place(draft, line, span):
            draft.change(number, draft.register(_place_of(draft, span)), ReferenceKind.NAME)


def _place_of(draft: Draft, span: DraftSpan) -> Subject:
    name = draft.text[span.start : span.end]
    readings = gazetteer().readings(name)
    kinds = {ActorType.PLACE, ActorType.FACILITY}
    known = next((r.subject for r in readings if r.subject.type in kinds), None)
    if known is not None:
        return known
    is_palace = _is_palace(name)
    name = name.title() if name.isupper() else name
    country = draft.actors[span.who].country if span.who else None
    return Subject(key=name, name=name, type=ActorType.FACILITY if is_palace else ActorType.PLACE, country=country)


def _is_mere_place(draft: Draft, line: Line, span: DraftSpan) -> bool:
    first = span.first - 1 if line.norm(span.first - 1) == "the" else span.first
    before = line.norm(first - 1)
    if before in cue_words("area"):
        return True
    if draft.is_possessive(span.end):
        return False
    if before == "and":
        return _is_place(draft, line, first - 2)
    if before in cue_words("inside"):
        is_somebody = line.norm(first - 2) in cue_words("at somebody") | cue_words("seated")
        return not is_somebody and not _is_only_a_modifier(draft, line, span)
    if before in cue_words("direction"):
        return bool(cue_words("travel") & {line.norm(first - 2), line.norm(first - 3)})
    if before == "of" and line.norm(first - 2) in cue_words("settlement") | {"capital", "streets"}:
        return True
    return line.norm(span.last + 1) in cue_words("place noun") and line.joined[span.last]


def _is_only_a_modifier(draft: Draft, line: Line, span: DraftSpan) -> bool:
    """Whether a palace says whose the next thing is ("in the White House statement")."""
    if not _is_palace(draft.text[span.start : span.end]) or not line.joined[span.last]:
        return False
    after = line.norm(span.last + 1)
    return after not in cue_words("after a noun") and after not in words_in("never_names.txt")


def _is_palace(name: str) -> bool:
    return any(reading.kind is NameKind.PALACE for reading in gazetteer().readings(name))


def _is_place(draft: Draft, line: Line, at: int) -> bool:
    actor = draft.actor_at(line, at)
    return actor is not None and actor.type is ActorType.PLACE


def find_places(draft: Draft) -> None:
    """Add spans of capitalised names that stand where places stand ("in Watford") and that no other pass took."""
    for line in draft.lines:
        if line.is_headline:
            continue
        for at in range(1, len(line.words)):
            if _begins_place(line, at):
                _add_place(draft, line, at)


def _add_place(draft: Draft, line: Line, at: int) -> None:
    last = at
    while line.joined[last] and _is_place_word(line, last + 1) and last - at < _MAX_PLACE_WORDS:
        last += 1
    if line.joined[last] and not line.is_free(last + 1):
        return
    first = at - 1 if line.is_free(at - 1) and line.norm(at - 1) in {"al", "el"} else at
    name = draft.text[line.words[first].start : line.words[last].end]
    who = draft.register(Subject(key=name, name=name, type=ActorType.PLACE))
    draft.add(line, first, last, who, ReferenceKind.NAME, 0.6)


def _begins_place(line: Line, at: int) -> bool:
    if not _is_place_word(line, at):
        return False
    before = at - 1
    if line.norm(before) in {"al", "el"} | cue_words("area") and line.joined[before]:
        before -= 1
    if not line.is_free(before) or not line.joined[before]:
        return False
    if line.norm(before) == "of":
        return line.norm(before - 1) in cue_words("settlement")
    return line.norm(before) in cue_words("unknown place")


def _is_place_word(line: Line, at: int) -> bool:
    if not line.is_free(at):
        return False
    word = line.words[at]
    return (
        word.is_capitalised
        and len(word.text) > 2
        and word.text.isalpha()
        and word.norm not in words_in("never_names.txt")
    )
