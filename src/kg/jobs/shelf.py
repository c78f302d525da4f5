"""Documents of the ledger with who is who in them, read when they are asked for and kept for a while."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TypeVar

from kg.jobs.delistings import Drops, with_delistings
from kg.jobs.versions import Standings, standing_document
from kg.model.claims import Extraction
from kg.model.documents import Document
from kg.model.world import ResolvedDocument
from kg.resolve.identity import Identity
from kg.resolve.parties import PartyClaim, party_claims
from kg.resolve.resolution import resolve_document
from kg.resolve.rulings import Rulings
from kg.store.ledger import Ledger

MAX_KEPT = 4_000  # documents; some 50 kB each

Read = tuple[Document, tuple[Extraction, ...]]
Value = TypeVar("Value")


class Shelf:
    """Reads each document once, as long as it keeps it."""

    def __init__(
        self,
        ledger: Ledger,
        superseding: Mapping[str, frozenset[str]],
        identity: Callable[[], Identity],
    ) -> None:
        """Take where documents are read.

        Args:
            superseding: Extractor to those that it stands in for.
            identity: Returns who is who; asked when a document is resolved.
        """
        self._ledger = ledger
        self._superseding = superseding
        self._identity = identity
        self._standings: Standings = {}
        self._rulings = Rulings()
        self._drops: Drops = {}
        self._documents: OrderedDict[str, Document | None] = OrderedDict()
        self._read: OrderedDict[str, Read | None] = OrderedDict()
        self._resolved: OrderedDict[str, ResolvedDocument] = OrderedDict()
        self._parties: OrderedDict[str, dict[str, PartyClaim]] = OrderedDict()

    def read(self, doc_id: str) -> Read | None:
        """Return a document with what counts of its extractions, None when the ledger does not hold it."""
        return _kept(self._read, doc_id, self._find)

    def _find(self, doc_id: str) -> Read | None:
        found = self._ledger.find(doc_id)
        if found is None:
            return None
        document, extractions = told_once(found, self._superseding)
        return with_delistings(
            (standing_document(document, self._standings), extractions), self._drops, self._ledger.find
        )

    def document(self, doc_id: str) -> Document | None:
        """Return a document without what was extracted from it, None when the ledger does not hold it."""
        return _kept(self._documents, doc_id, self._find_document)

    def _find_document(self, doc_id: str) -> Document | None:
        if read := self._read.get(doc_id):
            return read[0]
        if not self._ledger.has_document(doc_id):
            return None
        return standing_document(self._ledger.document(doc_id), self._standings)

    def stand(self, standings: Standings, drops: Drops, rulings: Rulings) -> None:
        """Take how versions stand, who was dropped from lists, and what was judged of claims; before any is read."""
        self._standings = standings
        self._drops = drops
        self._rulings = rulings

    def resolved(self, doc_id: str) -> ResolvedDocument:
        """Return a document with who is who in it.

        Raises:
            KeyError: The ledger does not hold it.
        """
        return _kept(self._resolved, doc_id, self._resolve)

    def _resolve(self, doc_id: str) -> ResolvedDocument:
        read = self.read(doc_id)
        if read is None:
            raise KeyError(doc_id)
        return resolve_document(*read, self._identity().in_document(*read), self._rulings.wrong_on)

    def parties(self, doc_id: str) -> dict[str, PartyClaim]:
        """Return the claims of a document by claim_id, in the order told.

        Raises:
            KeyError: The ledger does not hold it.
        """
        return _kept(
            self._parties,
            doc_id,
            lambda doc_id: {party.claim.claim_id: party for party in party_claims(self.resolved(doc_id))},
        )


def told_once(read: Read, superseding: Mapping[str, frozenset[str]]) -> Read:
    """Leave out what a superseded extractor found, where the one that supersedes it has read the document."""
    document, extractions = read
    out = {other for extraction in extractions for other in superseding.get(extraction.extractor, ())}
    return document, tuple(extraction for extraction in extractions if extraction.extractor not in out)


def _kept(kept: OrderedDict[str, Value], doc_id: str, make: Callable[[str], Value]) -> Value:
    if doc_id not in kept:
        kept[doc_id] = make(doc_id)
        if len(kept) > MAX_KEPT:
            kept.popitem(last=False)
    kept.move_to_end(doc_id)
    return kept[doc_id]
