"""What is too uncertain is left out of a drawing, whole."""

from hypothesis import given
from hypothesis import strategies as st

from graph.made import Story, graph_of
from kg.graph import without_weak_events


def told(*confidences):
    story = Story("a")
    for number, confidence in enumerate(confidences):
        story.tell(
            f"struck{number}",
            "AIRSTRIKE",
            actor="Israel",
            recipient="Iran",
            on=f"2025-06-{number + 1:02}",
            confidence=confidence,
        )
    return graph_of(story)


def labels(graph, label):
    return [node for node in graph.nodes if node.label == label]


def test_a_weak_event_goes_with_its_claims_and_its_tie():
    graph, left_out = without_weak_events(told(0.1), 0.25)
    assert left_out == 1
    assert not labels(graph, "Event")
    assert not labels(graph, "Claim")
    assert labels(graph, "Document")
    assert not [r for r in graph.relationships if r.type == "STRUCK_FROM_AIR"]


def test_a_tie_stays_while_a_sure_event_backs_it():
    graph, left_out = without_weak_events(told(0.1, 0.8), 0.25)
    assert left_out == 1
    assert len(labels(graph, "Event")) == len(labels(graph, "Claim")) == 1
    assert [r for r in graph.relationships if r.type == "STRUCK_FROM_AIR"]


def test_nothing_is_left_out_at_zero():
    graph = told(0.0, 0.1)
    assert without_weak_events(graph, 0.0) == (graph, 0)


@given(st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=6), st.floats(min_value=0, max_value=1))
def test_every_relationship_keeps_its_ends(confidences, least):
    graph, left_out = without_weak_events(told(*confidences), least)
    refs = {node.ref for node in graph.nodes}
    assert all(r.start in refs and r.end in refs for r in graph.relationships)
    assert left_out + len(labels(graph, "Event")) == len(labels(told(*confidences), "Event"))
