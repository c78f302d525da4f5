"""The words of the interface of the map, in each language that it speaks.

A text is a string with gaps (`{n} of {all}`), or has one string for each plural form of the number `n`. Texts of the
page's frame begin with `page.`, those of the index of a folder with `index.`; the others go into the page for its
scripts.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "ru")
FRAME = "page."
INDEX = "index."

Text = str | Mapping[str, str]


@cache
def dictionary(language: str) -> Mapping[str, Text]:
    """Return all texts of one of `LANGUAGES`, each under its key."""
    texts: dict[str, Text] = json.loads(files("kg.export").joinpath("words", f"{language}.json").read_text("utf-8"))
    return texts


def script_texts(language: str) -> Mapping[str, Text]:
    """Return the texts of a language that scripts ask for, without those that are what follows the dot of their key."""
    asked = {key: text for key, text in dictionary(language).items() if not key.startswith((FRAME, INDEX))}
    return {key: text for key, text in asked.items() if text != key.partition(".")[2]}
