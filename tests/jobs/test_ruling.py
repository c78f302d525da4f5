"""Judgements on claims that contradict each other: obeyed, shown, and gone without a trace when undone."""

from contextlib import closing
from dataclasses import replace

import pytest

from graph.made import Story
from kg.graph import fingerprint
from kg.jobs.ask import ask, query
from kg.jobs.disputes import disputes_of, open_disputes
from kg.jobs.judging import Bench, review, undo
from kg.jobs.publish import publish
from kg.jobs.rebuilding import rebuild
from kg.jobs.why import why
from kg.jobs.workplace import open_workplace
from kg.model.graph import Selection
from kg.model.judgements import Verdict

STRIKE = {"etype": "AIRSTRIKE", "actor": "Israel", "recipient": "Iran", "on": "2025-06-19"}


def raid(name, day, **told):
    story = Story(name, day, name)
    story.tell("hit", **{**STRIKE, **told})
    return story


OF_KIND = {
    "number": (raid("Alpha Wire", "2025-06-20", killed=5), raid("Beta Daily", "2025-06-21", killed=3)),
    "occurrence": (raid("Alpha Wire", "2025-06-20"), raid("Beta Daily", "2025-06-20", status="denied")),
    "actor": (
        raid("Alpha Wire", "2025-06-20", object="Natanz"),
        raid("Beta Daily", "2025-06-21", status="alleged", actor="Iran", recipient="", object="Natanz"),
    ),
}


@pytest.fixture
def home(tmp_path):
    """Makes a home whose graph holds some stories."""

    def made(*stories):
        workplace = open_workplace(tmp_path / ".kg")
        with workplace.ledger() as ledger, closing(workplace.graph_store()) as store:
            store.prepare()
            for story in stories:
                ledger.add(*story.read(), run_id="r")
            publish(ledger, store, min_confidence=0.6)
        return workplace

    return made


def judged(workplace, choose):
    """Judge the one open dispute; `choose` gives the verdict for it."""

    def answer(bench: Bench):
        (dispute,) = bench.open_disputes()
        bench.judge_claims(choose(dispute), dispute, "I was there")
        assert bench.open_disputes() == []

    review(workplace, answer)


def of_alpha(dispute):
    """The claim of the Alpha Wire is right."""
    return Verdict.LEFT if dispute.left.source.startswith("Alpha Wire") else Verdict.RIGHT


def graph_of(workplace):
    with closing(workplace.graph_store()) as store:
        store.prepare()
        return fingerprint(store.read(Selection()))


def events(workplace):
    told = "MATCH (e:Event) RETURN e.occurrence AS occurrence, e.dead_min AS least, e.dead_max AS most ORDER BY occurrence, least"
    return [tuple(row.values()) for row in query(workplace, told, {})]


@pytest.mark.parametrize("on", OF_KIND)
@pytest.mark.parametrize("choose", [of_alpha, lambda _: Verdict.NEGATIVE])
def test_what_was_judged_contradicts_no_longer_and_undoing_it_gives_the_graph_of_before(home, on, choose):
    workplace = home(*OF_KIND[on])
    before = graph_of(workplace)
    assert [row["on_what"] for row in ask(workplace, "contradictions", {})] == [on]
    judged(workplace, choose)
    assert ask(workplace, "contradictions", {}) == []
    after = graph_of(workplace)
    rebuild(workplace)
    assert graph_of(workplace) == after != before
    undo(workplace, None)
    assert graph_of(workplace) == before


def test_an_answer_that_nobody_can_give_leaves_both_and_is_not_asked_for_again(home):
    workplace = home(*OF_KIND["number"])
    before = graph_of(workplace)
    judged(workplace, lambda _: Verdict.UNSURE)
    assert graph_of(workplace) == before
    with workplace.ledger() as ledger:
        rows = ask(workplace, "contradictions", {})
        assert len(rows) == 1
        assert open_disputes(disputes_of(rows), ledger.judgements.standing()) == []


@pytest.mark.parametrize(
    ("on", "before", "after"),
    [
        ("number", [("occurred", 3.0, 5.0)], [("occurred", 5.0, 5.0)]),
        ("occurrence", [("disputed", None, None)], [("occurred", None, None)]),
        (
            "actor",
            [("occurred", None, None), ("unknown", None, None)],
            [("occurred", None, None), ("unknown", None, None)],
        ),
    ],
)
def test_the_claim_that_is_right_alone_counts(home, on, before, after):
    workplace = home(*OF_KIND[on])
    assert events(workplace) == before
    judged(workplace, of_alpha)
    assert events(workplace) == after
    wrong = query(
        workplace,
        "MATCH (c:Claim)-[:FROM]->(d:Document) WHERE size(c.wrong_on) > 0 RETURN d.name AS name, c.status AS status, c.wrong_on AS wrong_on",
        {},
    )
    status = {"number": "occurred", "occurrence": "denied", "actor": "alleged"}[on]
    assert [tuple(row.values()) for row in wrong] == [("Beta Daily", status, [on])]


def test_claims_of_different_events_are_two_events(home):
    workplace = home(*OF_KIND["number"])
    judged(workplace, lambda _: Verdict.NEGATIVE)
    assert events(workplace) == [("occurred", 3.0, 3.0), ("occurred", 5.0, 5.0)]


def test_why_tells_who_judged_what(home):
    workplace = home(*OF_KIND["number"])
    judged(workplace, of_alpha)
    (event,) = why(workplace, ["Israel", "Iran"]).events
    (row,) = event.judgements
    right, wrong = sorted(event.claims, key=lambda claim: claim["publisher"])
    ends = {"left": row["claim_id"], "right": row["other_claim_id"]}
    assert ends[row["verdict"]] == right["claim_id"]
    assert {*ends.values()} == {right["claim_id"], wrong["claim_id"]}
    assert (row["on_what"], row["because"]) == ("number", "I was there")


def test_judgements_that_contradict_each_other_are_named_and_none_is_obeyed(home):
    workplace = home(*OF_KIND["number"])
    judged(workplace, of_alpha)
    with workplace.ledger() as ledger:
        (told,) = ledger.judgements.standing()
        ledger.judgements.add(replace(told, verdict=Verdict.NEGATIVE))  # which no command lets through
    named = []
    review(workplace, lambda bench: named.extend(bench.conflicts()))
    assert [(conflict.kind, len(conflict.judgement_ids)) for conflict in named] == [("claims", 2)]
    assert events(workplace) == [("occurred", 3.0, 5.0)]
