"""What is too uncertain is marked, and left out of a drawing, whole."""

from hypothesis import given
from hypothesis import strategies as st

from graph.made import Story, graph_of, relationships
from kg.graph import without_weak_events


def story_of(*confidences):
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
    return story


def told(*confidences):
    return graph_of(story_of(*confidences))


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


def weak(graph, label):
    return sorted((node.properties["confidence"], node.properties["weak"]) for node in labels(graph, label))


def test_claims_events_and_ties_below_the_bar_are_marked_weak():
    story = Story("a")
    story.tell("struck", "AIRSTRIKE", actor="Israel", recipient="Iran", on="2025-06-01", confidence=0.4)
    story.tell("hit", "AIRSTRIKE", actor="Iran", recipient="Israel", on="2025-06-02", confidence=0.55)
    graph = graph_of(story, min_confidence=0.5)
    assert weak(graph, "Claim") == [(0.4, True), (0.55, False)]
    assert weak(graph, "Event") == [(0.372, True), (0.5115, False)]
    ties = relationships(graph, "STRUCK_FROM_AIR")
    told = sorted((tie.properties["confidence"], tie.properties["weak"]) for tie in ties)
    assert told == [(0.372, True), (0.5115, False)]


def test_an_event_that_several_documents_tell_is_surer_than_its_claims():
    stories = [Story("a"), Story("b", publisher="Other Wire")]
    for story in stories:
        story.tell("struck", "AIRSTRIKE", actor="Israel", recipient="Iran", on="2025-06-01", confidence=0.45)
    graph = graph_of(*stories, min_confidence=0.5)
    assert weak(graph, "Claim") == [(0.45, True), (0.45, True)]
    assert weak(graph, "Event") == [(0.5566, False)]
    assert without_weak_events(graph, 0.5) == (graph, 0)


def test_a_tie_is_weak_only_when_all_its_events_are():
    (tie,) = relationships(graph_of(story_of(0.1, 0.8), min_confidence=0.5), "STRUCK_FROM_AIR")
    assert (tie.properties["n"], tie.properties["weak"]) == (2, False)
    (tie,) = relationships(graph_of(story_of(0.1, 0.2), min_confidence=0.5), "STRUCK_FROM_AIR")
    assert (tie.properties["n"], tie.properties["weak"]) == (2, True)


@given(st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=6), st.floats(min_value=0, max_value=1))
def test_what_is_marked_weak_is_what_a_drawing_with_that_bar_leaves_out(confidences, least):
    graph = graph_of(story_of(*confidences), min_confidence=least)
    drawn, _ = without_weak_events(graph, least)
    marked = {node.ref for node in labels(graph, "Event") if node.properties["weak"]}
    assert {node.ref for node in labels(graph, "Event")} - marked == {node.ref for node in labels(drawn, "Event")}
