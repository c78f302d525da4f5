"""From the ledger to the graph: what documents and claims, taken together, say, written where it differs."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from kg import __version__, graph, resolve
from kg.jobs.delistings import told_of_lists
from kg.jobs.identities import identity_of
from kg.jobs.indexed_world import IndexedWorld
from kg.jobs.making import make_rows
from kg.jobs.plugins import installed, load
from kg.jobs.shelf import Shelf, told_once
from kg.jobs.updating import CHANGES, update
from kg.jobs.versions import standing_document, standings
from kg.model.graph import Graph, WriteReport
from kg.model.protocols import GraphStore
from kg.model.told import Read
from kg.store.index import Index
from kg.store.ledger import Ledger
from kg.store.units import WrittenUnits
from kg.text.tables import with_facts, with_publishers

MAX_ROWS = 5_000  # rows a transaction; a document is never split
INDEX = "index.db"  # beside the ledger; can be dropped at any moment
WAIT_SECONDS = 600.0  # another job's publication


def world(ledger: Ledger, min_confidence: float, *, without: Collection[str] = ()) -> Graph:
    """Return the graph that the ledger stands for; nothing else decides it.

    Args:
        min_confidence: Probability in [0, 1]; what is less likely to be right is marked weak.
        without: Ids of documents that are left out, as if the ledger did not hold them.
    """
    read = [pair for pair in read_once(ledger) if pair[0].doc_id not in without]
    told = standings([document for document, _ in read])
    read = [(standing_document(document, told), extractions) for document, extractions in read]
    resolution = resolve.resolve(told_of_lists(read), ledger.judgements.standing())
    return graph.build(resolution, min_confidence=min_confidence)


def read_once(ledger: Ledger) -> Read:
    """Return every document with its extractions, but those of superseded extractors."""
    superseding = supersedes(ledger.extractors())
    return [told_once(pair, superseding) for pair in ledger.read()]


def supersedes(names: Collection[str]) -> dict[str, frozenset[str]]:
    """Return for each installed extractor among `names` those of the others that it stands in for, if any."""
    found = {
        name: frozenset(getattr(load("kg.extractors", name), "supersedes", ())) & frozenset(names) - {name}
        for name in sorted(names)
        if name in installed("kg.extractors")
    }
    return {name: others for name, others in found.items() if others}


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
    take_over(ledger, store)
    if store.count_nodes() < ledger.units(store.name).count_nodes():
        ledger.forget_written(store.name)  # somebody emptied the store: write it anew
    basis, bar = _basis(supersedes(ledger.extractors())), f"weak below {min_confidence}"
    published = ledger.published(store.name)
    is_told = published == f"{ledger.changes()} changes; {basis}; {bar}"
    if is_told and not force and not ledger.units(store.name).in_doubt():
        return WriteReport()
    with indexed(ledger) as (index, shelf):
        if force or published is None or index.mark_of(store.name) != bar:
            with index.transaction():
                index.drop_store(store.name)
        return _publish(
            _Publication(
                ledger=ledger,
                store=store,
                index=index,
                shelf=shelf,
                min_confidence=min_confidence,
                basis=basis,
                bar=bar,
                stop=stop,
            )
        )


def take_over(ledger: Ledger, store: GraphStore) -> None:
    """Let the ledger know a folder again whose path has changed, because the home was moved, copied or restored.

    It is the folder of another path when nothing was written to it under its own, and it holds as many nodes.
    """
    names = [name for name in ledger.stores() if "://" not in name]
    if "://" in store.name or store.name in names or not (held := store.count_nodes()):
        return
    same = [name for name in names if ledger.units(name).count_nodes() == held]
    if len(same) == 1:
        ledger.move_written(same[0], store.name)


@contextmanager
def indexed(ledger: Ledger) -> Iterator[tuple[Index, Shelf]]:
    """Open the index of a ledger, brought up to date with it; made anew where other rules than today's made it."""
    superseding = supersedes(ledger.extractors())
    basis = _basis(superseding)
    with Index.open(ledger.path.with_name(INDEX)) as index:
        if index.get("basis") != basis or int(index.get(CHANGES) or 0) > ledger.changes():
            with index.transaction():
                index.empty()
                index.put("basis", basis)
        shelf = Shelf(ledger, superseding, lambda: identity_of(index))
        update(ledger, index, shelf)
        yield index, shelf


def _basis(superseding: Mapping[str, frozenset[str]]) -> str:
    """Everything that decides the graph beside the ledger and the bar of the weak."""
    instead = [f"{name} for {', '.join(sorted(others))}" for name, others in superseding.items()]
    return "; ".join([f"kg {with_publishers(with_facts(__version__))}", *instead])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Publication:
    """One publication under way.

    Attributes:
        basis: What decides the graph beside the ledger and the bar.
        bar: Which confidences count as weak, as the index notes it for each store.
    """

    ledger: Ledger
    store: GraphStore
    index: Index
    shelf: Shelf
    min_confidence: float
    basis: str
    bar: str
    stop: Callable[[], bool]


def _publish(run: _Publication) -> WriteReport:
    """Make the units that are due and write where they differ from what was written."""
    ledger, store, index = run.ledger, run.store, run.index
    is_known = index.mark_of(store.name) is not None
    units = ledger.units(store.name)
    due = {*index.dirty(store.name), *units.in_doubt()} if is_known else {*index.all_units(), *units.all()}
    mark = f"{index.get(CHANGES)} changes; {run.basis}; {run.bar}"
    made = make_rows(index, IndexedWorld(index, run.shelf, run.min_confidence), due)
    written = units.written(sorted(made)) if is_known else ledger.written(store.name)
    rows = [row for unit in sorted(made) for row in made[unit]]
    kept = _kept(units, made, rows, written) if is_known else ()
    batches = tuple(graph.plan(rows, written, max_rows=MAX_ROWS, kept=kept))
    ledger.intend(store.name, [key for planned in batches for key in (*planned.upserts, *planned.gone)])
    report = WriteReport()
    for planned in batches:
        if run.stop():
            return report
        report += store.write(planned.batch)
        ledger.settle(store.name, planned.upserts, planned.gone)
    with index.transaction():
        index.clean(store.name, run.bar)
    ledger.mark_published(store.name, mark)
    return report


def _kept(
    units: WrittenUnits, made: Collection[str], rows: Iterable[graph.Row], written: Iterable[str]
) -> Iterator[str]:
    """Yield the keys that are gone although another unit, which is not made anew, brings the same row."""
    brought = {graph.row_key(row.ref, row.owner or "") for row in rows}
    for key in written:
        if key not in brought and set(units.owners(graph.ref_key(graph.parse_row_key(key)))) - set(made):
            yield key
