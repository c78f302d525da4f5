"""One batch, written inside one transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from kg.model.errors import StoreError
from kg.model.graph import GraphBatch, Node, NodeRef, Relationship, RelationshipRef, WriteReport
from kg.model.protocols import Row
from kg.model.schema import EXTRA_LABELS
from kg.store.cypher_text import (
    create_nodes,
    delete_nodes,
    delete_relationships,
    key_property,
    main_label,
    merge_nodes,
    merge_relationships,
    update_nodes,
)
from kg.store.reading import relationships_of
from kg.store.rows import node_row, reference_row, relationship_row

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, ResultSummary

Item = TypeVar("Item")
Kind = TypeVar("Kind", tuple[str, ...], tuple[str, tuple[str, ...]])


class UnjoinedError(StoreError):
    """A relationship lacks a node that it joins, or the embedded store does not show it yet."""


def apply(tx: "ManagedTransaction", batch: GraphBatch) -> WriteReport:
    """Write a batch and return what the server counted: upserts first, then deletions.

    `properties_set` is the server's own count: the same batch again sets the same values again.

    Raises:
        UnjoinedError: A relationship lacks one of its ends; the caller's transaction must not be committed.
    """
    report = WriteReport()
    for nodes in _grouped(batch.nodes, lambda node: (node.label, node.extra_labels)):
        report += _write_nodes(tx, nodes)
    report += _write_relationships(tx, batch.relationships)
    for refs in _grouped(batch.gone_relationships, _kind):
        text = delete_relationships(refs[0].type, refs[0].start.label, refs[0].end.label)
        report += _counted(_run(tx, text, rows=[reference_row(ref) for ref in refs]))
    for gone in _grouped(batch.gone_nodes, lambda ref: (main_label(ref.label),)):
        report += _delete_nodes(tx, gone)
    return report


def _write_nodes(tx: "ManagedTransaction", nodes: Sequence[Node]) -> WriteReport:
    """Write nodes of the same labels; one that is stored with other second labels is made anew.

    The embedded store cannot change the labels of a node under a constraint, so its relationships are kept, the node
    deleted and created, and the relationships written back.
    """
    label, extra_labels = nodes[0].label, nodes[0].extra_labels
    report = WriteReport()
    kept: tuple[Relationship, ...] = ()
    stored = _stored_extra_labels(tx, nodes)
    if changed := sorted(key for key, extras in stored.items() if extras != set(extra_labels)):
        kept = relationships_of(tx, label, changed)
        report += _delete_nodes(tx, [NodeRef(label=label, key=key) for key in changed])
    if extra_labels:
        there = stored.keys() - set(changed)
        new = [node_row(node) for node in nodes if node.key not in there]
        old = [node_row(node) for node in nodes if node.key in there]
        for text, rows in ((create_nodes(label, extra_labels), new), (update_nodes(label, extra_labels), old)):
            report += _counted(_run(tx, text, rows=rows)) if rows else WriteReport()
    else:
        report += _counted(_run(tx, merge_nodes(label), rows=[node_row(node) for node in nodes]))
    return report + _write_relationships(tx, kept)


def _stored_extra_labels(tx: "ManagedTransaction", nodes: Sequence[Node]) -> dict[str, set[str]]:
    """Return the second labels of those of the nodes that are stored, by key; none of a label that has no others."""
    label = nodes[0].label
    if label not in EXTRA_LABELS:
        return {}
    text = (
        f"UNWIND $keys AS key MATCH (n:{label} {{{key_property(label)}: key}}) RETURN key AS key, labels(n) AS labels"
    )
    stored = tx.run(text, keys=[node.key for node in nodes])
    return {record["key"]: set(record["labels"]) & set(EXTRA_LABELS[label]) for record in stored}


def _write_relationships(tx: "ManagedTransaction", relationships: Sequence[Relationship]) -> WriteReport:
    report = WriteReport()
    for group in _grouped(relationships, _kind):
        text = merge_relationships(group[0].type, group[0].start.label, group[0].end.label)
        result = tx.run(text, rows=[relationship_row(item) for item in group])
        joined = result.single(strict=True)["joined"]
        if joined != len(group):
            raise UnjoinedError(
                f"{len(group) - joined} of {len(group)} relationships {group[0].start.label}-{group[0].type}->"
                f"{group[0].end.label} lack a node that they join; the whole batch was refused, run kg rebuild"
            )
        report += _counted(result.consume())
    return report


def _delete_nodes(tx: "ManagedTransaction", refs: Sequence[NodeRef]) -> WriteReport:
    return _counted(_run(tx, delete_nodes(refs[0].label), keys=[ref.key for ref in refs]))


def _run(tx: "ManagedTransaction", text: str, **parameters: list[Row] | list[str]) -> "ResultSummary":
    return tx.run(text, parameters).consume()


def _kind(item: Relationship | RelationshipRef) -> tuple[str, ...]:
    return item.type, item.start.label, item.end.label


def _counted(summary: "ResultSummary") -> WriteReport:
    counters = summary.counters
    return WriteReport(
        nodes_created=counters.nodes_created,
        nodes_deleted=counters.nodes_deleted,
        relationships_created=counters.relationships_created,
        relationships_deleted=counters.relationships_deleted,
        properties_set=counters.properties_set,
    )


def _grouped(items: Iterable[Item], kind: Callable[[Item], Kind]) -> Iterator[list[Item]]:
    """Yield the items of each kind; sorted, so that two writers take their locks in one order."""
    for _, group in groupby(sorted(items, key=kind), kind):
        yield list(group)
