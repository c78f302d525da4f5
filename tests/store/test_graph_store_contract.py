"""What every graph store promises, asked of the embedded engine and of a real Neo4j with the same words."""

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings

from kg.graph import fingerprint
from kg.model.errors import RefusedQueryError, StoreError, UsageError
from kg.model.graph import Graph, GraphBatch, Node, NodeRef, Relationship, Selection, WriteReport
from store.graphs import graphs, in_order

shared_store = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
EVERYTHING = Selection()


def empty(store):
    everything = store.read(EVERYTHING)
    store.write(GraphBatch(gone_nodes=tuple(node.ref for node in everything.nodes)))
    assert store.count_nodes() == 0


def batch(graph):
    return GraphBatch(nodes=graph.nodes, relationships=graph.relationships)


def created(report):
    return (
        report.nodes_created,
        report.nodes_deleted,
        report.relationships_created,
        report.relationships_deleted,
    )


@shared_store
@given(graphs())
def test_what_is_read_is_what_was_written_and_twice_is_once(store, graph):
    empty(store)
    first = store.write(batch(graph))
    assert created(first) == (len(graph.nodes), 0, len(graph.relationships), 0)
    assert created(store.write(batch(graph))) == (0, 0, 0, 0)
    assert store.read(EVERYTHING) == graph
    assert store.count_nodes() == len(graph.nodes)


@shared_store
@given(graphs())
def test_a_property_that_is_gone_is_removed(store, graph):
    empty(store)
    store.write(batch(graph))
    bare = Graph(
        nodes=tuple(replace(node, properties={}) for node in graph.nodes),
        relationships=tuple(
            replace(r, properties={name: value for name, value in r.properties.items() if name in keys_of(r)})
            for r in graph.relationships
        ),
    )
    store.write(batch(bare))
    assert store.read(EVERYTHING) == bare


def keys_of(relationship):
    from kg.model.schema import relationship_schemas

    return relationship_schemas()[relationship.type].keys


@shared_store
@given(graphs())
def test_relationships_then_nodes_are_deleted_by_their_refs(store, graph):
    empty(store)
    store.write(batch(graph))
    gone = GraphBatch(gone_relationships=tuple(r.ref for r in graph.relationships))
    assert created(store.write(gone)) == (0, 0, 0, len(graph.relationships))
    assert created(store.write(gone)) == (0, 0, 0, 0)
    assert store.read(EVERYTHING) == Graph(nodes=graph.nodes)
    store.write(GraphBatch(gone_nodes=tuple(node.ref for node in graph.nodes)))
    assert store.read(EVERYTHING) == Graph()


@pytest.mark.neo4j
@shared_store
@given(graphs())
def test_the_fingerprint_is_the_same_on_both_stores(embedded_store, bolt_store, graph):
    prints = set()
    for store in (embedded_store, bolt_store):
        empty(store)
        store.write(batch(graph))
        prints.add(fingerprint(store.read(EVERYTHING)))
    assert prints == {fingerprint(graph)}


# A story with known answers


def actor(key, name, kind="State", **properties):
    return Node(label="Actor", key=key, extra_labels=(kind,), properties={"name": name, **properties})


def event(key, day=None, **properties):
    days = {"t_start": day, "t_end": day} if day else {}
    return Node(label="Event", key=key, properties=days | properties)


def rel(type_, start, end, /, **properties):
    return Relationship(
        type=type_,
        start=NodeRef(label=start[0], key=start[1]),
        end=NodeRef(label=end[0], key=end[1]),
        properties=properties,
    )


def A(key):  # noqa: N802
    return "Actor", key


def E(key):  # noqa: N802
    return "Event", key


STORY = in_order(
    Graph(
        nodes=(
            actor("ISL", "Iceland", aliases=("Reykjavík", "Island republic")),
            actor("NOR", "Norway"),
            actor("MLT", "Malta"),
            actor("act_minister", "Jóna Björk", "Person"),
            actor("FISHCO", "North Fish", "Organization"),
            Node(label="Claim", key="c_offer", properties={"etype": "OFFER_MEDIATION", "quote": "offered to mediate"}),
            Node(label="Claim", key="c_malta", properties={"etype": "MEET"}),
            Node(label="Designation", key="des_fish", properties={"state": "in_force"}),
            Node(label="Document", key="doc_1", properties={"published_at": datetime(2025, 6, 20, 8, 30, tzinfo=UTC)}),
            Node(label="Document", key="doc_2"),
            event("e_offer", date(2025, 6, 19), etype="OFFER_MEDIATION", happened=True),
            event("e_talks", date(2025, 7, 2), etype="MEDIATE", happened=False),
            event("e_reject", date(2025, 6, 21), etype="REJECT"),
            event("e_malta", date(2025, 6, 19), etype="MEET"),
            event("e_undated", etype="MEET"),
            Node(label="Event", key="e_act", extra_labels=("SanctionAct",), properties={"act": "imposed"}),
            Node(label="Licence", key="lic_1"),
            Node(label="Place", key="pl_oslo", properties={"name": "Oslo"}),
            Node(label="Source", key="src_wire", properties={"name": "Wire"}),
        ),
        relationships=(
            rel("ACTOR", E("e_offer"), A("act_minister"), acts_for="ISL"),
            rel("RECIPIENT", E("e_offer"), A("NOR"), acts_for="NOR"),
            rel("AT", E("e_offer"), ("Place", "pl_oslo")),
            rel("CONTENT", E("e_offer"), E("e_talks"), kind="offered"),
            rel("RESPONSE_TO", E("e_reject"), E("e_offer")),
            rel("ACTOR", E("e_reject"), A("NOR"), acts_for="NOR"),
            rel("ACTOR", E("e_malta"), A("MLT"), acts_for="MLT"),
            rel("ACTOR", E("e_undated"), A("ISL"), acts_for="ISL"),
            rel("ASSERTS", ("Claim", "c_offer"), E("e_offer")),
            rel("ASSERTS", ("Claim", "c_malta"), E("e_malta")),
            rel("FROM", ("Claim", "c_offer"), ("Document", "doc_1"), start=3, end=9),
            rel("FROM", ("Claim", "c_malta"), ("Document", "doc_2")),
            rel("PUBLISHED_BY", ("Document", "doc_1"), ("Source", "src_wire")),
            rel("ROLE", ("Claim", "c_offer"), A("act_minister"), role="ACTOR"),
            rel("ROLE", ("Claim", "c_offer"), A("act_minister"), role="HOST"),
            rel("SAYS", A("FISHCO"), ("Claim", "c_offer")),
            rel("TARGETS", ("Designation", "des_fish"), A("act_minister")),
            rel("MODIFIES", ("SanctionAct", "e_act"), ("Designation", "des_fish")),
            rel("GRANTS", ("SanctionAct", "e_act"), ("Licence", "lic_1")),
            rel("ONLY_SAID", A("ISL"), A("NOR"), etype="MEDIATE", occurrence="expected", event_ids=("e_talks",)),
            rel("ONLY_SAID", A("NOR"), A("ISL"), etype="MEET", occurrence="unknown", event_ids=("e_elsewhere",)),
        ),
    )
)


@pytest.fixture
def told(store):
    store.write(batch(STORY))
    return store


def keys(graph, label):
    return {node.key for node in graph.nodes if node.label == label}


@pytest.mark.parametrize("name", ["ISL", "iceland", "ICELAND", "reykjavik", "island-republic"])
def test_a_selection_takes_events_of_those_who_act_for_the_actor_with_all_that_belongs_to_them(told, name):
    part = told.read(Selection(actors=(name,)))
    assert keys(part, "Event") == {"e_offer", "e_talks", "e_reject", "e_undated", "e_act"}
    assert keys(part, "Actor") == {"ISL", "NOR", "act_minister", "FISHCO"}
    assert keys(part, "Claim") == {"c_offer"}
    assert keys(part, "Document") == {"doc_1"}
    assert keys(part, "Source") == {"src_wire"}
    assert keys(part, "Place") == {"pl_oslo"}
    assert keys(part, "Designation") == {"des_fish"}
    assert keys(part, "Licence") == {"lic_1"}
    assert all(node in STORY.nodes for node in part.nodes)
    backed = [r.properties["event_ids"] for r in part.relationships if r.type == "ONLY_SAID"]
    assert backed == [("e_talks",)]


def test_days_bound_the_events_and_those_without_a_date_stay(told):
    part = told.read(Selection(actors=("Iceland",), since=date(2025, 6, 20), until=date(2025, 6, 30)))
    assert keys(part, "Event") == {"e_undated", "e_act"}
    part = told.read(Selection(actors=("Norway",), since=date(2025, 6, 20), until=date(2025, 6, 30)))
    assert keys(part, "Event") == {"e_reject"}
    assert keys(told.read(Selection(since=date(2025, 7, 1))), "Event") == {"e_talks", "e_undated", "e_act"}
    assert keys(told.read(Selection(until=date(2025, 6, 19))), "Event") == {"e_offer", "e_malta", "e_undated", "e_act"}


def test_an_actor_that_is_not_there_is_named_with_near_ones(told):
    with pytest.raises(UsageError, match=r"'Icelend'.*Iceland"):
        told.read(Selection(actors=("Norway", "Icelend")))


def test_what_others_put_into_the_store_is_left_out_and_left_alone(told):
    with told._connection.session() as session:
        session.run("CREATE (:Shop {name: 'x'})-[:SELLS]->(:Actor {name: 'no key of ours'})").consume()
        session.run("MATCH (a:Actor {actor_id: 'ISL'}) SET a.note = 'mine'").consume()
    assert told.read(EVERYTHING) == told.read(EVERYTHING)
    assert "note" not in next(n for n in told.read(EVERYTHING).nodes if n.key == "ISL").properties
    assert keys(told.read(EVERYTHING), "Actor") == keys(STORY, "Actor")


def test_a_node_that_gets_another_second_label_keeps_its_relationships(told):
    changed = actor("act_minister", "Jóna Björk", "Group")
    acted = Node(label="Event", key="e_offer", extra_labels=("SanctionAct",), properties={"act": "announced"})
    before = told.read(EVERYTHING)
    told.write(GraphBatch(nodes=(changed, acted)))
    after = told.read(EVERYTHING)
    assert {node.key: node for node in after.nodes}["act_minister"] == changed
    assert {node.key: node for node in after.nodes}["e_offer"] == acted
    assert after.relationships == before.relationships


def test_a_relationship_without_its_end_leaves_nothing_of_the_batch(store):
    lost = rel("ACTOR", E("e_1"), A("NOBODY"))
    with pytest.raises(StoreError, match=r"1 of 1 relationships Event-ACTOR->Actor"):
        store.write(GraphBatch(nodes=(event("e_1"), event("e_2")), relationships=(lost,)))
    assert store.count_nodes() == 0


def test_a_row_that_fails_leaves_nothing_of_the_batch(store):
    bad = Node(label="Actor", key="NOR", properties={"name": "\ud800"})  # half a pair: the driver cannot send it
    with suppress(Exception):
        store.write(GraphBatch(nodes=(event("e_1"), bad)))
    assert store.count_nodes() == 0


def test_a_value_of_another_type_than_the_schema_says_is_refused(store):
    with pytest.raises(TypeError, match="t_start holds a date"):
        store.write(GraphBatch(nodes=(event("e_1", "2025-06-19"),)))


def test_an_empty_batch_is_nothing(store):
    assert store.write(GraphBatch()) == WriteReport()


def test_preparing_twice_changes_nothing_and_keys_are_unique(told):
    told.prepare()
    assert told.read(EVERYTHING).nodes == STORY.nodes
    with told._connection.session() as session, pytest.raises(Exception, match=r"(?i)constraint|duplicat|exists"):
        session.run("CREATE (:Actor {actor_id: 'ISL'})").consume()


# Queries

READS = [
    ("MATCH (a:Actor {name: $name}) RETURN a.actor_id AS id", [{"id": "ISL"}]),
    (
        "MATCH (e:Event) WHERE e.t_start >= $day RETURN e.event_id AS id ORDER BY id",
        [{"id": "e_reject"}, {"id": "e_talks"}],
    ),
    (
        "match (n:Document) where n.doc_id = 'doc_1' return n.published_at as at",
        [{"at": datetime(2025, 6, 20, 8, 30, tzinfo=UTC)}],
    ),
    (
        "MATCH (:Event {event_id: 'e_offer'})-[r:CONTENT]->() RETURN r",
        [{"r": {"type": "CONTENT", "properties": {"kind": "offered"}}}],
    ),
    ("MATCH (p:Place) RETURN p", [{"p": {"labels": ["Place"], "properties": {"place_id": "pl_oslo", "name": "Oslo"}}}]),
    (
        "MATCH (a:Actor {actor_id: 'NOR'}) CALL (a) { MATCH (a)<-[:ACTOR|RECIPIENT]-(e) RETURN count(e) AS n } RETURN n",
        [{"n": 2}],
    ),
    ("UNWIND [1, 2] AS x WITH x WHERE x > 1 RETURN x, [x] AS l, {set: x} AS m", [{"x": 2, "l": [2], "m": {"set": 2}}]),
    ("CALL db.labels() YIELD label WITH label WHERE label = 'Event' RETURN label", [{"label": "Event"}]),
    ("OPTIONAL MATCH (n:Actor {name: 'CREATE (n) SET n.x = 1; // DELETE'}) RETURN n AS nobody;", [{"nobody": None}]),
    ("RETURN $create AS `set`, 1.5 AS `merge` // CREATE (n)", [{"set": 7, "merge": 1.5}]),
    ("/* DELETE */ RETURN date('2025-06-19') AS day, true AS yes", [{"day": date(2025, 6, 19), "yes": True}]),
    (
        "MATCH (c:Claim)-[f:FROM]->() WHERE f.start = 3 RETURN f.start AS start, f.end AS `end`",
        [{"start": 3, "end": 9}],
    ),
    ("RETURN exists { MATCH (:Licence) } AS licensed", [{"licensed": True}]),
    ("MATCH (a:State) RETURN a.name AS name UNION MATCH (a:Person) RETURN a.name AS name", None),
    (
        "MATCH p = (:Event {event_id: 'e_reject'})-[:RESPONSE_TO]->() RETURN length(p) AS n, size(nodes(p)) AS k",
        [{"n": 1, "k": 2}],
    ),
]
PARAMETERS = {"name": "Iceland", "day": date(2025, 6, 20), "create": 7}


@pytest.mark.parametrize(("cypher", "rows"), READS, ids=range(len(READS)))
def test_an_honest_read_is_answered_in_plain_values(told, cypher, rows):
    answer = list(told.query(cypher, PARAMETERS))
    assert answer == rows if rows is not None else len(answer) == 4


WRITES = [
    "CREATE (n:Actor {actor_id: 'X'})",
    "create (n:Actor {actor_id: 'X'}) return n",
    "CrEaTe/**/(n:X)",
    "// only a comment\nCREATE (n:X)",
    "/* MATCH */ MERGE (n:Actor {actor_id: 'X'})",
    "MATCH (n) SET n.name = 'x'",
    "MATCH (n)\tSET\nn.name = 'x' RETURN n",
    "MATCH (n) SET n:Shop",
    "MATCH (n:Actor) REMOVE n.name",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) FOREACH (x IN [1] | SET n.x = x)",
    "FOREACH (x IN [1] | CREATE (:X))",
    "RETURN 1.CREATE (n:X)",
    "RETURN 1 AS one UNION CREATE (n:X) RETURN 2 AS one",
    "MATCH (n) CALL (n) { SET n.name = 'x' } RETURN n",
    "CALL { CREATE (n:X) RETURN n } RETURN n",
    "UNWIND [1, 2] AS i CALL (i) { CREATE (:X {i: i}) } IN TRANSACTIONS OF 1 ROWS",
    "RETURN 1; CREATE (n:X)",
    "RETURN 1;\n;MATCH (n) DETACH DELETE n",
    "LOAD CSV FROM 'file:///etc/hosts' AS line RETURN line",
    "WITH 'http://127.0.0.1:1/x' AS url LOAD CSV WITH HEADERS FROM url AS row RETURN row",
    "CREATE INDEX x IF NOT EXISTS FOR (n:X) ON (n.x)",
    "EXPLAIN CREATE INDEX x IF NOT EXISTS FOR (n:X) ON (n.x)",
    "PROFILE CREATE (n:X)",
    "CYPHER 5 CREATE (n:X)",
    "CREATE CONSTRAINT x IF NOT EXISTS FOR (n:X) REQUIRE n.x IS UNIQUE",
    "DROP CONSTRAINT actor_key IF EXISTS",
    "DROP INDEX actor_name IF EXISTS",
    "CREATE USER eve SET PASSWORD 'password'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "GRANT ROLE admin TO eve",
    "DROP DATABASE neo4j IF EXISTS",
    "STOP DATABASE neo4j",
    "SHOW USERS",
    "SHOW TRANSACTIONS YIELD transactionId AS id TERMINATE TRANSACTIONS id YIELD message RETURN message",
    "USE system MATCH (n) RETURN n",
    "CALL { USE system MATCH (n) RETURN n } RETURN n",
    "CALL db.createLabel('X')",
    "CALL `db`.createLabel('X')",
    "OPTIONAL CALL dbms.setConfigValue('a', 'b') YIELD x RETURN x",
    "CALL apoc.load.json('http://127.0.0.1:1/x') YIELD value RETURN value",
    "CALL dbms.listConfig() YIELD name RETURN name",
    "MATCH (n) RETURN apoc.cypher.runFirstColumnMany('CREATE (n:X)', {})",
    "MATCH (n) RETURN `apoc`.`create`.uuid()",
    "MATCH (n) WHERE n.name = '\\u0027 SET n.x = 1 //'  RETURN n",
    "",
    "  // nothing",
    "INSERT (n:X)",
]


@pytest.mark.parametrize("cypher", WRITES, ids=range(len(WRITES)))
def test_a_writing_query_is_refused_and_nothing_changes(told, cypher):
    with pytest.raises(RefusedQueryError) as refused:
        told.query(cypher, {})
    assert "\n" not in str(refused.value)
    assert told.read(EVERYTHING).nodes == STORY.nodes


PAST_THE_FIRST = [
    text
    for text in WRITES
    if text.lower().startswith(("create (", "match")) and "apoc" not in text and "\\" not in text
]


@pytest.mark.parametrize("cypher", PAST_THE_FIRST, ids=range(len(PAST_THE_FIRST)))
def test_what_gets_past_the_first_guard_is_not_kept(told, cypher, monkeypatch):
    monkeypatch.setattr("kg.store.driver_store.require_read", lambda text: None)
    with pytest.raises(StoreError):
        told.query(cypher, {})
    assert told.read(EVERYTHING).nodes == STORY.nodes


@pytest.mark.parametrize("cypher", ["MATCH (n RETURN n", "RETURN nosuch(1)", "MATCH (n) RETURN m", "RETURN $missing"])
def test_a_text_that_is_no_cypher_is_told_in_one_line(told, cypher):
    with pytest.raises(StoreError) as failed:
        told.query(cypher, {})
    assert not isinstance(failed.value, RefusedQueryError)
    assert told.name in str(failed.value)
    assert "\n" not in str(failed.value)
    assert list(told.query("RETURN 1 AS one", {})) == [{"one": 1}]


def test_a_long_answer_is_cut_with_a_warning(told, caplog):
    with caplog.at_level(logging.WARNING, "kg"):
        assert len(list(told.query("UNWIND range(1, 100) AS i RETURN i", {}, limit=100))) == 100
        assert not caplog.records
        assert len(list(told.query("UNWIND range(1, 100) AS i RETURN i", {}, limit=99))) == 99
    assert [record.limit for record in caplog.records] == [99]


def test_an_instant_of_any_zone_may_be_a_parameter(told):
    at = datetime(2025, 6, 20, 11, 30, tzinfo=timezone(timedelta(hours=3)))
    rows = told.query("MATCH (d:Document) WHERE d.published_at = $at RETURN d.doc_id AS id", {"at": at})
    assert list(rows) == [{"id": "doc_1"}]
