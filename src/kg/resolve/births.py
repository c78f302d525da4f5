"""When people were born, as entries of sanctions lists and sentences of news tell it."""

import re
from collections.abc import Iterable, Iterator

from kg.model.documents import Document, MediaType

# Lines of a record of the UN list, one element a line (kg.sources.un_list).
_RECORD_BIRTH = re.compile(r"<INDIVIDUAL_DATE_OF_BIRTH>(.*?)</INDIVIDUAL_DATE_OF_BIRTH>", re.DOTALL)
_RECORD_DAY = re.compile(r"<(?:DATE|YEAR)>(\d{4}(?:-\d\d-\d\d)?)")
_BORN = re.compile(r"\bborn\b[^.;:]{0,40}?\b((?:18|19|20)\d\d)\b")


def births_of(document: Document, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Return the dates or years of birth of one actor, sorted.

    Args:
        spans: Where the document names the actor; of a news text only sentences that do are read, and only up to
            40 characters after the word "born".
    """
    if document.media_type == MediaType.UN_RECORD:
        return tuple(
            sorted({day for birth in _RECORD_BIRTH.findall(document.text) for day in _RECORD_DAY.findall(birth)})
        )
    return tuple(sorted(set(_told(document, spans))))


def _told(document: Document, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    if "born" not in document.text:
        return
    for start, end in spans:
        sentence = document.sentences[document.sentence_no(start)]
        if born := _BORN.search(document.text, end, sentence.end):
            yield born[1]
