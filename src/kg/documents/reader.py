"""From a raw document to its documents, by media type."""

from dataclasses import replace

from kg.documents.aggregator import Story, plain_story, split_page
from kg.documents.compose import Imprint, compose, document_id
from kg.documents.decoding import decode
from kg.documents.dump import read_dump_line
from kg.documents.html import Page, read_page
from kg.documents.lines import lines_of, paragraphs_of
from kg.documents.publication import first_plausible, from_age
from kg.model.documents import Document, MediaType, RawDocument, Sentence
from kg.model.times import Interval


def read(raw: RawDocument) -> tuple[Document, ...]:
    """Return the documents of a raw document: one, or several for a page of an aggregator.

    Plain text is cut into stories, freed of interface lines and mended where breaks between sentences were lost; of
    a web page the main text is treated in the same way; a line of a dump says itself what it is; any other media
    type is read as text as it stands, one sentence a line. `raw_offsets` is empty where the text does not run in step
    with the raw text (web pages and dumps).

    Raises:
        DocumentError: There is no text that could be read; the message names the locator and the way out.
    """
    text = decode(raw)
    media_type = raw.media_type.partition(";")[0].strip().casefold()
    if media_type == MediaType.KG_DOCUMENT:
        return (read_dump_line(raw, text),)
    if media_type == MediaType.HTML:
        return _read_page(raw, read_page(raw, text))
    if media_type == MediaType.TEXT:
        return _read_text(raw, text)
    return (_read_record(raw, text),)


def _read_text(raw: RawDocument, text: str) -> tuple[Document, ...]:
    lines = paragraphs_of(text)
    stories = split_page(text, lines)
    if stories:
        return _read_stories(raw, text, stories)
    interval, method = first_plausible((("source", raw.published_at),), retrieved_at=raw.retrieved_at)
    story = plain_story(text, lines, known_title=_one_line(raw.title))
    imprint = Imprint(
        name=raw.locator,
        title=None if story.title else _one_line(raw.title),
        publisher=raw.publisher,
        published=interval,
        published_method=method,
    )
    return (compose(raw, text, story, imprint),)


def _one_line(title: str | None) -> str | None:
    return " ".join(title.split()) or None if title else None


def _read_page(raw: RawDocument, page: Page) -> tuple[Document, ...]:
    text = page.text if page.has_title or not page.title else f"{page.title}\n{page.text}"
    lines = lines_of(text)
    stories = split_page(text, lines)
    if stories:
        return tuple(replace(document, raw_offsets=()) for document in _read_stories(raw, text, stories))
    interval, method = first_plausible(page.dates, retrieved_at=raw.retrieved_at)
    imprint = Imprint(
        name=raw.locator,
        title=page.title,
        publisher=page.publisher,
        url=page.url,
        published=interval,
        published_method=method,
    )
    document = compose(raw, text, plain_story(text, lines, known_title=page.title), imprint)
    return (replace(document, lang=document.lang or page.lang, raw_offsets=()),)


def _read_stories(raw: RawDocument, text: str, stories: tuple[Story, ...]) -> tuple[Document, ...]:
    page = f"sha256:{raw.sha256}" if len(stories) > 1 else None
    # A teaser that is only a head must not cost the page its other stories.
    told = [(no, story) for no, story in enumerate(stories) if story.lines] or [(0, stories[0])]
    documents: dict[str, Document] = {}
    for no, story in told:
        interval, method = _published(raw, story)
        imprint = Imprint(
            name=f"{raw.locator}#{no}" if page else raw.locator,
            publisher=story.publisher or raw.publisher,
            published=interval,
            published_method=method,
        )
        document = replace(compose(raw, text, story, imprint), segment_of=page, segment_no=no)
        documents.setdefault(document.doc_id, document)  # a page may show one story twice
    return tuple(documents.values())


def _published(raw: RawDocument, story: Story) -> tuple[Interval | None, str | None]:
    if story.age is None:
        return first_plausible((("source", raw.published_at),), retrieved_at=raw.retrieved_at)
    if raw.retrieved_at is None:
        return None, "aggregator-relative, retrieval time unknown"
    return from_age(story.age, raw.retrieved_at), "aggregator-relative"


def _read_record(raw: RawDocument, text: str) -> Document:
    interval, method = first_plausible((("source", raw.published_at),), retrieved_at=raw.retrieved_at)
    lines = lines_of(text)
    return Document(
        doc_id=document_id(text),
        name=raw.locator,
        source=raw.source,
        media_type=raw.media_type,
        text=text,
        sentences=tuple(Sentence(start=start, end=end) for start, end in lines),
        title=raw.title,
        publisher=raw.publisher,
        url=raw.url,
        published=interval,
        published_method=method,
        retrieved_at=raw.retrieved_at,
    )
