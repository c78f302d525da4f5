"""What was written to a store, asked by the unit that owns it, so that nobody reads all of it for a small change."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any


class WrittenUnits:
    """The rows of one store by unit; hashes are those of `Ledger.written`."""

    def __init__(self, rows: Callable[..., list[tuple[Any, ...]]], store: str) -> None:
        """Take how the ledger reads."""
        self._rows = rows
        self._store = store

    def written(self, units: Iterable[str]) -> dict[str, str]:
        """Return the hash of each row that some units own by its key."""
        found: dict[str, str] = {}
        for unit in units:
            sql = "SELECT row_key, hash FROM written INDEXED BY written_by_unit WHERE store = ? AND unit = ?"
            found.update(self._rows(sql, (self._store, unit)))
        return found

    def owners(self, beginning: str) -> tuple[str, ...]:
        """Return the units that own a row.

        Args:
            beginning: How its keys begin, up to a comma.
        """
        rows = self._rows(
            "SELECT unit FROM written WHERE mark = ? AND store = ? AND row_key >= ? AND row_key < ? ORDER BY unit",
            (_mark(beginning), self._store, beginning, f"{beginning[:-1]}-"),  # the character after the comma
        )
        return tuple(unit for (unit,) in rows)

    def all(self) -> tuple[str, ...]:
        """Return every unit that owns a row, sorted."""
        rows = self._rows("SELECT DISTINCT unit FROM written WHERE store = ? ORDER BY unit", (self._store,))
        return tuple(unit for (unit,) in rows)

    def in_doubt(self) -> tuple[str, ...]:
        """Return the units of rows that may or may not be there, sorted."""
        sql = "SELECT DISTINCT unit FROM written INDEXED BY written_in_doubt WHERE store = ? AND hash = ''"
        return tuple(sorted(unit for (unit,) in self._rows(sql, (self._store,))))

    def count_nodes(self) -> int:
        """Return how many nodes the store is known to hold."""
        ((count,),) = self._rows(
            "SELECT count(*) FROM written INDEXED BY written_nodes "
            """WHERE store = ? AND hash <> '' AND row_key >= '["node",' AND row_key < '["node"-'""",
            (self._store,),
        )
        return int(count)


def row_mark(row_key: str) -> int:
    """Return a small number that the keys of a row share, whichever unit owns it; other rows seldom have it."""
    return _mark(row_key[: row_key.rfind(',"') + 1])  # a comma of the unit is never before a bare quotation mark


def _mark(beginning: str) -> int:
    return int.from_bytes(hashlib.blake2b(beginning.encode("utf-8"), digest_size=8).digest(), "big", signed=True)


def put_written(connection: sqlite3.Connection, store: str, upserts: Mapping[str, str], gone: Iterable[str]) -> None:
    """Note the hashes of rows of a store by their keys, and forget others, inside a transaction of the ledger."""
    where = "WHERE mark = ? AND store = ? AND row_key = ?"
    for key, value in upserts.items():
        mark = row_mark(key)
        found = connection.execute(f"UPDATE written SET hash = ? {where}", (value, mark, store, key))  # noqa: S608
        if not found.rowcount:
            connection.execute(
                "INSERT INTO written (store, row_key, mark, hash) VALUES (?, ?, ?, ?)", (store, key, mark, value)
            )
    connection.executemany(f"DELETE FROM written {where}", [(row_mark(key), store, key) for key in gone])  # noqa: S608
