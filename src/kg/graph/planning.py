"""What has to be written so that a store comes to hold a graph."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.graph.evidence import Row
from kg.graph.rows import parse_row_key, row_hash, row_key, unit_of
from kg.model.errors import UsageError
from kg.model.graph import GraphBatch, Node, NodeRef, Relationship, RelationshipRef


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBatch:
    """One transaction, and what the ledger remembers of it.

    Attributes:
        upserts: Row key to row hash of what the batch writes.
        gone: Row keys that are to be forgotten afterwards.
    """

    batch: GraphBatch
    upserts: Mapping[str, str]
    gone: tuple[str, ...]


@dataclass(slots=True)
class _Changes:
    """Rows to write and row keys to delete, not yet cut into batches."""

    rows: list[tuple[str, str, Row]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows) + len(self.gone)

    def add(self, other: "_Changes") -> None:
        self.rows += other.rows
        self.gone += other.gone


def plan(
    rows: Iterable[Row], written: Mapping[str, str], *, max_rows: int, kept: Iterable[str] = ()
) -> Iterator[PlannedBatch]:
    """Yield the batches that turn what was written into `rows`, none when it is all there.

    First come the nodes of the world, so that every relationship finds its ends; then documents, each whole in one
    batch with what is gone from it; then the relationships of the world; last what is gone from the world.

    Args:
        rows: Of the units that changed, or of all, with these units as owners.
        written: Row key to row hash, of the same units; a hash of "" stands for a row that may or may not be there.
        max_rows: Rows of a batch, at least 1; only one document alone may exceed it.
        kept: Keys of `written` whose rows stay although none of these units brings them: another unit does.
    """
    if max_rows < 1:
        raise UsageError(f"max_rows is {max_rows}: a batch holds at least one row")
    keyed = [(row_key(row.ref, row.owner or ""), row_hash(row), row) for row in rows]
    present = {row.ref for _, _, row in keyed} | {parse_row_key(key) for key in kept}
    documents: defaultdict[str, _Changes] = defaultdict(_Changes)
    nodes, relationships = _Changes(), _Changes()
    for key, digest, row in keyed:
        if written.get(key) == digest:
            continue
        document = None if _leads_to_another(row) else _document(row.owner or "")
        world = nodes if isinstance(row, Node) else relationships
        (world if document is None else documents[document]).rows.append((key, digest, row))
    gone_nodes, gone_relationships = _Changes(), _Changes()
    for key in sorted(set(written) - {key for key, _, _ in keyed}):
        document = _document(unit_of(key))
        world = gone_nodes if isinstance(parse_row_key(key), NodeRef) else gone_relationships
        (world if document is None else documents[document]).gone.append(key)
    first = [*_single(nodes), *(documents[document] for document in sorted(documents))]
    last = [*_single(relationships), *_single(gone_relationships), *_single(gone_nodes)]
    for changes in (*_packed(first, max_rows), *_packed(last, max_rows)):
        yield _planned(changes, present)


def _leads_to_another(row: Row) -> bool:
    """Whether a row of one document has its end in another, which may come in a later batch."""
    return isinstance(row, Relationship) and row.start.label == row.end.label == "Document"


def _document(unit: str) -> str | None:
    """Return the unit of a document, None for the world layer."""
    return unit if unit.startswith("doc:") else None


def _single(changes: _Changes) -> Iterator[_Changes]:
    for row in changes.rows:
        yield _Changes(rows=[row])
    for key in changes.gone:
        yield _Changes(gone=[key])


def _packed(parts: Iterable[_Changes], max_rows: int) -> Iterator[_Changes]:
    """Yield batches of whole parts, in their order."""
    batch = _Changes()
    for part in parts:
        if len(batch) and len(batch) + len(part) > max_rows:
            yield batch
            batch = _Changes()
        batch.add(part)
    if len(batch):
        yield batch


def _planned(changes: _Changes, present: set[NodeRef | RelationshipRef]) -> PlannedBatch:
    rows = [row for _, _, row in changes.rows]
    # A row that only changed its owner is written under its new key: its old key is forgotten, not deleted.
    refs = [ref for key in changes.gone if (ref := parse_row_key(key)) not in present]
    return PlannedBatch(
        batch=GraphBatch(
            nodes=tuple(row for row in rows if isinstance(row, Node)),
            relationships=tuple(row for row in rows if isinstance(row, Relationship)),
            gone_nodes=tuple(ref for ref in refs if isinstance(ref, NodeRef)),
            gone_relationships=tuple(ref for ref in refs if isinstance(ref, RelationshipRef)),
        ),
        upserts={key: digest for key, digest, _ in changes.rows},
        gone=tuple(changes.gone),
    )
