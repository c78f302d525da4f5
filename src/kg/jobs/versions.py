"""Which versions of documents stand, kept in the index so that nobody reads all documents to know it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kg.model.documents import LIST_TYPES, Document
from kg.model.errors import SourceError
from kg.sources.urls import canonical_url
from kg.store.index import SEPARATOR, Index
from kg.store.ledger import Ledger
from kg.store.versions import address_group, superseded

_FROM, _TO = "known_from", "known_to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The UTC days on which a version became known in place of an older one, and was replaced itself."""

    known_since: date | None = None
    known_to: date | None = None


Standings = Mapping[str, Standing]
"""By doc_id; a document that neither replaced another nor was replaced is not there."""


def address_of(document: Document) -> str | None:
    """Return the canonical URL of a document, None where it has none of its own."""
    return None if document.url is None or document.media_type in LIST_TYPES else canonical(document.url)


def canonical(url: str) -> str | None:
    """Return the canonical form of a URL, None for what is no http(s) URL."""
    try:
        return canonical_url(url)
    except SourceError:
        return None


def standings(documents: Collection[Document]) -> dict[str, Standing]:
    """Return how documents stand to one another."""
    versions = superseded(documents, address_of)
    found = {old: Standing(known_to=day) for old, (_, day) in versions.items()}
    for new, day in sorted(versions.values()):
        found[new] = replace(found.get(new, Standing()), known_since=day)
    return found


def standing_document(document: Document, told: Standings) -> Document:
    """Return a document with the days on which it stands."""
    one = told.get(document.doc_id)
    return document if one is None else replace(document, known_since=one.known_since, known_to=one.known_to)


def version_keys(document: Document) -> tuple[str, ...]:
    """Return the key under which the versions of a document find one another, none for one without an address."""
    group = address_group(document, address_of)
    return () if group is None else (SEPARATOR.join(("version", *group)),)


def standings_of(index: Index) -> Standings:
    """Return how documents stand as the index was last told."""
    since, until = index.identity(_FROM), index.identity(_TO)
    return {
        doc_id: Standing(known_since=_day(since.get(doc_id)), known_to=_day(until.get(doc_id)))
        for doc_id in sorted({*since, *until})
    }


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def note_standings(ledger: Ledger, index: Index, changed: Collection[str]) -> set[str]:
    """Bring up to date how documents stand, and return the ids of those that stand otherwise.

    Args:
        changed: Ids of documents that came, were read anew or were forgotten since.
    """
    documents = {doc_id: ledger.document(doc_id) for doc_id in ledger.media_types(changed)}
    keys = {key for document in documents.values() for key in version_keys(document)}
    keys |= {key for doc_id in changed for key in index.keys_of_document(doc_id) if key.startswith("version")}
    beside = {place.split(SEPARATOR)[1] for key in keys for place in index.offering(key, -1)} - set(changed)
    documents |= {doc_id: ledger.document(doc_id) for doc_id in sorted(beside)}
    before = standings_of(index)
    now = dict(before)
    for doc_id in {*changed, *documents}:
        now.pop(doc_id, None)
    now |= standings([document for document in documents.values() if not keys.isdisjoint(version_keys(document))])
    differing = {doc_id for doc_id in {*before, *now} if before.get(doc_id) != now.get(doc_id)}
    if differing:
        index.set_identity(_FROM, _texts((doc_id, one.known_since) for doc_id, one in now.items()))
        index.set_identity(_TO, _texts((doc_id, one.known_to) for doc_id, one in now.items()))
    return differing & (set(documents) | set(changed))


def _texts(days: Iterable[tuple[str, date | None]]) -> dict[str, str]:
    return {doc_id: day.isoformat() for doc_id, day in days if day is not None}
