"""The graph as NetworkX gets it."""

import copy

from export.sample_graph import GraphDraft, sample_graph
from kg.export import to_networkx
from kg.model.graph import NodeRef


def test_one_edge_per_event_and_ordered_pair():
    result = to_networkx(sample_graph(["e34"]))
    assert [(s, t, k) for s, t, k in result.edges(keys=True) if k.startswith("e")] == [
        ("act_araghchi", "ISR", "e34:actor"),
        ("act_araghchi", "USA", "e34:actor"),
    ]


def test_an_edge_says_what_kind_of_event_it_is_and_whether_it_happened():
    result = to_networkx(sample_graph())
    told = result.edges["act_putin", "ISR", "e08:actor"]
    assert told == {
        "kind": "actor", "mutual": False, "event_id": "e08", "etype": "OFFER_MEDIATION", "plover": "AGREE", "sign": 1,
        "score": 2.5, "status": "happened", "occurrence": "occurred", "happened": True, "t_start": "2025-06-18", "t_end": "2025-06-18",
        "t_precision": "day", "confidence": 0.8, "n_claims": 2, "n_docs": 2,
        "source_acts_for": "RUS", "target_acts_for": "ISR",
    }  # fmt: skip
    mediation = result.edges["RUS", "ISR", "e09:mediator"]
    assert (mediation["happened"], mediation["status"]) == (False, "offered")


def test_a_mediator_is_never_joined_as_a_party():
    result = to_networkx(sample_graph(["e23"]))
    kinds = {(s, t): d["kind"] for s, t, d in result.edges(data=True) if d["kind"] != "structure"}
    assert kinds == {
        ("IRN", "ISR"): "actor",
        ("QAT", "IRN"): "mediator",
        ("QAT", "ISR"): "mediator",
        ("USA", "IRN"): "mediator",
        ("USA", "ISR"): "mediator",
    }


def test_states_of_affairs_are_edges_of_their_own_kind():
    result = to_networkx(sample_graph())
    assert result.edges["act_gazprom", "act_nis", "OWNS:structure"]["share"] == "majority"
    assert result.edges["act_putin", "RUS", "HOLDS_OFFICE:president:structure"]["office"] == "president"


def test_documents_claims_and_events_are_no_nodes():
    assert set(to_networkx(sample_graph()).nodes(data="label")) >= {("RUS", "Actor"), ("act_nis", "Actor")}
    assert {label for _, label in to_networkx(sample_graph()).nodes(data="label")} == {"Actor"}


def test_places_are_nodes_and_can_be_hosts():
    draft = GraphDraft()
    for key in ("A", "B"):
        draft.actor(key, key)
    place = draft.node("Place", "plc_1", name="Geneva", country="CHE", lat=46.2)
    event = draft.event("e", "NEGOTIATE", "ACTOR=A,B")
    draft.join("HOST", event, place, n_claims=1)
    result = to_networkx(draft.graph())
    assert result.nodes["plc_1"] == {"label": "Place", "name": "Geneva", "country": "CHE", "lat": 46.2}
    assert result.has_edge("plc_1", "A", "e:host")


def test_nothing_is_told_that_is_not_known():
    draft = GraphDraft()
    draft.actor("A", "A")
    draft.actor("B", "B")
    draft.event("e", "KILL", "ACTOR=A;RECIPIENT=B", status="possible")
    told = to_networkx(draft.graph()).edges["A", "B", "e:actor"]
    assert "t_start" not in told
    assert None not in told.values()


def test_the_graph_that_goes_in_stays_as_it_was():
    graph = sample_graph()
    before = copy.deepcopy(graph)
    to_networkx(graph)
    assert graph == before


def test_an_actor_that_is_missing_brings_no_empty_node():
    draft = GraphDraft()
    draft.actor("A", "A", "company")
    draft.join("OWNS", NodeRef(label="Actor", key="A"), NodeRef(label="Actor", key="gone"))
    assert list(to_networkx(draft.graph()).nodes) == ["A"]
