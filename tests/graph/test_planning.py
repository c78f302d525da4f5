import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.made import Story, graph_of
from graph.test_building import made_stories
from kg.graph import fingerprint, parse_row_key, plan, row_key
from kg.graph.rows import row_hash, unit_of
from kg.model.errors import UsageError
from kg.model.graph import Graph, Node, NodeRef, Relationship


class Shelf:
    """A store that keeps rows by ref and refuses what a real one cannot do."""

    def __init__(self):
        self.rows, self.written, self.batches = {}, {}, []

    def take(self, graph, *, max_rows=20, stop_after=None):
        for number, planned in enumerate(plan(graph.rows, self.written, max_rows=max_rows)):
            if number == stop_after:
                return
            self.write(planned.batch)
            self.batches.append(planned.batch)
            self.written.update(planned.upserts)
            for key in planned.gone:
                del self.written[key]

    def write(self, batch):
        for node in batch.nodes:
            self.rows[node.ref] = node
        for row in batch.relationships:
            for end in (row.start, row.end):
                label = "Event" if end.label == "SanctionAct" else end.label
                assert NodeRef(label=label, key=end.key) in self.rows, f"{row.type} has no end {end}"
            self.rows[row.ref] = row
        for ref in (*batch.gone_relationships, *batch.gone_nodes):
            self.rows.pop(ref, None)

    @property
    def graph(self):
        kept = list(self.rows.values())
        return Graph(
            nodes=tuple(row for row in kept if isinstance(row, Node)),
            relationships=tuple(row for row in kept if isinstance(row, Relationship)),
        )


def strike(day="2025-06-19", name="s", recipient="Iran"):
    story = Story(name)
    story.tell("hit", "AIRSTRIKE", actor="Israel", recipient=recipient, on=day)
    return story


@settings(deadline=None, max_examples=40)
@given(made_stories(), made_stories(), st.integers(1, 30), st.none() | st.integers(0, 6))
def test_from_any_graph_and_any_interruption_a_store_comes_to_hold_the_new_one(old, new, max_rows, stop_after):
    shelf, before, after = Shelf(), graph_of(*old), graph_of(*new)
    shelf.take(before)
    shelf.take(after, max_rows=max_rows, stop_after=stop_after)
    shelf.take(after, max_rows=max_rows)
    assert fingerprint(shelf.graph) == fingerprint(after)
    assert {parse_row_key(key) for key in shelf.written} == set(shelf.rows)
    assert list(plan(after.rows, shelf.written, max_rows=max_rows)) == []


def test_what_is_there_is_not_written_again():
    shelf = Shelf()
    shelf.take(graph_of(strike()))
    shelf.batches.clear()
    shelf.take(graph_of(strike(), strike("2025-05-01", "other")))
    again = [row for batch in shelf.batches for row in batch.nodes if row.key == "ISR" and row.label == "Actor"]
    assert again == []


def test_a_row_that_was_only_intended_is_written_again():
    graph = graph_of(strike())
    shelf = Shelf()
    shelf.take(graph)
    key = row_key(NodeRef(label="Actor", key="ISR"), "actor:ISR")
    shelf.written[key] = ""
    (planned,) = plan(graph.rows, shelf.written, max_rows=100)
    assert list(planned.upserts) == [key]


def test_a_document_comes_whole_in_one_batch_with_what_is_gone_from_it():
    story = strike()
    shelf = Shelf()
    shelf.take(graph_of(story))
    document, (extraction,) = story.read()
    again = Story("s")
    again.tell("hit", "ATTACK", actor="Israel", recipient="Iran", on="2025-06-19")
    assert again.read()[0].doc_id == document.doc_id  # the same text, read otherwise
    planned = [
        p for p in plan(graph_of(again).rows, shelf.written, max_rows=1) if owner_keys(p, f"doc:{document.doc_id}")
    ]
    assert len(planned) == 1
    labels = [node.label for node in planned[0].batch.nodes]
    assert labels == ["Claim"]
    assert [ref.label for ref in planned[0].batch.gone_nodes] == ["Claim"]
    assert extraction.claims[0].claim_id == planned[0].batch.gone_nodes[0].key


def owner_keys(planned, unit):
    return [key for key in (*planned.upserts, *planned.gone) if unit_of(key) == unit]


def test_batches_keep_to_their_size_but_for_a_document_alone():
    stories = [strike(f"2025-06-{day:02}", f"story {day}") for day in range(1, 20)]
    for planned in plan(graph_of(*stories).rows, {}, max_rows=15):
        assert len(planned.batch) <= 15 or len({unit_of(key) for key in planned.upserts}) == 1


def test_deletions_come_last():
    shelf = Shelf()
    shelf.take(graph_of(strike(), strike("2025-05-01", "other", "Qatar")))
    shelf.batches.clear()
    shelf.take(graph_of(strike("2025-06-19", "new", "Ukraine")), max_rows=1)
    world = [batch for batch in shelf.batches if batch.nodes and not batch.nodes[0].owner.startswith("doc:")]
    gone_nodes = [n for n, b in enumerate(shelf.batches) if any(r.label == "Actor" for r in b.gone_nodes)]
    assert world
    assert min(gone_nodes) > max(n for n, b in enumerate(shelf.batches) if b.relationships)


def test_a_batch_holds_at_least_one_row():
    with pytest.raises(UsageError, match="max_rows is 0"):
        list(plan(graph_of(strike()).rows, {}, max_rows=0))


@settings(deadline=None, max_examples=30)
@given(made_stories())
def test_row_keys_parse_back_and_are_json(stories):
    graph = graph_of(*stories)
    for row in (*graph.nodes, *graph.relationships):
        key = row_key(row.ref, row.owner)
        assert isinstance(json.loads(key), list)
        assert parse_row_key(key) == row.ref
        assert unit_of(key) == row.owner


def test_a_row_that_another_unit_still_brings_stays():
    graph = graph_of(strike())
    shelf = Shelf()
    shelf.take(graph)
    iran = next(node for node in graph.nodes if node.key == "IRN")
    old = row_key(iran.ref, "actor:before")
    (planned,) = plan(Graph().rows, {old: "x"}, max_rows=9, kept=[old])
    assert planned.gone == (old,)
    assert not len(planned.batch)
    (planned,) = plan(Graph().rows, {old: "x"}, max_rows=9)
    assert planned.batch.gone_nodes == (iran.ref,)


def test_missing_none_and_empty_are_one_row_and_a_changed_value_is_another():
    bare = Node(label="Actor", key="RUS", properties={"name": "Russia"})
    empty = Node(label="Actor", key="RUS", properties={"name": "Russia", "country": None, "aliases": ()})
    other = Node(label="Actor", key="RUS", properties={"name": "Russia", "country": "RUS"})
    assert row_hash(bare) == row_hash(empty) != row_hash(other)


def test_a_whole_number_in_a_float_property_is_that_float():
    ints, floats = (Node(label="Claim", key="c", properties={"dead": value}) for value in (28, 28.0))
    assert row_hash(ints) == row_hash(floats)


def test_the_owner_is_no_part_of_the_fingerprint():
    here, there = (Graph(nodes=(Node(label="Claim", key="c", owner=owner),)) for owner in ("d", None))
    assert fingerprint(here) == fingerprint(there)
