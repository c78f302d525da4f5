"""The packaged tables of names and words, read once when first asked for, and the user's own facts beside them."""

import csv
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

from kg.text.facts import Facts, Row, key_of, read_facts

T = TypeVar("T")

_in_use = Facts()
_forget: list[Callable[[], None]] = []  # empties the caches of what was made of tables that a user may add to


def rows_of(table: str) -> Iterator[Row]:
    """Yield the rows of a CSV table ("states.csv"): the user's, then the packaged ones that no row of his replaces."""
    yield from own_rows_of(table)
    yield from unreplaced_rows_of(table)


def own_rows_of(table: str) -> Iterator[Row]:
    """Yield the rows that the user's facts have for a table."""
    yield from _in_use.rows.get(table, ())


def unreplaced_rows_of(table: str) -> Iterator[Row]:
    """Yield the packaged rows of a table that no row of the user's facts replaces."""
    replaced = {key_of(table, row) for row in own_rows_of(table)}
    yield from (row for row in packaged_rows_of(table) if not replaced or key_of(table, row) not in replaced)


def packaged_rows_of(table: str) -> Iterator[Row]:
    """Yield the rows of a packaged table, whatever facts are in use."""
    text = resources.files("kg.text").joinpath("data", table).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def use_facts(folder: Path) -> None:
    """Take the user's facts from a folder, from now on and for the whole process; none when there is no such folder.

    Called once, before extractors are built: what they read, and so their version, depends on it.

    Raises:
        SettingsError: A file of the folder is not what it should be; the facts in use stay.
    """
    global _in_use  # noqa: PLW0603 - the tables are read from everywhere below extraction, by name
    facts = read_facts(folder, packaged_rows_of)
    if facts != _in_use:
        _in_use = facts
        for forget in _forget:
            forget()


def with_facts(version: str) -> str:
    """Return the version of a reader of these tables, with the digest of the user's facts where there are any.

    An extractor that asks the gazetteer, or for the actors of a document, signs with it, so that documents are read
    again when facts change: "2", or "2+facts.ab12cd34".
    """
    return f"{version}+facts.{_in_use.digest}" if _in_use.digest else version


def with_publishers(version: str) -> str:
    """Return a version with the digest of the user's rows on publishers where there are any.

    What is told of the world signs with it, beside `with_facts`, so that it is told again when a source is judged
    differently; documents are not read again for that.
    """
    digest = _in_use.publishers_digest
    return f"{version}+publishers.{digest}" if digest else version


def from_facts(make: Callable[[], T]) -> Callable[[], T]:
    """Keep what a function makes of the tables until other facts are in use."""
    cached = cache(make)
    _forget.append(cached.cache_clear)
    return cached


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
