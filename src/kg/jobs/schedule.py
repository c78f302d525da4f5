"""Starts the jobs of kg.toml when they are due, each as a process of its own."""

import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import FrameType

from kg.jobs.settings import JobSettings
from kg.jobs.workplace import Workplace, now
from kg.model.errors import UsageError

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
STOP_SECONDS = 20.0  # what a child gets to end cleanly before it is killed
EXIT_BUSY = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A job that was started and has ended; exit code 75 when it ran already, None when it ran out of time."""

    job: str
    exit_code: int | None


def next_due(job: JobSettings, last_started: datetime | None) -> datetime | None:
    """Return when a job is due; the past for one that never ran, None for one that only runs when asked.

    Slots that were missed while nothing ran count once: the job runs now, then keeps its rhythm.
    """
    if job.cron is None and job.every is None:
        return None
    if last_started is None:
        return datetime.min.replace(tzinfo=now().tzinfo)
    if job.every is not None:
        return last_started + job.every
    from cronsim import CronSim

    return next(CronSim(job.cron or "", last_started))


def due(workplace: Workplace, at: datetime) -> list[JobSettings]:
    """Return the jobs that are due at a time, the longest waiting first."""
    with workplace.ledger() as ledger:
        waiting = [(next_due(job, ledger.last_started(job.name)), job) for job in workplace.settings.jobs.values()]
    return [job for moment, job in sorted(waiting, key=lambda w: (str(w[0]), w[1].name)) if moment and moment <= at]


def schedule(workplace: Workplace, *, once: bool = False, tell: Callable[[Finished], None] = lambda _: None) -> None:
    """Run due jobs until SIGTERM or SIGINT, or with `once` those that are due now.

    Raises:
        UsageError: kg.toml has no job with a rhythm.
    """
    if not any(job.cron or job.every for job in workplace.settings.jobs.values()):
        raise UsageError(f'{workplace.settings.file} has no job with cron = "..." or every = "..."; add one (README)')
    stop = threading.Event()

    def wish(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, wish)
    while not stop.is_set():
        for job in due(workplace, now()):
            if stop.is_set():
                break
            tell(_run(workplace, job, stop))
        if once:
            return
        stop.wait(IDLE_SECONDS)


def _run(workplace: Workplace, job: JobSettings, stop: threading.Event) -> Finished:
    command = [sys.executable, "-m", "kg.cli", "run", job.name, "--home", str(workplace.home)]
    command += ["--config", str(workplace.settings.file)]
    if workplace.store:
        command += ["--store", workplace.store]
    deadline = now() + job.timeout
    with subprocess.Popen(command, start_new_session=True) as child:  # noqa: S603 - our own interpreter and module
        while child.poll() is None:
            late = now() >= deadline
            if stop.wait(0.1) or late:
                child.terminate()
                try:
                    child.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
                if late:
                    log.warning("out of time", extra={"job": job.name, "timeout": str(job.timeout)})
                    return Finished(job=job.name, exit_code=None)
        return Finished(job=job.name, exit_code=child.returncode)
