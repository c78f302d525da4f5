"""What kg asks of every extractor, as a check that its author can run."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files
from itertools import cycle

from kg import documents as reader
from kg.jobs.ingest import NoCache
from kg.model.checks import require_sound
from kg.model.claims import Claim, Extraction, claim_id
from kg.model.documents import Document, MediaType, RawDocument
from kg.model.errors import PluginError
from kg.model.protocols import Extractor
from kg.sources.files import FilesSource

_ODD_TEXTS = (
    "iran fired missiles at israel on monday and israel said nothing",
    "IRAN FIRED MISSILES AT ISRAEL. FRANCE CLOSED ITS EMBASSY IN MALI.",
    "🚀🇮🇷 fired at 🇮🇱 👨‍👩‍👧 Iran\u200d fired. Zürich, São Tomé, Co\u0302te d'Ivoire closed its embassy in Mali.",
    "إيران أطلقت صواريخ على إسرائيل يوم الاثنين. אירן שיגרה טילים לעבר ישראל.",
    "Россия ввела санкции против Японии. 日本はロシアに制裁を科した。",
    "| state | act |\n|---|---|\n| Iran | struck Israel |\n\n* Israel:\n* Iran;\n\nfor x in range(3): print('Iran', x)",
    "Iran said that " + "Israel, France and Mali, which Iran had struck on Monday, said that " * 75 + "it was over.",
    ". ? ! ” “ ( ) ; : - — …\n\n\t\u202eIran struck Israel\u202c\x07",
)


def document_of(text: str, *, title: str | None = None, published_at: str = "2025-06-27") -> Document:
    """Return a news document of that text, for tests of extractors.

    Args:
        published_at: ISO 8601 day or instant.
    """
    line = {"doc": "test", "publisher": "Test Wire", "published_at": published_at, "title": title, "text": text}
    content = json.dumps({key: value for key, value in line.items() if value is not None}).encode()
    (document,) = reader.read(
        RawDocument(source="test", locator="test", media_type=MediaType.KG_DOCUMENT, content=content)
    )
    return document


def breaches(extractor: Extractor, documents: Iterable[Document] = ()) -> tuple[str, ...]:
    """Return what an extractor does against its contract, nothing when it keeps it.

    It reads the sample that comes with kg, texts as odd as they come, and `documents`, everything twice and the second
    time in reverse: it may not raise, every span must lie in the text and say what stands there, nothing may be given
    that the ledger would refuse, and the same document must give the same extraction.
    """
    if faults := tuple(_faults_of_words(extractor)):
        return faults
    read: list[tuple[Document, Extraction]] = []
    broken: list[str] = []
    for document in (*sample_documents(), *_odd_documents(extractor.media_types), *documents):
        if document.media_type not in extractor.media_types:
            continue
        try:
            read.append((document, extractor.extract(document)))
        except Exception as error:  # noqa: BLE001 - whatever it raises is what its author wants to know
            broken.append(f"{document.name}: raises {type(error).__name__}: {error}")
    for document, found in read:
        broken += (f"{document.name}: {fault}" for fault in _faults(extractor, document, found))
    for document, found in reversed(read):
        if extractor.extract(document) != found:
            broken.append(f"{document.name}: the second reading differs from the first")
    return tuple(broken)


@cache
def sample_documents() -> tuple[Document, ...]:
    """Return the documents of the packaged sample: news, and records of a sanctions list."""
    with as_file(files("kg.jobs").joinpath("sample")) as folder:
        source = FilesSource(name="sample", paths=[str(folder)])
        raws = list(source.fetch(now=datetime(2025, 6, 30, tzinfo=UTC), cache=NoCache()))
    return tuple(document for raw in raws for document in reader.read(raw))


def _odd_documents(media_types: Collection[str]) -> Iterator[Document]:
    """The odd texts, as documents of each media type in turn."""
    for text, media_type in zip(_ODD_TEXTS, cycle(sorted(media_types)), strict=False):
        yield replace(document_of(text), name=f"odd text {text[:20]!r}", media_type=media_type)


def _faults_of_words(extractor: Extractor) -> Iterator[str]:
    if not isinstance(extractor.name, str) or not extractor.name:
        yield f"its name is {extractor.name!r}, not its entry point"
    if not isinstance(extractor.version, str) or not extractor.version:
        yield f"its version is {extractor.version!r}, not a text"
    if not isinstance(extractor.media_types, frozenset) or not extractor.media_types:
        yield f"its media types are {extractor.media_types!r}, not a frozenset of media types"


def _faults(extractor: Extractor, document: Document, found: Extraction) -> Iterator[str]:
    if not isinstance(found, Extraction):
        yield f"it gives a {type(found).__name__}, not an Extraction"
        return
    try:
        require_sound(document, found)
    except PluginError as error:
        yield str(error)
        return
    signed = (extractor.name, extractor.version)
    if (found.extractor, found.extractor_version) != signed:
        yield f"the extraction is signed {found.extractor} {found.extractor_version}, not {' '.join(signed)}"
    claim_ids = [claim.claim_id for claim in found.claims]
    if len(set(claim_ids)) < len(claim_ids):
        yield "two claims share an id, so one of them would be lost"
    for mention in found.mentions:
        if not document.text[mention.start : mention.end].strip():
            yield f"the mention at {mention.start} has no words"
    for claim in found.claims:
        yield from (
            f"claim {claim.etype} at {claim.start}: {fault}" for fault in _claim_faults(signed, document, claim)
        )


def _claim_faults(signed: tuple[str, str], document: Document, claim: Claim) -> Iterator[str]:
    if claim.doc_id != document.doc_id or (claim.extractor, claim.extractor_version) != signed:
        yield "it names another document, extractor or version than its extraction"
    if claim.claim_id != claim_id(claim.doc_id, claim.trigger_start, claim.trigger_end, claim.etype, claim.roles):
        yield "its id is not that of claim_id()"
    sentence = document.sentences[claim.sentence_no] if 0 <= claim.sentence_no < len(document.sentences) else None
    if sentence is None or not sentence.start <= claim.start < claim.end <= sentence.end:
        yield f"its quote is not inside sentence {claim.sentence_no}"
    told = [
        ("cue", claim.cue, claim.cue_start, claim.cue_end),
        *((role.role.value, role.surface, role.start, role.end) for role in claim.roles),
        *((number.kind, number.surface, number.start, number.end) for number in claim.numbers),
    ]
    for what, words, start, end in told:
        if start is not None and end is not None and document.text[start:end] != words:
            yield f"{what}: {words!r} is not what stands at {start} to {end}"
