"""The graph, or a selected part of it, read back in the model's types."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from kg.model.graph import Graph, Node, NodeRef, Relationship, Selection
from kg.model.schema import EXTRA_LABELS, node_schemas, relationship_schemas
from kg.store.cypher_text import key_property, node_properties
from kg.store.paging import paged
from kg.store.rows import read_properties, relationship_properties
from kg.store.selecting import Keys, selected_keys

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Record

MAIN = tuple(label for label, schema in node_schemas().items() if schema.key)
"""The labels that have a key: every node of ours carries exactly one of them."""


def read_graph(tx: "ManagedTransaction", selection: Selection) -> Graph:
    """Return the selected part of the graph, sorted.

    Nodes, relationships and properties that are not of the schema are left out. With a selection, the relationships
    are those between the selected nodes, without ties that none of the selected events backs.

    Raises:
        UsageError: The selection names an actor that is not in the graph.
    """
    selected = selected_keys(tx, selection)
    keys = _all_keys(tx) if selected is None else selected
    nodes = {id_: node for label in MAIN for id_, node in _nodes(tx, label, keys)}
    relationships = [item for label in MAIN for item in _relationships(tx, label, keys, nodes)]
    if selected is not None:
        relationships = [item for item in relationships if _is_backed(item, selected["Event"])]
    return Graph(
        nodes=tuple(sorted(nodes.values(), key=lambda node: (node.label, node.key))),
        relationships=tuple(sorted(relationships, key=_order)),
    )


def count_nodes(tx: "ManagedTransaction") -> int:
    """Return the number of nodes of ours."""
    counts = (_run(tx, f"MATCH (n:{label}) RETURN count(n) AS n")[0]["n"] for label in MAIN)
    return sum(cast("int", count) for count in counts)


def relationships_of(tx: "ManagedTransaction", label: str, keys: Sequence[str]) -> tuple[Relationship, ...]:
    """Return every relationship that starts or ends at the nodes of these keys, each once."""
    found: dict[str, Relationship] = {}
    for arrow in ("-[r]->", "<-[r]-"):
        returned = (
            "WITH r, startNode(r) AS a, endNode(r) AS b RETURN elementId(r) AS id, type(r) AS type, "
            "properties(r) AS held, labels(a) AS start_labels, properties(a) AS start_held, "
            "labels(b) AS end_labels, properties(b) AS end_held"
        )
        for row in _matched(tx, label, keys, f"{arrow}(m)", returned):
            start, end = _node(row["start_labels"], row["start_held"]), _node(row["end_labels"], row["end_held"])
            if start and end and row["type"] in relationship_schemas():
                found[row["id"]] = _relationship(row["type"], start, end, row["held"])
    return tuple(found.values())


def _nodes(tx: "ManagedTransaction", label: str, keys: Keys) -> Iterable[tuple[str, Node]]:
    returned = "RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS held"
    for row in _matched(tx, label, keys[label], "", returned):
        if node := _node(row["labels"], row["held"]):
            yield row["id"], node


def _relationships(
    tx: "ManagedTransaction", label: str, keys: Keys, nodes: Mapping[str, Node]
) -> Iterable[Relationship]:
    returned = "RETURN type(r) AS type, elementId(n) AS start, elementId(m) AS end, properties(r) AS held"
    for row in _matched(tx, label, keys[label], "-[r]->(m)", returned):
        start, end = nodes.get(row["start"]), nodes.get(row["end"])
        if start and end and row["type"] in relationship_schemas():
            yield _relationship(row["type"], start, end, row["held"])


def _matched(tx: "ManagedTransaction", label: str, keys: Iterable[str], rest: str, returned: str) -> "Iterator[Record]":
    """Run a query for the nodes of the keys."""
    return paged(tx, f"UNWIND $keys AS key MATCH (n:{label} {{{key_property(label)}: key}}){rest} {returned}", keys)


def _all_keys(tx: "ManagedTransaction") -> Keys:
    found = {}
    for label in MAIN:
        name = key_property(label)
        rows = _run(tx, f"MATCH (n:{label}) WHERE n.{name} IS NOT NULL RETURN n.{name} AS key")
        found[label] = frozenset(row["key"] for row in rows if isinstance(row["key"], str))
    return found


def _node(labels: Iterable[str], held: Mapping[str, object]) -> Node | None:
    """Return a node of ours, None for one that somebody else put there."""
    label = next((name for name in MAIN if name in labels), None)
    key = held.get(key_property(label)) if label else None
    if label is None or not isinstance(key, str):
        return None
    extra_labels = tuple(sorted(set(labels) & set(EXTRA_LABELS.get(label, ()))))
    known = {prop.name: prop for prop in node_properties(label, extra_labels)}
    return Node(label=label, key=key, extra_labels=extra_labels, properties=read_properties(known, held))


def _relationship(type_: str, start: Node, end: Node, held: Mapping[str, object]) -> Relationship:
    schema = relationship_schemas()[type_]
    return Relationship(
        type=type_,
        start=_end(start, schema.starts),
        end=_end(end, schema.ends),
        properties=read_properties(relationship_properties(type_), held),
    )


def _end(node: Node, allowed: tuple[str, ...]) -> NodeRef:
    """Name a node by the label that the relationship type joins, which may be a second one (SanctionAct)."""
    label = next((name for name in allowed if name in (node.label, *node.extra_labels)), node.label)
    return NodeRef(label=label, key=node.key)


def _is_backed(relationship: Relationship, events: frozenset[str]) -> bool:
    event_ids = relationship.properties.get("event_ids")
    return not isinstance(event_ids, tuple) or not events.isdisjoint(event_ids)


def _order(item: Relationship) -> tuple[object, ...]:
    return item.type, item.start.label, item.start.key, item.end.label, item.end.key, item.ref.keys


def _run(tx: "ManagedTransaction", text: str, **parameters: object) -> "list[Record]":
    return list(tx.run(text, parameters))
