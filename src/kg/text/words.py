"""The words of a text with their offsets, and their folded forms for look-ups in tables."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+")
# Letters that Unicode does not take apart into a plain letter and a mark.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e"})
_JOINTS = frozenset({" ", "-", "\u2011", "'", "’", "‘", ".", "\u00a0", " & ", "&"})
_PLURAL_POSSESSIVES = frozenset({"' ", "’ "})
_ABBREVIATIONS = frozenset(
    {"st", "mr", "mrs", "ms", "dr", "gen", "lt", "col", "maj", "sen", "rep", "gov", "adm", "prof"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A run of letters and digits: `text[start:end]`, code points.

    Attributes:
        norm: The run in lower case without accents.
    """

    start: int
    end: int
    text: str
    norm: str

    @property
    def is_capitalised(self) -> bool:
        """Whether the word begins with a capital letter."""
        return self.text[0].isupper()


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Return a word in lower case without accents ("Erdoğan" gives "erdogan")."""
    lower = word.casefold()
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold_phrase(phrase: str) -> str:
    """Return the folded words of a phrase, parted by one space ("U.S. Treasury" gives "u s treasury")."""
    return " ".join(fold_word(word) for word in _WORD.findall(phrase))


def words_of(text: str, start: int, end: int) -> tuple[Word, ...]:
    """Return the words of `text[start:end]`; their offsets count in `text`."""
    return tuple(
        Word(start=m.start(), end=m.end(), text=m[0], norm=fold_word(m[0])) for m in _WORD.finditer(text, start, end)
    )


def joints(text: str, words: Sequence[Word]) -> tuple[bool, ...]:
    """Return for each word whether it and the next one may belong to one name.

    They do when a space, a hyphen, an apostrophe or a full stop parts them, and a full stop with a space only after
    an initial or an abbreviation ("John R. Bolton", "St. Petersburg").
    """
    within = tuple(_joins(left, text[left.end : right.start]) for left, right in pairwise(words))
    return (*within, False) if words else ()


def _joins(left: Word, gap: str) -> bool:
    if gap in _PLURAL_POSSESSIVES:
        return left.norm.endswith("s")
    return gap in _JOINTS or (gap == ". " and (len(left.text) == 1 or left.norm in _ABBREVIATIONS))
