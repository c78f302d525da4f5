"""Reads sources into the ledger and the graph: the main job."""

import logging
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from kg import documents
from kg.jobs.forget import finish, forget_expired, told_forgotten
from kg.jobs.locks import held
from kg.jobs.publish import WAIT_SECONDS, publish
from kg.jobs.settings import SourceSettings
from kg.jobs.stopping import Stopped, Stopping
from kg.jobs.workplace import Workplace, now
from kg.model.checks import require_sound
from kg.model.claims import Extraction
from kg.model.documents import Document, RawDocument
from kg.model.errors import DocumentError, SourceError, UsageError
from kg.model.protocols import Extractor, GraphStore, Source
from kg.model.runs import RunReport, RunState, Skipped
from kg.store.ledger import Ledger

log = logging.getLogger(__name__)

PUBLISH_EVERY = 1_000  # documents that are new or read anew: what a publication holds in memory grows with them

Progress = Callable[[RunReport], None]


@dataclass
class _Run:
    """One run under way.

    Attributes:
        given: The ids of the documents that it may read anew, None for all of the ledger.
        unread: The ids of those that an extractor could not read; the next run tries again.
        unpublished: How many were stored since the last publication; many when the run before was ended.
    """

    ledger: Ledger
    given: set[str] | None
    workplace: Workplace
    report: RunReport
    progress: Progress
    stop: Stopping
    keep_days: Mapping[str, int]
    extractors: tuple[Extractor, ...] = ()
    unread: set[str] = field(default_factory=set)
    unpublished: int = 0

    def count(self, **more: int) -> None:
        self.report = replace(self.report, **{name: getattr(self.report, name) + n for name, n in more.items()})
        self.progress(self.report)

    def skip(self, locator: str, reason: str) -> None:
        log.info("skipped", extra={"locator": locator, "reason": reason})
        self.report = replace(self.report, skipped=(*self.report.skipped, Skipped(locator=locator, reason=reason)))


def ingest(
    workplace: Workplace,
    sources: Sequence[Source],
    *,
    extractors: tuple[str, ...] = (),
    job: str = "ingest",
    keep_days: Mapping[str, int] | None = None,
    progress: Progress = lambda _: None,
) -> RunReport:
    """Read every source, add what is new to the ledger and publish it; return the counters.

    The same input again writes nothing. A run that is killed at any moment loses nothing: what the ledger holds is
    published by the next run, what it does not hold is read again. SIGTERM and SIGINT end the run after the
    document in hand; its state is then `cancelled`.

    Args:
        extractors: Read with these, and only what the sources give; empty for those of kg.toml, which also read what
            earlier runs stored and no extractor of that version has read.
        keep_days: UTC days after which documents are forgotten, by name of source.

    Raises:
        UsageError: An extractor does not exist or does not take its settings.
        BusyError: The job runs already.
        SourceError: A source cannot be read as a whole; what other sources gave stays.
        StoreError: The graph store cannot be reached; nothing is read in that case.
    """
    chosen = workplace.extractors(extractors)
    return _run_once(
        workplace,
        lambda: (chosen, sources),
        job=job,
        given=set() if extractors else None,
        keep_days=keep_days or {},
        progress=progress,
    )


def _run_once(
    workplace: Workplace,
    prepare: Callable[[], tuple[tuple[Extractor, ...], Sequence[Source]]],
    *,
    job: str,
    given: set[str] | None,
    keep_days: Mapping[str, int],
    progress: Progress,
) -> RunReport:
    """Run a job once; what keeps it from beginning is told in its report like any other fault.

    Args:
        prepare: Returns extractors and sources.
    """
    stop = Stopping()
    with stop.on_signals(), held(workplace.locks, job), workplace.ledger() as ledger:
        started = now()
        ledger.mark_crashed(job, started)
        before = ledger.runs(1, job=job)
        report = RunReport(run_id=f"run_{uuid.uuid4().hex}", job=job, state=RunState.RUNNING, started=started)
        ledger.begin_run(report)
        run = _Run(
            ledger=ledger,
            given=given,
            workplace=workplace,
            report=report,
            progress=progress,
            stop=stop,
            keep_days=keep_days,
            unpublished=PUBLISH_EVERY if any(one.state is not RunState.DONE for one in before) else 0,
        )
        try:
            run.extractors, sources = prepare()
            with closing(workplace.graph_store()) as store:
                store.prepare()
                _read_all(run, store, sources)
        except Exception as error:  # the boundary of the run: any fault is told in its report, then raised
            told = f"{type(error).__name__}: {error}"
            ledger.end_run(replace(run.report, state=RunState.FAILED, ended=now(), error=told))
            raise
        state = RunState.CANCELLED if stop.is_set() else RunState.DONE
        run.report = replace(run.report, state=state, ended=now())
        ledger.end_run(run.report)
        return run.report


def _read_all(run: _Run, store: GraphStore, sources: Sequence[Source]) -> None:
    with suppress(Stopped):
        _publish_many(run, store)  # what the run before stored, should this one be ended, too
    failed: SourceError | None = None
    for source in sources:
        cache = run.ledger.http_cache(source.name)
        try:
            number = _read_source(run, store, source, source.fetch(now=run.report.started, cache=cache))
            fault = None if run.stop.is_set() else _lack_of(source, number)
            is_to_come_again = fault is not None
        except SourceError as error:
            fault, is_to_come_again = error, False
        if not is_to_come_again:
            cache.keep()  # what it knows of has been stored, whatever becomes of this run
        if fault is not None:
            run.skip(source.name, str(fault))
            failed = failed or fault
        if run.stop.is_set():
            return
    versions = {e.name: e.version for e in run.extractors}
    for document in run.ledger.stale(versions, media_types={e.name: e.media_types for e in run.extractors}):
        if run.stop.is_set():
            break
        is_due = document.doc_id not in run.unread and (run.given is None or document.doc_id in run.given)
        if is_due and (found := _extract_or_skip(run, document)):
            run.ledger.put_extractions(document.doc_id, found)
            run.unpublished += 1
            with suppress(Stopped):
                _publish_many(run, store)
    with suppress(Stopped), _publishing(run):
        run.count(documents_forgotten=forget_expired(run.ledger, run.keep_days, run.report.started.date()))
        _publish(run, store)
    if failed is not None:
        raise failed


@contextmanager
def _publishing(run: _Run) -> Iterator[None]:
    """Hold the lock under which graphs are written.

    Raises:
        Stopped: The run is to stop.
    """
    with ExitStack() as locked:
        lock = held(run.workplace.locks, "publish", wait_seconds=WAIT_SECONDS)
        run.stop.awaited(lambda: locked.enter_context(lock))
        yield


def _publish(run: _Run, store: GraphStore) -> None:
    """Make the store equal to the ledger."""
    if run.ledger.tombstones.is_unfinished():
        written = finish(run.workplace, run.ledger, store).written
    else:
        least = run.workplace.settings.min_confidence
        written = publish(run.ledger, store, min_confidence=least, stop=run.stop.is_set)
    run.report = replace(run.report, written=run.report.written + written)
    run.unpublished = 0


def _publish_many(run: _Run, store: GraphStore) -> None:
    """Publish when much is not published yet."""
    if run.unpublished >= PUBLISH_EVERY:
        with _publishing(run):
            _publish(run, store)


def _read_source(run: _Run, store: GraphStore, source: Source, raws: Iterator[RawDocument]) -> int:
    """Read what a source gives, and return how many documents it has."""
    found = 0
    try:
        with suppress(Stopped):
            while raw := run.stop.awaited(lambda: next(raws, None)):
                found += 1
                _read_raw(run, raw)
                _publish_many(run, store)
    finally:
        for item in getattr(source, "skipped", ()):
            run.skip(item.locator, item.reason)
    return found + int(getattr(source, "unchanged", 0))


def _lack_of(source: Source, found: int) -> SourceError | None:
    """Return what is wrong with a source that has fewer documents than it should, None when it has enough."""
    if found >= source.min_documents or getattr(source, "not_modified", False):
        return None
    return SourceError(
        f"source {source.name!r} has {found} documents where at least {source.min_documents} are expected; "
        "look at what it serves, or lower min_documents"
    )


def _read_raw(run: _Run, raw: RawDocument) -> None:
    try:
        read = documents.read(raw)
    except DocumentError as error:
        run.skip(raw.locator, str(error).removeprefix(f"{raw.locator}: "))
        return
    forgotten = {d.doc_id: why for d in read if (why := told_forgotten(run.ledger, d))}
    # Bytes that hold a forgotten text are not kept, whatever else lies in them.
    kept = None if forgotten else (raw.sha256, [document.doc_id for document in read])
    for document in read:
        run.count(documents_read=1)
        if document.doc_id in forgotten:
            run.skip(document.name, forgotten[document.doc_id])
            continue
        if run.given is not None:
            run.given.add(document.doc_id)
        if run.ledger.has_document(document.doc_id):
            run.count(documents_known=1)
            continue
        found = _extract_or_skip(run, document)
        if kept:
            run.ledger.provenance.note_raw(*kept)  # first, so that no bytes lie there of which nobody knows whose
            run.workplace.raw().put(raw.content)
            kept = None
        run.ledger.add(document, found, run_id=run.report.run_id)
        run.unpublished += 1
        run.count(documents_new=1, claims_new=sum(len(extraction.claims) for extraction in found))


def _extract_or_skip(run: _Run, document: Document) -> tuple[Extraction, ...]:
    """Return what the extractors find; one that cannot read the document now gives nothing, is told and tried again.

    The document is stored all the same: what others found in it counts, its source may not give it a second time, and
    for the next run it lacks that extraction.
    """
    found: list[Extraction] = []
    for extractor in run.extractors:
        try:
            found += _extract((extractor,), document)
        except DocumentError as error:
            run.skip(document.name, f"{extractor.name}: {error}")
            run.unread.add(document.doc_id)
    return tuple(found)


def _extract(extractors: Sequence[Extractor], document: Document) -> tuple[Extraction, ...]:
    return tuple(
        require_sound(document, e.extract(document)) for e in extractors if document.media_type in e.media_types
    )


def preview(
    workplace: Workplace, sources: Sequence[Source], extractors: tuple[str, ...] = ()
) -> Iterator[tuple[Document, tuple[Extraction, ...]]]:
    """Yield each document with what would be stored of it; nothing is written.

    Raises:
        DocumentError: A document cannot be read.
    """
    chosen = workplace.extractors(extractors)
    for source in sources:
        for raw in source.fetch(now=now(), cache=NoCache()):
            for document in documents.read(raw):
                yield document, _extract(chosen, document)


class NoCache:
    """What is known of URLs when no run has gone before."""

    def get(self, url: str) -> dict[str, str]:
        """Return nothing."""
        return {}

    def put(self, url: str, entry: object) -> None:
        """Forget it."""


def sources_of(
    workplace: Workplace, places: Sequence[str], *, feeds: Sequence[str] = (), retrieved_at: datetime | None = None
) -> tuple[Source, ...]:
    """Return sources for paths and URLs of the command line, in the order of kinds: files, pages, feeds."""
    urls = [place for place in places if "://" in place]
    paths = [place for place in places if "://" not in place]
    wanted: list[tuple[str, dict[str, object]]] = []
    if paths:
        wanted.append(("files", {"paths": paths, "retrieved_at": retrieved_at.isoformat() if retrieved_at else None}))
    if urls:
        wanted.append(("page", {"urls": urls}))
    if feeds:
        wanted.append(("feed", {"urls": list(feeds)}))
    return tuple(
        workplace.source(SourceSettings(kind=kind, name=kind, settings=settings, where="command line"))
        for kind, settings in wanted
    )


def run_job(workplace: Workplace, name: str, *, progress: Progress = lambda _: None) -> RunReport:
    """Run a job of kg.toml now.

    Raises:
        UsageError: kg.toml has no such job.
        BusyError: It runs already.
    """
    job = workplace.settings.jobs.get(name)
    if job is None:
        known = ", ".join(sorted(workplace.settings.jobs)) or "none"
        raise UsageError(f"no job is called {name!r}; {workplace.settings.file} has: {known}")
    return _run_once(
        workplace,
        lambda: (workplace.extractors(), tuple(workplace.source(source) for source in job.sources)),
        job=name,
        given=None,
        keep_days={source.name: source.keep_days for source in job.sources if source.keep_days is not None},
        progress=progress,
    )
