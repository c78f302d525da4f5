"""Only names that tell whom they name are compared: a court is not every court."""

import pytest

from graph.made import Story, actor
from kg.resolve.full_names import full_names
from kg.resolve.pairs import sightings


def names_of(one):
    story = Story("one", actors={one.name: one})
    story.tell("spoke", "ACCUSE", actor=one.name)
    (seen,) = sightings(*story.read())
    return full_names(seen)


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Ada Moreau", "person"),
        ("عباس عراقچی", "person"),
        ("Adria Cargo Ltd", "company"),
        ("Газпром", "company"),
        ("Amnesty International", "organisation"),
        ("Zintan Brigades", "armed_group"),
    ],
)
def test_names_that_name_somebody(name, type_):
    assert names_of(actor(name, type_=type_)) == (name,)


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Moreau", "person"),
        ("minister FRA", "person"),
        ("President Moreau", "person"),
        ("the court", "organisation"),
        ("General Court", "organisation"),
        ("South Sudanese defence ministry", "organisation"),
        ("Iranian border guards", "military"),
        ("Holding Company", "company"),
        ("Adria Coast", "place"),
        ("France", "state"),
    ],
)
def test_names_that_many_bear(name, type_):
    assert names_of(actor(name, type_=type_, country="FRA")) == ()
