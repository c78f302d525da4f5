"""Numbers as English news writes them: `28`, `1,200`, `1.2 billion`, `twenty-three`, `two dozen`, `hundreds`."""

import re
from functools import cache

from kg.text.tables import rows_of

MAX_NUMBER = 1e15  # more is a slip of the pen or a reference number
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@cache
def _words(kind: str) -> dict[str, float]:
    return {row["word"]: float(row["value"] or "nan") for row in rows_of("number_words.csv") if row["kind"] == kind}


@cache
def number_pattern() -> str:
    """Return the source of a case-insensitive regular expression that matches one number, exact or vague.

    It has no capturing group and does not look at what stands around the number.
    """
    scale, unit, vague = ("|".join(sorted(_words(k), key=lambda w: (-len(w), w))) for k in ("scale", "unit", "vague"))
    scales = rf"(?:[ -](?:{scale})\b)"
    after = "(?:(?<=hundred)|(?<=thousand)|(?<=million))"
    tail = rf"(?:{after}(?: and)? (?:{unit})(?:-(?:{unit}))?\b{scales}*)?"
    spelled = rf"(?:{unit})(?:[ -](?:{unit}))?\b{scales}*"
    article = rf"(?:half )?an?{scales}+|half an? (?:{scale})"
    loose = rf"(?:a )?(?:{vague})(?: of (?:{vague})|{scales})*\b|tens of (?:{vague})"
    compound = rf"(?:{article}|{spelled}){tail}"
    return rf"(?:(?:{_DIGITS})(?:{scales}+|(?:bn|mn|[kKmM])\b|(?=[^\w]|$))|{loose}|{compound}|(?:{scale})\b)"


def parse_number(surface: str) -> float | None:
    """Return the number that a match of `number_pattern()` tells, None when it is vague ("dozens") or absurd."""
    words = re.findall(r"[\d.,]*\d|[a-z]+", surface.lower().replace(" and ", " ").replace("half a ", "half "))
    total, current = 0.0, None
    for word in words:
        if word in _words("vague") or word == "tens":
            return None
        if word in _words("scale") or word in ("k", "m"):
            scale = _words("scale").get(word, 1e3 if word == "k" else 1e6)
            current = (1.0 if current is None else current) * scale
            if scale >= 1000:
                total, current = total + current, None
        elif word == "half":
            current = 0.5
        elif word in ("a", "an"):
            current = 1.0
        else:
            value = _words("unit").get(word)
            current = (current or 0.0) + (float(word.replace(",", "")) if value is None else value)
    value = total + (current or 0.0)
    return value if value <= MAX_NUMBER else None
