"""Where the documents of a ledger came from: their sources, and the raw bytes that they were cut out of."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any


class Provenance:
    """The sources and the raw bytes of the documents of a ledger."""

    def __init__(
        self,
        rows: Callable[..., list[tuple[Any, ...]]],
        transaction: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:
        """Take how the ledger reads and how it writes."""
        self._rows = rows
        self._transaction = transaction

    def sources(self) -> tuple[str, ...]:
        """Return the names of the sources whose documents are there, sorted."""
        rows = self._rows("SELECT DISTINCT json_extract(document, '$.source') AS source FROM documents ORDER BY source")
        return tuple(source for (source,) in rows)

    def documents_of(self, source: str, *, before: date | None = None) -> tuple[str, ...]:
        """Return the ids of the documents of a source, sorted.

        Args:
            before: Only what was fetched before that UTC day; what has no time of retrieval counts from its
                publication, and what has neither is left out.
        """
        rows = self._rows(
            "SELECT doc_id FROM documents WHERE json_extract(document, '$.source') = ?1 AND (?2 IS NULL OR coalesce("
            "json_extract(document, '$.retrieved_at'), json_extract(document, '$.published.end')) < ?2) ORDER BY 1",
            (source, before.isoformat() if before else None),
        )
        return tuple(doc_id for (doc_id,) in rows)

    def raws(self) -> dict[str, tuple[str, ...]]:
        """Return the documents that lie in raw bytes, forgotten ones too, by the hash of the bytes; sorted."""
        links: dict[str, tuple[str, ...]] = {}
        for sha256, doc_id in self._rows("SELECT sha256, doc_id FROM raws ORDER BY sha256, doc_id"):
            links[sha256] = (*links.get(sha256, ()), doc_id)
        return links

    def note_raw(self, sha256: str, doc_ids: Iterable[str]) -> None:
        """Note which documents lie in the raw bytes of that hash."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO raws (sha256, doc_id) VALUES (?, ?)",
                [(sha256, doc_id) for doc_id in sorted(doc_ids)],
            )

    def drop_raw(self, sha256: str) -> None:
        """Note that the raw bytes of that hash are gone."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM raws WHERE sha256 = ?", (sha256,))
