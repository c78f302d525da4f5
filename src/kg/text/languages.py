"""Which language a text is in, by its function words and its script.

A trained identifier was measured and set aside: it needs 106 MB and 0.6 s to load, and calls 11 of 6,700 English
news sentences Nigerian Pidgin.
"""

import re
import unicodedata
from collections import Counter
from functools import cache

from kg.text.sentences import data_lines

MAX_CHARS = 4_000  # the beginning decides; a longer text says no more
MIN_HITS = 3
# English news has 0.30 to 0.45 of its words in the list; names, tables and code stay under 0.1.
MIN_SHARE = 0.12
MIN_SCRIPT_SHARE = 0.3  # Japanese mixes kana with Chinese characters and Latin names

_WORD = re.compile(r"(?<!\.)[^\W\d_]+(?!\.\w)")  # not the letters of U.S.
_SCRIPT = "script"


@cache
def _codes_of_words() -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {}
    for line in data_lines("function_words.txt"):
        code, *words = line.split()
        for word in words if code != _SCRIPT else ():
            codes[word] = (*codes.get(word, ()), code)
    return codes


@cache
def _code_of_scripts() -> dict[str, str]:
    rows = (line.split() for line in data_lines("function_words.txt"))
    return {words[0]: words[1] for code, *words in rows if code == _SCRIPT}


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text, None when it is too short or mixed to tell."""
    sample = text[:MAX_CHARS]
    return _by_script(sample) or _by_function_words(sample)


def _by_script(sample: str) -> str | None:
    letters = {character: count for character, count in Counter(sample).items() if character.isalpha()}
    counts: Counter[str] = Counter()
    for character, count in letters.items():
        script = unicodedata.name(character, "").split(" ")[0].split("-")[0]
        counts[_code_of_scripts().get(script, "")] += count
    del counts[""]
    if counts["ja"] * 10 >= counts["zh"]:  # Japanese is told from Chinese by its kana
        counts["ja"], counts["zh"] = counts["ja"] + counts["zh"], 0
    code, count = counts.most_common(1)[0]
    return code if letters and count >= MIN_SCRIPT_SHARE * sum(letters.values()) else None


def _by_function_words(sample: str) -> str | None:
    words = Counter(word.casefold() for word in _WORD.findall(sample))
    hits = Counter({"": 0})
    for word, count in words.items():
        for code in _codes_of_words().get(word, ()):
            hits[code] += count
    (best, most), (_, next_most) = [*hits.most_common(2), ("", 0)][:2]
    is_clear = most >= max(MIN_HITS, MIN_SHARE * words.total()) and most > next_most
    return best if is_clear else None
