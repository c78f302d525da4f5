"""Anyone's NetworkX graph drawn as a map."""

import copy
import json
import re
from pathlib import Path

import networkx as nx
import pytest
from lxml import html

from export.sample_graph import GraphDraft, crowd, sample_graph
from export.world_graph import world_graph
from kg.export import draw, to_networkx
from kg.export.foreign import from_networkx
from kg.export.gexf import GexfExporter
from kg.export.graphml import GraphmlExporter
from kg.export.map_model import map_model
from kg.export.options import ExportOptions
from kg.model.errors import UsageError

OPTIONS = ExportOptions(title="x", has_quotes=True, layout="circle")  # the quickest


def ties_of(graph):
    ties = map_model(graph, OPTIONS).ties
    return sorted((t.source, t.target, t.kind, t.sign, t.is_said, t.is_mutual, len(t.events), t.is_core) for t in ties)


def one_edge(**told):
    graph = nx.MultiDiGraph()
    graph.add_edge("A", "B", **told)
    return graph


def cases():
    """Events whose claims join fewer than all of their parties would."""
    draft = GraphDraft()
    for key in "ABCD":
        draft.actor(key, key)
    draft.document("d", "Paper")
    event = draft.event("e", "CONDEMN", "ACTOR=A,B;RECIPIENT=C,D")
    for number, roles in enumerate((("A", "C"), ("B", "D"))):
        claim = draft.node("Claim", f"c{number}", status="occurred", quote="x", etype="CONDEMN")
        draft.join("ASSERTS", claim, event)
        for role, who in zip(("ACTOR", "RECIPIENT"), roles, strict=True):
            ref = next(node.ref for node in draft.nodes.values() if node.key == who)
            draft.join("ROLE", claim, ref, role=role, raw_id=who)
    draft.event("t", "NEGOTIATE", "ACTOR=A,B;MEDIATOR=C;HOST=D")
    return draft.graph()


@pytest.mark.parametrize("make", [sample_graph, world_graph, cases, lambda: crowd(30, 120)])
def test_the_map_of_what_networkx_was_given_is_the_map_of_the_graph(make):
    assert ties_of(from_networkx(to_networkx(make()))) == ties_of(make())


@pytest.mark.parametrize(
    ("exporter", "read"), [(GraphmlExporter, nx.read_graphml), (GexfExporter, nx.read_gexf)], ids=["graphml", "gexf"]
)
def test_a_file_that_was_written_can_be_drawn(exporter, read, tmp_path):
    exporter().write(sample_graph(), tmp_path / "graph", {})
    assert ties_of(from_networkx(read(tmp_path / "graph"))) == ties_of(sample_graph())


def test_how_events_are_told_comes_back():
    model, wanted = map_model(from_networkx(to_networkx(sample_graph())), OPTIONS), map_model(sample_graph(), OPTIONS)
    assert sorted(event.group for event in model.events) == sorted(event.group for event in wanted.events)
    assert {event.label for event in model.events} == {event.label for event in wanted.events}
    assert {event.day for event in model.events} == {event.day for event in wanted.events}


@pytest.mark.parametrize("suffix", ["html", "svg", "png"])
def test_the_graph_that_goes_in_stays_as_it_was_and_gives_the_same_bytes(suffix, tmp_path):
    graph = one_edge(etype="trades with", sign=1, quote="A trades with B.")
    before = copy.deepcopy(graph)
    for name in ("one", "two"):
        draw(graph, tmp_path / f"{name}.{suffix}", title="Trade")
    assert nx.utils.graphs_equal(graph, before)
    assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_a_bare_edge_is_an_event_that_happened():
    [tie] = map_model(from_networkx(one_edge()), OPTIONS).ties
    assert (tie.source, tie.target, tie.sign, tie.is_said, tie.is_mutual) == ("A", "B", 0, False, False)


def test_edges_of_one_event_are_one_event_with_its_sentence():
    graph = nx.MultiDiGraph()
    graph.add_node("A", name="Aland", type="state", aliases=["Al"])
    for target in ("B", "C"):
        graph.add_edge(
            "A", target, event_id="e", etype="warns", sign=-1, t_start="2025-06-19", quote="Aland warned both.",
            publisher="Paper", url="https://paper.example/1", published="2025-06-20",
        )  # fmt: skip
    model = map_model(from_networkx(graph), OPTIONS)
    [event] = model.events
    assert (event.sources, event.targets, event.day, event.sign) == (("Aland",), ("B", "C"), "2025-06-19", -1)
    [sentence] = model.evidence
    assert "".join(text for text, _ in sentence.quote) == "Aland warned both."
    assert (model.documents[0].publisher, model.as_of) == ("Paper", "2025-06-20")
    assert model.actors[0].aliases == ("Al",)


def test_a_graph_without_directions_joins_both_ways():
    graph = nx.Graph()
    graph.add_edge(1, 2, etype="borders")
    graph.add_edge(1, 3, etype="CONDEMN")
    ties = {(t.source, t.target, t.sign, t.is_mutual) for t in map_model(from_networkx(graph), OPTIONS).ties}
    assert ties == {("1", "2", 0, True), ("1", "3", -1, False), ("3", "1", -1, False)}


def test_an_edge_that_did_not_happen_is_never_drawn_as_if_it_had():
    for told in ({"happened": False}, {"status": "offered"}, {"status": "denied", "happened": False}):
        model = map_model(from_networkx(one_edge(**told)), OPTIONS)
        assert model.ties[0].is_said
        assert model.events[0].group == told.get("status", "alleged")


def test_what_is_owned_is_drawn_beside_what_is_done():
    graph = one_edge(etype="CONDEMN")
    graph.add_edge("C", "B", kind="structure", etype="OWNS", share="majority")
    model = map_model(from_networkx(graph), OPTIONS)
    assert {(t.source, t.target, str(t.kind)) for t in model.ties} == {("A", "B", "act"), ("C", "B", "structure")}
    assert [event.detail for event in model.events if event.label == "owns"] == ["majority"]


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"kind": "friend"}, "from 'A' to 'B' has kind 'friend'; give it one of actor, mediator, host, structure"),
        ({"sign": 3}, "sign 3; give it one of -1, 0, 1"),
        ({"status": "maybe"}, "status 'maybe'; give it one of happened, ongoing, planned"),
        ({"t_start": "June"}, "t_start 'June'; give it a day such as 2025-06-27"),
        ({"confidence": 40}, "confidence 40; give it a probability from 0 to 1"),
        ({"kind": "structure", "etype": "LIKES"}, "etype 'LIKES'; give it one of CONTROLS, HOLDS_OFFICE"),
    ],
)
def test_a_value_that_cannot_be_is_named_with_its_edge(told, message):
    with pytest.raises(UsageError, match=message):
        from_networkx(one_edge(**told))


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"cannot be drawn as 'map.jpg'; name a file that ends in .html, .svg, .png"):
        draw(one_edge(), tmp_path / "map.jpg")


def test_the_example_of_the_docs_works(tmp_path, monkeypatch):
    page = Path(__file__).resolve().parents[2] / "docs" / "map.md"
    [code] = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(code, {})
    assert html.parse("map.html").xpath("string(//h1)") == "Two states"


def test_hostile_text_stays_text(tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node("__proto__", name="</script><script>alert(1)</script>")
    graph.add_edge("__proto__", "constructor", etype="<b>", quote="=1+1</script>")
    draw(graph, tmp_path / "map.html", title="<i>")
    tree = html.parse(str(tmp_path / "map.html"))
    data = [json.loads(text) for text in tree.xpath("//script[@type='application/json']/text()")]
    assert "alert(1)" in json.dumps(data)
    assert len(tree.xpath("//script[not(@type)]")) == 2
