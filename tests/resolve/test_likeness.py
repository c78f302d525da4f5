import csv
from importlib.resources import files

import pytest

from graph import made
from graph.made import ACTORS, Story, read_all
from kg.model.ontology import event_types
from kg.resolve import resolve
from kg.resolve.likeness import likeness
from kg.resolve.parties import party_claims

RAID = {"actor": "Israel", "recipient": "Iran"}
PEOPLE = ACTORS | {"Marco Rubio": made.actor("Marco Rubio", acts_for="USA")}
TRUMP, RUBIO, AMERICA = ({"actor": name} for name in ("Donald Trump", "Marco Rubio", "United States"))


def odds(first, second, *, days=("2025-06-20", "2025-06-24"), etype="AIRSTRIKE"):
    stories = []
    for number, (day, told) in enumerate(zip(days, (first, second), strict=True)):
        story = Story(f"{number}", day, actors=PEOPLE)
        story.tell("filler", "TEST_WEAPON", actor="Ukraine", recipient="Ukraine")
        story.tell(told.pop("trigger", "hit"), etype, told.pop("status", "occurred"), **RAID | told)
        stories.append(story)
    told = [party for one in resolve(read_all(*stories)).documents.values() for party in party_claims(one)]
    claims = sorted((party for party in told if party.claim.etype == etype), key=lambda party: party.order)
    assert likeness(*claims) == likeness(*reversed(claims))
    return likeness(*claims)


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ({"second": {}}, {"second": {"status": "denied"}}),
        (
            {"second": {"object": "Natanz"}, "first": {"object": "Natanz"}},
            {"second": {}, "first": {"object": "Natanz"}},
        ),
        ({}, {"second": {"place": "Tehran"}, "first": {"object": "Natanz"}}),
        ({}, {"second": {"trigger": "bombed"}}),
        ({"days": ("2025-06-20", "2025-06-21")}, {}),
        ({}, {"second": {"recipient": None}}),
        ({"first": {"on": "2025-06-19"}, "second": {"on": "2025-06-19"}}, {"first": {"on": "2025-06-19"}}),
        ({"first": TRUMP, "second": TRUMP}, {"first": TRUMP, "second": AMERICA}),
        ({"first": TRUMP, "second": AMERICA}, {"first": TRUMP, "second": RUBIO}),
        ({}, {"etype": "ATTACK"}),
        ({}, {"etype": "CONDEMN"}),
        ({}, {"etype": "EXTEND_SANCTIONS"}),
    ],
)
def test_a_sign_moves_the_odds_its_way(nearer, farther):
    more, less = ({"first": {}, "second": {}} | signs for signs in (nearer, farther))
    assert odds(**more) > odds(**less)


def test_words_that_two_sentences_share_count():
    same = odds({"trigger": "hit with forty warplanes"}, {"trigger": "hit with forty warplanes"})
    assert same > odds({"trigger": "hit with forty warplanes"}, {"trigger": "hit without any warning whatever"})


def test_standing_types_are_event_types():
    folder = files("kg.resolve").joinpath("data")
    assert set(folder.joinpath("standing_types.txt").read_text("utf-8").split()) <= set(event_types())
    rows = list(csv.DictReader(folder.joinpath("likeness_weights.csv").read_text("utf-8").splitlines()))
    assert len({row["sign"] for row in rows}) == len(rows)
    told = csv.DictReader(folder.joinpath("narrower_types.csv").read_text("utf-8").splitlines())
    assert {etype for row in told for etype in (row["type"], row["narrower"])} <= set(event_types())
    assert all(row["meaning"] for row in rows)
