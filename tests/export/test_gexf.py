"""GEXF that Gephi and NetworkX read."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from export.sample_graph import GraphDraft, sample_graph
from kg.export import to_networkx
from kg.export.gexf import NAMESPACE, GexfExporter
from kg.model.errors import UsageError

# Of the schema of GEXF 1.2: what an element may hold, and the attributes that it may and must have.
ELEMENTS = {
    "gexf": (("meta", "graph"), {"version"}, {"version"}),
    "meta": (("creator", "description"), set(), set()),
    "creator": ((), set(), set()),
    "description": ((), set(), set()),
    "graph": (("attributes", "nodes", "edges"), {"defaultedgetype", "mode", "timeformat"}, set()),
    "attributes": (("attribute",), {"class", "mode"}, {"class"}),
    "attribute": ((), {"id", "title", "type"}, {"id", "title", "type"}),
    "nodes": (("node",), {"count"}, set()),
    "node": (("attvalues",), {"id", "label", "start", "end"}, {"id"}),
    "edges": (("edge",), {"count"}, set()),
    "edge": (
        ("attvalues",),
        {"id", "label", "source", "target", "type", "weight", "start", "end"},
        {"id", "source", "target"},
    ),
    "attvalues": (("attvalue",), set(), set()),
    "attvalue": ((), {"for", "value"}, {"for", "value"}),
}
TYPES = {"integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI"}


def written(graph, folder, **options):
    path = folder / "graph.gexf"
    GexfExporter().write(graph, path, options)
    return path


def test_networkx_reads_back_what_was_written(tmp_path):
    read, wanted = nx.read_gexf(written(sample_graph(), tmp_path)), to_networkx(sample_graph())
    assert isinstance(read, nx.MultiDiGraph)
    assert {node: told["name"] for node, told in read.nodes(data=True)} == dict(wanted.nodes(data="name"))
    assert {told["label"] for _, told in read.nodes(data=True)} == {told["name"] for _, told in wanted.nodes(data=True)}
    added = ("id", "label", "start", "end")
    told = [(s, t, {k: v for k, v in d.items() if k not in added}) for s, t, d in read.edges(data=True)]
    assert sorted(map(repr, told)) == sorted(
        repr((s, t, dict(sorted(d.items())))) for s, t, d in wanted.edges(data=True)
    )


def test_every_element_is_one_of_the_schema(tmp_path):
    tree = etree.parse(written(sample_graph(), tmp_path))
    ids = {kind: tree.xpath(f"//g:{kind}/@id", namespaces={"g": NAMESPACE}) for kind in ("node", "edge")}
    assert len(set(ids["node"])) == len(ids["node"]) == to_networkx(sample_graph()).number_of_nodes()
    assert len(set(ids["edge"])) == len(ids["edge"]) == to_networkx(sample_graph()).number_of_edges()
    for element in tree.iter():
        inside, may, must = ELEMENTS[etree.QName(element).localname]
        assert etree.QName(element).namespace == NAMESPACE
        assert {etree.QName(child).localname for child in element} <= set(inside)
        assert must <= set(element.attrib) <= may
    assert set(tree.xpath("//@type")) <= TYPES
    assert set(tree.xpath("//@source | //@target")) <= set(ids["node"])
    for kind, of in (("node", "node"), ("edge", "edge")):
        columns = tree.xpath(f"//g:attributes[@class='{of}']/g:attribute/@id", namespaces={"g": NAMESPACE})
        used = tree.xpath(f"//g:{kind}/g:attvalues/g:attvalue/@for", namespaces={"g": NAMESPACE})
        assert set(used) == set(columns)


def test_an_event_stands_on_the_timeline_on_its_days(tmp_path):
    read = nx.read_gexf(written(sample_graph(), tmp_path))
    dated = [d for *_, d in read.edges(data=True) if "t_start" in d]
    assert dated
    assert all((d["start"], d["end"]) == (d["t_start"], d["t_end"]) for d in dated)
    assert all("start" not in d for *_, d in read.edges(data=True) if "t_start" not in d)


def test_two_writings_are_the_same_bytes(tmp_path):
    one = written(sample_graph(), tmp_path, title="Both").read_bytes()
    assert written(sample_graph(), tmp_path, title="Both").read_bytes() == one
    assert b"\r" not in one


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=40))
def test_any_name_gives_a_file_that_can_be_read(text, tmp_path_factory):
    draft = GraphDraft()
    draft.actor("A", text + "\x00\x0b\ufffe")
    draft.actor("B\x1f", "B")
    draft.event("e\x07", "CONDEMN", "ACTOR=A;RECIPIENT=B\x1f")
    path = written(draft.graph(), tmp_path_factory.mktemp("any"), title=text)
    read = nx.read_gexf(path)
    assert read.number_of_edges() == 1
    assert not set("\x00\x0b\ufffe") & set(read.nodes["A"]["name"])


def test_an_option_it_does_not_know_is_named(tmp_path):
    with pytest.raises(UsageError, match="gexf export has no option 'theme'; it knows quotes, title"):
        written(sample_graph(), tmp_path, theme="dark")
