"""What comes in: raw bytes, and the documents that are read out of them."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kg.model.errors import DocumentError
from kg.model.times import Interval
from kg.model.words import SentenceKind


class MediaType(StrEnum):
    """The formats that the documents room reads; any other media type is read as plain UTF-8 text as it stands."""

    TEXT = "text/plain"
    HTML = "text/html"
    KG_DOCUMENT = "application/vnd.kg.document+json"  # one line of a .jsonl dump
    UN_RECORD = "application/vnd.un.sanctions-record+xml"  # one record of the UN consolidated list
    UN_LIST = "application/vnd.un.sanctions-list+xml"  # which records one version of that list holds


LIST_TYPES = frozenset({MediaType.UN_RECORD, MediaType.UN_LIST})


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """Bytes as a source gave them, with what the source knows about them.

    Attributes:
        source: Name of the source, as in kg.toml or on the command line ("files", "un").
        locator: Where the bytes came from: a path, or an http(s) URL without credentials, plus `#n` for a part.
        content: The bytes; documents are cut out of them later.
        retrieved_at: When they were fetched; aware, UTC. None for a file whose time of retrieval nobody told:
            relative times in it stay unanchored.
        published_at: What the source says (feed, list) as it wrote it: an ISO 8601 or RFC 822 date.
    """

    source: str
    locator: str
    media_type: str
    content: bytes
    retrieved_at: datetime | None = None
    url: str | None = None
    charset: str | None = None
    title: str | None = None
    publisher: str | None = None
    published_at: str | None = None

    @property
    def sha256(self) -> str:
        """The hex digest of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a document: `document.text[start:end]`, code points, without surrounding white space."""

    start: int
    end: int
    kind: SentenceKind = SentenceKind.NARRATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One story: its text, cut into sentences, and where and when it was published.

    Attributes:
        doc_id: Hash of the text with white space normalised; the same text again is the same document.
        name: The name that a dump gave it ("x1"), or the locator; for people, never a key.
        media_type: That of the raw document; extractors choose by it.
        text: What spans count in, in code points. Sentences that were glued together in the raw text are parted
            here by one inserted newline.
        published: When it was published, as an interval with precision and basis; None when nothing tells.
        published_method: How the time of publication was found ("json-ld", "aggregator", "feed", "dump" ...).
        segment_of: `sha256:` of the raw bytes that this document is one of several parts of, else None.
        raw_offsets: Pairs (offset in text, offset in the decoded raw text), sorted, at each place where the two
            begin to run in step; offsets between two pairs are found by addition.
        known_since: UTC day on which it became known in place of an older version; None for one that replaced none.
            Like `known_to` it depends on other documents, and is never kept.
        known_to: UTC day on which a newer version became known; None for the one that stands.
    """

    doc_id: str
    name: str
    source: str
    media_type: str
    text: str
    sentences: tuple[Sentence, ...]
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    lang: str | None = None
    published: Interval | None = None
    published_method: str | None = None
    retrieved_at: datetime | None = None
    segment_of: str | None = None
    segment_no: int = 0
    raw_offsets: tuple[tuple[int, int], ...] = field(default=((0, 0),))
    known_since: date | None = None
    known_to: date | None = None

    def __post_init__(self) -> None:
        """Check the sentences.

        Raises:
            DocumentError: One ends before it starts, lies outside the text, or before the end of the one before it.
        """
        end = 0
        for number, sentence in enumerate(self.sentences):
            if not end <= sentence.start <= sentence.end <= len(self.text):
                raise DocumentError(
                    f"{self.name}: sentence {number} at {sentence.start} to {sentence.end} does not lie between "
                    f"{end}, where the one before it ends, and {len(self.text)}, where the text ends; give sentences "
                    "in the order of the text, none inside another"
                )
            end = sentence.end

    @property
    def known_from(self) -> date | None:
        """The first UTC day on which a reader could know it: of publication, else of retrieval.

        A newer version bears the day of the first publication; it is known from the day on which it was found.
        """
        if self.known_since is not None:
            return self.known_since
        day = (self.published.first_day or self.published.last_day) if self.published else None
        return day or (self.retrieved_at.date() if self.retrieved_at else None)

    def sentence_no(self, offset: int) -> int:
        """Return the number of the last sentence that starts at or before `offset` (0 before the first)."""
        no = 0
        for index, sentence in enumerate(self.sentences):
            if sentence.start > offset:
                break
            no = index
        return no
