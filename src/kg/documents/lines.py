"""Lines of a raw text as spans, so that every document can be led back to the text it was cut from."""

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.text.sentences import trim_span

Span = tuple[int, int]
"""A slice [start, end) of the decoded raw text, in code points."""

MAX_WRAPPED_CHARS = 120  # a wrapped file has no line longer than a wide terminal
MIN_FULL_SHARE = 0.6  # a line shorter than this share of the longest ends its paragraph
MIN_CONTINUATIONS = 2

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_INK = re.compile(r"\S")
# One space for each character of a line break: offsets stay as they are.
BREAKS_TO_SPACES = dict.fromkeys(map(ord, "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")


def lines_of(text: str) -> tuple[Span, ...]:
    """Return the lines of a text that are not blank, without surrounding white space."""
    return tuple(trim_span(text, line.start(), line.end()) for line in _LINE.finditer(text) if _INK.search(line[0]))


def paragraphs_of(text: str) -> tuple[Span, ...]:
    """Return the lines of a text, or its paragraphs where it was wrapped at a fixed width.

    Wire copy and e-mail are wrapped so, in the middle of sentences. The span of such a paragraph holds line breaks.
    """
    lines = lines_of(text)
    return tuple(_unwrap(text, lines)) if _is_wrapped(text, lines) else lines


def _are_adjacent(text: str, above: Span, below: Span) -> bool:
    return len(text[above[1] : below[0]].replace("\r\n", "\n").strip(" \t")) == 1


def _is_wrapped(text: str, spans: Sequence[Span]) -> bool:
    if not spans or max(end - start for start, end in spans) > MAX_WRAPPED_CHARS:
        return False
    continued = sum(text[below[0]].islower() and _are_adjacent(text, above, below) for above, below in pairwise(spans))
    return continued >= max(MIN_CONTINUATIONS, len(spans) // 4)


def _unwrap(text: str, spans: Sequence[Span]) -> list[Span]:
    full = MIN_FULL_SHARE * max(end - start for start, end in spans)
    paragraphs = [spans[0]]
    for above, below in pairwise(spans):
        if above[1] - above[0] >= full and _are_adjacent(text, above, below):
            paragraphs[-1] = (paragraphs[-1][0], below[1])
        else:
            paragraphs.append(below)
    return paragraphs
