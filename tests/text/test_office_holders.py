"""Who held which office on which day."""

from datetime import date

import pytest

from kg.text.office_holders import holder_on, term_on, terms


@pytest.mark.parametrize(
    ("name", "day", "side", "office"),
    [
        ("Donald Trump", date(2025, 6, 18), "USA", "head of state"),
        ("Donald Trump", date(2018, 1, 1), "USA", "head of state"),
        ("Kaja Kallas", date(2023, 1, 1), "EST", "head of government"),
        ("Kaja Kallas", date(2025, 6, 1), "EU", "high representative"),
        ("Joe Biden", date(2025, 6, 27), "USA", "head of state"),  # a former one keeps his side
    ],
)
def test_the_term_that_a_day_decides(name, day, side, office):
    term = term_on(name, day)
    assert term is not None
    assert (term.acts_for, term.office) == (side, office)


def test_without_a_day_the_latest_term_counts():
    assert term_on("Kaja Kallas", None).acts_for == "EU"


def test_a_stranger_has_no_term():
    assert term_on("Nobody At All", date(2025, 1, 1)) is None


@pytest.mark.parametrize(
    ("side", "offices", "day", "name"),
    [
        ("RUS", ("head of state",), date(2025, 6, 18), "Vladimir Putin"),
        ("USA", ("head of state",), date(2023, 6, 18), "Joe Biden"),
        ("IRN", ("foreign minister",), date(2025, 6, 18), "Abbas Araghchi"),
        ("GBR", ("head of state of nowhere", "head of government"), date(2023, 1, 5), "Rishi Sunak"),
        ("USA", ("head of state",), date(1700, 1, 1), None),
    ],
)
def test_the_holder_of_an_office(side, offices, day, name):
    assert holder_on(side, offices, day) == name


def test_terms_do_not_end_before_they_begin():
    assert all(term.first <= term.last for found in terms().values() for term in found)
