"""Whether a capital or a palace stands for its state or is a mere place, and places that no table knows."""

from kg.extract.actors_draft import Draft, DraftSpan, Line
from kg.extract.spans import ReferenceKind
from kg.model.words import ActorType
from kg.text.gazetteer import NameKind, Subject, gazetteer
from kg.text.tables import words_in

_IN = frozenset({"in", "near", "around", "outside", "inside", "across", "throughout", "at", "left", "leave", "leaving"})
_TRAVEL = frozenset(
    {
        "visit",
        "visited",
        "trip",
        "travel",
        "travelled",
        "traveled",
        "travels",
        "flew",
        "fly",
        "flight",
        "flights",
        "went",
        "go",
        "going",
        "came",
        "come",
        "arrived",
        "return",
        "returned",
        "invited",
        "fled",
        "drove",
        "sailed",
        "moved",
        "marched",
        "advance",
        "advanced",
    }
)
_AREA = frozenset(
    {
        "central",
        "downtown",
        "northern",
        "southern",
        "eastern",
        "western",
        "greater",
        "north",
        "south",
        "east",
        "west",
        "near",
        "suburban",
    }
)
_MONTHS = frozenset(
    {
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "june",
        "july",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "january",
        "february",
        "march",
        "april",
        "august",
        "september",
        "october",
        "november",
        "december",
    }
)
_PLACE_NOUNS = frozenset(
    {"airport", "summit", "meeting", "talks", "conference", "suburb", "suburbs", "streets", "region", "time", "square"}
)


def settle_seats(draft: Draft) -> None:
    """Turn capitals and palaces that are mere places into places of their own."""
    for number, span in enumerate(draft.spans):
        if span.kind is not ReferenceKind.METONYM or span.who is None:
            continue
        line = draft.lines[span.line]
        if not _is_mere_place(draft, line, span):
            continue
        name = draft.text[span.start : span.end]
        palace = any(reading.kind is NameKind.PALACE for reading in gazetteer().readings(name))
        known = _known_place(name)
        subject = known or Subject(
            key=name.title() if name.isupper() else name,
            name=name.title() if name.isupper() else name,
            type=ActorType.FACILITY if palace else ActorType.PLACE,
            country=draft.actors[span.who].country,
        )
        draft.change(number, draft.register(subject), ReferenceKind.NAME)


def _known_place(name: str) -> Subject | None:
    kinds = {ActorType.PLACE, ActorType.FACILITY}
    return next((r.subject for r in gazetteer().readings(name) if r.subject.type in kinds), None)


def _is_mere_place(draft: Draft, line: Line, span: DraftSpan) -> bool:
    first = span.first - 1 if line.norm(span.first - 1) == "the" else span.first
    before, after = line.norm(first - 1), line.norm(span.last + 1)
    possessive = draft.is_possessive(span.end)
    if _is_dateline(draft, line, span):
        return True
    if line.norm(first - 1) in _AREA:
        return True
    if before == "and" and not possessive:
        return _follows_a_place(draft, line, first - 1)
    if before in _IN:
        return not possessive
    if before in {"to", "from", "into", "through", "via", "for"}:
        return not possessive and bool(_TRAVEL.intersection({line.norm(first - 2), line.norm(first - 3)}))
    return after in _PLACE_NOUNS and line.joined[span.last] and not possessive


def _follows_a_place(draft: Draft, line: Line, at: int) -> bool:
    actor = draft.actor_at(line, at - 1)
    return actor is not None and actor.type is ActorType.PLACE


def _is_dateline(draft: Draft, line: Line, span: DraftSpan) -> bool:
    """Whether a name begins its sentence as the place of the report ("NEW DELHI, Oct 30 -", "MOSCOW (Reuters)")."""
    if span.first != 0:
        return False
    tail = draft.text[span.end : span.end + 3]
    if tail.startswith((" (", " -", " –", " —")):
        return True
    return tail.startswith(",") and line.norm(span.last + 1) in _MONTHS


def find_places(draft: Draft) -> None:
    """Add spans of capitalised names that stand where places stand ("in Watford") and that no other pass took."""
    for line in draft.lines:
        if line.is_headline:
            continue
        for at in range(1, len(line.words)):
            if _begins_place(line, at):
                last = at
                while line.joined[last] and _is_place_word(line, last + 1) and last - at < 3:
                    last += 1
                if line.norm(last + 1) == "s" and line.joined[last]:
                    continue
                name = draft.text[line.words[at].start : line.words[last].end]
                who = draft.register(Subject(key=name, name=name, type=ActorType.PLACE))
                draft.add(line, at, last, who, ReferenceKind.NAME, 0.6)


def _begins_place(line: Line, at: int) -> bool:
    if not line.joined[at - 1] or not _is_place_word(line, at):
        return False
    before = line.norm(at - 1)
    if before in _AREA:
        before = line.norm(at - 2)
    return before in {"in", "near", "outside"} and line.is_free(at - 1)


def _is_place_word(line: Line, at: int) -> bool:
    if not line.is_free(at):
        return False
    word = line.words[at]
    return (
        word.is_capitalised
        and len(word.text) > 2
        and word.norm not in words_in("function_words.txt")
        and word.text.isalpha()
    )
