"""Values of the graph: nodes, relationships, what to write, what was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kg.model.schema import EXTRA_LABELS, node_schemas, relationship_schemas

PropertyValue = str | int | float | bool | date | datetime | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRef:
    """A node by its label and key: what never changes about it."""

    label: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node; its properties are those of the schema, a missing one and None are the same.

    Attributes:
        extra_labels: Second labels, sorted; fixed for the life of the node.
        owner: doc_id of the document that brings the node, None for the world layer; documents are written whole.
    """

    label: str
    key: str
    extra_labels: tuple[str, ...] = ()
    properties: Mapping[str, PropertyValue] = field(default_factory=dict)
    owner: str | None = None

    def __post_init__(self) -> None:
        known = {
            p.name
            for label in (self.label, *self.extra_labels)
            if label in node_schemas()
            for p in node_schemas()[label].properties
        }
        _refuse_unknown(f"node {self.label}", self.properties, known - {node_schemas()[self.label].key or ""})
        if extra := set(self.extra_labels) - set(EXTRA_LABELS.get(self.label, ())):
            raise TypeError(f"{self.label} nodes carry no label {sorted(extra)}")

    @property
    def ref(self) -> NodeRef:
        """The node's label and key."""
        return NodeRef(label=self.label, key=self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """A relationship from `start` to `end`; type, ends and key properties identify it."""

    type: str
    start: NodeRef
    end: NodeRef
    properties: Mapping[str, PropertyValue] = field(default_factory=dict)
    owner: str | None = None

    def __post_init__(self) -> None:
        schema = relationship_schemas()[self.type]
        _refuse_unknown(f"relationship {self.type}", self.properties, {p.name for p in schema.properties})
        if self.start.label not in schema.starts or self.end.label not in schema.ends:
            raise TypeError(
                f"{self.type} joins {schema.starts} to {schema.ends}, not {self.start.label} to {self.end.label}"
            )
        if missing := [key for key in schema.keys if self.properties.get(key) is None]:
            raise TypeError(f"relationship {self.type} lacks its key properties {missing}")

    @property
    def ref(self) -> "RelationshipRef":
        """Type, ends and the values of the key properties."""
        keys = tuple(str(self.properties[key]) for key in relationship_schemas()[self.type].keys)
        return RelationshipRef(type=self.type, start=self.start, end=self.end, keys=keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipRef:
    """A relationship by what never changes about it; `keys` in the order of the schema."""

    type: str
    start: NodeRef
    end: NodeRef
    keys: tuple[str, ...] = ()


def _refuse_unknown(what: str, properties: Mapping[str, PropertyValue], known: set[str]) -> None:
    if unknown := set(properties) - known:
        raise TypeError(
            f"{what} has no properties {sorted(unknown)}; add them to model/data/schema.csv with a decision page"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Nodes and relationships, sorted by label or type and key, each at most once."""

    nodes: tuple[Node, ...] = ()
    relationships: tuple[Relationship, ...] = ()

    @property
    def rows(self) -> tuple[Node | Relationship, ...]:
        """The nodes, then the relationships."""
        return (*self.nodes, *self.relationships)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphBatch:
    """What one transaction writes: upserts first, then the deletions."""

    nodes: tuple[Node, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    gone_nodes: tuple[NodeRef, ...] = ()
    gone_relationships: tuple[RelationshipRef, ...] = ()

    def __len__(self) -> int:
        return len(self.nodes) + len(self.relationships) + len(self.gone_nodes) + len(self.gone_relationships)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """What a write changed in the store, as the server counts it."""

    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0
    properties_set: int = 0

    def __add__(self, other: "WriteReport") -> "WriteReport":
        return WriteReport(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which part of the graph to read.

    Attributes:
        actors: Names, aliases or actor ids; empty means everything. With actors, events in which one of them or
            somebody who acts for one of them plays a role.
        since: First UTC day, inclusive; events without a date stay.
        until: Last UTC day, inclusive.
    """

    actors: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
