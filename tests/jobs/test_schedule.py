from datetime import UTC, datetime, timedelta

import pytest

from kg.jobs.schedule import next_due
from kg.jobs.settings import JobSettings

NOON = datetime(2025, 6, 27, 12, 0, tzinfo=UTC)


def job(**rhythm):
    return JobSettings(name="wire", sources=(), **rhythm)


def test_a_job_without_rhythm_is_never_due():
    assert next_due(job(), None) is None


def test_a_job_that_never_ran_is_due_now():
    assert next_due(job(every=timedelta(minutes=15)), None) < NOON
    assert next_due(job(cron="0 3 * * *"), None) < NOON


def test_every_counts_from_the_last_start():
    assert next_due(job(every=timedelta(minutes=15)), NOON) == NOON + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("*/15 * * * *", datetime(2025, 6, 27, 12, 15, tzinfo=UTC)),
        ("0 3 * * *", datetime(2025, 6, 28, 3, 0, tzinfo=UTC)),
        ("0 3 * * MON", datetime(2025, 6, 30, 3, 0, tzinfo=UTC)),
    ],
)
def test_cron_gives_the_next_slot_after_the_last_start(cron, expected):
    assert next_due(job(cron=cron), NOON) == expected


def test_slots_missed_over_three_days_count_once():
    due = next_due(job(cron="*/15 * * * *"), NOON - timedelta(days=3))
    assert due < NOON
    assert next_due(job(cron="*/15 * * * *"), NOON) > NOON
