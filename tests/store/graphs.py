"""Small graphs made through the schema: any label, type and property that it knows, and nothing else."""

from datetime import UTC

from hypothesis import strategies as st

from kg.model.graph import Graph, Node, NodeRef, Relationship
from kg.model.schema import EXTRA_LABELS, PropertyType, node_schemas, relationship_schemas
from kg.store.cypher_text import MAIN_LABELS, main_label, node_properties

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
VALUES = {
    PropertyType.STRING: texts,
    PropertyType.STRINGS: st.lists(texts, max_size=3).map(tuple),
    PropertyType.INTEGER: st.integers(-(2**63), 2**63 - 1),
    PropertyType.FLOAT: st.floats(allow_nan=False, allow_infinity=False),
    PropertyType.BOOLEAN: st.booleans(),
    PropertyType.DATE: st.dates(),
    PropertyType.DATETIME: st.datetimes(timezones=st.just(UTC)),
}
LABELS = tuple(label for label in node_schemas() if label not in MAIN_LABELS)


def properties_of(known, *, required=()):
    return st.fixed_dictionaries(
        {prop.name: VALUES[prop.type] for prop in known if prop.name in required},
        optional={prop.name: VALUES[prop.type] for prop in known if prop.name not in required},
    )


@st.composite
def nodes(draw, key=None):
    label = draw(st.sampled_from(LABELS))
    extras = draw(st.sampled_from([(), *((extra,) for extra in EXTRA_LABELS.get(label, ()))]))
    return Node(
        label=label,
        key=draw(key if key is not None else st.text("abcXYZЖ'\"\\ ", min_size=1, max_size=4)),
        extra_labels=extras,
        properties=draw(properties_of(node_properties(label, extras))),
    )


@st.composite
def relationships(draw, there):
    """A relationship between two of the nodes, of a type that may join them; None when no type may."""
    start, end = draw(st.sampled_from(there)), draw(st.sampled_from(there))
    fitting = [
        (schema, left, right)
        for schema in relationship_schemas().values()
        for left in schema.starts
        for right in schema.ends
        if left in (start.label, *start.extra_labels) and right in (end.label, *end.extra_labels)
    ]
    if not fitting:
        return None
    schema, left, right = draw(st.sampled_from(fitting))
    return Relationship(
        type=schema.type,
        start=NodeRef(label=left, key=start.key),
        end=NodeRef(label=right, key=end.key),
        properties=draw(properties_of(schema.properties, required=schema.keys)),
    )


@st.composite
def graphs(draw):
    made = draw(st.lists(nodes(), min_size=1, max_size=8, unique_by=lambda node: (node.label, node.key)))
    tied = draw(st.lists(relationships(made), max_size=8))
    by_ref = {(r.type, main_ref(r.start), main_ref(r.end), r.ref.keys): r for r in tied if r}
    return in_order(Graph(nodes=tuple(made), relationships=tuple(by_ref.values())))


def main_ref(ref):
    return main_label(ref.label), ref.key


def in_order(graph):
    return Graph(
        nodes=tuple(sorted(graph.nodes, key=lambda n: (n.label, n.key))),
        relationships=tuple(
            sorted(
                graph.relationships,
                key=lambda r: (r.type, r.start.label, r.start.key, r.end.label, r.end.key, r.ref.keys),
            )
        ),
    )
