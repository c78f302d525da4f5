"""The day of what a title tells: titles seldom name it, the sentence behind them does."""

import re

from kg.model.documents import Document, Sentence
from kg.model.times import Interval
from kg.model.words import SentenceKind
from kg.text.dates import TimeExpression, find_times, is_dateline

MAX_LEAD_DAYS = 3  # a lead that tells an older day explains, it does not report
MAX_SAYING_CHARS = 60
_FINITE = re.compile(r"[a-z]+(?:s|ed)(?: |$)")
_NOT_FINITE = re.compile(
    r"\b(?:to|will|may|could|would|might|must|should|if|not|before|until|over|for|of|against|after|since|amid)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_SAYING = re.compile(r"\b(?:said|told|announced|confirmed|according)\b[^,;]{0,40}$")


def title_day(document: Document, title: Sentence, trigger: tuple[int, int]) -> Interval | None:
    """Return the day of the finite verb of a title: the first day near publication that the next sentence tells.

    Args:
        trigger: Start and end in the document, code points.

    Days of filing and of saying ("said on Thursday") do not count. In annotated news it is the day of five titles
    out of six that are dated at all; nouns and infinitives of a title are of other days too often.
    """
    text = document.text
    if title.kind is not SentenceKind.TITLE or not _FINITE.match(text, trigger[0]):
        return None
    if _NOT_FINITE.search(text, title.start, trigger[0]):
        return None
    lead = next((s for s in document.sentences if s.start >= title.end and s.kind is not SentenceKind.TITLE), None)
    if lead is None:
        return None
    told = text[lead.start : lead.end]
    times = find_times(told, published=document.published)
    return next((t.interval for t in times if _is_near(t, document) and not _is_aside(told, t)), None)


def _is_near(time: TimeExpression, document: Document) -> bool:
    close = document.published.last_day if document.published else None
    first = time.interval.first_day
    if close is None or first is None or first != time.interval.last_day:
        return False
    return 0 <= (close - first).days <= MAX_LEAD_DAYS


def _is_aside(sentence: str, time: TimeExpression) -> bool:
    is_said = _SAYING.search(sentence, max(0, time.start - MAX_SAYING_CHARS), time.start)
    return bool(is_said) or is_dateline(sentence, time)
