"""From the ledger to the graph: what documents and claims, taken together, say, written where it differs."""

from collections.abc import Callable, Collection, Mapping
from contextlib import closing

from kg import __version__, graph, resolve
from kg.jobs.locks import held
from kg.jobs.plugins import installed, load
from kg.jobs.workplace import Workplace
from kg.model.graph import Graph, NodeRef, WriteReport
from kg.model.protocols import GraphStore
from kg.model.told import Read
from kg.store.ledger import Ledger
from kg.text.tables import with_facts

MAX_ROWS = 5_000  # rows a transaction; a document is never split
WAIT_SECONDS = 600.0  # another job's publication


def world(ledger: Ledger, min_confidence: float, *, without: Collection[str] = ()) -> Graph:
    """Return the graph that the ledger stands for; nothing else decides it.

    Args:
        min_confidence: Probability in [0, 1]; what is less likely to be right is marked weak.
        without: Ids of documents that are left out, as if the ledger did not hold them.
    """
    kept = [pair for pair in ledger.read() if pair[0].doc_id not in without]
    read = _told_once(kept, supersedes(ledger.extractors()))
    return graph.build(resolve.resolve(read), min_confidence=min_confidence)


def supersedes(names: Collection[str]) -> dict[str, frozenset[str]]:
    """Return for each installed extractor among `names` those of the others that it stands in for, if any."""
    found = {
        name: frozenset(getattr(load("kg.extractors", name), "supersedes", ())) & frozenset(names) - {name}
        for name in sorted(names)
        if name in installed("kg.extractors")
    }
    return {name: others for name, others in found.items() if others}


def _told_once(read: Read, superseding: Mapping[str, frozenset[str]]) -> Read:
    """Leave out of each document what a superseded extractor found, where the one that supersedes it has read it."""
    kept = []
    for document, extractions in read:
        out = {other for extraction in extractions for other in superseding.get(extraction.extractor, ())}
        kept.append((document, tuple(e for e in extractions if e.extractor not in out)))
    return kept


def publish(
    ledger: Ledger,
    store: GraphStore,
    *,
    min_confidence: float,
    stop: Callable[[], bool] = lambda: False,
    force: bool = False,
) -> WriteReport:
    """Make the store equal to the ledger and return what changed; another bar marks the weak anew.

    The keys of all rows are noted in the ledger before the first transaction, so that a run that is killed leaves
    nothing behind that a later one does not know of.

    Args:
        min_confidence: Probability in [0, 1]; what is less likely to be right is marked weak.
    """
    mark = _mark(ledger, min_confidence)
    written = ledger.written(store.name)
    if store.count_nodes() < _node_count(written):
        ledger.forget_written(store.name)  # somebody emptied the store: write it anew
        written = {}
    if not force and all(written.values()) and ledger.published(store.name) == mark:
        return WriteReport()
    batches = tuple(graph.plan(world(ledger, min_confidence), written, max_rows=MAX_ROWS))
    ledger.intend(store.name, [key for planned in batches for key in (*planned.upserts, *planned.gone)])
    report = WriteReport()
    for planned in batches:
        if stop():
            return report
        report += store.write(planned.batch)
        ledger.settle(store.name, planned.upserts, planned.gone)
    ledger.mark_published(store.name, mark)
    return report


def _mark(ledger: Ledger, min_confidence: float) -> str:
    """Everything that decides the graph."""
    told_once = [f"{name} for {', '.join(sorted(o))}" for name, o in supersedes(ledger.extractors()).items()]
    parts = [f"{ledger.changes()} changes", f"kg {with_facts(__version__)}", f"weak below {min_confidence}", *told_once]
    return "; ".join(parts)


def _node_count(written: dict[str, str]) -> int:
    return sum(isinstance(graph.parse_row_key(key), NodeRef) for key, value in written.items() if value)


def rebuild(workplace: Workplace) -> WriteReport:
    """Write the graph anew from the ledger alone; rows that nothing supports any more are deleted."""
    workplace.use_facts()
    with (
        workplace.ledger() as ledger,
        held(workplace.locks, "publish", wait_seconds=WAIT_SECONDS),
        closing(workplace.graph_store()) as store,
    ):
        store.prepare()
        ledger.intend(store.name, list(ledger.written(store.name)))
        return publish(ledger, store, min_confidence=workplace.settings.min_confidence, force=True)
