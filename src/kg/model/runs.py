"""What one execution did."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from kg.model.graph import WriteReport


class RunState(StrEnum):
    """How a run stands or ended."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Something that was not read, and why, in a line for people."""

    locator: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """The counters and complaints of a run.

    Attributes:
        documents_known: Documents read that the ledger already held.
        documents_forgotten: Documents that their sources are to be kept no longer.
    """

    run_id: str
    job: str
    state: RunState
    started: datetime
    ended: datetime | None = None
    documents_read: int = 0
    documents_new: int = 0
    documents_known: int = 0
    documents_forgotten: int = 0
    claims_new: int = 0
    written: WriteReport = field(default_factory=WriteReport)
    skipped: tuple[Skipped, ...] = ()
    error: str | None = None

    def crashed(self, ended: datetime | None = None) -> Self:
        """Return the report of a run whose process is gone without having ended it; `ended` is when that was found."""
        error = "its process ended before the run did"
        return replace(self, state=RunState.CRASHED, ended=ended, error=error)
