"""Promises and answers that are told only when they are past: by the command line, read by the extractor that ships."""

import json

import pytest

from rows.commands import feed, rows, run

OFFER = ("offer", "Northern Wire", "2025-06-18", "Russia offered on Wednesday to mediate between Israel and Iran.")
PLAN = (
    "plan",
    "Danube Agency",
    "2025-07-18",
    "Russia and Ukraine will hold talks in Istanbul on July 21, officials said.",
)
LINKS = (
    "MATCH (x:Event)-[l:RESPONSE_TO|FULFILS|FAILS]->(p:Event) "
    "RETURN x.etype AS by, type(l) AS link, p.etype AS promise, p.n_docs AS documents ORDER BY by"
)


@pytest.mark.parametrize(
    ("before", "text", "link"),
    [
        (
            OFFER,
            "Donald Trump on Friday rejected the mediation between Israel and Iran which Moscow had offered in June.",
            {"by": "REJECT", "link": "RESPONSE_TO", "promise": "OFFER_MEDIATION", "documents": 2},
        ),
        (
            None,
            "Qatar delivered on Monday the humanitarian aid which it had offered to Ukraine in June.",
            {"by": "PROVIDE_HUMANITARIAN_AID", "link": "FULFILS", "promise": "OFFER_AID", "documents": 1},
        ),
        (
            None,
            "The European Union never delivered the aid that it had offered to Serbia in May.",
            {"by": "PROVIDE_HUMANITARIAN_AID", "link": "FAILS", "promise": "OFFER_AID", "documents": 1},
        ),
    ],
)
def test_answers_and_outcomes_of_promises_that_the_sentence_looks_back_on(tmp_path, before, text, link):
    home = tmp_path / ".kg"
    feed(home, *([before] if before else []), ("later", "Harbour Press", "2025-07-15", text))
    assert rows(home, LINKS) == [link]


def test_talks_that_were_due_and_did_not_take_place(tmp_path):
    home = tmp_path / ".kg"
    text = "The talks between Russia and Ukraine that were due on Monday did not take place."
    feed(home, PLAN, ("later", "Harbour Press", "2025-07-23", text))
    (event,) = rows(
        home, "MATCH (e:Event {etype: 'NEGOTIATE'}) RETURN e.occurrence AS occurrence, e.n_docs AS documents"
    )
    assert event == {"occurrence": "did_not_occur", "documents": 2}
    (promise,) = json.loads(run(home, "ask", "promises", "day=2025-08-01", "--format", "json"))
    assert (promise["state"], promise["shown_by"]) == ("did_not_happen", text)


def test_a_plan_that_was_carried_out(tmp_path):
    home = tmp_path / ".kg"
    text = "The withdrawal of Russian forces from Ukraine announced last week was carried out on Monday."
    feed(home, ("later", "Harbour Press", "2025-07-15", text))
    (event,) = rows(home, "MATCH (e:Event {etype: 'WITHDRAW_FORCES'}) RETURN e.occurrence AS occurrence")
    assert event == {"occurrence": "occurred"}
