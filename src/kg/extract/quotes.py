"""The evidence span of a claim: its sentence, or a window of it around what is told."""

from collections.abc import Sequence

from kg.model.claims import MAX_QUOTE_CHARS
from kg.model.documents import Sentence


def cut_quote(text: str, sentence: Sentence, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the span of at most MAX_QUOTE_CHARS inside the sentence that shows the trigger and what fits of the rest.

    Args:
        places: Spans to show; the first is the trigger, which is always inside.
    """
    if sentence.end - sentence.start <= MAX_QUOTE_CHARS:
        return sentence.start, sentence.end
    start, end = places[0]
    for place in sorted(places[1:], key=lambda p: abs(p[0] - places[0][0])):
        wider = min(start, place[0]), max(end, place[1])
        if wider[1] - wider[0] <= MAX_QUOTE_CHARS:
            start, end = wider
    room = MAX_QUOTE_CHARS - (end - start)
    left = _word_start(text, max(sentence.start, start - room // 2), sentence.start, start)
    right = _word_end(text, min(sentence.end, left + MAX_QUOTE_CHARS), sentence.end, end)
    return left, right


def _word_start(text: str, at: int, lowest: int, highest: int) -> int:
    """Move right to the start of a word, never beyond `highest`."""
    while lowest < at < highest and not (text[at - 1].isspace() and not text[at].isspace()):
        at += 1
    return at


def _word_end(text: str, at: int, highest: int, lowest: int) -> int:
    """Move left to the end of a word, never before `lowest`."""
    while lowest < at < highest and not (text[at].isspace() and not text[at - 1].isspace()):
        at -= 1
    return at
