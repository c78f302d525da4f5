"""What several transactions of the ledger write."""

import sqlite3
from collections.abc import Iterable, Sequence

from kg.model.claims import Extraction
from kg.model.runs import RunReport
from kg.store.codec import dumps

CHANGES = "changes"  # keys of the table meta
FORGOTTEN = "forgotten"  # the number of the change that forgot something last


def count_change(connection: sqlite3.Connection, doc_ids: Iterable[str] = ()) -> None:
    """Count a change of what decides the graph, and note which documents it changed."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, '1') ON CONFLICT (key) DO UPDATE SET value = value + 1", (CHANGES,)
    )
    connection.executemany(
        "INSERT OR REPLACE INTO changed (doc_id, number) SELECT ?, value FROM meta WHERE key = ?",
        [(doc_id, CHANGES) for doc_id in doc_ids],
    )


def run_row(report: RunReport) -> tuple[str, str, str, str, str]:
    """Return the row of a run."""
    return report.run_id, report.job, report.state, report.started.isoformat(), dumps(report)


def replace_extractions(connection: sqlite3.Connection, doc_id: str, extractions: Sequence[Extraction]) -> None:
    """Put the extractions of a document in place of those of the same extractors."""
    for extraction in extractions:
        if extraction.doc_id != doc_id:
            raise ValueError(f"an extraction of {extraction.doc_id!r} cannot be kept with document {doc_id!r}")
        connection.execute(
            "INSERT OR REPLACE INTO extractions (doc_id, extractor, version, extraction) VALUES (?, ?, ?, ?)",
            (doc_id, extraction.extractor, extraction.extractor_version, dumps(extraction)),
        )
