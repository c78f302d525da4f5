"""Queries: honest reads are answered in plain values, everything else is refused, on both stores alike."""

import logging
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kg.model.errors import RefusedQueryError, StoreError
from kg.model.graph import GraphBatch, Selection
from kg.store.embedded import open_embedded
from store.story import STORY

EVERYTHING = Selection()


@pytest.fixture
def told(store):
    store.write(GraphBatch(nodes=STORY.nodes, relationships=STORY.relationships))
    return store


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


def test_an_answer_of_many_pages_is_cut_too(told):
    assert [row["n"] for row in told.query("UNWIND range(1, 5000) AS n RETURN n", {}, limit=10)] == list(range(1, 11))


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


SLOW = "UNWIND range(1, 9000) AS a UNWIND range(1, 9000) AS b WITH a, b WHERE a + b = -1 RETURN count(*) AS n"


def test_a_query_that_takes_too_long_is_stopped(store, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.store.driver_store.QUERY_SECONDS", 0.5)
    if "://" not in store.name:  # there the limit is set when the engine starts
        monkeypatch.setattr("kg.store.embedded.QUERY_SECONDS", 0.5)
        store = open_embedded(str(tmp_path))
    with pytest.raises(StoreError, match="took too long; narrow it"):
        store.query(SLOW, {})
    assert list(store.query("RETURN 1 AS one", {})) == [{"one": 1}]
    if store.name == str(tmp_path):
        store.close()
