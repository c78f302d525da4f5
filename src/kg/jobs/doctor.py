"""What a user needs to know when something does not work: versions, paths, the store, the jobs."""

import importlib.metadata
import platform
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from kg import __version__
from kg.jobs.plugins import installed
from kg.jobs.runs import last_run, standing_runs
from kg.jobs.schedule import NEVER, due_at
from kg.jobs.settings import JobSettings
from kg.jobs.workplace import Workplace, now
from kg.model.errors import KgError
from kg.model.runs import RunState
from kg.store.ledger import Ledger

PACKAGES = ("neo4j", "arcadedb", "networkx", "pyvis", "trafilatura", "lxml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at; `detail` says what was found or what to do."""

    subject: str
    is_well: bool
    detail: str


def examine(workplace: Workplace) -> Iterator[Finding]:
    """Yield one finding after the other; a fault in one never hides the next."""
    yield Finding(
        subject="kg", is_well=True, detail=f"{__version__} on Python {platform.python_version()}, {platform.platform()}"
    )
    for package in PACKAGES:
        try:
            yield Finding(subject=package, is_well=True, detail=importlib.metadata.version(package))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(subject=package, is_well=package == "arcadedb", detail="not installed")
    for group in ("kg.sources", "kg.extractors", "kg.stores", "kg.exporters"):
        yield _plugins(group)
    yield _home(workplace)
    yield _ledger(workplace)
    yield _store(workplace)
    file = workplace.settings.file
    jobs = ", ".join(sorted(workplace.settings.jobs)) or "no jobs"
    yield Finding(
        subject="settings",
        is_well=True,
        detail=f"{file}: {jobs}" if file.exists() else f"{file}: no such file, defaults",
    )
    yield _extractors(workplace)
    yield from _jobs(workplace)


def _plugins(group: str) -> Finding:
    try:
        return Finding(subject=group, is_well=True, detail=", ".join(installed(group)))
    except KgError as error:
        return Finding(subject=group, is_well=False, detail=str(error))


def _home(workplace: Workplace) -> Finding:
    home = workplace.home.absolute()
    free = shutil.disk_usage(next(at for at in (home, *home.parents) if at.exists())).free // 2**20
    return Finding(subject="home", is_well=free > 100, detail=f"{home} ({free:,} MiB free)")


def _ledger(workplace: Workplace) -> Finding:
    try:
        with workplace.ledger() as ledger:
            runs = standing_runs(workplace, ledger, 1)
            last = f"; last run {runs[0].job} {runs[0].state} {runs[0].started.isoformat()}" if runs else "; no run yet"
            return Finding(subject="ledger", is_well=True, detail=f"{len(ledger.doc_ids())} documents{last}")
    except KgError as error:
        return Finding(subject="ledger", is_well=False, detail=str(error))


def _store(workplace: Workplace) -> Finding:
    try:
        with closing(workplace.graph_store()) as store:
            store.prepare()
            return Finding(subject="store", is_well=True, detail=f"{store.name}: {store.count_nodes()} nodes")
    except KgError as error:
        return Finding(subject="store", is_well=False, detail=str(error))


def _extractors(workplace: Workplace) -> Finding:
    try:
        found = ", ".join(f"{extractor.name} {extractor.version}" for extractor in workplace.extractors())
        return Finding(subject="extractors", is_well=True, detail=found)
    except KgError as error:
        return Finding(subject="extractors", is_well=False, detail=str(error))


def _jobs(workplace: Workplace) -> Iterator[Finding]:
    jobs, at = workplace.settings.jobs.values(), now()
    # One runs after the other, so each may have to wait for all of them.
    patience = sum((job.timeout for job in jobs), timedelta())
    for job in sorted(jobs, key=lambda job: job.name):
        try:
            for source in job.sources:
                workplace.source(source)
            with workplace.ledger() as ledger:
                yield _job(workplace, ledger, job, at, patience)
        except KgError as error:
            yield Finding(subject=f"job {job.name}", is_well=False, detail=str(error))


def _job(workplace: Workplace, ledger: Ledger, job: JobSettings, at: datetime, patience: timedelta) -> Finding:
    """Tell how the last run of a job ended, and whether the next one has begun when it should have."""
    run, due = last_run(workplace, ledger, job.name), due_at(job, ledger.last_started(job.name), None, at)
    told = "never ran" if run is None else f"{run.state} {run.started.isoformat()}"
    if run is not None and run.error:
        told += f" ({run.error})"
    is_well = run is None or run.state not in {RunState.FAILED, RunState.CRASHED}
    if due is not None and due > NEVER and (run is None or run.state is not RunState.RUNNING):
        is_late = at - due > patience
        is_well = is_well and not is_late
        told += f"; {'overdue: does kg schedule run? It was' if is_late else 'next'} due {due.isoformat()}"
    return Finding(subject=f"job {job.name}", is_well=is_well, detail=told)
