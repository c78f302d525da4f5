from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.occurrence import occurrence_of
from kg.model.words import HAPPENED_OCCURRENCES, HAPPENED_STATUSES, Occurrence, Status

DAY = date(2025, 6, 20)
tellings = st.lists(
    st.tuples(st.none() | st.integers(0, 5).map(lambda n: DAY + timedelta(days=n)), st.sampled_from(Status)), min_size=1
)


@pytest.mark.parametrize(
    ("told", "folded"),
    [
        ("occurred", "occurred"),
        ("ongoing", "ongoing"),
        ("occurred ongoing", "ongoing"),
        ("ongoing later:occurred", "occurred"),
        ("occurred alleged", "occurred"),
        ("planned later:occurred", "occurred"),
        ("denied", "did_not_occur"),
        ("refused", "did_not_occur"),
        ("refused requested", "did_not_occur"),
        ("occurred denied", "disputed"),
        ("denied later:occurred", "disputed"),
        ("refused later:occurred", "occurred"),
        ("occurred later:refused", "disputed"),
        ("alleged", "unknown"),
        ("alleged denied", "disputed"),
        ("alleged planned", "unknown"),
        ("planned", "expected"),
        ("planned possible", "expected"),
        ("planned later:denied", "did_not_occur"),
        ("denied later:planned", "expected"),
        ("planned denied", "did_not_occur"),
        ("offered", "unknown"),
        ("requested", "unknown"),
        ("threatened", "unknown"),
        ("conditional", "unknown"),
        ("possible", "unknown"),
    ],
)
def test_statuses_fold_to_an_occurrence(told, folded):
    parts = [part.rpartition(":") for part in told.split()]
    days = [(DAY + timedelta(days=1) if later else DAY, Status(status)) for later, _, status in parts]
    assert occurrence_of(days) is Occurrence(folded)


@given(tellings, st.randoms(use_true_random=False))
def test_order_does_not_matter(told, random):
    shuffled = list(told)
    random.shuffle(shuffled)
    assert occurrence_of(shuffled) is occurrence_of(told)


@given(tellings)
def test_telling_the_same_again_changes_nothing(told):
    assert occurrence_of(told + told) is occurrence_of(told)


@given(tellings)
def test_nothing_happened_unless_somebody_told_it_as_having_happened(told):
    if occurrence_of(told) in HAPPENED_OCCURRENCES:
        assert {status for _, status in told} & HAPPENED_STATUSES


@given(tellings)
def test_a_denied_event_never_counts_as_having_happened(told):
    assert occurrence_of([*told, (None, Status.DENIED)]) not in HAPPENED_OCCURRENCES
