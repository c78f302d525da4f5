"""From the graph to the map: folding, ties, the first sight, and what is never drawn as done."""

import copy

import pytest

from export.sample_graph import GraphDraft, crowd, sample_graph
from kg.export.backbone import CORE_ACTORS, CORE_TIES
from kg.export.map_model import map_model
from kg.export.map_values import StatusGroup, TieKind
from kg.export.options import read_options
from kg.model.graph import Graph, NodeRef


def model_of(graph: Graph, **options: str):
    return map_model(graph, read_options(options, "html"))


def ties_of(model):
    return {(t.source, t.target, str(t.kind), t.sign, t.is_said): t for t in model.ties}


def test_officials_armies_and_ministries_are_drawn_as_their_state():
    model = model_of(sample_graph())
    drawn = {actor.actor_id for actor in model.actors}
    assert not drawn & {"act_putin", "act_trump", "act_idf", "act_irgc", "act_treasury", "act_ministry"}
    assert ("RUS", "ISR", "act", 1, False) in ties_of(model)
    assert ("QAT", "HAMAS", "mediation", 0, False) in ties_of(model)


def test_a_folded_actor_is_found_with_its_events():
    model = model_of(sample_graph())
    folded = {(f.name, f.side): f.events for f in model.folded}
    labels = {model.events[n].label for n in folded["Vladimir Putin", "RUS"]}
    assert labels == {"offer mediation", "reject"}


def test_each_tie_tells_who_is_behind_its_ends_in_which_events():
    model = model_of(sample_graph())
    behind = {}
    for tie in model.ties:
        sources = {model.folded[source].side for source, _, _ in tie.parts if source >= 0}
        targets = {model.folded[target].side for _, target, _ in tie.parts if target >= 0}
        assert (sources | {tie.source}, targets | {tie.target}) == ({tie.source}, {tie.target})
        if tie.parts:
            assert {number for *_, events in tie.parts for number in events} == set(tie.events)
        for source, target, events in tie.parts:
            for place in {source, target} - {-1}:
                behind.setdefault(place, set()).update(events)
    assert behind == {place: set(folded.events) for place, folded in enumerate(model.folded)}
    (rejected,) = [tie for tie in model.ties if (tie.source, tie.target, tie.sign) == ("USA", "RUS", -1)]
    ((one, other, _),) = rejected.parts
    assert (model.folded[one].actor_id, model.folded[other].actor_id) == ("act_trump", "act_putin")


@pytest.mark.parametrize("kind", ["company", "state", "igo", "facility"])
def test_what_is_no_arm_of_a_state_stands_for_itself(kind):
    draft = GraphDraft()
    draft.actor("SRB", "Serbia")
    draft.actor("USA", "United States")
    draft.actor("firm", "Firm", kind)
    draft.event("e", "CONDEMN", "ACTOR=USA;RECIPIENT=firm>SRB")
    assert list(ties_of(model_of(draft.graph()))) == [("USA", "firm", "act", -1, False)]


@pytest.mark.parametrize("kind", ["person", "military", "organisation", "company"])
def test_the_target_of_a_sanction_is_never_its_state(kind):
    draft = GraphDraft()
    draft.actor("IRN", "Iran")
    draft.actor("USA", "United States")
    draft.actor("target", "Target", kind)
    draft.event("e", "IMPOSE_SANCTIONS", "ACTOR=USA;RECIPIENT=target>IRN")
    assert list(ties_of(model_of(draft.graph()))) == [("USA", "target", "act", -1, False)]


def test_an_armed_group_is_folded_into_its_movement_but_into_no_state():
    draft = GraphDraft()
    for key, kind in (("HAMAS", "armed_group"), ("wing", "armed_group"), ("IRN", "state"), ("ISR", "state")):
        draft.actor(key, key, kind)
    draft.event("e1", "ATTACK", "ACTOR=wing>HAMAS;RECIPIENT=ISR")
    draft.event("e2", "ATTACK", "ACTOR=HAMAS>IRN;RECIPIENT=ISR")
    assert list(ties_of(model_of(draft.graph()))) == [("HAMAS", "ISR", "act", -1, False)]


def test_ties_keep_direction_sign_and_whether_it_happened_apart():
    ties = ties_of(model_of(sample_graph()))
    assert len(ties["USA", "IRN", "act", -1, False].events) == 2
    assert len(ties["USA", "IRN", "act", -1, True].events) == 1
    assert len(ties["IRN", "USA", "act", -1, False].events) == 4
    assert ("SRB", "RUS", "act", -1, False) not in ties  # it refuses to: nothing hostile happened
    assert ties["SRB", "RUS", "act", -1, True].is_said


def test_an_event_that_was_only_said_is_in_no_tie_of_what_happened():
    graph = sample_graph()
    model = model_of(graph)
    for tie in model.ties:
        for number in tie.events:
            assert tie.is_said == (model.events[number].group not in {StatusGroup.HAPPENED, StatusGroup.ONGOING})


def test_the_parties_of_a_treaty_share_one_tie_with_two_heads():
    model = model_of(sample_graph(["e16"]))
    (tie,) = [tie for tie in model.ties if tie.kind is TieKind.ACT]
    assert (tie.source, tie.target, tie.is_mutual, tie.sign) == ("IRN", "RUS", True, 1)


def test_mediation_is_neither_conflict_nor_cooperation():
    model = model_of(sample_graph(["e23"]))
    kinds = {(t.source, t.target): (t.kind, t.sign) for t in model.ties}
    assert kinds == {
        ("IRN", "ISR"): (TieKind.ACT, 1),
        ("QAT", "IRN"): (TieKind.MEDIATION, 0),
        ("QAT", "ISR"): (TieKind.MEDIATION, 0),
        ("USA", "IRN"): (TieKind.MEDIATION, 0),
        ("USA", "ISR"): (TieKind.MEDIATION, 0),
    }


def test_events_inside_a_side_that_is_drawn_wait_for_its_unfolding():
    draft = GraphDraft()
    for key, kind in (("USA", "state"), ("IRN", "state"), ("one", "person"), ("two", "person")):
        draft.actor(key, key, kind)
    draft.event("out", "CONDEMN", "ACTOR=one>USA;RECIPIENT=IRN")
    draft.event("in", "CONDEMN", "ACTOR=one>USA;RECIPIENT=two>USA")
    draft.event("up", "CONDEMN", "ACTOR=two>USA;RECIPIENT=USA")
    model = model_of(draft.graph())
    assert [(t.source, t.target, len(t.events)) for t in model.ties] == [("USA", "IRN", 1)]
    assert model.n_inside == 2
    assert [f.actor_id for f in model.folded] == ["one", "two"]
    (tie,) = model.inside
    numbers = {event.event_id: n for n, event in enumerate(model.events)}
    assert (tie.source, tie.target, tie.is_core) == ("USA", "USA", False)
    assert tie.parts == ((0, 1, (numbers["in"],)), (1, -1, (numbers["up"],)))


def test_events_inside_one_side_are_counted_not_drawn():
    draft = GraphDraft()
    draft.actor("USA", "United States")
    draft.actor("one", "One", "person")
    draft.event("e", "CONDEMN", "ACTOR=one>USA;RECIPIENT=USA")
    model = model_of(draft.graph())
    assert (model.ties, model.actors, model.n_inside) == ((), (), 1)


@pytest.mark.parametrize(
    ("status", "group"),
    [
        ("planned", StatusGroup.PLANNED), ("offered", StatusGroup.OFFERED), ("requested", StatusGroup.REQUESTED),
        ("threatened", StatusGroup.THREATENED), ("conditional", StatusGroup.CONDITIONAL), ("possible", StatusGroup.CONDITIONAL),
        ("denied", StatusGroup.DENIED), ("refused", StatusGroup.DENIED), ("alleged", StatusGroup.ALLEGED),
        ("occurred", StatusGroup.HAPPENED), ("ongoing", StatusGroup.ONGOING),
    ],
)  # fmt: skip
def test_each_status_has_its_switch(status, group):
    draft = GraphDraft()
    draft.actor("A", "A")
    draft.actor("B", "B")
    draft.event("e", "CONDEMN", "ACTOR=A;RECIPIENT=B", status=status)
    (event,) = model_of(draft.graph()).events
    assert event.group is group


def test_a_disputed_event_is_not_happened_whatever_most_claims_say():
    draft = GraphDraft()
    draft.actor("A", "A")
    draft.actor("B", "B")
    ref = draft.event("e", "AIRSTRIKE", "ACTOR=A;RECIPIENT=B", status="denied")
    told = {**draft.nodes[ref].properties, "statuses": ("occurred 3", "denied 1"), "occurrence": "disputed"}
    draft.node("Event", "e", **told)
    (event,) = model_of(draft.graph()).events
    assert (event.group, event.told) == (StatusGroup.DENIED, "disputed: occurred, denied")


def test_a_company_is_drawn_with_its_owner_but_an_office_alone_draws_nobody():
    model = model_of(sample_graph(["e28"]))
    assert ("act_gazprom", "act_nis", "structure", 0, False) in ties_of(model)
    assert not {"act_putin", "RUS"} & {actor.actor_id for actor in model.actors}


def test_long_names_of_bodies_are_drawn_by_their_short_form():
    labels = {actor.actor_id: actor.label for actor in model_of(sample_graph()).actors}
    assert labels["OSCE"] == "OSCE"
    assert labels["EU"] == "European Union"


def test_the_first_sight_holds_few_actors_and_ties():
    model = model_of(crowd(120, 600))
    core = [tie for tie in model.ties if tie.is_core]
    assert len(model.ties) > 400
    assert 40 < len(core) <= CORE_TIES
    assert len({end for tie in core for end in (tie.source, tie.target)}) <= CORE_ACTORS
    assert {actor.actor_id for actor in model.actors if actor.is_core} == {
        end for tie in core for end in (tie.source, tie.target)
    }


def test_the_first_sight_is_one_piece_where_the_graph_is():
    model = model_of(crowd(300, 1500))
    parts = {end: {end} for tie in model.ties if tie.is_core for end in (tie.source, tie.target)}
    for tie in model.ties:
        if tie.is_core:
            merged = parts[tie.source] | parts[tie.target]
            parts.update(dict.fromkeys(merged, merged))
    assert len({id(part) for part in parts.values()}) == 1
    assert len(parts) == CORE_ACTORS


def three_pairs(**confidence: float):
    draft = GraphDraft()
    for key in "ABCD":
        draft.actor(key, key)
    for key, target in (("e1", "B"), ("e2", "C"), ("e3", "D")):
        ref = draft.event(key, "AIRSTRIKE", f"ACTOR=A;RECIPIENT={target}")
        draft.node("Event", key, **{**draft.nodes[ref].properties, "confidence": confidence[key]})
    return [tie.target for tie in model_of(draft.graph()).ties]


def test_what_is_surer_comes_first():
    assert three_pairs(e1=0.2, e2=0.9, e3=0.5) == ["C", "D", "B"]
    assert three_pairs(e1=0.9, e2=0.2, e3=0.5) == ["B", "D", "C"]


def test_a_second_tie_of_a_pair_gives_way_to_the_first_of_another():
    draft = GraphDraft()
    for key in "ABCD":
        draft.actor(key, key)
    draft.event("e1", "AIRSTRIKE", "ACTOR=A;RECIPIENT=B")
    draft.event("e2", "PROVIDE_MILITARY_AID", "ACTOR=A;RECIPIENT=B")
    draft.event("e3", "AIRSTRIKE", "ACTOR=B;RECIPIENT=C")
    draft.event("e4", "AIRSTRIKE", "ACTOR=A;RECIPIENT=C")
    ties = model_of(draft.graph()).ties
    assert [(tie.source, tie.target) for tie in ties][-1] == ("A", "B")


def test_a_map_of_few_actors_shows_three_ties_for_each_at_first():
    model = model_of(crowd(14, 400))
    core = [tie for tie in model.ties if tie.is_core]
    assert len(core) == 3 * 14
    assert len(model.ties) > 80


def test_the_same_graph_gives_the_same_model_and_stays_as_it_was():
    graph = sample_graph()
    before = copy.deepcopy(graph)
    assert model_of(graph) == model_of(graph)
    assert graph == before


def test_taking_a_document_away_takes_its_quotes_and_nothing_else_is_made_up():
    graph = sample_graph()
    claims = {n.key for n in graph.nodes if n.label == "Claim"}
    model = model_of(graph)
    assert len(model.evidence) == len(claims)
    assert {e.document for e in model.evidence} == set(range(len(model.documents)))


def test_the_day_of_the_map_is_that_of_its_latest_document():
    assert model_of(sample_graph()).as_of == "2025-06-27"
    assert model_of(Graph()).as_of == ""


def test_an_empty_graph_gives_an_empty_map():
    model = model_of(Graph())
    assert (model.actors, model.ties, model.events) == ((), (), ())


def test_actors_come_by_their_ref_not_by_name():
    draft = GraphDraft()
    draft.actor("1", "Same name")
    draft.actor("__proto__", "Same name")
    draft.event("e", "CONDEMN", "ACTOR=1;RECIPIENT=__proto__")
    model = model_of(draft.graph())
    assert sorted(actor.actor_id for actor in model.actors) == ["1", "__proto__"]
    assert NodeRef(label="Actor", key="1") in {node.ref for node in draft.graph().nodes}
