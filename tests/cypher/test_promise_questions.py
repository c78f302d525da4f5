"""What came of promises, as the saved questions tell it: a small world for each state that a promise can be in."""

from datetime import date

import pytest

from graph.made import Story, graph_of
from kg.graph import plan
from kg.jobs.questions import bind, load_questions

MADE, TOLD, DAY = "2025-06-20", "2025-06-27", "2025-07-15"
STRIKE = {"actor": "Israel", "recipient": "Iran"}
TALKS = {"actor": "Russia,Ukraine"}
TO_MEET = {**TALKS, "on": "2025-06-30"}


def made(trigger, etype, status="occurred", **told):
    story = Story("promise", MADE, "Alpha Wire")
    story.tell(trigger, etype, status, **told)
    return story


def then(trigger, etype, status="occurred", *, day=TOLD, **told):
    """A later document, whose first sentence tells something else."""
    story = Story("outcome", day, "Beta Daily")
    story.tell("tested", "TEST_WEAPON", actor="Serbia", more="a rocket far away from everybody else")
    story.tell(trigger, etype, status, **told)
    return story


def offer():
    return made("offered", "OFFER_MEDIATION", actor="Qatar", recipient="Russia,Ukraine")


def offer_with_content(on=None):
    story = offer()
    story.tell(
        "mediate", "MEDIATE", "offered", of=0, actor="Qatar", recipient="Russia,Ukraine", same_sentence=True, on=on
    )
    return story


def reply(trigger, etype, more, who="Ukraine"):
    return then(trigger, etype, actor=who, recipient="Qatar", more=more)


REJECTED = reply("rejected", "REJECT", "the offer")
WELCOMED = reply("welcomed", "EXPRESS_SUPPORT", "the offer", who="Russia")
MEDIATED = {"actor": "Qatar", "recipient": "Russia,Ukraine"}

# state: the documents, the sentence that shows it
STATES = {
    "unanswered": ([offer()], None),
    "accepted": ([offer(), WELCOMED], "1: Russia, Qatar welcomed the offer (outcome)."),
    "refused": ([offer(), REJECTED], "1: Ukraine, Qatar rejected the offer (outcome)."),
    "done": (
        [offer_with_content(), then("mediated", "MEDIATE", on="2025-06-25", **MEDIATED)],
        "1: Qatar, Russia, Ukraine mediated (outcome).",
    ),
    "failed": (
        [offer(), then("talked", "NEGOTIATE", on="2025-06-25", more="without agreement", **TALKS)],
        "1: Russia, Ukraine talked without agreement (outcome).",
    ),
    "open": ([made("meet", "MEET", "planned", **{**TALKS, "on": "2025-07-20"})], None),
    "due": ([made("meet", "MEET", "planned", **TO_MEET)], None),
    "happened": (
        [made("meet", "MEET", "planned", **TO_MEET), then("talked", "NEGOTIATE", day="2025-07-01", **TO_MEET)],
        "1: Russia, Ukraine talked (outcome).",
    ),
    "did_not_happen": (
        [made("meet", "MEET", "planned", **TO_MEET), then("talks", "MEET", "denied", more="were called off", **TALKS)],
        "1: Russia, Ukraine talks were called off (outcome).",
    ),
}


def asked(store, name, *stories, **given):
    for planned in plan(graph_of(*stories).rows, {}, max_rows=5_000):
        store.write(planned.batch)
    return again(store, name, **given)


def again(store, name, **given):
    question = load_questions()[name]
    return list(store.query(question.text, bind(question, given)))


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_a_promise_with_the_sentence_that_shows_it(store, state):
    stories, shown_by = STATES[state]
    rows = asked(store, "promises", *stories, day=DAY)
    assert [(row["state"], row["shown_by"]) for row in rows] == [(state, shown_by)]


AID = {"actor": "Qatar", "recipient": "Ukraine"}
BEGGED = made("begged", "REQUEST_AID", actor="Ukraine", recipient="Qatar")
ASKED_TO_RELEASE = made("release", "RELEASE", "requested", **STRIKE)
STRUCK = then("struck", "AIRSTRIKE", on="2025-06-25", **STRIKE)


@pytest.mark.parametrize(
    ("stories", "kind", "state"),
    [
        ([made("vowed", "THREATEN_FORCE", **STRIKE)], "threatened", "unanswered"),
        ([made("vowed", "THREATEN_FORCE", **STRIKE), STRUCK], "threatened", "done"),
        ([made("strike", "AIRSTRIKE", "threatened", **STRIKE), STRUCK], "threatened", "done"),
        ([BEGGED], "requested", "unanswered"),
        ([BEGGED, then("armed", "PROVIDE_MILITARY_AID", on="2025-06-25", **AID)], "requested", "done"),
        ([BEGGED, then("declined", "REJECT", **AID, more="the plea")], "requested", "refused"),
        ([ASKED_TO_RELEASE, then("free", "RELEASE", "refused", **STRIKE)], "requested", "refused"),
        ([ASKED_TO_RELEASE, then("freed", "RELEASE", "denied", **STRIKE)], "requested", "failed"),
    ],
)
def test_threats_and_requests_have_the_same_states(store, stories, kind, state):
    rows = asked(store, "promises", *stories, day=DAY)
    assert [(row["kind"], row["state"]) for row in rows] == [(kind, state)]


def test_what_nobody_could_know_on_the_day_is_left_out(store):
    stories = (
        offer_with_content(),
        REJECTED,
        then("mediated", "MEDIATE", day="2025-07-05", on="2025-07-04", **MEDIATED),
    )
    asked(store, "promises", *stories, day=DAY)
    states = {day: [row["state"] for row in again(store, "promises", day=day)]
              for day in ("2025-06-19", "2025-06-20", "2025-06-26", "2025-06-27", "2025-07-04", "2025-07-05")}  # fmt: skip
    assert states == {
        "2025-06-19": [],
        "2025-06-20": ["unanswered"],
        "2025-06-26": ["unanswered"],
        "2025-06-27": ["refused"],
        "2025-07-04": ["refused"],
        "2025-07-05": ["done"],
    }


def test_one_who_refuses_outweighs_one_who_accepts_and_both_answers_are_told(store):
    both = then("rejected", "REJECT", actor="Ukraine", recipient="Qatar", more="the offer")
    both.tell("welcomed", "EXPRESS_SUPPORT", actor="Russia", recipient="Qatar", more="the offer")
    (row,) = asked(store, "promises", offer(), both, day=DAY)
    assert row["state"] == "refused"
    assert sorted(row["answers"]) == ["Russia: EXPRESS_SUPPORT", "Ukraine: REJECT"]


def test_a_plan_that_one_tells_as_done_and_another_denies_is_disputed(store):
    told = then("meet", "MEET", day="2025-07-01", **TO_MEET)
    denied = Story("denial", "2025-07-02", "Gamma Post")
    denied.tell("meet", "MEET", "denied", says="Russia", **TO_MEET)
    rows = asked(store, "promises", made("meet", "MEET", "planned", **TO_MEET), told, denied, day=DAY)
    assert {(row["state"], row["shown_by"]) for row in rows} == {
        ("disputed", "0: Russia, Ukraine, Russia meet (denial).")
    }


def test_promises_of_one_side_and_of_one_state(store):
    asked(store, "promises", offer(), made("meet", "MEET", "planned", **TO_MEET), day=DAY)
    for given, etypes in (
        ({"actor": "qatar"}, ["OFFER_MEDIATION"]),
        ({"actor": "RUS"}, ["MEET"]),
        ({"actor": "Atlantis"}, []),
        ({"state": "due"}, ["MEET"]),
        ({"state": "done"}, []),
    ):
        assert [row["etype"] for row in again(store, "promises", day=DAY, **given)] == etypes


@pytest.mark.parametrize("state", STATES)
def test_what_came_due_without_a_word(store, state):
    rows = asked(store, "promises-without-word", *STATES[state][0], today=DAY)
    assert [row["etype"] for row in rows] == (["MEET"] if state == "due" else [])


@pytest.mark.parametrize(
    ("answers", "today", "due"),
    [([], "2025-07-02", [date(2025, 7, 1)]), ([], "2025-07-01", []), ([REJECTED], "2025-07-02", [])],
)
def test_an_offer_for_a_day_is_due_too_unless_it_was_answered(store, answers, today, due):
    rows = asked(store, "promises-without-word", offer_with_content(on="2025-07-01"), *answers, today=today)
    assert [row["due"] for row in rows] == due


def test_a_day_before_the_promise_is_none_that_it_was_made_for(store):
    misread = made("meet", "MEET", "planned", **{**TALKS, "on": "2024-06-30"})
    assert asked(store, "promises-without-word", misread, today=DAY) == []


@pytest.mark.parametrize("state", STATES)
def test_what_is_planned_and_still_open(store, state):
    days = {"open": [date(2025, 7, 20)], "due": [date(2025, 6, 30)]}
    assert [row["day"] for row in asked(store, "planned-due", *STATES[state][0])] == days.get(state, [])


def raid(name, day, killed, **told):
    story = Story(name, day, name)
    story.tell("hit", "AIRSTRIKE", on="2025-06-19", killed=killed, **{**STRIKE, **told})
    return story


def test_contradictions_show_both_sides_with_source_and_date(store):
    (row,) = asked(store, "contradictions", raid("Alpha Wire", "2025-06-20", 5), raid("Beta Daily", "2025-06-21", 3))
    sides = {
        (row["publisher"], row["reported"], *row["numbers"]),
        (row["other_publisher"], row["other_reported"], *row["other_numbers"]),
    }
    assert sides == {
        ("Alpha Wire", date(2025, 6, 20), "killed: 5"),
        ("Beta Daily", date(2025, 6, 21), "killed: 3"),
    }


def test_who_did_it_stands_side_by_side(store):
    told = raid("Alpha Wire", "2025-06-20", 3, object="Natanz")
    accused = Story("Beta Daily", "2025-06-21", "Beta Daily")
    accused.tell("staged", "AIRSTRIKE", "alleged", actor="Iran", object="Natanz", on="2025-06-19")
    (row,) = asked(store, "contradictions", told, accused, on="actor")
    assert {row["actors"][0], row["other_actors"][0]} == {"Israel", "Iran"}
    assert row["event_id"] != row["other_event_id"]


def test_a_day_that_was_told_later_was_not_known_before(store):
    undated = Story("alpha", "2025-06-20", "Alpha Wire")
    undated.tell("hit", "AIRSTRIKE", object="Natanz", **STRIKE)
    asked(store, "known-on", undated, raid("Beta Daily", "2025-06-21", 3, object="Natanz"), day="2025-06-20")
    days = {day: [(row["statuses"], row["first"]) for row in again(store, "known-on", day=day)]
            for day in ("2025-06-20", "2025-06-21")}  # fmt: skip
    assert days == {"2025-06-20": [(["occurred 1"], None)], "2025-06-21": [(["occurred 2"], date(2025, 6, 19))]}
