from datetime import date

import pytest

from graph.made import Story, events, graph_of, named, nodes, relationships, sanction
from kg.model.documents import MediaType

JULY_29 = date(2025, 7, 29)


def life(*acts, day="2025-06-27"):
    """A story of acts of the US Treasury on NIS: (act, etype, status, day, more)."""
    story = Story("life", day)
    for number, (act, etype, status, on, more) in enumerate(acts):
        story.tell(
            f"act{number}", etype, status, actor="US Treasury", recipient="NIS", on=on, sanction=sanction(act, **more)
        )
    return graph_of(story)


def state(graph):
    (designation,) = nodes(graph, "Designation")
    return designation.properties["state"]


IMPOSE, EXTEND, EASE, RELIEF = "IMPOSE_SANCTIONS", "EXTEND_SANCTIONS", "EASE_SANCTIONS", "GRANT_SANCTIONS_RELIEF"


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([("announced", IMPOSE, "occurred", "2025-01-10", {})], "announced"),
        ([("imposed", IMPOSE, "occurred", "2025-01-10", {})], "in_force"),
        ([("imposed", IMPOSE, "occurred", "2025-06-20", {"effective": JULY_29})], "announced"),
        ([("imposed", IMPOSE, "planned", "2025-07-29", {})], "announced"),
        ([("proposed", IMPOSE, "requested", None, {})], "proposed"),
        ([("imposed", IMPOSE, "refused", None, {})], "refused"),
        ([("proposed", IMPOSE, "occurred", None, {})], "proposed"),
        ([("imposed", IMPOSE, "possible", None, {})], "unknown"),
        ([("imposed", IMPOSE, "conditional", None, {})], "unknown"),
        ([("licensed", RELIEF, "occurred", "2025-06-24", {})], "in_force"),
        ([("postponed", RELIEF, "occurred", "2025-06-24", {})], "announced"),
        (
            [
                ("announced", IMPOSE, "occurred", "2025-01-10", {}),
                ("postponed", RELIEF, "occurred", "2025-06-24", {}),
                ("imposed", IMPOSE, "planned", "2025-07-29", {"effective": JULY_29}),
            ],
            "announced",
        ),
        (
            [("imposed", IMPOSE, "occurred", "2025-01-10", {}), ("lifted", EASE, "occurred", "2025-06-24", {})],
            "ended",
        ),
        (
            [("imposed", IMPOSE, "occurred", "2025-01-10", {}), ("lifted", EASE, "requested", "2025-06-24", {})],
            "in_force",
        ),
        (
            [("imposed", IMPOSE, "occurred", "2025-01-10", {}), ("suspended", EASE, "occurred", "2025-06-24", {})],
            "suspended",
        ),
        (
            [
                ("lifted", EASE, "occurred", "2024-01-10", {}),
                ("extended", EXTEND, "occurred", "2025-06-24", {}),
            ],
            "in_force",
        ),
    ],
)
def test_state_is_folded_from_acts(acts, expected):
    assert state(life(*acts)) == expected
    assert state(life(*reversed(acts))) == expected


def test_the_life_of_a_sanction_is_told_in_order():
    graph = life(
        ("imposed", IMPOSE, "planned", "2025-07-29", {"effective": JULY_29}),
        ("licensed", RELIEF, "occurred", "2025-06-24", {"until": JULY_29, "licence": "specific"}),
        ("announced", IMPOSE, "occurred", "2025-01-10", {"reported_count": 4}),
    )
    (designation,) = nodes(graph, "Designation")
    assert designation.properties["authority"] == "United States"
    assert designation.properties["evidence"] == "news"
    (targets,) = relationships(graph, "TARGETS")
    assert named(graph, targets.end.key) == "NIS"
    acts = {node.key: node.properties["act"] for node in nodes(graph, "SanctionAct")}
    assert {(acts[r.start.key], acts[r.end.key]) for r in relationships(graph, "PRECEDES")} == {
        ("announced", "licensed"),
        ("licensed", "imposed"),
    }
    (licence,) = nodes(graph, "Licence")
    assert (licence.properties["kind"], licence.properties["valid_to"]) == ("specific", JULY_29)
    (grants,) = relationships(graph, "GRANTS")
    assert acts[grants.start.key] == "licensed"
    assert relationships(graph, "COVERS")[0].end == designation.ref
    assert not relationships(graph, "SANCTIONED") or all(
        acts[event] == "announced" for r in relationships(graph, "SANCTIONED") for event in r.properties["event_ids"]
    )


def test_a_licence_that_is_only_asked_for_is_not_there():
    graph = life(("licensed", RELIEF, "requested", None, {"licence": "specific"}))
    assert not nodes(graph, "Licence")


def test_who_refuses_to_impose_sanctions_has_imposed_none():
    story = Story("s")
    story.tell("refuses", IMPOSE, "refused", actor="Serbia", recipient="Russia", sanction=sanction("refused"))
    story.tell(
        "imposed", IMPOSE, actor="European Union", recipient="Russia", on="2022-02-25", sanction=sanction("imposed")
    )
    graph = graph_of(story)
    states = {n.properties["authority"]: n.properties["state"] for n in nodes(graph, "Designation")}
    assert states == {"Serbia": "refused", "European Union": "in_force"}
    assert [r.start.key for r in relationships(graph, "SANCTIONED")] == ["EU"]


def test_an_act_without_a_programme_joins_the_only_named_one():
    graph = life(
        ("imposed", IMPOSE, "occurred", "2025-01-10", {"programme": "Russian energy sector"}),
        ("extended", EXTEND, "occurred", "2025-06-24", {}),
    )
    assert len(nodes(graph, "Designation")) == 1
    (programme,) = nodes(graph, "Programme")
    assert programme.properties == {"name": "Russian energy sector", "authority": "United States"}
    assert len(relationships(graph, "UNDER")) == 1


def test_two_programmes_are_two_designations_and_guess_nothing_for_a_third_act():
    graph = life(
        ("imposed", IMPOSE, "occurred", "2025-01-10", {"programme": "energy"}),
        ("imposed", IMPOSE, "occurred", "2025-03-10", {"programme": "cyber"}),
        ("extended", EXTEND, "occurred", "2025-06-24", {}),
    )
    assert len(nodes(graph, "Designation")) == 3


def test_a_list_entry_is_list_evidence_and_never_the_man_of_the_news():
    listed = Story("list", None, "United Nations", MediaType.UN_RECORD)
    listed.actors = dict(listed.actors) | {
        "KARIMI": type(listed.actors["NIS"])(
            local_id="KARIMI",
            name="Ali Karimi",
            type=listed.actors["Vladimir Putin"].type,
            key="Ali Karimi",
            list_ids=("UN:QDi.999",),
        ),
        "Ali Karimi": type(listed.actors["NIS"])(
            local_id="Ali Karimi", name="Ali Karimi", type=listed.actors["Vladimir Putin"].type, key="Ali Karimi"
        ),
    }
    listed.tell(
        "listed",
        IMPOSE,
        actor="European Union",
        recipient="KARIMI",
        on="2020-02-02",
        sanction=sanction("imposed", list_id="UN:QDi.999"),
    )
    news = Story("news")
    news.actors = listed.actors
    news.tell("arrested", "ARREST", actor="Serbia", recipient="Ali Karimi")
    graph = graph_of(listed, news)
    (designation,) = nodes(graph, "Designation")
    assert (designation.properties["evidence"], designation.properties["list_id"]) == ("list", "UN:QDi.999")
    bearers = [n for n in nodes(graph, "Actor") if n.properties["name"] == "Ali Karimi"]
    assert len(bearers) == 2
    assert [n.properties["topics"] for n in bearers if n.properties["list_ids"]] == [("sanction",)]


def test_without_an_authority_there_is_an_event_and_no_designation():
    story = Story("s")
    story.tell("due", IMPOSE, "planned", recipient="NIS", on="2025-07-29")
    graph = graph_of(story)
    assert len(events(graph, IMPOSE)) == 1
    assert not nodes(graph, "Designation")
