"""Forgetting: documents and everything that rested on them alone go, down to the last byte, and do not come back."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path

from kg import documents
from kg.graph import parse_row_key
from kg.jobs.locks import held
from kg.jobs.publish import INDEX, WAIT_SECONDS, indexed, publish, take_over, world
from kg.jobs.seen import sightings_of
from kg.jobs.versions import address_of, canonical
from kg.jobs.workplace import Workplace, now
from kg.model.documents import Document, RawDocument
from kg.model.errors import DocumentError, UsageError
from kg.model.graph import NodeRef, WriteReport
from kg.model.protocols import GraphStore
from kg.resolve.identity import raw_of
from kg.resolve.pairs import compare, told_apart, united
from kg.store.index import Index
from kg.store.ledger import Ledger
from kg.store.raw import RawStore

NO_REASON = "no reason was given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be forgotten: exactly one of the three."""

    doc_id: str | None = None
    url: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        """Check that one is given.

        Raises:
            UsageError: None or several are.
        """
        if sum(value is not None for value in (self.doc_id, self.url, self.source)) != 1:
            raise UsageError("name what is to be forgotten: one of --document ID, --url URL, --source NAME")

    @property
    def name(self) -> str:
        """The document, the address or the source, for messages."""
        if self.doc_id is not None:
            return f"document {self.doc_id}"
        return f"url {self.url}" if self.url is not None else f"source {self.source!r}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What is forgotten, or would be.

    Attributes:
        documents: Their names, sorted.
        raw_files: Kept pages and files that hold one of them; other documents of the same page keep their text.
        unknown_raws: Kept files of which nobody knows what was cut out of them, where such a file may hold one.
        nodes: How many nodes of each label the graph holds less.
        elsewhere: Graphs that are not here and hold them still.
        unwiped: Graphs on servers, in whose files bytes of what was deleted may lie.
        maps: Maps drawn before, which may show them.
    """

    documents: tuple[str, ...] = ()
    claims: int = 0
    raw_files: int = 0
    unknown_raws: int = 0
    nodes: Mapping[str, int] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()
    unwiped: tuple[str, ...] = ()
    maps: tuple[Path, ...] = ()


def told_forgotten(ledger: Ledger, document: Document) -> str | None:
    """Return when and why a document, or its address, was forgotten; None when it was not."""
    address = address_of(document)
    tombstone = ledger.tombstones.find(document.doc_id, *([address] if address else []))
    return None if tombstone is None else f"forgotten on {tombstone.day}: {tombstone.reason}"


def plan_forgetting(workplace: Workplace, wanted: Wanted) -> Forgotten:
    """Return what `forget` would do; nothing is changed.

    Raises:
        UsageError: There is nothing of that name, or it is forgotten already.
    """
    workplace.use_facts()
    least = workplace.settings.min_confidence
    with workplace.ledger() as ledger:
        chosen = _chosen(ledger, wanted)
        doc_ids = {document.doc_id for document in chosen}
        before, after = world(ledger, least), world(ledger, least, without=doc_ids)
        nodes = Counter(node.label for node in before.nodes) - Counter(node.label for node in after.nodes)
        raws, unknown = _raws_of(ledger, workplace.raw(), chosen)
        return replace(_told(workplace, ledger, chosen, nodes), raw_files=len(raws), unknown_raws=unknown)


def forget(workplace: Workplace, wanted: Wanted, *, because: str = NO_REASON) -> Forgotten:
    """Forget documents; the ledger, raw bytes and graphs of this machine hold no byte of them when this returns.

    Killed at any moment it is completed by the next `forget` or run of a job, whatever that one is about.

    Args:
        because: The reason; kept, and told when a source brings a document back.

    Raises:
        UsageError: There is nothing of that name, or it is forgotten already.
        StoreError: Some bytes cannot be deleted now; the next try goes on.
    """
    workplace.use_facts()
    with (
        workplace.ledger() as ledger,
        held(workplace.locks, "publish", wait_seconds=WAIT_SECONDS),
        closing(workplace.graph_store()) as store,
    ):
        store.prepare()
        take_over(ledger, store)
        chosen = _chosen(ledger, wanted)
        raws, unknown = _raws_of(ledger, workplace.raw(), chosen)
        for sha256, inside in raws.items():
            ledger.provenance.note_raw(sha256, inside)
        report = replace(_told(workplace, ledger, chosen, {}), raw_files=len(raws), unknown_raws=unknown)
        before = _labels(ledger, store)
        if chosen:
            addresses = _closed_addresses(ledger, chosen)
            doc_ids = {document.doc_id for document in chosen}
            ledger.forget(doc_ids, addresses, day=now().date(), why=" ".join(because.split()))
        finished = finish(workplace, ledger, store)
        return replace(
            report,
            nodes=dict(sorted((before - _labels(ledger, store)).items())),
            elsewhere=finished.elsewhere,
            unwiped=finished.unwiped,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What completing a forgetting did.

    Attributes:
        written: What changed in the graph.
        elsewhere: As of `Forgotten`.
        unwiped: As of `Forgotten`.
    """

    written: WriteReport
    elsewhere: tuple[str, ...]
    unwiped: tuple[str, ...]


def finish(workplace: Workplace, ledger: Ledger, store: GraphStore) -> Finished:
    """Publish, and wipe what was forgotten out of raw bytes, graphs and ledger; the caller holds the publish lock.

    A graph folder is written anew, since its engine leaves deleted records in its files.
    """
    raw = workplace.raw()
    for sha256, doc_ids in ledger.provenance.raws().items():
        if ledger.tombstones.find(*doc_ids):
            raw.remove(sha256)
            ledger.provenance.drop_raw(sha256)
    least = workplace.settings.min_confidence
    written = publish(ledger, store, min_confidence=least)
    _retell_judgements(ledger)
    unwiped = [] if _wiped(ledger, store, least) else [store.name]
    elsewhere = []
    for name in ledger.stores():
        if name == store.name:
            continue
        if "://" in name:
            elsewhere.append(name)
        elif not Path(name).is_dir():
            ledger.forget_written(name)
        else:
            with closing(replace(workplace, store=name).graph_store()) as other:
                _wiped(ledger, other, least)
    with Index.open(ledger.path.with_name(INDEX)) as index:
        index.erase_free_pages()
    ledger.tombstones.erase_free_pages()
    ledger.tombstones.settle()
    return Finished(written=written, elsewhere=tuple(elsewhere), unwiped=tuple(unwiped))


def _retell_judgements(ledger: Ledger) -> None:
    """Have the reasons of judgements on actors tell what the documents that are left show, and no name beside."""
    with indexed(ledger) as (index, _):
        for judgement, _ in ledger.judgements.all():
            if not judgement.reasons:
                continue
            sighted = {raw: list(sightings_of(index, raw)) for raw in map(raw_of, (judgement.left, judgement.right))}
            seen = told_apart(one for some in sighted.values() for one in some)
            sides = [
                seen.get(end) or (united(raw_of(end), sighted[raw_of(end)]) if sighted[raw_of(end)] else None)
                for end in (judgement.left, judgement.right)
            ]
            likeness = compare(sides[0], sides[1]) if sides[0] and sides[1] else None
            score, reasons = (likeness.score, likeness.reasons) if likeness else (None, ())
            if (score, reasons) != (judgement.score, judgement.reasons):
                ledger.judgements.retell(replace(judgement, score=score, reasons=reasons))


def _wiped(ledger: Ledger, store: GraphStore, min_confidence: float) -> bool:
    """Write a store anew into empty files, once, however often that is killed; False where they are out of reach."""
    if not ledger.tombstones.is_erased(store.name):
        erase = getattr(store, "erase", None)
        if erase is None or not erase():
            return False
        ledger.forget_written(store.name)
        ledger.tombstones.note_erased(store.name)
    publish(ledger, store, min_confidence=min_confidence)
    return True


def _chosen(ledger: Ledger, wanted: Wanted) -> tuple[Document, ...]:
    """Return the documents that are meant; none where only the end of their forgetting is still to be done.

    Raises:
        UsageError: There is nothing of that name, or it is forgotten already.
    """
    if wanted.source is not None:
        found = tuple(ledger.document(doc_id) for doc_id in ledger.provenance.documents_of(wanted.source))
    elif wanted.url is not None:
        address = canonical(wanted.url)
        if address is None:
            raise UsageError(f"{wanted.url!r} is no http(s) URL; give one like https://host/path")
        found = tuple(document for document in _documents(ledger) if address_of(document) == address)
    else:
        doc_id = wanted.doc_id or ""
        found = (ledger.document(doc_id),) if ledger.has_document(doc_id) else ()
    if not found:
        _require_unfinished(ledger, wanted)
    return found


def _documents(ledger: Ledger) -> Iterator[Document]:
    return (ledger.document(doc_id) for doc_id in ledger.doc_ids())


def _require_unfinished(ledger: Ledger, wanted: Wanted) -> None:
    """Refuse what is not there, unless its forgetting was killed and is still to be completed."""
    if wanted.source is not None:
        if ledger.tombstones.is_unfinished():
            return
        near = ", ".join(get_close_matches(wanted.source, ledger.provenance.sources(), n=3, cutoff=0.0))
        hint = (
            f"its sources are, nearest first: {near}; kg ask documents publisher=NAME lists a publisher's by id"
            if near
            else "it holds no documents"
        )
        raise UsageError(f"the ledger holds no document of {wanted.name}; {hint}")
    tombstone = ledger.tombstones.find(wanted.doc_id or canonical(wanted.url or "") or "")
    if tombstone is None:
        raise UsageError(f"the ledger holds no {wanted.name}; kg ask documents lists what it holds, with ids and URLs")
    if tombstone.is_done:
        raise UsageError(f"{wanted.name} was forgotten on {tombstone.day} ({tombstone.reason}); nothing is left of it")


def _closed_addresses(ledger: Ledger, chosen: Collection[Document]) -> set[str]:
    """Return the addresses of which nothing is left; an address that still has a document stays open."""
    gone = {document.doc_id for document in chosen}
    left = {address_of(document) for document in _documents(ledger) if document.doc_id not in gone}
    return {address for document in chosen if (address := address_of(document)) and address not in left}


def _raws_of(ledger: Ledger, raw: RawStore, chosen: Collection[Document]) -> tuple[dict[str, tuple[str, ...]], int]:
    """Return which kept files hold one of the documents, with all documents in them; and how many may, unseen.

    Ledgers of format 1 did not note it: files that nobody claims are then read again.
    """
    links = ledger.provenance.raws()
    linked = {doc_id for doc_ids in links.values() for doc_id in doc_ids}
    unlinked = [sha256 for sha256 in raw.hashes() if sha256 not in links]
    missing = {document.doc_id: document for document in chosen if document.doc_id not in linked}
    for sha256 in tuple(unlinked) if missing else ():
        if found := _read_again(raw, sha256, missing.values()):
            links[sha256] = found
            unlinked.remove(sha256)
            missing = {doc_id: document for doc_id, document in missing.items() if doc_id not in found}
    gone = {document.doc_id for document in chosen}
    held_in = {sha256: doc_ids for sha256, doc_ids in links.items() if not gone.isdisjoint(doc_ids)}
    return held_in, len(unlinked) if missing else 0


def _read_again(raw: RawStore, sha256: str, missing: Collection[Document]) -> tuple[str, ...]:
    """Return the documents in a kept file when one of those that are missing is among them."""
    content = raw.get(sha256)
    for media_type in sorted({document.media_type for document in missing}):
        again = RawDocument(source="raw", locator=sha256, media_type=media_type, content=content)
        try:
            doc_ids = tuple(sorted(document.doc_id for document in documents.read(again)))
        except DocumentError:
            continue
        if not {document.doc_id for document in missing}.isdisjoint(doc_ids):
            return doc_ids
    return ()


def _told(workplace: Workplace, ledger: Ledger, chosen: Collection[Document], nodes: Mapping[str, int]) -> Forgotten:
    doc_ids = {document.doc_id for document in chosen}
    maps = workplace.maps.glob("*") if workplace.maps.is_dir() else ()
    return Forgotten(
        documents=tuple(sorted(document.name for document in chosen)),
        claims=sum(len(e.claims) for doc_id in doc_ids for e in ledger.extractions(doc_id)),
        nodes=dict(sorted(nodes.items())),
        maps=tuple(sorted(maps)),
    )


def _labels(ledger: Ledger, store: GraphStore) -> Counter[str]:
    """Return how many nodes of each label were written to a store."""
    refs = {parse_row_key(key) for key in ledger.written(store.name)}
    return Counter(ref.label for ref in refs if isinstance(ref, NodeRef))


def forget_expired(ledger: Ledger, keep_days: Mapping[str, int], today: date) -> int:
    """Forget the documents that their sources are to be kept no longer, and return their number.

    Their addresses stay open: a page that has changed since is another document.

    Args:
        keep_days: UTC days that the documents of a source are kept after they were fetched, by name of source.
    """
    number = 0
    for source, kept in sorted(keep_days.items()):
        doc_ids = ledger.provenance.documents_of(source, before=today - timedelta(days=kept))
        if doc_ids:
            ledger.forget(doc_ids, (), day=today, why=f"kept for {kept} days, as kg.toml says of source {source!r}")
        number += len(doc_ids)
    return number
