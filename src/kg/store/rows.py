"""Rows that statements write, and values that the driver gives, between the model's types and the driver's."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache

from kg.model.graph import Node, PropertyValue, Relationship, RelationshipRef
from kg.model.protocols import Row
from kg.model.schema import Property, PropertyType, relationship_schemas
from kg.store.cypher_text import node_properties

_HELD = {
    PropertyType.STRING: str,
    PropertyType.STRINGS: tuple,
    PropertyType.INTEGER: int,
    PropertyType.FLOAT: int | float,
    PropertyType.BOOLEAN: bool,
    PropertyType.DATE: date,
    PropertyType.DATETIME: datetime,
}


def node_row(node: Node) -> Row:
    """Return the row of $rows that writes a node.

    Raises:
        TypeError: A property holds what the schema does not say.
    """
    return {"key": node.key, **_written(node_properties(node.label, node.extra_labels), node.properties)}


def relationship_row(relationship: Relationship) -> Row:
    """Return the row of $rows that writes a relationship.

    Raises:
        TypeError: A property holds what the schema does not say.
    """
    properties = relationship_schemas()[relationship.type].properties
    ends = {"start_key": relationship.start.key, "end_key": relationship.end.key}
    return {**ends, **_written(properties, relationship.properties)}


def reference_row(ref: RelationshipRef) -> Row:
    """Return the row of $rows that deletes a relationship."""
    keys = dict(zip(relationship_schemas()[ref.type].keys, ref.keys, strict=True))
    return {"start_key": ref.start.key, "end_key": ref.end.key, **keys}


def _written(known: Iterable[Property], properties: Mapping[str, PropertyValue]) -> Row:
    return {prop.name: _for_driver(prop, value) for prop in known if (value := properties.get(prop.name)) is not None}


def _for_driver(prop: Property, value: PropertyValue) -> object:
    fits = isinstance(value, _HELD[prop.type]) and isinstance(value, datetime) == (prop.type is PropertyType.DATETIME)
    if not fits:
        raise TypeError(f"property {prop.name} holds a {prop.type}, not {value!r}")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, tuple):
        return [str(item) for item in value]
    if isinstance(value, str):
        return str(value)  # a member of a StrEnum as its plain text
    if prop.type is PropertyType.FLOAT and isinstance(value, int):
        return float(value)  # the store keeps 1 and 1.0 apart
    return value


@cache
def relationship_properties(type_: str) -> Mapping[str, Property]:
    """Return what relationships of a type may hold, by name."""
    return {prop.name: prop for prop in relationship_schemas()[type_].properties}


def read_properties(known: Mapping[str, Property], stored: Mapping[str, object]) -> dict[str, PropertyValue]:
    """Return the properties of the schema that a node or relationship of the store holds, in the model's types."""
    return {name: _from_driver(known[name].type, stored[name]) for name in known if stored.get(name) is not None}


def _from_driver(kind: PropertyType, value: object) -> PropertyValue:
    if kind is PropertyType.STRING and isinstance(value, str):  # by far the most
        return value
    value = plain(value)
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if kind is PropertyType.FLOAT and isinstance(value, int):
        return float(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, str | int | float | date):  # bool is an int
        return value
    return str(value)


def plain(value: object) -> object:
    """Return a value of the driver as plain Python.

    A node becomes `labels` and `properties`, a relationship `type` and `properties`, a path `nodes` and
    `relationships`; a time of day and a duration become ISO text, a point its coordinates.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    from neo4j import graph, spatial, time

    if isinstance(value, graph.Node):
        return {"labels": sorted(value.labels), "properties": {name: plain(held) for name, held in value.items()}}
    if isinstance(value, graph.Relationship):
        return {"type": value.type, "properties": {name: plain(held) for name, held in value.items()}}
    if isinstance(value, graph.Path):
        return {
            "nodes": [plain(node) for node in value.nodes],
            "relationships": [plain(r) for r in value.relationships],
        }
    if isinstance(value, time.Date | time.DateTime):
        return value.to_native()
    if isinstance(value, time.Time | time.Duration):
        return value.iso_format()
    if isinstance(value, spatial.Point):
        return [float(coordinate) for coordinate in value]
    if isinstance(value, Mapping):
        return {str(name): plain(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def as_parameter(value: object) -> object:
    """Return a parameter for the driver, which crashes the interpreter on some datetimes with a named zone."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    if isinstance(value, Mapping):
        return {str(name): as_parameter(held) for name, held in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [
            as_parameter(item) for item in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)
        ]
    return value
