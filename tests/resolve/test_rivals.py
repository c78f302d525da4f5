import pytest

from graph.made import ACTORS, Story, actor, graph_of, read_all, relationships
from kg.model.world import LinkKind
from kg.resolve import resolve

PEOPLE = ACTORS | {a.name: a for a in (actor("Lena Orlova"), actor("Iraq", "IRQ", "state"))}


def told(name, trigger, etype, status="occurred", *, day="2025-06-20", **parts):
    story = Story(name, day, actors=PEOPLE)
    story.tell(trigger, etype, status, **{"on": "2025-06-19", **parts})
    return story


def rivals(*stories):
    links = resolve(read_all(*stories)).links
    return [link.kind.value for link in links if link.kind in (LinkKind.OTHER_ACTOR, LinkKind.OTHER_DATE)]


FREED = {"recipient": "Lena Orlova"}
HIT = {"object": "Natanz"}


def test_a_deed_that_happens_once_has_one_actor():
    militia = told("a", "freed", "RELEASE", actor="Hamas", **FREED)
    army = told("b", "brought out", "RELEASE", actor="Iraq", **FREED)
    assert rivals(militia, army) == ["other_actor"]
    assert rivals(militia, told("b", "let go", "RELEASE", actor="Hamas", **FREED)) == []


def test_two_may_strike_one_place_on_one_day_unless_a_side_is_only_alleged():
    israel = told("a", "struck", "AIRSTRIKE", actor="Israel", recipient="Iran", **HIT)
    america = told("b", "hit", "AIRSTRIKE", actor="United States", recipient="Iran", **HIT)
    accused = told("b", "staged", "AIRSTRIKE", "alleged", actor="Iran", **HIT)
    assert rivals(israel, america) == []
    assert rivals(israel, accused) == ["other_actor"]


@pytest.mark.parametrize(
    "other",
    [
        {"actor": "Iraq", "recipient": "Lena Orlova", "on": "2025-06-18"},  # another day
        {"actor": "Iraq", "recipient": "Vladimir Putin"},  # another person
        {"actor": "Iraq", "recipient": "Iran"},  # whole states are freed by many
        {"actor": "Hamas,Iraq", "recipient": "Lena Orlova"},  # both together
        {"recipient": "Lena Orlova"},  # nobody named
        {"actor": "Iraq", "recipient": "Lena Orlova", "on": "2025-06-18/2025-06-20"},  # no one day
    ],
)
def test_what_may_be_another_deed_is_no_rival(other):
    militia = told("a", "freed", "RELEASE", actor="Hamas", **FREED)
    assert "other_actor" not in rivals(militia, told("b", "brought out", "RELEASE", **other))


@pytest.mark.parametrize("status", ["planned", "denied", "possible", "requested"])
def test_only_what_is_told_as_so_has_rivals(status):
    militia = told("a", "freed", "RELEASE", actor="Hamas", **FREED)
    assert rivals(militia, told("b", "brought out", "RELEASE", status, actor="Iraq", **FREED)) == []


@pytest.mark.parametrize(("on", "differ"), [("2025-06-22", ["other_date"]), ("2025-06-23", []), ("2025-06-19", [])])
def test_a_deed_that_happens_once_has_one_day(on, differ):
    first = told("a", "freed", "RELEASE", actor="Hamas", **FREED)
    assert rivals(first, told("b", "let go", "RELEASE", actor="Hamas", day="2025-06-25", on=on, **FREED)) == differ


def test_two_strikes_on_two_days_are_no_contradiction():
    first = told("a", "struck", "AIRSTRIKE", actor="Israel", recipient="Iran", **HIT)
    second = told(
        "b", "struck", "AIRSTRIKE", actor="Israel", recipient="Iran", day="2025-06-21", on="2025-06-20", **HIT
    )
    assert rivals(first, second) == []


def test_one_teller_is_no_rival_of_his_own():
    story = told("a", "freed", "RELEASE", actor="Hamas", **FREED)
    story.tell("brought out", "RELEASE", actor="Iraq", on="2025-06-19", **FREED)
    assert rivals(story) == []
    story.told[1]["says"] = "Iraq"
    assert rivals(story) == ["other_actor"]


def test_each_claim_points_to_one_rival_and_the_events_stay_apart():
    militia = [told(f"a{n}", "freed", "RELEASE", actor="Hamas", day=f"2025-06-2{n}", **FREED) for n in range(3)]
    army = told("b", "brought out", "RELEASE", actor="Iraq", day="2025-06-25", **FREED)
    assert rivals(*militia, army) == ["other_actor"]
    graph = graph_of(*militia, army)
    assert [r.properties["on"] for r in relationships(graph, "CONTRADICTS")] == ["actor"]
    assert len({r.start for r in relationships(graph, "ACTOR")}) == 2
