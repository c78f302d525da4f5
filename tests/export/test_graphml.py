"""GraphML that other tools can read."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from export.sample_graph import GraphDraft, sample_graph
from kg.export import to_networkx
from kg.export.graphml import GraphmlExporter
from kg.model.errors import UsageError


def test_networkx_reads_back_what_was_written(tmp_path):
    path = tmp_path / "graph.graphml"
    GraphmlExporter().write(sample_graph(), path, {})
    read, wanted = nx.read_graphml(path), to_networkx(sample_graph())
    assert isinstance(read, nx.MultiDiGraph)
    assert dict(read.nodes(data=True)) == dict(wanted.nodes(data=True))
    told = [{k: v for k, v in d.items() if k != "id"} for *_, d in read.edges(data=True)]
    assert sorted(map(repr, told)) == sorted(repr(d) for *_, d in wanted.edges(data=True))


def test_edge_ids_are_unique_in_the_file(tmp_path):
    path = tmp_path / "graph.graphml"
    GraphmlExporter().write(sample_graph(), path, {})
    ids = [edge.get("id") for edge in etree.parse(path).iterfind(".//{*}edge")]
    assert len(ids) == len(set(ids)) == 57


def test_two_writings_are_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        GraphmlExporter().write(sample_graph(), tmp_path / name, {"title": "Both"})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert b"\r" not in (tmp_path / "one").read_bytes()


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=40))
def test_any_name_gives_a_file_that_can_be_read(text, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "graph.graphml"
    draft = GraphDraft()
    draft.actor("A", text + "\x00\x0b\ufffe")
    draft.actor("B\x1f", "B")
    draft.event("e\x07", "CONDEMN", "ACTOR=A;RECIPIENT=B\x1f")
    GraphmlExporter().write(draft.graph(), path, {"title": text})
    read = nx.read_graphml(path)
    assert read.number_of_edges() == 1
    assert not set("\x00\x0b\ufffe") & set(read.nodes["A"]["name"])


def test_an_option_it_does_not_know_is_named(tmp_path):
    with pytest.raises(UsageError, match="graphml export has no option 'colour'; it knows quotes, title"):
        GraphmlExporter().write(sample_graph(), tmp_path / "x", {"colour": "red"})
