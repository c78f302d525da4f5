import pytest

from kg.model.words import Status
from kg.text.landmarks import counted_status


@pytest.mark.parametrize(
    ("before", "status"),
    [
        ("Iran denied that it had fired any missile after the ", Status.POSSIBLE),
        ("Nothing was signed during Sunday\u2019s ", Status.POSSIBLE),
        ("No soldier has crossed the line since the brief ", Status.POSSIBLE),
        ("Talks in Istanbul have ended twice without a ", Status.DENIED),
        ("Iran denied the ", Status.DENIED),
        ("It is a year since the last one ", Status.DENIED),
        ("The aftermath of the ", Status.DENIED),
    ],
)
def test_what_a_sentence_dates_something_else_by_is_not_what_it_denies(before, status):
    assert counted_status(Status.DENIED, before) is status


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DENIED}))
def test_only_denials_count_otherwise(status):
    assert counted_status(status, "Iran fired a missile after the ") is status
