"""Ids that depend on raw inputs only, so that the same input gives the same graph."""

import hashlib
import re
import unicodedata
from functools import lru_cache

ID_HEX_DIGITS = 24  # 96 bits: no collision to be expected below 10^13 things


def content_id(prefix: str, *parts: object) -> str:
    """Return `prefix_` and 24 hex digits of the SHA-256 of the parts.

    Parts are joined with a unit separator, so ("a", "bc") and ("ab", "c") differ; None counts as the empty string.
    """
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{prefix}_{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:ID_HEX_DIGITS]}"


@lru_cache(maxsize=2**16)
def fold(name: str) -> str:
    """Return a name without case, accents and punctuation, words parted by one space; for keys and comparisons.

    A text that has no letter or digit is returned stripped, so that it never becomes an empty key.
    """
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain).strip() or name.strip()
