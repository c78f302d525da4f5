import pytest

from kg.model.words import Status
from kg.text.fates import status_by_fate


@pytest.mark.parametrize("status", [Status.OCCURRED, Status.ONGOING, Status.PLANNED])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The ", " between Iran and Israel that were due on Monday did not take place."),
        ("The ", ", which were due on Monday, did not take place."),
        ("", " planned for Monday in Doha never took place, Qatar said."),
        ("The first round of ", " with Iran failed to materialise."),
        ("An ", " on Tehran has not happened."),
    ],
)
def test_what_did_not_take_place_counts_as_denied(status, before, after):
    assert status_by_fate(status, before, after) is Status.DENIED


@pytest.mark.parametrize(
    "after",
    [
        " of Russian forces announced last week was carried out on Monday.",
        " agreed in Istanbul last week took place on Monday.",
        " that it had promised were duly held.",
    ],
)
def test_a_plan_that_was_carried_out_counts_as_done(after):
    assert status_by_fate(Status.PLANNED, "The ", after) is Status.OCCURRED
    assert status_by_fate(Status.ALLEGED, "The ", after) is Status.ALLEGED


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
        assert status_by_fate(status, before, after) is status
