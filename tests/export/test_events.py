"""Who is joined with whom by an event."""

from export.sample_graph import GraphDraft, sample_graph
from kg.export.events import pairs, played_events
from kg.model.graph import NodeRef


def joined(graph, event_id):
    event = next(event for event in played_events(graph) if event.node.key == event_id)
    return {(str(p.kind), p.source.actor.key, p.target.actor.key, p.is_mutual) for p in pairs(event)}


def test_an_actor_points_to_each_recipient():
    assert joined(sample_graph(), "e34") == {
        ("actor", "act_araghchi", "ISR", False),
        ("actor", "act_araghchi", "USA", False),
    }


def test_mediators_point_to_the_parties_and_are_none():
    assert joined(sample_graph(), "e23") == {
        ("actor", "IRN", "ISR", True),
        ("mediator", "QAT", "IRN", False),
        ("mediator", "QAT", "ISR", False),
        ("mediator", "USA", "IRN", False),
        ("mediator", "USA", "ISR", False),
    }


def test_whoever_mediates_is_a_mediator():
    assert joined(sample_graph(), "e26") == {("mediator", "EGY", "ISR", False), ("mediator", "EGY", "HAMAS", False)}


def test_a_host_is_no_party():
    assert joined(sample_graph(), "e35") == {
        ("actor", "IRN", "USA", True),
        ("host", "OMN", "IRN", False),
        ("host", "OMN", "USA", False),
    }


def test_a_mediator_that_is_also_told_as_actor_is_no_party():
    draft = GraphDraft()
    for key in ("A", "B", "M"):
        draft.actor(key, key)
    draft.event("e", "DECLARE_CEASEFIRE", "ACTOR=A,B,M;MEDIATOR=M")
    assert {(kind, source, target) for kind, source, target, _ in joined(draft.graph(), "e")} == {
        ("actor", "A", "B"),
        ("mediator", "M", "A"),
        ("mediator", "M", "B"),
    }


def two_claims(status: str):
    draft = GraphDraft()
    for key in ("A", "B", "C"):
        draft.actor(key, key)
    document = draft.document("d", "Wire")
    event = draft.event("e", "AIRSTRIKE", "ACTOR=A;RECIPIENT=B")
    draft.claim("c1", event, document, "A struck B.", "struck")
    draft.claim("c2", event, document, "C did not strike B.", "strike", status=status)
    draft.relationships = [r for r in draft.relationships if (r.start.key, r.end.key) != ("c2", "A")]
    for start, kind, told in ((NodeRef(label="Claim", key="c2"), "ROLE", {"role": "ACTOR"}), (event, "ACTOR", {})):
        draft.join(kind, start, NodeRef(label="Actor", key="C"), acts_for="C", **told)
    return draft.graph()


def test_a_denied_claim_adds_no_pair_to_an_event_that_happened():
    assert joined(two_claims("denied"), "e") == {("actor", "A", "B", False)}
    assert ("actor", "C", "B", False) in joined(two_claims("occurred"), "e")


def test_two_names_of_one_side_in_two_claims_do_not_meet_each_other():
    draft = GraphDraft()
    draft.actor("A", "A")
    draft.actor("B", "B")
    draft.actor("president", "President of A", "person")
    draft.event("e", "MEET", "ACTOR=A,B,president>A")
    assert joined(draft.graph(), "e") == {("actor", "A", "B", True), ("actor", "B", "president", True)}


def test_an_actor_that_the_graph_lacks_is_left_out():
    draft = GraphDraft()
    draft.actor("A", "A")
    draft.event("e", "AIRSTRIKE", "ACTOR=A;RECIPIENT=gone")
    assert joined(draft.graph(), "e") == set()


def test_co_actors_without_a_recipient_are_no_enemies():
    draft = GraphDraft()
    draft.actor("A", "A")
    draft.actor("B", "B")
    draft.event("e", "ATTACK", "ACTOR=A,B")
    assert joined(draft.graph(), "e") == set()
