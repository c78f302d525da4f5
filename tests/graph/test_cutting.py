"""Parts of a graph: some events with what stands behind them, some actors with what passes between them."""

import pytest

from export.sample_graph import GraphDraft, sample_graph
from export.world_graph import world_graph
from kg.graph import among_actors, only_events
from kg.model.graph import Graph, NodeRef


def keys(graph, label):
    return {node.key for node in graph.nodes if node.label == label}


def test_the_events_come_with_their_sentences_papers_and_people_and_nothing_else():
    part = only_events(sample_graph(), {"e08"})
    assert keys(part, "Event") == {"e08"}
    assert keys(part, "Claim") == {"e08c0", "e08c1"}
    assert keys(part, "Document") == {
        r.end.key for r in sample_graph().relationships if r.type == "FROM" and r.start.key in keys(part, "Claim")
    }
    assert keys(part, "Actor") == {"act_putin", "RUS", "IRN", "ISR"}


def test_all_events_are_the_whole_that_events_hold_together():
    whole = sample_graph()
    part = only_events(whole, keys(whole, "Event"))
    told = {r.end.key for r in whole.relationships if r.end.label == "Actor"}
    assert keys(part, "Actor") <= told
    for label in ("Event", "Claim", "Document"):
        assert keys(part, label) == keys(whole, label)


def test_no_event_is_an_empty_graph():
    assert only_events(sample_graph(), set()) == Graph()


def test_an_act_comes_with_its_designation_and_whom_that_hits():
    part = only_events(world_graph(), {"licensed"})
    assert keys(part, "Designation") == {"des"}
    assert "firm" in keys(part, "Actor")
    assert keys(part, "Event") == {"licensed"}
    assert [r.type for r in part.relationships if r.type == "MODIFIES"] == ["MODIFIES"]


def test_actors_come_with_what_two_of_them_do_and_nobody_else():
    part = among_actors(sample_graph(), {"ISR", "IRN"})
    assert {"e01", "e02"} <= keys(part, "Event")
    sides = {(r.end.key, r.properties["acts_for"]) for r in part.relationships if r.start.label == "Event"}
    assert {who for pair in sides for who in pair} & {"ISR", "IRN"} == {"ISR", "IRN"}
    assert all({"ISR", "IRN"} & set(pair) for pair in sides)
    assert keys(part, "Actor") == {"ISR", "IRN"} | {who for who, _ in sides}


def test_who_acts_for_one_of_them_is_one_of_them():
    draft = GraphDraft()
    for key, kind in (("A", "state"), ("B", "state"), ("C", "state"), ("min", "person")):
        draft.actor(key, key, kind)
    draft.event("e1", "CONDEMN", "ACTOR=min>A;RECIPIENT=B")
    draft.event("e2", "CONDEMN", "ACTOR=min>A;RECIPIENT=C")
    draft.event("e3", "MEDIATE", "ACTOR=C;RECIPIENT=A,B")
    part = among_actors(draft.graph(), {"A", "B"})
    assert keys(part, "Event") == {"e1", "e3"}
    assert keys(part, "Actor") == {"A", "B", "min"}


def test_an_actor_without_ties_stays():
    assert keys(among_actors(sample_graph(), {"OMN", "act_nis"}), "Actor") == {"OMN", "act_nis"}
    assert keys(among_actors(sample_graph(), {"OMN", "act_nis"}), "Event") == set()


@pytest.mark.parametrize("cut", [only_events, among_actors])
def test_ties_go_with_the_events_that_back_them(cut):
    draft = GraphDraft()
    draft.actor("A", "A")
    draft.actor("B", "B")
    draft.event("e1", "AIRSTRIKE", "ACTOR=A;RECIPIENT=B")
    draft.event("e2", "AIRSTRIKE", "ACTOR=A;RECIPIENT=B")
    ends = (NodeRef(label="Actor", key="A"), NodeRef(label="Actor", key="B"))
    draft.join("STRUCK_FROM_AIR", *ends, event_ids=("e1", "e2"), n=2)
    ties = {r.type for r in cut(draft.graph(), {"e2"} if cut is only_events else {"A", "B"}).relationships}
    assert "STRUCK_FROM_AIR" in ties
    ties = {r.type for r in cut(draft.graph(), set() if cut is only_events else {"A"}).relationships}
    assert "STRUCK_FROM_AIR" not in ties
