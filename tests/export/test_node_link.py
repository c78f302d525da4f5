"""The whole graph as JSON."""

import json

import networkx as nx

from export.sample_graph import GraphDraft, sample_graph
from kg.export.node_link import JsonExporter
from kg.model.graph import Graph
from kg.model.schema import node_schemas, relationship_schemas


def written(tmp_path, graph, options=None):
    JsonExporter().write(graph, tmp_path / "graph.json", options or {})
    return (tmp_path / "graph.json").read_bytes()


def test_every_node_and_relationship_is_in_it(tmp_path):
    graph = sample_graph()
    read = nx.node_link_graph(json.loads(written(tmp_path, graph)), edges="edges")
    assert read.number_of_nodes() == len(graph.nodes)
    assert read.number_of_edges() == len(graph.relationships)
    assert read.nodes["Claim:e14c0"]["quote"].startswith("Asked what he would do")
    assert read.nodes["Event:e16"]["t_start"] == "2025-01-17"
    assert read.nodes["Document:d2"]["published_at"] == "2025-06-19T00:00:00+00:00"
    assert read.nodes["Actor:RUS"]["labels"] == ["Actor", "State"]


def test_the_order_of_the_graph_does_not_matter(tmp_path):
    graph = sample_graph()
    turned = Graph(nodes=graph.nodes[::-1], relationships=graph.relationships[::-1])
    assert written(tmp_path, graph) == written(tmp_path, turned)


def test_no_property_of_the_schema_hides_a_key_of_the_layout():
    for schema in node_schemas().values():
        assert not {p.name for p in schema.properties} & {"id", "label", "labels"}
    for tie in relationship_schemas().values():
        assert not {p.name for p in tie.properties} & {"source", "target", "key", "type"}


def test_without_quotes_no_word_of_a_document_is_left(tmp_path):
    text = written(tmp_path, sample_graph(), {"quotes": "no"}).decode("utf-8")
    assert "Fordow" not in text
    assert '"trigger"' not in text
    assert '"trigger_start": 1' in text  # where to find it is still told


def test_a_lone_surrogate_is_written_as_a_question_mark(tmp_path):
    draft = GraphDraft()
    draft.actor("A", "broken \ud800 name")
    (node,) = json.loads(written(tmp_path, draft.graph()))["nodes"]
    assert node["name"] == "broken ? name"


def test_a_number_that_json_lacks_is_left_out(tmp_path):
    draft = GraphDraft()
    draft.node("Place", "p", name="Nowhere", lat=float("nan"), lon=float("inf"))
    text = written(tmp_path, draft.graph()).decode("utf-8")
    assert "NaN" not in text
    assert "Infinity" not in text
