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
WORDS_BETWEEN = ("again", "reportedly", "early", "late", "briefly", "also", "now", "still", "largely", "clearly", "quietly", "openly", "firmly", "hastily", "once", "formally", "jointly", "partly", "suddenly", "finally")  # fmt: skip
SHARE_OF_WORDS_BETWEEN = 0.15
SHARE_OF_SENTENCES = 0.8
_STATES = (  # name, capital, demonym, other words for it
    "United States;Washington;American;US",
    "Russia;Moscow;Russian;Kremlin",
    "Iran;Tehran;Iranian",
    "Israel;Jerusalem;Israeli",
    "Ukraine;Kyiv;Ukrainian",
    "Serbia;Belgrade;Serbian",
    "Qatar;Doha;Qatari",
    "China;Beijing;Chinese",
    "Hungary;Budapest;Hungarian",
    "Oman;Muscat;Omani",
)
_PEOPLE = (
    "Donald Trump",
    "Vladimir Putin",
    "Ali Khamenei",
    "Abbas Araghchi",
    "Aleksandar Vucic",
    "Benjamin Netanyahu",
    "Volodymyr Zelenskyy",
    "Rafael Grossi",
    "Masoud Pezeshkian",
    "Marco Rubio",
    "Hossein Salami",
    "Dmitry Peskov",
    "Dubravka Djedovic",
    "Steve Witkoff",
    "Robert Fico",
)
_SYLLABLES = ("ba", "de", "ko", "li", "mar", "no", "pe", "ra", "sto", "tu", "va", "zen", "gri", "hal", "jo", "fer")
_ENDINGS = ("ov", "ic", "sen", "ez", "idis", "ski", "ani", "oglu", "escu", "aard", "eira", "onen")


def varied_dispatches(number: int, *, seed: int = 1) -> Iterator[str]:
    """Yield lines of a .jsonl dump; the same seed gives the same lines, and the first n are those of any longer dump."""
    sample = [json.loads(line) for line in _sample().splitlines() if line.strip()]
    states = [row for row in rows_of("states.csv") if row["demonyms"] and row["capitals"]]
    for no in range(number):
        rng = random.Random(seed * 1_000_003 + no)
        dispatch = sample[no % len(sample)]
        swaps = _swaps(rng, states)
        day = FIRST_DAY + timedelta(days=no // DOCUMENTS_A_DAY)
        yield json.dumps(
            {
                "doc": f"varied-{no}",
                "title": _told(dispatch["title"], swaps, rng),
                "publisher": f"{rng.choice(('Harbour', 'Northern', 'Danube', 'Valley', 'Summit'))} Wire",
                "published_at": f"{day.isoformat()}T{rng.randrange(24):02}:00:00Z",
                "lang": "en",
                "text": " ".join(_told(sentence, swaps, rng) for sentence in _some(dispatch["text"], rng)),
            }
        )


def _sample() -> str:
    return files("kg.jobs").joinpath("sample", "dispatches", "dispatches-2025.jsonl").read_text(encoding="utf-8")


@cache
def _given_names() -> tuple[str, ...]:
    return tuple(files("kg.text").joinpath("data", "given_names.txt").read_text(encoding="utf-8").split())


def _swaps(rng: random.Random, states: list[dict[str, str]]) -> dict[str, str]:
    """Return words to put in place of words: each state of the sample becomes another one, and so do its people."""
    swaps = {"NIS": "".join(rng.choice("BDGKLMPRTVZ") for _ in range(4))}
    for forms, other in zip(_STATES, rng.sample(states, len(_STATES)), strict=True):
        name, capital, demonym, *short = forms.split(";")
        swaps[name] = other["name"]
        swaps[capital] = other["capitals"].split(";")[0]
        swaps[demonym] = other["demonyms"].split(";")[0]
        swaps |= {form: swaps[demonym] if form == "US" else swaps[capital] for form in short}
    for person in _PEOPLE:
        invented = "".join(rng.choice(_SYLLABLES) for _ in range(2)).title() + rng.choice(_ENDINGS)
        swaps[person.split()[1]] = invented
        swaps[person] = f"{rng.choice(_given_names())} {invented}"
    return swaps


def _some(text: str, rng: random.Random) -> list[str]:
    sentences = re.split(r"(?<=[.\"]) (?=[A-Z\"])", text)
    return [sentence for sentence in sentences if rng.random() < SHARE_OF_SENTENCES] or sentences[:1]


def _told(sentence: str, swaps: dict[str, str], rng: random.Random) -> str:
    names = "|".join(sorted(map(re.escape, swaps), key=len, reverse=True))
    swapped = re.sub(rf"\b(?:{names})\b", lambda found: swaps[found.group()], sentence)
    words = []
    for word in re.sub(r"\b\d\d?\b", lambda _: str(rng.randint(2, 28)), swapped).split():
        words.append(word)
        if word.islower() and rng.random() < SHARE_OF_WORDS_BETWEEN:
            words.append(rng.choice(WORDS_BETWEEN))
    return " ".join(words)
