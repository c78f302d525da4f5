"""What ran and runs, as it stands at this moment."""

from collections.abc import Callable

from kg.jobs.locks import is_held
from kg.jobs.workplace import Workplace
from kg.model.runs import RunReport, RunState
from kg.store.ledger import Ledger


def runs(workplace: Workplace, limit: int) -> tuple[RunReport, ...]:
    """Return the newest runs, newest first; one whose process was killed is told as crashed.

    The next run of the job notes that in the ledger.
    """
    with workplace.ledger() as ledger:
        return standing_runs(workplace, ledger, limit)


def standing_runs(workplace: Workplace, ledger: Ledger, limit: int) -> tuple[RunReport, ...]:
    """Return the newest runs, as `runs`, of an open ledger.

    A run begins and ends while its job is locked: one that runs still after the lock was found free has no process.
    """
    return _standing(workplace, lambda: ledger.runs(limit))


def last_run(workplace: Workplace, ledger: Ledger, job: str) -> RunReport | None:
    """Return the newest run of a job, as `runs`; None when there was none."""
    return next(iter(_standing(workplace, lambda: ledger.runs(1, job=job))), None)


def _standing(workplace: Workplace, read: Callable[[], tuple[RunReport, ...]]) -> tuple[RunReport, ...]:
    running = [report for report in read() if report.state is RunState.RUNNING]
    dead = {report.run_id for report in running if not is_held(workplace.locks, report.job)}
    return tuple(
        report.crashed() if report.run_id in dead and report.state is RunState.RUNNING else report for report in read()
    )
