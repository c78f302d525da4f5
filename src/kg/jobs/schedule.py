"""Starts the jobs of kg.toml when they are due, one after the other, each as a process of its own."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import FrameType

from kg.jobs.locks import held
from kg.jobs.settings import JobSettings, Settings, read_settings
from kg.jobs.workplace import Workplace, now
from kg.model.errors import KgError, StoreError, UsageError

IDLE_SECONDS = 1.0
STOP_SECONDS = 20.0  # what a child gets to end cleanly before it is killed
EXIT_BUSY = 75
FIRST_RETRY = timedelta(minutes=1)  # after a store that did not answer; doubles, up to the rhythm of the job
MAX_DOUBLINGS = 10
CLOCK_STEP = timedelta(minutes=1)  # a run that began later than this from now was begun before the clock was set back
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A job that was started."""

    job: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A job that has ended; exit code 75 when it ran already, None when it ran out of time."""

    job: str
    at: datetime
    seconds: float
    exit_code: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """What keeps the scheduler from looking what is due, such as a mistake in kg.toml; told once."""

    at: datetime
    reason: str


Event = Started | Finished | Hindrance


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """When a scheduler started a job last, and how often in a row a store kept it from its work."""

    at: datetime
    in_vain: int = 0


def next_due(job: JobSettings, last_started: datetime | None) -> datetime | None:
    """Return when a job is due; the past for one that never ran, None for one that only runs when asked.

    Slots that were missed while nothing ran count once: the job runs now, then keeps its rhythm.
    """
    if job.cron is None and job.every is None:
        return None
    if last_started is None:
        return NEVER
    if job.every is not None:
        return last_started + job.every
    from cronsim import CronSim

    moment: datetime = next(CronSim(job.cron or "", last_started))
    return moment


def due_at(job: JobSettings, last_started: datetime | None, tried: Tried | None, at: datetime) -> datetime | None:
    """Return when a job is due, as `next_due`, for one that may have been tried in vain.

    Args:
        last_started: As the ledger knows it; what lies in the future was noted before the clock was set back.
        tried: A job whose process ended before it could note its run counts as started, too.
        at: The present.
    """
    starts = [start for start in (last_started, tried and tried.at) if start and start <= at + CLOCK_STEP]
    moment = next_due(job, max(starts, default=None))
    if moment is None or tried is None or not tried.in_vain:
        return moment
    return min(moment, tried.at + FIRST_RETRY * (1 << min(tried.in_vain - 1, MAX_DOUBLINGS)))


def schedule(workplace: Workplace, *, once: bool = False, tell: Callable[[Event], None] = lambda _: None) -> None:
    """Run due jobs until SIGTERM or SIGINT, or with `once` those that are due now.

    Before each look at what is due kg.toml is read again, so that a change needs no restart.

    Raises:
        UsageError: kg.toml has no job with a rhythm.
        BusyError: Another scheduler of this home runs already.
    """
    _require_rhythm(workplace.settings)
    stop = threading.Event()

    def wish(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, wish)
    scheduler = _Scheduler(workplace, tell, stop)
    if once:
        for job in scheduler.due():
            if not stop.is_set():
                scheduler.run(job)
        return
    with held(workplace.locks, "schedule"):
        while not stop.is_set():
            waiting = scheduler.next()
            if waiting is None:
                stop.wait(IDLE_SECONDS)
            else:
                scheduler.run(waiting)


def _require_rhythm(settings: Settings) -> None:
    if not any(job.cron or job.every for job in settings.jobs.values()):
        raise UsageError(f'{settings.file} has no job with cron = "..." or every = "..."; add one (README)')


class _Scheduler:
    def __init__(self, workplace: Workplace, tell: Callable[[Event], None], stop: threading.Event) -> None:
        self._workplace = workplace
        self._tell = tell
        self._stop = stop
        self._tried: dict[str, Tried] = {}
        self._hindrance: str | None = None

    def due(self) -> list[JobSettings]:
        """The jobs that are due, the longest waiting first."""
        at, jobs = now(), self._workplace.settings.jobs.values()
        with self._workplace.ledger() as ledger:
            waiting = [
                (moment, job.name, job)
                for job in jobs
                if (moment := due_at(job, ledger.last_started(job.name), self._tried.get(job.name), at))
            ]
        return [job for moment, _, job in sorted(waiting, key=lambda one: one[:2]) if moment <= at]

    def next(self) -> JobSettings | None:
        """The job that is to be run now, None for none; what keeps from looking passes, or somebody sees to it."""
        reason = None
        try:
            settings = read_settings(self._workplace.settings.file)
            _require_rhythm(settings)
            self._workplace = replace(self._workplace, settings=settings)
            waiting = self.due()
        except KgError as error:
            waiting, reason = [], str(error)
        if reason and reason != self._hindrance:
            self._tell(Hindrance(at=now(), reason=reason))
        self._hindrance = reason
        return waiting[0] if waiting else None

    def run(self, job: JobSettings) -> None:
        at, began = now(), time.monotonic()
        self._tell(Started(job=job.name, at=at))
        code = self._exit_code(job)
        self._tell(Finished(job=job.name, at=now(), seconds=time.monotonic() - began, exit_code=code))
        before = self._tried.get(job.name)
        in_vain = (before.in_vain if before else 0) + 1 if code == StoreError.exit_code else 0
        self._tried[job.name] = Tried(at=at, in_vain=in_vain)

    def _exit_code(self, job: JobSettings) -> int | None:
        command = [sys.executable, "-m", "kg.cli", "run", job.name, "--home", str(self._workplace.home)]
        command += ["--config", str(self._workplace.settings.file)]
        if self._workplace.store:
            command += ["--store", self._workplace.store]
        deadline = time.monotonic() + job.timeout.total_seconds()
        with subprocess.Popen(command, start_new_session=True) as child:  # noqa: S603 - our own interpreter and module
            while child.poll() is None:
                late = time.monotonic() >= deadline
                if self._stop.wait(0.1) or late:
                    _end(child)
                    if late:
                        return None
            return child.returncode


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
