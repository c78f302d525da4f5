"""The packaged tables of names and words, read once when first asked for."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib import resources


def rows_of(table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a packaged CSV table ("states.csv")."""
    text = resources.files("kg.text").joinpath("data", table).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def words_in(table: str) -> frozenset[str]:
    """Return the words of a packaged list ("never_names.txt"), in lower case."""
    text = resources.files("kg.text").joinpath("data", table).read_text(encoding="utf-8")
    return frozenset(text.casefold().split())


def items_of(cell: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the items of a cell with their marks ("US|case;the bloc|context")."""
    for item in cell.split(";"):
        name, *marks = item.split("|")
        if name:
            yield name, frozenset(marks)


@cache
def cue_words(cue: str) -> frozenset[str]:
    """Return the words of one cue of the packaged table of cues ("travel": visit, flew ...), folded.

    Raises:
        KeyError: The table has no such cue.
    """
    return _cues()[cue]


@cache
def _cues() -> dict[str, frozenset[str]]:
    return {row["cue"]: frozenset(row["words"].split()) for row in rows_of("actor_cues.csv")}
