"""What a person is shown to judge a pair: both sides with names, homes, offices, and sentences that speak of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.jobs.judging import Bench
from kg.jobs.lines import line_of
from kg.model.claims import Extraction
from kg.model.documents import Document, MediaType
from kg.model.judgements import Likeness, Reason, SeenActor
from kg.resolve.identity import raw_of
from kg.resolve.pairs import home_of

SENTENCES = 3  # of each side, the earliest documents first
MAX_CHARS = 240  # of a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence that names somebody; `day` is the UTC day of publication as an ISO date, None when unknown."""

    sentence: str
    document: str
    publisher: str | None
    day: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two actors of a question."""

    seen: SeenActor
    actor_id: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Are these two one? `reasons` tell what speaks for it and what against it."""

    left: Side
    right: Side
    score: float
    reasons: tuple[Reason, ...]


def question_of(bench: Bench, pair: Likeness) -> Question:
    """Return a pair with what there is to know of its sides."""
    left, right = (bench.known.seen[node] for node in (pair.left, pair.right))
    return Question(left=_side(bench, left), right=_side(bench, right), score=pair.score, reasons=pair.reasons)


def _side(bench: Bench, seen: SeenActor) -> Side:
    told = sorted(_sentences(bench, seen), key=lambda one: (one.day or "9999", one.document, one.sentence))
    return Side(seen=seen, actor_id=bench.actor_of(seen), evidence=tuple(told[:SENTENCES]))


def _sentences(bench: Bench, seen: SeenActor) -> Iterator[Evidence]:
    """Yield the first sentence of each document that names the actor."""
    for document, extractions in bench.documents_of(seen):
        starts = [start for extraction in extractions for start in _starts(extraction, seen)]
        if not starts:
            continue
        published = document.published
        day = published and (published.first_day or published.last_day)
        yield Evidence(
            sentence=_told(document, min(starts)),
            document=line_of(document.name),
            publisher=document.publisher,
            day=day.isoformat() if day else None,
        )


def _starts(extraction: Extraction, seen: SeenActor) -> Iterator[int]:
    """Yield where a document names an actor; of several people of one name, only where it is this one's home."""
    is_part = seen.node != seen.raw_id
    local_ids = {
        actor.local_id
        for actor in extraction.actors
        if actor.raw_id == raw_of(seen.node) and (not is_part or home_of(actor) in seen.homes)
    }
    yield from (mention.start for mention in extraction.mentions if mention.actor in local_ids)


def _told(document: Document, start: int) -> str:
    """The sentence at an offset; of a record of a list, which is one element a line, all its text."""
    if document.media_type == MediaType.UN_RECORD:
        return line_of(re.sub(r"<[^>]*>", " ", document.text))[:MAX_CHARS]
    sentence = document.sentences[document.sentence_no(start)]
    return line_of(document.text[sentence.start : sentence.end])[:MAX_CHARS]
