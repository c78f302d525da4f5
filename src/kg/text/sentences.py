"""Where sentences end: rules over stops, abbreviations and the word that follows."""

import re
from enum import StrEnum
from functools import cache
from importlib.resources import files

MAX_SENTENCE_CHARS = 5_000
MAX_WORD_CHARS = 40  # a longer run before a stop is no word that could be an abbreviation

CLOSERS = "\"'”’»)]"
OPENERS = "\"'“‘«([¿¡"

_HAS_WORD = re.compile(r"\w")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Possessive quantifiers and the look-behind keep hostile runs of stops or brackets linear.
# A stop, what closes after it, and at most one agency credit: `afterwards.(AFP) Israel`.
_STOP = re.compile(
    r"(?<![.?!…؟۔।])(?P<stop>[.?!…؟۔।]++)"
    rf"(?P<closers>[{re.escape(CLOSERS)}]*+(?:\([A-Z][A-Za-z/ ]{{1,20}}\)|\[\d{{1,3}}\])?)(?=\s)"
    r"|[。！？][」』”’）]*"
)
_NEXT = re.compile(rf"\s++(?:[{re.escape(OPENERS)}—–•*-]\s*+)*+(?P<word>\w++(?:['’]\w++)*+)(?P<after>.?)")
_SLASHED_AGENCY = re.compile(r"\s+/[\w -]{1,20}/[.,]?(?=\s)")  # the dateline `MOSCOW, June 9. /TASS/. Russia ...`
_SPACED_LETTERS = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_LIST_NUMBER = re.compile(r"\s*\(?(?:\d{1,2}|[a-z])")


class Abbreviation(StrEnum):
    """What the stop after an abbreviation can be."""

    NAME = "name"
    NUMBER = "number"
    EITHER = "either"


def data_lines(name: str) -> tuple[str, ...]:
    """Return the lines of a data file of this room without comments and empty lines."""
    text = files("kg.text").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#"))


@cache
def _abbreviations() -> dict[str, Abbreviation]:
    rows = (line.split() for line in data_lines("abbreviations.txt"))
    return {word: Abbreviation(kind) for kind, *words in rows for word in words}


@cache
def _starters() -> frozenset[str]:
    return frozenset(word for line in data_lines("sentence_starters.txt") for word in line.split())


@cache
def attribution_verbs() -> tuple[str, ...]:
    """Return the verbs that attribute a quotation ("said", "asked"), in the order of their file."""
    return tuple(word for line in data_lines("attribution_verbs.txt") for word in line.split())


@cache
def _attribution() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:(?:[A-Z][\w.’'-]*|the|of)\s+){{1,5}}(?:{'|'.join(attribution_verbs())})\b")


def word_before(text: str, stop: int) -> str:
    """Return the word that ends at `stop`, without quotes or brackets before it: `U.S` of `("U.S.`."""
    window = text[max(0, stop - MAX_WORD_CHARS) : stop]
    if not window or window[-1].isspace():
        return ""
    return window.split()[-1].rpartition("-")[2].lstrip(OPENERS)


def abbreviation_of(word: str) -> Abbreviation | None:
    """Return the kind of abbreviation that a word before a full stop is, None for a plain word."""
    known = _abbreviations().get(word)
    if known is not None:
        return known
    is_initial = len(word) == 1 and word.isupper() and word != "X"  # "posted on X." is frequent, an initial X is not
    return Abbreviation.EITHER if is_initial or _SPACED_LETTERS.fullmatch(word) else None


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a text as spans [start, end) in code points, without surrounding white space.

    A line break always ends a sentence. A sentence longer than MAX_SENTENCE_CHARS is cut at a space, so that
    what reads sentences is never given more. Takes time in proportion to the text.
    """
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for stop in _STOP.finditer(text, line.start(), line.end()):
            if _ends_sentence(text, stop, line.start()):
                spans.append((start, stop.end()))
                start = stop.end()
        if start > line.start() and not _HAS_WORD.search(text, start, line.end()):
            start = spans.pop()[0]  # a stray quotation mark after the last stop belongs to what it closes
        spans.append((start, line.end()))
    trimmed = (trim_span(text, start, end) for start, end in spans)
    return tuple(piece for start, end in trimmed if start < end for piece in _cut(text, start, end))


def _ends_sentence(text: str, stop: re.Match[str], line_start: int) -> bool:
    if stop["stop"] is None:  # a stop of Chinese or Japanese needs no space after it
        return True
    before = text[max(0, stop.start() - 1) : stop.start()]
    if before in {"[", "(", "/"} or _SLASHED_AGENCY.match(text, stop.end()):  # "[...]", "/TASS/."
        return False
    following = _NEXT.match(text, stop.end())
    if following is None:
        return True
    if following["word"][0].islower():
        return False
    if stop["stop"] == ".":
        return _full_stop_ends(text, stop.start(), line_start, following)
    is_quoted_question = stop["stop"][-1] in "?!" and stop["closers"][:1] in {'"', "”", "’", "'"}
    return not (is_quoted_question and _attribution().match(text, stop.end()))


def _full_stop_ends(text: str, stop: int, line_start: int, following: re.Match[str]) -> bool:
    """Say whether a single full stop before a word that could start a sentence does end one."""
    if _LIST_NUMBER.fullmatch(text, line_start, stop):
        return False
    kind = abbreviation_of(word_before(text, stop))
    if kind is None:
        return True
    if kind is Abbreviation.EITHER:
        return following["word"] in _starters() and following["after"] != "."
    return kind is Abbreviation.NUMBER and not following["word"][0].isdigit()


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the white space at its two ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > MAX_SENTENCE_CHARS:
        space = text.rfind(" ", start + 1, start + MAX_SENTENCE_CHARS + 1)
        cut = space if space > start else start + MAX_SENTENCE_CHARS
        pieces.append((start, trim_span(text, start, cut)[1]))
        start = trim_span(text, cut, end)[0]
    return [*pieces, (start, end)]
