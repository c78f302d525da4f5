"""One line of a JSONL dump to a document."""

import json
from dataclasses import dataclass, replace

from kg.documents.aggregator import Story
from kg.documents.compose import Imprint, compose, document_id
from kg.documents.lines import paragraphs_of
from kg.documents.publication import parse_date
from kg.model.documents import Document, RawDocument, Sentence
from kg.model.errors import DocumentError
from kg.model.words import SentenceKind
from kg.text.languages import language_of
from kg.text.sentences import trim_span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """The keys of a line, checked one by one when asked for; unknown keys are ignored."""

    where: str
    values: dict[str, object]

    def string(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise DocumentError(f"{self.where}: {key!r} is {value!r:.60}, not a string; write a JSON string or null")
        return self._encodable(key, value)

    def sentences(self) -> tuple[str, ...] | None:
        value = self.values.get("sentences")
        if value is None:
            return None
        if not isinstance(value, list) or not value:
            raise DocumentError(f"{self.where}: 'sentences' is {value!r:.60}, not a list of strings with at least one")
        for no, sentence in enumerate(value):
            if not isinstance(sentence, str) or not sentence.strip():
                raise DocumentError(
                    f"{self.where}: 'sentences'[{no}] is {sentence!r:.60}, not a string with words in it"
                )
        return tuple(self._encodable("sentences", sentence) for sentence in value)

    def _encodable(self, key: str, value: str) -> str:
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise DocumentError(
                f"{self.where}: {key!r} has half a surrogate pair at character {error.start}; write the whole character"
            ) from error
        return value


def read_dump_line(raw: RawDocument, line: str) -> Document:
    """Return the document of one line of a dump.

    With "sentences" the text is their join by newlines as it stands; with "text" it is the title, a newline and the
    text, in which lost breaks are put in.

    Raises:
        DocumentError: No JSON object, a key of the wrong type, or neither "text" nor "sentences".
    """
    record = _Record(where=raw.locator, values=_parse(raw.locator, line))
    sentences, text = record.sentences(), record.string("text")
    if sentences is not None:
        return _from_sentences(raw, sentences, _imprint(raw, record))
    if text is None or not text.strip():
        raise DocumentError(f"{raw.locator}: neither 'text' nor 'sentences' has any text; a line needs one of the two")
    return _from_text(raw, text, _imprint(raw, record))


def _parse(where: str, line: str) -> dict[str, object]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{where}: not JSON ({error}); each line of a dump is one JSON object") from error
    if not isinstance(values, dict):
        raise DocumentError(f"{where}: {line.strip()[:40]!r} is no JSON object; each line of a dump is one")
    return values


def _imprint(raw: RawDocument, record: _Record) -> Imprint:
    title, lang, published = record.string("title"), record.string("lang"), record.string("published_at")
    published = published or raw.published_at
    interval = parse_date(published) if published else None
    if published and interval is None:
        raise DocumentError(
            f"{raw.locator}: 'published_at' is {published[:40]!r}, not a date; write 2025-06-19 or "
            "2025-06-19T08:30:00+00:00"
        )
    return Imprint(
        name=record.string("doc") or raw.locator,
        title=" ".join(title.split()) or None if title else raw.title,
        publisher=record.string("publisher") or raw.publisher,
        url=record.string("url") or raw.url,
        lang=lang.casefold().replace("_", "-").partition("-")[0] if lang else None,
        published=interval,
        published_method="dump" if interval else None,
    )


def _from_text(raw: RawDocument, text: str, imprint: Imprint) -> Document:
    lines = paragraphs_of(text)
    has_title = imprint.title is None or text[lines[0][0] : lines[0][1]] == imprint.title
    source = text if has_title else f"{imprint.title}\n\n{text}"
    lines = paragraphs_of(source)
    first = source[lines[0][0] : lines[0][1]]
    is_titled = imprint.title == first and len(lines) > 1
    story = Story(title=lines[0] if is_titled else None, lines=lines[1:] if is_titled else lines)
    return replace(compose(raw, source, story, imprint), raw_offsets=())


def _from_sentences(raw: RawDocument, sentences: tuple[str, ...], imprint: Imprint) -> Document:
    text = "\n".join(sentences)
    spans = []
    offset = 0
    for sentence in sentences:
        spans.append(trim_span(text, offset, offset + len(sentence)))
        offset += len(sentence) + 1
    kinds = [
        SentenceKind.TITLE if i == 0 and _is_title(sentences[0], imprint) else SentenceKind.NARRATION
        for i in range(len(spans))
    ]
    return Document(
        doc_id=document_id(text),
        name=imprint.name,
        source=raw.source,
        media_type=raw.media_type,
        text=text,
        sentences=tuple(
            Sentence(start=start, end=end, kind=kind) for (start, end), kind in zip(spans, kinds, strict=True)
        ),
        title=imprint.title,
        publisher=imprint.publisher,
        url=imprint.url,
        lang=imprint.lang or language_of(text),
        published=imprint.published,
        published_method=imprint.published_method,
        retrieved_at=raw.retrieved_at,
        raw_offsets=(),
    )


def _is_title(sentence: str, imprint: Imprint) -> bool:
    return imprint.title is not None and " ".join(sentence.split()) == imprint.title
