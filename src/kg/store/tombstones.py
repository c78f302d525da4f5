"""What was forgotten: marks without content, so that no source brings it back."""

import sqlite3
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.model.errors import StoreError
from kg.model.ids import content_id
from kg.store.ledger_rows import FORGOTTEN

_ERASED = "erased:"  # how keys of the table meta begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of something forgotten.

    Attributes:
        day: UTC day on which it was forgotten.
        is_done: False while bytes of it may still lie in the store, the raw bytes or free pages of the ledger.
    """

    day: date
    reason: str
    is_done: bool


class Tombstones:
    """The tombstones of a ledger."""

    def __init__(
        self,
        rows: Callable[..., list[tuple[Any, ...]]],
        transaction: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:
        """Take how the ledger reads and how it writes."""
        self._rows = rows
        self._transaction = transaction

    def find(self, *names: str) -> Tombstone | None:
        """Return the tombstone over the first of some doc_ids or canonical URLs that has one."""
        return find_tombstone(self._rows, *names)

    def is_unfinished(self) -> bool:
        """Whether something is forgotten whose bytes may not all be gone yet."""
        return bool(self._rows("SELECT 1 FROM tombstones WHERE NOT is_done"))

    def settle(self) -> None:
        """Note that no byte is left of what was forgotten."""
        with self._transaction() as connection:
            connection.execute("UPDATE tombstones SET is_done = 1")

    def note_erased(self, store: str) -> None:
        """Note that the files of a store were emptied since something was forgotten last."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO meta (key, value) SELECT ?, value FROM meta WHERE key = ?",
                (f"{_ERASED}{store}", FORGOTTEN),
            )

    def is_erased(self, store: str) -> bool:
        """Whether the files of a store were emptied since something was forgotten last."""
        sql = "SELECT 1 FROM meta AS a JOIN meta AS b ON a.value = b.value WHERE a.key = ? AND b.key = ?"
        return bool(self._rows(sql, (f"{_ERASED}{store}", FORGOTTEN)))

    def erase_free_pages(self) -> None:
        """Write the file of the ledger anew without what was deleted from it, and empty its log.

        Raises:
            StoreError: Another process is reading or writing.
        """
        self._rows("VACUUM")
        ((is_busy, _, _),) = self._rows("PRAGMA wal_checkpoint(TRUNCATE)")
        if is_busy:
            raise StoreError("another process reads the ledger, so its log cannot be emptied yet; try again later")


# Parts of a transaction of the ledger


def bury(
    connection: sqlite3.Connection, doc_ids: Collection[str], names: Collection[str], *, day: date, why: str
) -> None:
    """Delete documents with what was extracted from them, and put tombstones over them and over other names."""
    connection.executemany(
        "INSERT OR REPLACE INTO tombstones (mark, day, reason, is_done) VALUES (?, ?, ?, 0)",
        [(_mark(name), day.isoformat(), why) for name in sorted({*doc_ids, *names})],
    )
    connection.executemany("DELETE FROM documents WHERE doc_id = ?", [(doc_id,) for doc_id in sorted(doc_ids)])


def find_tombstone(rows: Callable[..., Iterable[tuple[Any, ...]]], *names: str) -> Tombstone | None:
    """Return the tombstone over the first of some doc_ids or canonical URLs that has one.

    Args:
        rows: Runs SQL with parameters.
    """
    for name in names:
        told = rows("SELECT day, reason, is_done FROM tombstones WHERE mark = ?", (_mark(name),))
        for day, reason, is_done in told:
            return Tombstone(day=date.fromisoformat(day), reason=reason, is_done=bool(is_done))
    return None


def _mark(name: str) -> str:
    """The name under which a doc_id or a canonical URL is remembered: a hash that tells nothing of it."""
    return content_id("gone", name)
