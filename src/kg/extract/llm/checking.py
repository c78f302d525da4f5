"""Claims out of the answers of a model: only what stands in the text, in the sentence that was named."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kg.extract.details import SentenceDetails
from kg.extract.llm.answers import Answer, AnsweredEvent
from kg.extract.llm.cast import Cast
from kg.extract.llm.locating import Span, locate, shown_spans
from kg.extract.llm.prompt import Piece
from kg.extract.quotes import cut_quote
from kg.extract.speech import content_kind
from kg.model.claims import Claim, RoleFiller, Speaker, claim_id
from kg.model.documents import Document
from kg.model.ontology import event_type
from kg.model.times import Interval, days
from kg.model.words import Basis, Precision, Role
from kg.text.dates import TimeExpression, find_times

LINKER = "llm"
_ENDS = frozenset({Role.ACTOR, Role.RECIPIENT})
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What the claims of an extractor carry; `confidence` is a probability in [0, 1]."""

    extractor: str
    version: str
    confidence: float


def located_events(text: str, piece: Piece, answer: Answer) -> Iterator[tuple[AnsweredEvent, Span]]:
    """Yield the events whose trigger stands in the sentence that they name, each with its place."""
    shown = shown_spans(piece)
    for event in answer.events:
        if event.sentence in shown and (span := locate(text, *shown[event.sentence], event.trigger)):
            yield event, span


def checked_claims(
    document: Document, number: int, piece: Piece, answer: Answer, cast: Cast, signature: Signature
) -> Iterator[Claim]:
    """Yield the claims of one piece in the order of the answer; what is left out is counted in its `dropped`.

    Args:
        number: Of the piece, as the cast counts.
    """
    reading = _Reading(document, number, piece, answer, cast, signature)
    claims: dict[int, Claim] = {}
    for event, trigger in located_events(document.text, piece, answer):
        claim = reading.claim(event, trigger)
        if claim is not None and all(claim.claim_id != other.claim_id for other in claims.values()):
            claims[event.place] = claim
    shown = shown_spans(piece)
    for event in answer.events:
        if event.place not in claims and event.sentence not in shown:
            answer.dropped["sentence"] += 1
        elif event.place not in claims and not locate(document.text, *shown[event.sentence], event.trigger):
            answer.dropped["trigger"] += 1
    yield from _linked(answer, claims)


class _Reading:
    def __init__(
        self, document: Document, number: int, piece: Piece, answer: Answer, cast: Cast, signature: Signature
    ) -> None:
        self._document = document
        self._number = number
        self._shown = shown_spans(piece)
        self._dropped = answer.dropped
        self._cast = cast
        self._signature = signature
        self._details: dict[int, SentenceDetails] = {}
        self._told_times: dict[Span, tuple[TimeExpression, ...]] = {}

    def claim(self, event: AnsweredEvent, trigger: Span) -> Claim | None:
        """Return the claim of an event, None when it has no end that the text vouches for."""
        fillers = tuple(self._fillers(event))
        if not any(filler.role in _ENDS for filler in fillers):
            self._dropped["ends"] += 1
            return None
        document, sentence = self._document, self._document.sentences[event.sentence]
        told = [(f.start, f.end) for f in fillers if f.start is not None and f.end is not None]
        start, end = cut_quote(document.text, sentence, [trigger, *told])
        cue = self._located(event, event.cue, "cue")
        details = self._details_of(event.sentence)
        sanction = details.sanction_of(*trigger, event.etype, event.status)
        weakest = min(filler.link_score for filler in fillers)
        return Claim(
            claim_id=claim_id(document.doc_id, *trigger, event.etype, fillers),
            doc_id=document.doc_id,
            etype=event.etype,
            status=event.status,
            start=start,
            end=end,
            quote=document.text[start:end],
            trigger_start=trigger[0],
            trigger_end=trigger[1],
            sentence_no=event.sentence,
            roles=fillers,
            extractor=self._signature.extractor,
            extractor_version=self._signature.version,
            confidence=round(self._signature.confidence * weakest, 3),
            cue=document.text[cue[0] : cue[1]] if cue else None,
            cue_start=cue[0] if cue else None,
            cue_end=cue[1] if cue else None,
            time=self._time(event),
            speaker=self._speaker(event),
            sanction=replace(sanction, act=event.act) if sanction and event.act else sanction,
            numbers=details.numbers_of([(*trigger, event.etype)])[0],
        )

    def _fillers(self, event: AnsweredEvent) -> Iterator[RoleFiller]:
        """Yield the roles that hold, each actor once; a reciprocal event has no recipient."""
        is_reciprocal = event_type(event.etype).reciprocal
        text, seen = self._document.text, set[str]()
        for answered in event.roles:
            span = locate(text, *self._shown[event.sentence], answered.words) if answered.words else None
            if answered.words and span is None:
                self._dropped["role text"] += 1
                continue
            local_id, score = self._cast.linked(self._number, answered.actor, text, span)
            if local_id is None:
                self._dropped["role actor"] += 1
            elif local_id not in seen:
                seen.add(local_id)
                yield RoleFiller(
                    role=Role.ACTOR if is_reciprocal and answered.role is Role.RECIPIENT else answered.role,
                    actor=local_id,
                    surface=text[span[0] : span[1]] if span else None,
                    start=span[0] if span else None,
                    end=span[1] if span else None,
                    link_score=1.0 if score is None else round(score, 3),
                    linker=LINKER if score is None else "gazetteer",
                )

    def _located(self, event: AnsweredEvent, words: str | None, what: str) -> Span | None:
        if words is None:
            return None
        span = locate(self._document.text, *self._shown[event.sentence], words)
        if span is None:
            self._dropped[what] += 1
        return span

    def _speaker(self, event: AnsweredEvent) -> Speaker | None:
        if event.speaker is None:
            return None
        answered_id, words = event.speaker
        span = self._located(event, words, "speaker")
        local_id, _ = self._cast.linked(self._number, answered_id, self._document.text, span)
        if local_id is None or (words is not None and span is None):
            return None
        return Speaker(actor=local_id, start=span[0] if span else None, end=span[1] if span else None)

    def _time(self, event: AnsweredEvent) -> Interval | None:
        """Return the time that the named words tell, as kg reads them, else as the model does.

        Without words in the sentence it must be one that another sentence tells.
        """
        value = _interval(event.time_value)
        if event.time_words is None:
            told = (time.interval for shown in self._shown.values() for time in self._times(shown))
            found = next((interval for interval in told if value and interval.value == value.value), None)
            self._dropped["time"] += value is not None and found is None
            return found
        span = self._located(event, event.time_words, "time")
        if span is None:
            return None
        overlapping = (t for t in self._times(self._shown[event.sentence]) if t.start < span[1] and span[0] < t.end)
        first = next(overlapping, None)
        return first.interval if first else value

    def _times(self, shown: Span) -> tuple[TimeExpression, ...]:
        """Return the times of a sentence, in code points of the document."""
        if shown not in self._told_times:
            start, end = shown
            found = find_times(self._document.text[start:end], published=self._document.published)
            self._told_times[shown] = tuple(replace(t, start=t.start + start, end=t.end + start) for t in found)
        return self._told_times[shown]

    def _details_of(self, number: int) -> SentenceDetails:
        if number not in self._details:
            self._details[number] = SentenceDetails(self._document, self._document.sentences[number], anchor=None)
        return self._details[number]


def _linked(answer: Answer, claims: Mapping[int, Claim]) -> Iterator[Claim]:
    """Yield the claims, those that a speech act is about linked with it; never in a circle."""
    of = {event.place: event.of for event in answer.events if event.of is not None}
    for place, claim in claims.items():
        carrier = of.get(place)
        if carrier is None:
            yield claim
        elif carrier in claims and event_type(claims[carrier].etype).speech_act and not _is_circle(of, place):
            yield replace(claim, content_of=claims[carrier].claim_id, content_kind=content_kind(claim.status))
        else:
            answer.dropped["link"] += 1
            yield claim


def _is_circle(of: Mapping[int, int], place: int) -> bool:
    seen = {place}
    while (place := of.get(place, -1)) not in seen:
        if place < 0:
            return False
        seen.add(place)
    return True


def _interval(value: str | None) -> Interval | None:
    """Return `2025-06-19`, `2025-06`, `2025` or two of them with a stroke between as an interval."""
    told = (value or "").split("/", 1)
    first, last = _DAY.fullmatch(told[0]), _DAY.fullmatch(told[-1])
    if first is None or last is None:
        return None
    precision = Precision.DAY if first[3] else Precision.MONTH if first[2] else Precision.YEAR
    try:
        begin = date(int(first[1]), int(first[2] or 1), int(first[3] or 1))
        month = int(last[2] or 12)
        end = date(int(last[1]), month, int(last[3] or monthrange(int(last[1]), month)[1]))
        return days(begin, end, precision=precision, basis=Basis.EVENT)
    except (ValueError, OverflowError):  # no such day, or an end before the beginning
        return None
