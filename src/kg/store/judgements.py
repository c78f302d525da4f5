"""Judgements of people, as the ledger keeps them: rows are added and never deleted.

Of a row only the reasons change: when documents are forgotten, what they alone told goes from them too.
"""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from kg.model.errors import UsageError
from kg.model.judgements import Judgement, Undone, judgement_id
from kg.store.codec import dumps, loads


class Judgements:
    """The judgements of a ledger."""

    def __init__(
        self,
        rows: Callable[..., list[tuple[Any, ...]]],
        transaction: Callable[[], AbstractContextManager[sqlite3.Connection]],
        count_change: Callable[[sqlite3.Connection], None],
    ) -> None:
        """Take how the ledger reads, how it writes, and how it counts what decides the graph."""
        self._rows = rows
        self._transaction = transaction
        self._count_change = count_change

    def add(self, judgement: Judgement) -> Judgement:
        """Append a judgement and return it with the id that it got; the one given is not looked at."""
        with self._transaction() as connection:
            ((number,),) = connection.execute("SELECT count(*) FROM judgements").fetchall()
            named = judgement_id(judgement.left, judgement.right, judgement.verdict, judgement.at, number)
            added = replace(judgement, judgement_id=named)
            connection.execute(
                "INSERT INTO judgements (number, judgement_id, judgement) VALUES (?, ?, ?)",
                (number, added.judgement_id, dumps(added)),
            )
            self._count_change(connection)
        return added

    def retell(self, judgement: Judgement) -> None:
        """Put the score and the reasons of a known judgement in place of those that are kept."""
        with self._transaction() as connection:
            ((text,),) = connection.execute(
                "SELECT judgement FROM judgements WHERE judgement_id = ?", (judgement.judgement_id,)
            ).fetchall()
            told = replace(loads(Judgement, text), score=judgement.score, reasons=judgement.reasons)
            connection.execute(
                "UPDATE judgements SET judgement = ? WHERE judgement_id = ?", (dumps(told), judgement.judgement_id)
            )

    def undo(self, undone: Undone) -> None:
        """Mark a judgement as one that no longer holds.

        Raises:
            UsageError: There is none of that id, or it is undone already.
        """
        with self._transaction() as connection:
            known = connection.execute(
                "SELECT u.judgement_id FROM judgements AS j LEFT JOIN undone AS u USING (judgement_id) "
                "WHERE j.judgement_id = ?",
                (undone.judgement_id,),
            ).fetchone()
            if known is None:
                raise UsageError(f"no judgement is called {undone.judgement_id!r}; kg judgements lists them")
            if known[0] is not None:
                raise UsageError(f"judgement {undone.judgement_id} is undone already; nothing was changed")
            connection.execute(
                "INSERT INTO undone (judgement_id, mark) VALUES (?, ?)", (undone.judgement_id, dumps(undone))
            )
            self._count_change(connection)

    def all(self) -> tuple[tuple[Judgement, Undone | None], ...]:
        """Return every judgement, the oldest first, with the mark of those that are undone."""
        rows = self._rows(
            "SELECT j.judgement, u.mark FROM judgements AS j LEFT JOIN undone AS u USING (judgement_id) ORDER BY number"
        )
        return tuple((loads(Judgement, text), loads(Undone, mark) if mark else None) for text, mark in rows)

    def standing(self) -> tuple[Judgement, ...]:
        """Return the judgements that hold, the oldest first."""
        return tuple(judgement for judgement, undone in self.all() if undone is None)
