"""What stands inside quotation marks, and who says it."""

from dataclasses import dataclass

from kg.extract.actors_draft import Draft, DraftSpan, Line
from kg.extract.spans import ReferenceKind
from kg.text.tables import words_in

_OPENING = "“"
_CLOSING = "”"
_STRAIGHT = '"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """The quoted stretches of a text, as sorted pairs of code point offsets [start, end)."""

    stretches: tuple[tuple[int, int], ...]

    def holds(self, offset: int) -> bool:
        """Whether an offset lies inside quotation marks."""
        return any(start <= offset < end for start, end in self.stretches)


def quotes_of(draft: Draft) -> list[Quotes]:
    """Return the quoted stretches of each line.

    A quotation may run over several sentences; one that is never closed ends with the sentence before the next
    opening mark.
    """
    found: list[Quotes] = []
    is_open = False
    for line in draft.lines:
        stretches, is_open = _stretches(draft.text, line.start, line.end, is_open)
        found.append(Quotes(stretches=tuple(stretches)))
    return found


def _stretches(text: str, start: int, end: int, is_open: bool) -> tuple[list[tuple[int, int]], bool]:
    stretches: list[tuple[int, int]] = []
    begun = start
    if is_open and text[start : start + 1] in {_OPENING, _STRAIGHT}:
        is_open = False  # the mark that opens a new paragraph of speech, or the last one was never closed
    for at in range(start, end):
        mark = text[at]
        opens = mark == _OPENING or (mark == _STRAIGHT and not is_open)
        if opens and not is_open:
            begun, is_open = at + 1, True
        elif is_open and mark in {_CLOSING, _STRAIGHT}:
            stretches.append((begun, at))
            is_open = False
    if is_open:
        stretches.append((begun, end))
    return stretches, is_open


def speaker_of(draft: Draft, line: Line, quotes: Quotes) -> DraftSpan | None:
    """Return the span of who speaks in a sentence: beside a verb of saying and outside the quotation."""
    spans = [span for span in draft.spans_of(line) if span.who and not quotes.holds(span.start)]
    before: DraftSpan | None = None
    for span in spans:
        if span.kind is not ReferenceKind.DEMONYM and is_beside_saying(line, span):
            return before if before is not None and _is_home_of(line, span, before) else span
        before = span
    return None


def _is_home_of(line: Line, span: DraftSpan, before: DraftSpan) -> bool:
    """Whether a span only says where the one before it comes from ("Minister X of Ghana said")."""
    return before.last == span.first - 2 and line.norm(span.first - 1) in {"of", "from", "for"}


def is_beside_saying(line: Line, span: DraftSpan) -> bool:
    """Whether a verb of saying stands right behind a span or right before it."""
    verbs = words_in("attribution_verbs.txt")
    after = [line.norm(span.last + n) for n in (1, 2, 3)]
    if after[0] in verbs or (after[0] in {"also", "has", "had", "later", "then"} and after[1] in verbs):
        return True
    return line.norm(span.first - 1) in verbs and line.norm(span.first - 1) != "told" and span.first >= 1


def labelled_speaker(draft: Draft, line: Line) -> DraftSpan | None:
    """Return the span that begins a sentence as the label of who speaks in a transcript ("ZAKHAROVA: We deny it")."""
    first = next(draft.spans_of(line), None)
    is_label = first is not None and first.first <= 1 and draft.text.startswith(": ", first.end)
    return first if is_label else None


def introduces_speech(draft: Draft, line: Line) -> bool:
    """Whether a sentence ends in a colon, so that what follows is somebody's words ("Minister Ellwood said:")."""
    return draft.text.endswith(":", line.start, line.end)
