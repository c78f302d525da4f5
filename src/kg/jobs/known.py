"""The graph as it was known on a day: made of the documents that a reader could have had by then."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from kg import graph
from kg.jobs.publish import MAX_ROWS, world
from kg.jobs.versions import standing_document, standings
from kg.jobs.workplace import Workplace
from kg.model.errors import UsageError
from kg.model.graph import Graph
from kg.model.protocols import GraphStore
from kg.store.ledger import Ledger


def known_on(ledger: Ledger, min_confidence: float, day: date) -> Graph:
    """Return the graph of the documents known on a day, the same as if the ledger held no others.

    A document is known from the day of its publication, else from that of its retrieval; one that tells neither is
    known on no day. Judgements on who is who hold whenever they were made.

    Args:
        min_confidence: Probability in [0, 1]; what is less likely to be right is marked weak.
        day: UTC.
    """
    documents = [ledger.document(doc_id) for doc_id in ledger.doc_ids()]
    told = standings(documents)
    known_from = {document.doc_id: standing_document(document, told).known_from for document in documents}
    later = {doc_id for doc_id, known in known_from.items() if known is None or known > day}
    return world(ledger, min_confidence, without=later)


@contextmanager
def opened_store(workplace: Workplace, day: date | None) -> Iterator[GraphStore]:
    """Open the graph of a workplace, or one of its documents known on a day, which is gone afterwards.

    Raises:
        StoreError: It cannot be opened.
        UsageError: There is none, or no document was known on the day.
    """
    target = workplace.target
    if not ("://" in target or Path(target).exists()):
        raise UsageError(
            f"there is no graph at {target}; --home or KG_HOME names another folder, kg ingest PATH makes a graph, "
            "and kg rebuild writes it again from a ledger"
        )
    if day is None:
        with closing(workplace.graph_store()) as store:
            store.prepare()
            yield store
        return
    workplace.use_facts()
    with workplace.ledger() as ledger:
        known = known_on(ledger, workplace.settings.min_confidence, day)
    if not known.nodes:
        raise UsageError(f"no document was known on {day}; kg ask documents tells from which day each is known")
    with (
        tempfile.TemporaryDirectory(prefix="kg-known-") as folder,
        closing(replace(workplace, store=str(Path(folder) / "graph")).graph_store()) as store,
    ):
        store.prepare()
        for planned in graph.plan(known.rows, {}, max_rows=MAX_ROWS):
            store.write(planned.batch)
        yield store
