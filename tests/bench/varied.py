"""Ten thousand documents out of our own sample: its dispatches with other states, people, companies, words and days.

Three documents a day, so that one day is as full as another, whether it is among the first or the last.
"""

import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from kg.text.tables import rows_of

FIRST_DAY = date(2016, 1, 1)
DOCUMENTS_A_DAY = 3
WORDS_BETWEEN = [
    "again",
    "reportedly",
    "early",
    "late",
    "briefly",
    "also",
    "now",
    "still",
    "largely",
    "clearly",
    "quietly",
    "openly",
    "firmly",
    "hastily",
    "once",
    "formally",
    "jointly",
    "partly",
    "suddenly",
    "finally",
]
SHARE_OF_WORDS_BETWEEN = 0.15
SHARE_OF_SENTENCES = 0.8
_STATES = ("Russia", "Iran", "Israel", "Serbia", "Ukraine", "Qatar", "Hungary", "Egypt", "Turkey", "Britain", "France")
_ENDINGS = ("ov", "ic", "sen", "ez", "idis", "ski", "ani", "oglu", "escu", "aard", "eira", "onen")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")


def varied_dispatches(number: int, *, seed: int = 1) -> Iterator[str]:
    """Yield lines of a .jsonl dump; the same seed gives the same lines, and the first n are those of any longer dump."""
    sample = [json.loads(line) for line in _sample().splitlines() if line.strip()]
    states = [row for row in rows_of("states.csv") if row["demonyms"] and row["capitals"]]
    for no in range(number):
        rng = random.Random(seed * 1_000_003 + no)
        dispatch = sample[no % len(sample)]
        swaps = _swaps(rng, states)
        text = " ".join(_told(sentence, swaps, rng) for sentence in _some(dispatch["text"], rng))
        day = FIRST_DAY + timedelta(days=no // DOCUMENTS_A_DAY)
        yield json.dumps(
            {
                "doc": f"varied-{no}",
                "title": _told(dispatch["title"], swaps, rng),
                "publisher": f"{rng.choice(('Harbour', 'Northern', 'Danube', 'Valley', 'Summit'))} Wire",
                "published_at": f"{day.isoformat()}T{rng.randrange(24):02}:00:00Z",
                "lang": "en",
                "text": text,
            }
        )


def _sample() -> str:
    return files("kg.jobs").joinpath("sample", "dispatches", "dispatches-2025.jsonl").read_text(encoding="utf-8")


@cache
def _given_names() -> frozenset[str]:
    return frozenset(files("kg.text").joinpath("data", "given_names.txt").read_text(encoding="utf-8").split())


def _swaps(rng: random.Random, states: list[dict[str, str]]) -> dict[str, str]:
    """Return words to put in place of words: each state of the sample becomes another one, and so do its people."""
    by_name = {row["name"]: row for row in states}
    swaps: dict[str, str] = {}
    for name, other in zip(_STATES, rng.sample(states, len(_STATES)), strict=True):
        if row := by_name.get(name):
            for column in ("name", "capitals", "demonyms"):
                swaps[row[column].split(";")[0]] = other[column].split(";")[0]
    swaps["NIS"] = "".join(rng.choice("BDGKLMPRTVZ") for _ in range(4))
    return swaps


def _some(text: str, rng: random.Random) -> list[str]:
    sentences = re.split(r"(?<=[.\"]) (?=[A-Z\"])", text)
    return [sentence for sentence in sentences if rng.random() < SHARE_OF_SENTENCES] or sentences[:1]


def _told(sentence: str, swaps: dict[str, str], rng: random.Random) -> str:
    names: dict[str, str] = {}

    def renamed(found: re.Match[str]) -> str:
        first, last = found.group().split()
        if first not in _given_names() or rng.random() < 0.5:
            return found.group()
        return names.setdefault(found.group(), f"{first} {last[:3]}{rng.choice(_ENDINGS)}")

    swapped = re.sub(r"\b[A-Z][\w]+\b", lambda found: swaps.get(found.group(), found.group()), sentence)
    swapped = re.sub(r"\b\d\d?\b", lambda _: str(rng.randint(2, 28)), _CAPITALISED.sub(renamed, swapped))
    words = []
    for word in swapped.split():
        words.append(word)
        if word.islower() and rng.random() < SHARE_OF_WORDS_BETWEEN:
            words.append(rng.choice(WORDS_BETWEEN))
    return " ".join(words)
