"""What may stand in the graph: labels, relationship types and their properties, generated from `data/schema.csv`.

This is the public contract of the product (users write Cypher against it) and the closed set that the stores
write: nothing else ever becomes a label, a type or a property name.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from kg.model.ontology import event_types
from kg.model.words import ActorType

ONLY_SAID = "ONLY_SAID"  # the aggregated relationship of events that are not told as having happened

ACTOR_LABELS = {
    ActorType.STATE: "State",
    ActorType.PERSON: "Person",
    ActorType.IGO: "IGO",
    ActorType.ORGANISATION: "Organization",
    ActorType.COMPANY: "Organization",
    ActorType.MILITARY: "Organization",
    ActorType.ARMED_GROUP: "ArmedGroup",
    ActorType.GROUP: "Group",
    ActorType.FACILITY: "Facility",
}  # ActorType.PLACE is a node of its own label, Place

EXTRA_LABELS = {"Actor": tuple(sorted(set(ACTOR_LABELS.values()))), "Event": ("SanctionAct",)}
"""Second labels that nodes of a label may carry; they are set when the node is created and never change."""


class PropertyType(StrEnum):
    """What a property holds; `date` is a UTC day, `datetime` an instant in UTC."""

    STRING = "string"
    STRINGS = "string[]"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property of a label or relationship type."""

    name: str
    type: PropertyType
    is_key: bool
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeSchema:
    """A label; `key` is the name of its only key property, None for a second label such as SanctionAct."""

    label: str
    properties: tuple[Property, ...]

    @property
    def key(self) -> str | None:
        """The name of the property under a uniqueness constraint."""
        return next((p.name for p in self.properties if p.is_key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipSchema:
    """A relationship type; at most one relationship of it joins two nodes with the same key properties."""

    type: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    properties: tuple[Property, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the properties that tell parallel relationships apart."""
        return tuple(p.name for p in self.properties if p.is_key)


TIE_TYPES = frozenset(event_type.tie for event_type in event_types().values())
"""Types of the aggregated relationships of what happened; ONLY_SAID holds the rest."""

TIE_PROPERTIES = tuple(
    Property(name=name, type=PropertyType(kind), is_key=False, description=description)
    for name, kind, description in (
        ("event_ids", "string[]", "the events behind the tie"),
        ("n", "integer", "number of events"),
        ("n_docs", "integer", "documents that tell of them"),
        ("n_independent", "integer", "origins behind them: copies, one publisher, one agency credited count once"),
        ("first", "date", "first UTC day"),
        ("last", "date", "last UTC day"),
        ("sign", "integer", "-1, 0 or 1"),
        ("score_sum", "float", "sum of the scores of the events that happened; 0 for ONLY_SAID"),
        ("score_low", "float", "least that sum can be: without weak events; for ONLY_SAID with what may have happened"),
        ("score_high", "float", "most that sum can be: likewise"),
        ("status_mix", "string[]", "occurrence of the events with its count: expected 2"),
        ("confidence", "float", "largest confidence of an event"),
        ("weak", "boolean", "all its events are weak"),
    )
)


def _rows() -> list[dict[str, str]]:
    text = files("kg.model").joinpath("data", "schema.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _properties(kind: str, name: str) -> tuple[Property, ...]:
    return tuple(
        Property(
            name=row["property"],
            type=PropertyType(row["type"]),
            is_key=row["key"] == "1",
            description=row["description"],
        )
        for row in _rows()
        if row["kind"] == kind and row["name"] == name and row["property"]
    )


@cache
def node_schemas() -> dict[str, NodeSchema]:
    """Return every label of the file, in its order."""
    labels = dict.fromkeys(row["name"] for row in _rows() if row["kind"] == "node")
    return {label: NodeSchema(label=label, properties=_properties("node", label)) for label in labels}


@cache
def relationship_schemas() -> dict[str, RelationshipSchema]:
    """Return every relationship type: those of the file, then the ties of the ontology and ONLY_SAID."""
    ends = {row["name"]: (row["start"], row["end"]) for row in _rows() if row["kind"] == "relationship"}
    schemas = {
        name: RelationshipSchema(
            type=name,
            starts=tuple(start.split("|")),
            ends=tuple(end.split("|")),
            properties=_properties("relationship", name),
        )
        for name, (start, end) in ends.items()
    }
    for event_type in event_types().values():
        schemas[event_type.tie] = RelationshipSchema(
            type=event_type.tie, starts=("Actor",), ends=("Actor",), properties=TIE_PROPERTIES
        )
    said_keys = tuple(
        Property(name=name, type=PropertyType.STRING, is_key=True, description=description)
        for name, description in (("etype", "event type"), ("occurrence", "never occurred or ongoing"))
    )
    schemas[ONLY_SAID] = RelationshipSchema(
        type=ONLY_SAID, starts=("Actor",), ends=("Actor",), properties=(*said_keys, *TIE_PROPERTIES)
    )
    return schemas
