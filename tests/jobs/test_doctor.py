"""What `kg doctor` tells of the jobs of kg.toml."""

from datetime import timedelta

import pytest

from kg.jobs.doctor import examine
from kg.jobs.workplace import now, open_workplace
from kg.model.runs import RunReport, RunState

WIRE = '[jobs.wire]\nevery = "1h"\ntimeout = "10m"\n[[jobs.wire.sources]]\nkind = "files"\n'


def finding_of(folder, subject, settings, *runs):
    """What is told of a subject after runs of the job, given as how long ago they began and how they ended."""
    (folder / "kg.toml").write_text(settings, encoding="utf-8")
    workplace = open_workplace(folder / ".kg")
    with workplace.ledger() as ledger:
        for number, (ago, state, error) in enumerate(runs):
            began = now() - timedelta(minutes=ago)
            ledger.begin_run(RunReport(run_id=f"r{number}", job="wire", state=state, started=began, error=error))
    (told,) = [finding for finding in examine(workplace) if finding.subject == subject]
    return told.is_well, told.detail


@pytest.mark.parametrize(
    ("runs", "is_well", "told"),
    [
        ([], True, "never ran"),
        ([(5, RunState.DONE, None)], True, "; next due "),
        ([(65, RunState.DONE, None)], True, "; next due "),  # other jobs may be in the way
        ([(75, RunState.DONE, None)], False, "; overdue: does kg schedule run? It was due "),
        ([(5, RunState.FAILED, "StoreError: gone")], False, "(StoreError: gone); next due "),
        ([(5, RunState.RUNNING, None)], False, "crashed"),
        ([(9, RunState.FAILED, "StoreError: gone"), (5, RunState.DONE, None)], True, "done"),
        ([(-600, RunState.DONE, None)], True, "done"),  # noted before the clock was set back, so due at once
    ],
)
def test_a_job_is_well_when_its_last_run_was_and_the_next_is_not_overdue(tmp_path, runs, is_well, told):
    found = finding_of(tmp_path, "job wire", f'{WIRE}paths = ["."]\n', *runs)
    assert (found[0], told in found[1]) == (is_well, True), found


def test_what_keeps_a_job_from_beginning_is_found_before_it_runs(tmp_path):
    is_well, told = finding_of(tmp_path, "job wire", f'{WIRE}path = "."\n')
    assert (is_well, "kind 'files' takes no path" in told) == (False, True)
    is_well, told = finding_of(tmp_path, "extractors", '[extract]\nextractors = ["typo"]\n')
    assert (is_well, "'typo' is not installed" in told) == (False, True)
