"""Who was dropped from a sanctions list: what a version of it holds, compared with the versions before and after.

What is found depends on the set of versions alone, not on the order in which they came, and is computed anew when one
of them comes or goes. It is kept in the index so that nobody compares all versions to know it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kg.extract.un_list import NAME, delistings
from kg.model.claims import Extraction, LocalActor
from kg.model.documents import LIST_TYPES, Document, MediaType
from kg.model.told import Read
from kg.store.index import SEPARATOR, Index
from kg.store.ledger import Ledger

LEAST_SHARED = 0.5  # of the numbers of the longer of two versions, both hold: an excerpt drops nobody
_NUMBERS = re.compile(r"<REFERENCE_NUMBERS>([^<]*)</REFERENCE_NUMBERS>")
_OF_LISTS = "list "
_KEPT, _VERSIONS, _RECORD = "dropped", f"{_OF_LISTS}versions", f"{_OF_LISTS}record "

Found = tuple[Document, tuple[Extraction, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """What a version of a list lacks.

    Attributes:
        since: Day of the newest version that still held it.
        records: doc_id of the newest record of each number that was dropped, sorted.
    """

    since: date
    records: tuple[str, ...]


Drops = Mapping[str, Drop]
"""By the doc_id of the version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    doc_id: str
    made: datetime
    numbers: frozenset[str]

    def is_like(self, other: "_Version") -> bool:
        longer = max(len(self.numbers), len(other.numbers))
        return len(self.numbers & other.numbers) >= LEAST_SHARED * longer


def dropped_numbers(documents: Iterable[Document]) -> dict[str, tuple[date, frozenset[str]]]:
    """Return the numbers that versions of a list lack, by doc_id, with the day of the newest version that held them.

    A version is compared with the newest older one that is like it. What any later version holds again was dropped by
    an error of the list, and is not told.
    """
    versions = sorted(filter(None, map(_version, documents)), key=lambda one: (one.made, one.doc_id))
    last_held = {number: version.made for version in versions for number in version.numbers}
    found = {}
    for at, version in enumerate(versions):
        like = (one for one in reversed(versions[:at]) if one.made < version.made and one.is_like(version))
        if older := next(like, None):
            gone = frozenset(number for number in older.numbers if last_held[number] < version.made)
            if gone:
                found[version.doc_id] = (older.made.date(), gone)
    return found


def _version(document: Document) -> _Version | None:
    made = document.published and document.published.start
    told = _NUMBERS.search(document.text)
    if document.media_type != MediaType.UN_LIST or not made or told is None:
        return None
    return _Version(doc_id=document.doc_id, made=made, numbers=frozenset(told[1].split()))


def list_keys(document: Document) -> tuple[str, ...]:
    """Return the key under which a version of a list, or a record of a number, is found; none for anything else."""
    if document.media_type == MediaType.UN_LIST:
        return (_VERSIONS,)
    return (f"{_RECORD}{_number(document)}",) if document.media_type == MediaType.UN_RECORD else ()


def _number(record: Document) -> str:
    return record.name.rpartition("#")[2]


def _place(document: Document) -> str:
    """Sorts by day of publication, unknown first, then by id."""
    made = document.published and document.published.start
    return SEPARATOR.join((made.isoformat() if made else "", document.doc_id))


def drops(documents: Collection[Document]) -> dict[str, Drop]:
    """Return who was dropped, of all documents that there are."""
    records: dict[str, str] = {}
    for document in sorted(documents, key=_place):
        if document.media_type == MediaType.UN_RECORD:
            records[_number(document)] = document.doc_id
    return _with_records(dropped_numbers(documents), records.get)


def _with_records(
    told: Mapping[str, tuple[date, frozenset[str]]], record_of: Callable[[str], str | None]
) -> dict[str, Drop]:
    found = {
        doc_id: Drop(since=since, records=tuple(sorted(filter(None, map(record_of, numbers)))))
        for doc_id, (since, numbers) in told.items()
    }
    return {doc_id: drop for doc_id, drop in found.items() if drop.records}


def with_delistings(found: Found, told: Drops, read: Callable[[str], Found | None]) -> Found:
    """Return a document with what it tells by what it lacks, in place of what was read from it as a list.

    Args:
        read: Returns a record with its extractions, None when it is not there.
    """
    document, extractions = found
    drop = told.get(document.doc_id)
    if drop is None:
        return found
    parties = [party for doc_id in drop.records if (record := read(doc_id)) for party in _listed(record[1])]
    others = (extraction for extraction in extractions if extraction.extractor != NAME)
    return document, (*others, delistings(document, parties, drop.since))


def _listed(extractions: Sequence[Extraction]) -> Iterable[LocalActor]:
    return (actor for one in extractions if one.extractor == NAME for actor in one.actors if actor.list_ids)


def told_of_lists(read: Read) -> list[Found]:
    """Return all documents that there are, each version of a list with what it tells by what it lacks."""
    pairs = {document.doc_id: (document, tuple(extractions)) for document, extractions in read}
    told = drops([document for document, _ in pairs.values()])
    return [with_delistings(pair, told, pairs.get) for pair in pairs.values()]


def drops_of(index: Index) -> Drops:
    """Return who was dropped as the index was last told."""
    kept = {doc_id: told.split(SEPARATOR) for doc_id, told in index.identity(_KEPT).items()}
    return {
        doc_id: Drop(since=date.fromisoformat(since), records=tuple(records))
        for doc_id, (since, *records) in kept.items()
    }


def note_drops(ledger: Ledger, index: Index, changed: Collection[str]) -> set[str]:
    """Bring up to date who was dropped, and return the ids of the versions that tell something else now.

    Only documents that belong to lists are read.

    Args:
        changed: Ids of documents that came, were read anew or were forgotten since.
    """
    media_types = ledger.media_types(changed)
    forgotten = sorted(set(changed) - media_types.keys())
    of_lists = {doc_id for doc_id, media_type in media_types.items() if media_type in LIST_TYPES}
    documents = [ledger.document(doc_id) for doc_id in sorted(of_lists)]
    of_lists.update(one for one in forgotten if any(key.startswith(_OF_LISTS) for key in index.keys_of_document(one)))
    if not of_lists:
        return set()
    others = {place.split(SEPARATOR)[1] for place in index.offering(_VERSIONS, -1)} - of_lists
    told = dropped_numbers([*documents, *(ledger.document(doc_id) for doc_id in sorted(others))])
    new = {_number(record): record.doc_id for record in sorted(documents, key=_place) if _is_record(record)}

    def record_of(number: str) -> str | None:
        places = index.offering(f"{_RECORD}{number}", -1)
        known = [doc_id for place in places if (doc_id := place.split(SEPARATOR)[1]) not in of_lists]
        candidates = [ledger.document(doc_id) for doc_id in known]
        candidates += [record for record in documents if record.doc_id == new.get(number)]
        return max(candidates, key=_place).doc_id if candidates else None

    before, now = drops_of(index), _with_records(told, record_of)
    if before != now:
        texts = {doc_id: SEPARATOR.join((drop.since.isoformat(), *drop.records)) for doc_id, drop in now.items()}
        index.set_identity(_KEPT, texts)
    return {
        doc_id
        for doc_id in {*before, *now}
        if before.get(doc_id) != now.get(doc_id) or not of_lists.isdisjoint(now[doc_id].records)
    }


def _is_record(document: Document) -> bool:
    return document.media_type == MediaType.UN_RECORD
