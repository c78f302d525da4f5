"""A story as slices of a raw text to a document: breaks put in, sentences found and told apart."""

from dataclasses import dataclass
from itertools import pairwise

from kg.documents.aggregator import Story
from kg.documents.asides import sentence_kinds
from kg.documents.boilerplate import advert_end
from kg.documents.glue import count_words, find_glued
from kg.documents.lines import BREAKS_TO_SPACES, Span
from kg.model.documents import Document, RawDocument, Sentence
from kg.model.errors import DocumentError
from kg.model.ids import content_id
from kg.model.times import Interval
from kg.model.words import SentenceKind
from kg.text.languages import language_of
from kg.text.sentences import split_sentences, trim_span


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What is known about a document beside its text."""

    name: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    lang: str | None = None
    published: Interval | None = None
    published_method: str | None = None


def document_id(text: str) -> str:
    """Return the id of a text: white space counts as one space, so that a copy laid out anew is the same document."""
    return content_id("doc", " ".join(text.split()))


def compose(raw: RawDocument, source: str, story: Story, imprint: Imprint) -> Document:
    """Return the document of a story whose spans count in `source`.

    Its text is the title, then one line for each line of the story; where the break between two sentences was lost
    it is put in.

    Raises:
        DocumentError: The story has no text below its title.
    """
    if not story.lines:
        raise DocumentError(
            f"{imprint.name}: no text but {'a title' if story.title else 'interface lines'}; leave it out or check "
            "what was fetched"
        )
    slices = [*([story.title] if story.title else []), *_body_slices(source, story.lines)]
    text = "\n".join(source[start:end].translate(BREAKS_TO_SPACES) for start, end in slices)
    title_end = story.title[1] - story.title[0] if story.title else 0
    return Document(
        doc_id=document_id(text),
        name=imprint.name,
        source=raw.source,
        media_type=raw.media_type,
        text=text,
        sentences=_sentences(text, title_end),
        title=imprint.title or (text[:title_end] or None),
        publisher=imprint.publisher,
        url=imprint.url or raw.url,
        lang=imprint.lang or language_of(text),
        published=imprint.published,
        published_method=imprint.published_method,
        retrieved_at=raw.retrieved_at,
        raw_offsets=_raw_offsets(slices),
    )


def _body_slices(source: str, lines: tuple[Span, ...]) -> list[Span]:
    words = count_words(source[lines[0][0] : lines[-1][1]])
    slices: list[Span] = []
    for start, end in lines:
        first = start + advert_end(source[start:end])
        cuts = [first, *find_glued(source, (first, end), words), end]
        slices += (trim_span(source, left, right) for left, right in pairwise(cuts))
    return [span for span in slices if span[0] < span[1]]


def _sentences(text: str, title_end: int) -> tuple[Sentence, ...]:
    title = [Sentence(start=0, end=title_end, kind=SentenceKind.TITLE)] if title_end else []
    spans = [(title_end + start, title_end + end) for start, end in split_sentences(text[title_end:])]
    kinds = sentence_kinds(text, spans)
    told = (Sentence(start=start, end=end, kind=kind) for (start, end), kind in zip(spans, kinds, strict=True))
    return (*title, *told)


def _raw_offsets(slices: list[Span]) -> tuple[tuple[int, int], ...]:
    pairs: list[tuple[int, int]] = []
    offset = 0
    for start, end in slices:
        if not pairs or start - offset != pairs[-1][1] - pairs[-1][0]:
            pairs.append((offset, start))
        offset += end - start + 1  # the line break between two slices
    return tuple(pairs)
