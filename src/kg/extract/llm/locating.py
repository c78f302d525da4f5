"""Where words that a model gives back stand in the text, if they do."""

import re
from collections.abc import Iterator

from kg.extract.llm.prompt import Piece

Span = tuple[int, int]

_NTH = re.compile(r"(.+)#([1-9][0-9]?)", re.DOTALL)
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
"""Characters that models write for one another, one for one: the span found has the letters of the text itself."""


def locate(text: str, start: int, end: int, words: str) -> Span | None:
    """Return where whole words stand in `text[start:end]`, in code points of the text; None when they do not.

    Args:
        words: With `#2` behind for their second place; the first one without.
    """
    if (nth := _NTH.fullmatch(words.strip())) and (found := _nth(text, start, end, nth[1], int(nth[2]))):
        return found
    return _nth(text, start, end, words, 1)


def occurrences(text: str, start: int, end: int, words: str) -> Iterator[Span]:
    """Yield every place of whole words in `text[start:end]`; case counts, the kind of blanks and quotes does not."""
    parts = words.translate(_ALIKE).split()
    if not parts:
        return
    pattern = r"\s+".join(re.escape(part) for part in parts)
    before = r"(?<!\w)" if parts[0][0].isalnum() else ""
    after = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    for match in re.finditer(f"{before}{pattern}{after}", text[start:end].translate(_ALIKE)):
        yield start + match.start(), start + match.end()


def shown_spans(piece: Piece) -> dict[int, Span]:
    """Return for each sentence of a piece the span that the model saw of it."""
    return {shown.number: (shown.start, shown.end) for shown in piece}


def _nth(text: str, start: int, end: int, words: str, nth: int) -> Span | None:
    return next((span for no, span in enumerate(occurrences(text, start, end, words), 1) if no == nth), None)
