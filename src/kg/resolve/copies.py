"""Which documents are edited copies of earlier ones, found by the word sequences that they share.

A copy cuts paragraphs, has a headline, a dateline and local sentences of its own and changes words, so that the share
of all word sequences that two texts have in common drops; the share of the *smaller* text that lies in the other one
(containment) does not.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from kg.model.documents import Document
from kg.model.words import SentenceKind
from kg.text.overlap import containment, shingles
from kg.text.publishers import publisher_of

KEY_WORDS = 6  # of 310,000 pairs of gold texts that are no copies 80 share a key, with four words 1,300
# Of the 9 edited copies in gold the least like its original scores .61; of the 5,986 other pairs of those sets, 63 of
# them of one story, none scores over .04, and of 7,140 pairs of MEANTIME none over .29, a story and its sequel.
COPY_SCORE = 0.4
# Of the documents under one key only the first count: what is copied is the earliest, and a key that many share is a
# turn of phrase.
MAX_FOUND = 10
_UNKNOWN_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A document repeats an earlier one; `score` is the share of the shorter text that both have, in [0, 1]."""

    doc_id: str
    copy_of: str
    score: float


def keys_of(document: Document) -> tuple[str, ...]:
    """Return the keys under which a document is found by its copies and finds what it copies.

    Of each narrated sentence the two sequences of least hash: an edited sentence keeps each as often as it keeps its
    sequences, a document that cuts sentences loses nothing else, and two reports of their own share next to none. A
    document of twenty sentences has forty keys at most.
    """
    keys = set[str]()
    for sentence in document.sentences:
        if sentence.kind is SentenceKind.NARRATION:
            hashes = sorted(map(_hash, shingles(document.text[sentence.start : sentence.end], KEY_WORDS)))
            keys.update(f"copy {value}" for value in hashes[:2])
    return tuple(sorted(keys))


def _hash(shingle: str) -> str:
    return hashlib.blake2b(shingle.encode("utf-8"), digest_size=8).hexdigest()


def copy_score(some: Document, other: Document) -> float:
    """Return the share of the shorter text that lies in the other one, in [0, 1]; 0 where they share next to nothing.

    The order of the two makes no difference. From `COPY_SCORE` up the later one is a copy of the earlier. Texts of one
    publisher score 0: what it repeats from day to day is its own.
    """
    one, two = publisher_of(some), publisher_of(other)
    if one is not None and two is not None and one.key == two.key:
        return 0.0
    return containment(some.text, other.text)


def is_copy(earlier: Document, later: Document) -> bool:
    """Whether the later document is an edited copy of the earlier one."""
    return publication_order(earlier) < publication_order(later) and copy_score(earlier, later) >= COPY_SCORE


def publication_order(document: Document) -> tuple[datetime, str]:
    """Sorts by publication, unknown last, then by id."""
    return (document.published.start if document.published else None) or _UNKNOWN_LAST, document.doc_id


def copy_of(document: Document, candidates: Iterable[Document]) -> Copy | None:
    """Return the earliest of the candidates that the document copies, None where it copies none.

    Args:
        candidates: Documents that share a key with it, in any order, itself among them or not.
    """
    for candidate in sorted(candidates, key=publication_order):
        if is_copy(candidate, document):
            return Copy(doc_id=document.doc_id, copy_of=candidate.doc_id, score=copy_score(candidate, document))
    return None


def find_copies(documents: Iterable[Document]) -> tuple[Copy, ...]:
    """Return each copy with the earliest document that it repeats, sorted by id; the same for any order."""
    by_key: defaultdict[str, dict[str, Document]] = defaultdict(dict)
    found = []
    for document in sorted(documents, key=publication_order):
        keys = keys_of(document)
        copy = copy_of(document, {d.doc_id: d for key in keys for d in by_key[key].values()}.values())
        if copy is not None:
            found.append(copy)
        for key in keys:
            if len(by_key[key]) < MAX_FOUND:
                by_key[key][document.doc_id] = document
    return tuple(sorted(found, key=lambda copy: copy.doc_id))


def origins(copies: Iterable[Copy]) -> Mapping[str, str]:
    """Return for each copy the document that it goes back to in the end, over copies of copies."""
    copied = {copy.doc_id: copy.copy_of for copy in copies}

    def followed(doc_id: str) -> str:
        while doc_id in copied:  # an original is earlier than its copy, so no circle can be
            doc_id = copied[doc_id]
        return doc_id

    return {doc_id: followed(doc_id) for doc_id in sorted(copied)}
