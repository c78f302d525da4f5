import re
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from kg.jobs.locks import held
from kg.jobs.schedule import Tried, due_at, next_due
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


def tried(minutes_ago, in_vain=0):
    return Tried(at=NOON - timedelta(minutes=minutes_ago), in_vain=in_vain)


def test_a_job_whose_process_noted_no_run_keeps_its_rhythm():
    assert due_at(job(every=timedelta(hours=1)), None, tried(10), NOON) == NOON + timedelta(minutes=50)


def test_a_start_in_the_future_was_noted_before_the_clock_was_set_back():
    hourly = job(every=timedelta(hours=1))
    assert due_at(hourly, NOON + timedelta(days=400), None, NOON) < NOON
    assert due_at(hourly, NOON + timedelta(days=400), tried(0), NOON) == NOON + timedelta(hours=1)
    assert due_at(hourly, NOON + timedelta(seconds=30), None, NOON) > NOON  # the clock is kept right by small steps


@pytest.mark.parametrize(("in_vain", "minutes"), [(1, 1), (2, 2), (4, 8), (9, 60), (90, 60)])
def test_a_job_whose_store_did_not_answer_is_tried_again_ever_later_up_to_its_rhythm(in_vain, minutes):
    due = due_at(job(every=timedelta(hours=1)), NOON, tried(0, in_vain), NOON)
    assert due == NOON + timedelta(minutes=minutes)


def scheduling(folder, *options):
    command = [sys.executable, "-m", "kg.cli", "schedule", "--home", str(folder / ".kg"), *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def test_the_scheduler_tells_what_it_does_and_reads_kg_toml_again(tmp_path):
    file = tmp_path / "kg.toml"
    good = '[jobs.wire]\nevery = "1h"\n[[jobs.wire.sources]]\nkind = "files"\npath = "."\n'
    file.write_text(good, encoding="utf-8")
    with scheduling(tmp_path) as child:
        told = [child.stderr.readline() for _ in range(3)]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ wire: started\n", told[0])
        assert "kind 'files' takes no path; it takes name, paths" in told[1]
        assert re.fullmatch(r".{20} wire: ended with exit code 2 after \d+ s\n", told[2])  # and not again for an hour
        file.write_text(good.replace("every", "evry"), encoding="utf-8")
        assert re.fullmatch(r".{20} kg: .*unknown key evry.*\n", child.stderr.readline())
        file.write_text(good.replace("wire", "other"), encoding="utf-8")
        assert re.fullmatch(r".{20} other: started\n", child.stderr.readline())
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=30)
    assert child.returncode == 0


def test_a_second_scheduler_of_a_home_is_refused(tmp_path):
    (tmp_path / "kg.toml").write_text(
        '[jobs.wire]\nevery = "1h"\n[[jobs.wire.sources]]\nkind = "files"\npaths = ["."]\n', encoding="utf-8"
    )
    with held(tmp_path / ".kg" / "locks", "schedule"), scheduling(tmp_path) as child:
        _, told = child.communicate(timeout=30)
    assert (child.returncode, "'schedule' runs already" in told) == (75, True)
