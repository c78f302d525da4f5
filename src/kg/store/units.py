"""What was written to a store, asked by the unit that owns it, so that nobody reads all of it for a small change."""

from collections.abc import Callable, Iterable
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
            # Without being told SQLite reads all rows of the store, by the primary key.
            sql = "SELECT row_key, hash FROM written INDEXED BY written_by_unit WHERE store = ? AND unit = ?"
            found.update(self._rows(sql, (self._store, unit)))
        return found

    def owners(self, beginning: str) -> tuple[str, ...]:
        """Return the units that own a row.

        Args:
            beginning: How its keys begin, up to a comma.
        """
        rows = self._rows(
            "SELECT unit FROM written WHERE store = ? AND row_key >= ? AND row_key < ? ORDER BY unit",
            (self._store, beginning, f"{beginning[:-1]}-"),  # the character after the comma
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
            "SELECT count(*) FROM written WHERE store = ? AND row_key >= ? AND row_key < ? AND hash <> ''",
            (self._store, '["node",', '["node"-'),
        )
        return int(count)
