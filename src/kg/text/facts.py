"""A user's own rows for the tables of names and of publishers, read and checked."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.model.errors import SettingsError
from kg.model.words import Reliability
from kg.text.words import fold_phrase

Row = dict[str, str]
Packaged = Callable[[str], Iterable[Row]]
"""Gives the rows of a packaged table by its name ("states.csv")."""

DIGEST_HEX_DIGITS = 8
MARKS = frozenset({"case", "context", "place?", "demonym", "article"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTable:
    """What the rows of one table must hold.

    Attributes:
        keys: Columns that together name what a row is about; a row of the user takes the place of the packaged one.
        needed: Columns that no row may leave empty.
        names: Columns with names parted by `;`, each with its marks.
        closed: Columns that hold nothing but the words that the packaged table has there.
        letters: Columns that hold one of the letters of a scale.
        sides: Columns that hold keys of states or organisations.
        days: Columns with a year, a month or a day.
    """

    keys: tuple[str, ...]
    needed: tuple[str, ...]
    names: tuple[str, ...]
    closed: tuple[str, ...] = ("type",)
    letters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sides: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


PUBLISHERS = "publishers.csv"
TABLES: Mapping[str, FactTable] = {
    "states.csv": FactTable(
        keys=("key",),
        needed=("key", "name", "type", "names"),
        names=("names", "demonyms", "capitals", "metonyms", "descriptions"),
    ),
    "organisations.csv": FactTable(
        keys=("key",), needed=("key", "name", "type", "names"), names=("names",), sides=("of", "beside")
    ),
    "places.csv": FactTable(keys=("name",), needed=("name", "type"), names=("aliases",)),
    "office_holders.csv": FactTable(
        keys=("name", "office", "start"),
        needed=("name", "office"),
        names=("aliases",),
        closed=("office",),
        sides=("of",),
        days=("start", "end"),
    ),
    PUBLISHERS: FactTable(
        keys=("name",),
        needed=("name", "kind", "reliability"),
        names=("names",),
        closed=("kind",),
        letters={"reliability": frozenset(Reliability)},
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The rows of a user by table, in the order of their files, and digests of them; "" when there are none.

    Attributes:
        digest: Of the tables of names, which decide how documents are read.
        publishers_digest: Of the table of publishers, which no extractor asks.
    """

    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    digest: str = ""
    publishers_digest: str = ""


def key_of(table: str, row: Row) -> tuple[str, ...]:
    """Return what tells a row of a table apart from the others; for a table that nobody adds to, all of its cells."""
    return tuple(row[column] for column in TABLES[table].keys) if table in TABLES else tuple(row.values())


def read_facts(folder: Path, packaged: Packaged) -> Facts:
    """Return the rows of the CSV files of a folder; none when there is no such folder.

    Raises:
        SettingsError: A file cannot be read or is no table of facts, or a row has a column, word, key or date that its
            table does not take; the message names file, row, value and the way out.
    """
    if not folder.exists():
        return Facts()
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.casefold() == ".csv")
    except OSError as error:
        raise SettingsError(f"{folder} cannot be read: {error}; it must be a folder of CSV files") from error
    for path in files:
        if path.name not in TABLES:
            raise SettingsError(f"{path}: no table is called {path.name!r}; name the file one of {', '.join(TABLES)}")
    tables = {path.name: _Table(path, packaged).rows() for path in files}
    rows = {name: tuple(row for _, row in numbered) for name, numbered in tables.items() if numbered}
    _check_references(folder, tables, packaged)
    names = {name: told for name, told in rows.items() if name != PUBLISHERS}
    return Facts(rows=rows, digest=_digest(names), publishers_digest=_digest(rows.get(PUBLISHERS)))


def _digest(rows: object) -> str:
    told = json.dumps(rows, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(told.encode("ascii")).hexdigest()[:DIGEST_HEX_DIGITS] if rows else ""


class _Table:
    """One file, checked by itself; the row numbers of its messages are those of the file, the header is row 1."""

    def __init__(self, path: Path, packaged: Packaged) -> None:
        self._path, self._table = path, TABLES[path.name]
        known = list(packaged(path.name))
        self._columns = tuple(known[0])
        self._words = {column: frozenset(row[column] for row in known) for column in self._table.closed}
        self._words.update(self._table.letters)

    def rows(self) -> list[tuple[int, Row]]:
        """Return the rows with their numbers; names without white space around them, absent columns empty."""
        found: list[tuple[int, Row]] = []
        numbers: dict[tuple[str, ...], int] = {}
        for number, cells in self._read():
            row = {column: (cells.get(column) or "").strip() for column in self._columns}
            self._check(number, row)
            for column in self._table.names:
                row[column] = self._names(number, column, row[column])
            first = numbers.setdefault(key_of(self._path.name, row), number)
            if first != number:
                same = f"row {first} has the same {', '.join(self._table.keys)}; keep one of them"
                raise self._fault(number, self._table.keys[0], row[self._table.keys[0]], same)
            found.append((number, row))
        return found

    def _read(self) -> Iterator[tuple[int, dict[str, str]]]:
        try:
            text = self._path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{self._path} cannot be read: {error}; save it as CSV in UTF-8") from error
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        try:
            self._check_header(reader.fieldnames or ())
            for row in reader:
                if None in row or None in row.values():
                    way_out = "it has not the cells of the header; put a cell with a comma in quotes"
                    raise SettingsError(f"{self._path}, row {reader.line_num}: {way_out}")
                yield reader.line_num, row
        except csv.Error as error:
            way_out = "save it as CSV, its cells parted by commas"
            raise SettingsError(f"{self._path}, row {reader.line_num}: {error}; {way_out}") from error

    def _check_header(self, header: Iterable[str]) -> None:
        header = list(header)
        wanted = f"its columns are {','.join(self._columns)}"
        if wrong := [column for column in header if column not in self._columns or header.count(column) > 1]:
            raise SettingsError(f"{self._path}, row 1: column {wrong[0]!r} is unknown or there twice; {wanted}")
        if lacking := [column for column in self._table.needed if column not in header]:
            raise SettingsError(f"{self._path}, row 1: column {lacking[0]!r} is missing; {wanted}")

    def _check(self, number: int, row: Row) -> None:
        if broken := next((column for column, cell in row.items() if _CONTROL.search(cell)), None):
            raise self._fault(number, broken, row[broken], "write it on one line and without control characters")
        for column in self._table.needed:
            if not row[column]:
                raise self._fault(number, column, "", "it may not be empty")
        for column, words in self._words.items():
            if row[column] not in words:
                raise self._fault(number, column, row[column], f"write one of {', '.join(sorted(words))}")
        for column in self._table.days:
            if row[column] and not _DAY.fullmatch(row[column]):
                raise self._fault(number, column, row[column], "write 2026, 2026-11 or 2026-11-05, or leave it empty")
        if self._table.days and row["end"] and row["end"] < row["start"][: len(row["end"])]:
            raise self._fault(number, "end", row["end"], f"it lies before the start, {row['start']}")

    def _names(self, number: int, column: str, cell: str) -> str:
        items = []
        for item in filter(None, (part.strip() for part in cell.split(";"))):
            name, *marks = (part.strip() for part in item.split("|"))
            if fold_phrase(name) in ("", "the"):
                raise self._fault(number, column, item, "that is no name")
            if unknown := [mark for mark in marks if mark not in MARKS]:
                raise self._fault(
                    number, column, item, f"no mark is called {unknown[0]!r}; {', '.join(sorted(MARKS))} are"
                )
            items.append("|".join((name, *marks)))
        return ";".join(items)

    def _fault(self, number: int, column: str, value: str, way_out: str) -> SettingsError:
        return SettingsError(f"{self._path}, row {number}: {column} is {value!r}; {way_out}")


def _check_references(folder: Path, tables: Mapping[str, list[tuple[int, Row]]], packaged: Packaged) -> None:
    """Check that sides and countries are keys of a row, of the user's or of a packaged one."""
    keys = {
        name: {row["key"] for row in packaged(name)} | {row["key"] for _, row in tables.get(name, ())}
        for name in ("states.csv", "organisations.csv")
    }
    everybody = keys["states.csv"] | keys["organisations.csv"]
    for name, numbered in tables.items():
        known = {**dict.fromkeys(TABLES[name].sides, everybody), "country": keys["states.csv"]}
        for number, row in numbered:
            for column, allowed in known.items():
                if row[column] and row[column] not in allowed:
                    raise SettingsError(
                        f"{folder / name}, row {number}: {column} is {row[column]!r}, the key of no row; write the key "
                        "of a state (ISO 3166 alpha-3) or an organisation, or add a row for it"
                    )
