"""Places where the break between two sentences was lost: `concerns.Putin said`, `in UkraineRussia has`."""

import re
from bisect import bisect_left
from collections import Counter

from kg.documents.lines import Span
from kg.text.sentences import CLOSERS, Abbreviation, abbreviation_of, word_before

MIN_HALF_CHARS = 3
MAX_WORD_CHARS = 60

_STOP = re.compile(
    r"(?<![.?!…])(?P<stop>[.?!…]++)(?P<between>(?:[\"“”’)\]]|\([A-Z][A-Za-z/ ]{1,20}\)|\[\d{1,3}\]){0,4})(?=[^\W\d_])"
)
_MAY_END = frozenset({None, Abbreviation.NUMBER})  # what follows a lost break is a letter, never the number
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"[/@\\]|\bwww\b", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:com|org|net|gov|edu|info|html?|pdf|jpe?g|png)\b", re.IGNORECASE)
_RIGHT_CHARS = 30  # enough of the word after a stop to judge it


def find_glued(text: str, line: Span, words: Counter[str]) -> list[int]:
    """Return the offsets inside a line of `text` at which a line break is missing, in order.

    Args:
        words: How often each word stands in the story; both halves of a cross-head that ran into the next sentence
            (`UkraineRussia`) must stand in it on their own.
    """
    quotes = [quote.start() for quote in re.finditer('"', text[line[0] : line[1]])]
    after_stops = [
        _break_at(stop, is_quoted=bisect_left(quotes, stop.end("stop") - line[0]) % 2 == 1)
        for stop in _STOP.finditer(text, *line)
        if _may_start(text, stop, words) and _may_end(text, line, stop) and not _is_address(text, line, stop)
    ]
    return sorted({*after_stops, *_inside_words(text, line, words)})


def count_words(text: str) -> Counter[str]:
    """Return how often each word stands in a text, case kept."""
    return Counter(_WORD.findall(text))


def _break_at(stop: re.Match[str], *, is_quoted: bool) -> int:
    """Return where the next sentence starts: a straight quotation mark closes if one is open, else it opens."""
    between = stop["between"]
    offset = stop.end("stop")
    if "“" in between:
        return offset + between.index("“")
    if between == '"':
        return offset + 1 if is_quoted else offset
    return offset + (between.index('""') + 1 if '""' in between else len(between))


def _may_start(text: str, stop: re.Match[str], words: Counter[str]) -> bool:
    right = _WORD.match(text, stop.end(), stop.end() + _RIGHT_CHARS)
    if right is None or not right[0][0].isupper() or _DOMAIN.fullmatch(right[0]):
        return False
    if len(right[0]) == 1:
        return right[0] in "AI" and text[right.end() : right.end() + 1].isspace()
    left = word_before(text, stop.start()).rstrip(CLOSERS)
    # `Nations.US envoy`: an acronym that the story has elsewhere too; `ASP.NET` is none.
    return right[0][1].islower() or left.islower() or (words[right[0]] > 1 and not left.isupper())


def _may_end(text: str, line: Span, stop: re.Match[str]) -> bool:
    word = word_before(text, stop.start()).rstrip(CLOSERS)
    if word.isdigit():
        return stop.start() - len(word) > line[0]  # not the number of a list
    return len(word) > 1 and (stop["stop"] != "." or abbreviation_of(word) in _MAY_END)


def _is_address(text: str, line: Span, stop: re.Match[str]) -> bool:
    """Say whether the stop lies inside an address or a handle, which may hold stops before capitals."""
    before = text[max(line[0], stop.start() - _RIGHT_CHARS) : stop.start()].split()
    after = text[stop.end() : min(line[1], stop.end() + _RIGHT_CHARS)].split()
    return bool(_ADDRESS.search(before[-1] if before else "") or _ADDRESS.search(after[0] if after else ""))


def _inside_words(text: str, line: Span, words: Counter[str]) -> list[int]:
    places = []
    for word in _WORD.finditer(text, *line):
        if word[0][1:].islower():  # nearly all words: no capital inside
            continue
        for i in range(MIN_HALF_CHARS, min(MAX_WORD_CHARS, len(word[0])) - MIN_HALF_CHARS + 1):
            is_change = word[0][i - 1].islower() and word[0][i].isupper()
            # A name that is written so (`TikTok`) comes back, a lost break does not.
            if is_change and words[word[0]] == 1 and words[word[0][:i]] and words[word[0][i:]]:
                places.append(word.start() + i)
    return places
