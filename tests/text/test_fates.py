from datetime import date

import pytest

from kg.model.times import days
from kg.model.words import Basis, Status
from kg.text.fates import Fate, fate_of, status_by_fate, time_by_fate


def status_of(status, before, after):
    fate = fate_of(before, after)
    return status_by_fate(status, fate) if fate else status


@pytest.mark.parametrize("status", [Status.OCCURRED, Status.ONGOING, Status.PLANNED])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The ", " between Iran and Israel that were due on Monday did not take place."),
        ("The ", ", which were due on Monday, did not take place."),
        ("", " planned for Monday in Doha never took place, Qatar said."),
        ("The first round of ", " with Iran failed to materialise."),
        ("An ", " on Tehran has not happened."),
        ("The ", " planned for Monday will not take place."),
    ],
)
def test_what_did_not_take_place_counts_as_denied(status, before, after):
    assert status_of(status, before, after) is Status.DENIED


@pytest.mark.parametrize(
    "after",
    [
        " of Russian forces announced last week was carried out on Monday.",
        " agreed in Istanbul last week took place on Monday.",
        " that it had promised were duly held.",
    ],
)
def test_a_plan_that_was_carried_out_counts_as_done(after):
    assert status_of(Status.PLANNED, "The ", after) is Status.OCCURRED
    assert status_of(Status.ALLEGED, "The ", after) is Status.ALLEGED


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("After the ", " the strike did not take place."),  # the strike, not the talks
        ("Before their planned ", " an attack did not take place."),
        ("The ", " with Iran, and the attack did not take place."),
        ("The ", " after which the parade did not take place."),
        ("The ", " with a man who said the attack did not take place."),
        ("Iran ", " Israel on the day on which the parade was held."),
    ],
)
def test_the_fate_of_something_else_decides_nothing(before, after):
    for status in Status:
        assert status_of(status, before, after) is status


@pytest.mark.parametrize(
    ("fate", "basis", "published", "day"),
    [
        (Fate.NOT_DONE, Basis.WEEKDAY, 23, 21),
        (Fate.DONE, Basis.WEEKDAY, 27, 21),
        (Fate.CALLED_OFF, Basis.WEEKDAY, 23, 28),  # is not to be
        (Fate.NOT_DONE, Basis.EXPLICIT, 23, 28),
        (Fate.NOT_DONE, Basis.WEEKDAY, 28, 28),  # told on that day
        (Fate.NOT_DONE, Basis.WEEKDAY, None, 28),
    ],
)
def test_what_is_past_was_due_on_the_weekday_before(fate, basis, published, day):
    told = days(date(2025, 7, published), basis=Basis.EXPLICIT) if published else None
    assert time_by_fate(days(date(2025, 7, 28), basis=basis), fate, told) == days(date(2025, 7, day), basis=basis)
