"""The statements that write the graph come from the schema, and cypher/schema.cypher shows them."""

from pathlib import Path

import pytest

from kg.model.schema import TIE_PROPERTIES, node_schemas, relationship_schemas
from kg.store.cypher_text import (
    create_nodes,
    delete_relationships,
    key_property,
    merge_nodes,
    merge_relationships,
    schema_statements,
    schema_text,
    update_nodes,
)

SHOWN = Path(__file__).parents[2] / "cypher" / "schema.cypher"
ONE_TIE = next(s.type for s in relationship_schemas().values() if s.properties == TIE_PROPERTIES)
PAIRS = [
    (s.type, a, b)
    for s in relationship_schemas().values()
    if s.type == ONE_TIE or s.properties != TIE_PROPERTIES  # ties are all alike, and Neo4j plans each text
    for a in s.starts
    for b in s.ends
]


def test_the_file_that_people_read_is_what_the_store_runs():
    assert SHOWN.read_text(encoding="utf-8") == schema_text()


def test_every_property_of_the_schema_is_written():
    for label, schema in node_schemas().items():
        if schema.key:
            assert all(f"n.{p.name} = " in merge_nodes(label) for p in schema.properties if not p.is_key)
    for write in (create_nodes, update_nodes):
        assert "n.act = row.act" in write("Event", ("SanctionAct",))
    assert "n.act = row.act" not in merge_nodes("Event")


def test_instants_travel_as_text_and_days_as_days():
    assert "n.retrieved_at = datetime(row.retrieved_at)" in merge_nodes("Document")
    assert "n.t_start = row.t_start" in merge_nodes("Event")


def test_no_property_of_a_relationship_hides_the_keys_of_its_ends():
    names = {p.name for s in relationship_schemas().values() for p in s.properties}
    assert not names & {"start_key", "end_key"}


@pytest.mark.parametrize(
    ("start", "end", "begins"), [("Claim", "Actor", "MATCH (a:Claim"), ("Actor", "Claim", "MATCH (b:Claim")]
)
def test_the_pattern_begins_at_the_node_of_few_relationships(start, end, begins):
    type_ = "ROLE" if start == "Claim" else "SAYS"
    merge = merge_relationships(type_, start, end)
    assert merge.splitlines()[1].startswith(begins)
    assert f"MERGE ({begins[7]})" in merge
    assert f"({begins[7]}:Claim" in delete_relationships(type_, start, end).splitlines()[1].split("[r:")[0]


def test_a_second_label_is_found_by_the_key_of_its_first():
    assert key_property("SanctionAct") == "event_id"
    assert "(a:Event {event_id: row.start_key})" in merge_relationships("MODIFIES", "SanctionAct", "Designation")


def test_every_key_has_a_constraint():
    text = "\n".join(schema_statements())
    assert all(f"FOR (n:{s.label}) REQUIRE n.{s.key} IS UNIQUE" in text for s in node_schemas().values() if s.key)


@pytest.mark.neo4j
def test_neo4j_and_the_embedded_engine_accept_the_statements(embedded_store, bolt_store):
    texts = [merge_nodes(label) for label, schema in node_schemas().items() if schema.key]
    texts += [make(*pair) for pair in PAIRS for make in (merge_relationships, delete_relationships)]
    for store in (embedded_store, bolt_store):
        with store._connection.session() as session:
            for text in texts:
                session.run(text, rows=[]).consume()
        assert store.count_nodes() == 0
