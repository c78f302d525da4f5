"""How much of two texts is the same, told by the word sequences that they share."""

import re
from functools import lru_cache

from kg.text.words import fold_phrase

SHINGLE_WORDS = 4
# Fewer shared sequences than a sentence has are chance: the same name, the same office, "on condition of anonymity".
MIN_SHARED = 12

_QUOTATION = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”")


def shingles(text: str, length: int = SHINGLE_WORDS) -> frozenset[str]:
    """Return the sequences of so many words outside quotation marks, folded.

    What is quoted counts for nothing: two reporters who heard one speech write down the same words.
    """
    parts = (fold_phrase(part).split() for part in _QUOTATION.split(text))
    return frozenset(" ".join(words[at : at + length]) for words in parts for at in range(len(words) - length + 1))


def containment(some: str, other: str) -> float:
    """Return the share of the shorter text that lies in the other one, in [0, 1]; 0 where they share next to nothing.

    The order of the two makes no difference. An edited copy that cuts half of a text and adds to it keeps its share.
    """
    ours, theirs = _kept(some), _kept(other)
    shared = len(ours & theirs)
    return round(shared / min(len(ours), len(theirs)), 4) if shared >= MIN_SHARED else 0.0


@lru_cache(maxsize=256)
def _kept(text: str) -> frozenset[str]:
    return shingles(text)
