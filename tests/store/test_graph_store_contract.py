"""What every graph store promises, asked of the embedded engine and of a real Neo4j with the same words."""

import threading
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from kg.graph import fingerprint
from kg.model.errors import StoreError, UsageError
from kg.model.graph import Graph, GraphBatch, Node, Selection, WriteReport
from kg.model.schema import relationship_schemas
from kg.store.bolt import open_bolt
from kg.store.embedded import open_embedded
from store.graphs import graphs
from store.story import STORY, A, E, actor, event, rel

shared_store = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
EVERYTHING = Selection()


def empty(store):
    with store._connection.session() as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
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


@pytest.fixture
def opened_again(store, request):
    """A second store object, with connections and a lock of its own, on the same graph."""
    if "://" in store.name:
        other = open_bolt(store.name, password=request.getfixturevalue("neo4j_server").password)
    else:
        other = open_embedded(store.name)
    yield other
    other.close()


@pytest.fixture
def told(store):
    store.write(batch(STORY))
    return store


def test_a_graph_that_is_read_page_by_page_is_whole(told, monkeypatch):
    part = told.read(Selection(actors=("ISL",)))
    monkeypatch.setattr("kg.store.paging.PAGE_KEYS", 2)
    assert told.read(EVERYTHING) == STORY
    assert told.read(Selection(actors=("ISL",))) == part


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


def test_two_writers_of_the_same_graph_make_it_once(store, opened_again):
    failures = []

    def write(writer):
        try:
            for _ in range(5):
                writer.write(batch(STORY))
        except StoreError as error:
            failures.append(error)

    writers = [threading.Thread(target=write, args=(writer,)) for writer in (store, opened_again)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not failures
    assert store.read(EVERYTHING) == STORY
