"""Rows of a graph as canonical text: their keys, their hashes, and the fingerprint of the whole."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

from kg.model.graph import Graph, Node, NodeRef, PropertyValue, Relationship, RelationshipRef
from kg.model.schema import Property, PropertyType, node_schemas, relationship_schemas

HASH_HEX_DIGITS = 32


def row_key(ref: NodeRef | RelationshipRef, unit: str) -> str:
    """Return the key under which a ledger remembers a row: a JSON array of its ref and the unit that owns it."""
    return f"{ref_key(ref)}{_json(unit)}]"


def ref_key(ref: NodeRef | RelationshipRef) -> str:
    """Return how the keys of a row begin, whichever unit owns it."""
    if isinstance(ref, NodeRef):
        return _json(["node", ref.label, ref.key])[:-1] + ","
    ends = [ref.start.label, ref.start.key, ref.end.label, ref.end.key]
    return _json(["relationship", ref.type, *ends, *ref.keys])[:-1] + ","


def parse_row_key(key: str) -> NodeRef | RelationshipRef:
    """Return the node or relationship that a row key stands for."""
    kind, name, *rest, _ = json.loads(key)
    if kind == "node":
        return NodeRef(label=name, key=rest[0])
    start_label, start_key, end_label, end_key, *keys = rest
    start, end = NodeRef(label=start_label, key=start_key), NodeRef(label=end_label, key=end_key)
    return RelationshipRef(type=name, start=start, end=end, keys=tuple(keys))


def unit_of(key: str) -> str:
    """Return the unit that owns the row of this key, empty for a row that an older version wrote."""
    return str(json.loads(key)[-1])


def row_hash(row: Node | Relationship) -> str:
    """Return a hash of everything that a store keeps of the row."""
    return hashlib.sha256(_canonical(row).encode("utf-8")).hexdigest()[:HASH_HEX_DIGITS]


def fingerprint(graph: Graph) -> str:
    """Return one hash of a graph, the same for the graph that was built and for the one read back from a store."""
    rows = sorted([*map(_canonical, graph.nodes), *map(_canonical, graph.relationships)])
    return hashlib.sha256("\n".join(rows).encode("utf-8")).hexdigest()


def _canonical(row: Node | Relationship) -> str:
    if isinstance(row, Node):
        schemas = [node_schemas()[label] for label in (row.label, *row.extra_labels) if label in node_schemas()]
        what = ["node", row.label, row.key, list(row.extra_labels)]
        return _json([*what, _properties(row.properties, [p for schema in schemas for p in schema.properties])])
    ends = [row.start.label, row.start.key, row.end.label, row.end.key]
    told = _properties(row.properties, relationship_schemas()[row.type].properties)
    return _json(["relationship", row.type, *ends, told])


def _properties(told: Mapping[str, PropertyValue], known: list[Property] | tuple[Property, ...]) -> dict[str, object]:
    types = {p.name: p.type for p in known}
    # A missing property, None and an empty list are one thing to a store.
    return {name: _plain(value, types[name]) for name, value in told.items() if value is not None and value != ()}


def _plain(value: PropertyValue, kind: PropertyType) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    if kind is PropertyType.FLOAT and isinstance(value, int | float):
        return float(value)
    return value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
