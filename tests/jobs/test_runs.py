"""What `kg runs` tells of a run depends on whether its process is there."""

from datetime import UTC, datetime

import pytest

from kg.jobs.locks import held, is_held
from kg.jobs.runs import runs
from kg.jobs.workplace import open_workplace
from kg.model.runs import RunReport, RunState

STARTED = datetime(2025, 6, 27, tzinfo=UTC)


@pytest.fixture
def workplace(tmp_path):
    """A home whose ledger tells of a run that began and did not end, and of one that did."""
    workplace = open_workplace(tmp_path / ".kg")
    with workplace.ledger() as ledger:
        for number, (job, state) in enumerate((("wire", RunState.DONE), ("lists", RunState.RUNNING))):
            started = STARTED.replace(hour=number)
            ledger.begin_run(RunReport(run_id=f"run_{number}", job=job, state=state, started=started))
    return workplace


def states(workplace):
    return [(run.job, run.state.value) for run in runs(workplace, 5)]


def test_a_run_whose_process_is_gone_is_told_as_crashed(workplace):
    assert states(workplace) == [("lists", "crashed"), ("wire", "done")]
    assert runs(workplace, 1)[0].error == "its process ended before the run did"


def test_a_run_goes_on_while_its_process_holds_the_lock_of_the_job(workplace):
    with held(workplace.locks, "lists"):
        assert is_held(workplace.locks, "lists")
        assert states(workplace) == [("lists", "running"), ("wire", "done")]
    assert not is_held(workplace.locks, "lists")
    with held(workplace.locks, "wire"):
        assert states(workplace) == [("lists", "crashed"), ("wire", "done")]
