from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.aggregator import Age
from kg.documents.publication import date_of_url, first_plausible, from_age, parse_date
from kg.model.words import Basis, Precision

NOON = datetime(2025, 6, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "days", "precision"),
    [
        ("2025-06-19", "2025-06-19", Precision.DAY),
        ("2025-06-19T23:30:00", "2025-06-19", Precision.DAY),
        ("2025-06-19T23:30:00-04:00", "2025-06-20", Precision.MINUTE),
        ("2025-06-19T08:30:00Z", "2025-06-19", Precision.MINUTE),
        ("Thu, 19 Jun 2025 23:30:00 -0400", "2025-06-20", Precision.MINUTE),
        ("Thu, 19 Jun 2025 08:30:00 GMT", "2025-06-19", Precision.MINUTE),
        ("2025-06", "2025-06-01/2025-06-30", Precision.MONTH),
        ("2024-12", "2024-12-01/2024-12-31", Precision.MONTH),
        ("2025", "2025-01-01/2025-12-31", Precision.YEAR),
    ],
)
def test_dates_are_read_as_exactly_as_they_are_written(value, days, precision):
    interval = parse_date(f" {value} ")
    assert (interval.value, interval.precision, interval.basis) == (days, precision, Basis.EXPLICIT)


@pytest.mark.parametrize("value", ["", "last week", "27/06/2025", "2025-13", "2025-02-30", "0000", "Thu, 99 Jun 2025"])
def test_what_names_no_date_is_none(value):
    assert parse_date(value) is None


@given(st.text(max_size=30) | st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", fullmatch=True))
def test_any_text_is_a_date_or_none(value):
    interval = parse_date(value)
    assert interval is None or interval.start < interval.end


@given(st.integers(0, 59), st.sampled_from(["second", "minute", "hour", "day", "week", "month", "year"]))
def test_an_age_names_the_unit_that_ends_so_long_before_retrieval(count, unit):
    interval, next_one = (from_age(Age(count=n, unit=unit), NOON) for n in (count, count + 1))
    assert interval.end <= NOON
    assert next_one.end == interval.start
    assert interval.basis == Basis.RETRIEVAL


def test_the_best_date_that_can_be_true_is_taken():
    candidates = (("json-ld", "1970-01-01"), ("feed", None), ("time-element", "2025-06-26"), ("url-path", "2025-06-25"))
    interval, method = first_plausible(candidates, retrieved_at=NOON)
    assert (interval.value, method) == ("2025-06-26", "time-element")


def test_a_date_more_than_a_day_after_retrieval_cannot_be_true():
    assert first_plausible((("feed", "2025-06-28"),), retrieved_at=NOON)[1] == "feed"
    interval, method = first_plausible((("feed", "2025-06-29"),), retrieved_at=NOON)
    assert (interval, method) == (None, "unreadable or impossible feed date '2025-06-29'")
    assert first_plausible((("feed", "2025-06-29"),), retrieved_at=None)[1] == "feed"
    assert first_plausible((("feed", " "),), retrieved_at=None) == (None, None)


def test_an_age_in_another_zone_is_told_in_utc():
    local = NOON.astimezone(datetime.now(UTC).astimezone().tzinfo)
    assert from_age(Age(count=1, unit="hour"), local).end == NOON - timedelta(hours=1)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://varr.example/2025/06/19/port", "2025-06-19"),
        ("https://varr.example/news/2025-6-9-port", "2025-06-09"),
        ("https://varr.example/2025/06/port", None),
        ("https://varr.example/12025/06/19/", None),
    ],
)
def test_an_address_may_tell_the_day(url, day):
    assert date_of_url(url) == day
