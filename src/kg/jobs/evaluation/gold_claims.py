"""Gold annotations as an extraction, so that what comes after extraction is measured apart from it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kg.jobs.evaluation.annotations import Annotated
from kg.jobs.evaluation.telling import place_of, sentence_starts, to_days
from kg.model.claims import Claim, Extraction, LocalActor, Number, RoleFiller, Speaker, claim_id
from kg.model.times import Interval, days
from kg.model.words import ActorType, Basis, Precision, Role, Status

GOLD = "gold"
_PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}  # by the length of "2025", "2025-06" ...
_Row = Mapping[str, Any]


def extraction_of(annotated: Annotated) -> Extraction:
    """Return what gold tells of a document; its claims stand in the order of the events, one for each."""
    document, row = annotated.document, annotated.annotation
    events = row.get("events", [])
    starts = sentence_starts(annotated.sentences)
    roles = [_roles(event, annotated.sentences, starts) for event in events]
    spans = [_span(event["s"], event["trig"], annotated.sentences, starts) for event in events]
    ids = [
        # Two events on one trigger with the same roles are told apart by their place in the list.
        claim_id(document.doc_id, *spans[n], event["type"], (*roles[n], RoleFiller(role=Role.HOST, actor=f"n{n}")))
        for n, event in enumerate(events)
    ]
    claims = tuple(
        Claim(
            claim_id=ids[n],
            doc_id=document.doc_id,
            etype=event["type"],
            status=Status(event["status"]),
            start=starts[event["s"]],
            end=starts[event["s"]] + len(annotated.sentences[event["s"]]),
            quote=annotated.sentences[event["s"]],
            trigger_start=spans[n][0],
            trigger_end=spans[n][1],
            sentence_no=event["s"],
            roles=roles[n],
            extractor=GOLD,
            extractor_version="1",
            confidence=1.0,
            time=interval_of(event["time"][1] if event.get("time") else None),
            content_of=None if event.get("of") is None else ids[event["of"]],
            speaker=Speaker(actor=event["said_by"][1]) if event.get("said_by") else None,
            numbers=_numbers(event, annotated.sentences, starts),
        )
        for n, event in enumerate(events)
    )
    actors = tuple(_actor(actor) for actor in row.get("actors", []))
    return Extraction(doc_id=document.doc_id, extractor=GOLD, extractor_version="1", actors=actors, claims=claims)


def _actor(row: _Row) -> LocalActor:
    return LocalActor(
        local_id=row["id"],
        name=row["name"],
        type=ActorType(row["type"]),
        key=row["key"],
        acts_for=row.get("of"),
        office=row.get("office"),
    )


def _span(sentence_no: int, words: str, sentences: Sequence[str], starts: Sequence[int]) -> tuple[int, int]:
    start, end = place_of(sentences[sentence_no], words)
    return starts[sentence_no] + start, starts[sentence_no] + end


def _roles(event: _Row, sentences: Sequence[str], starts: Sequence[int]) -> tuple[RoleFiller, ...]:
    fillers = []
    for role, words, actor, *_ in event.get("roles", []):
        if actor is None:
            continue
        start, end = _span(event["s"], words, sentences, starts) if words else (None, None)
        fillers.append(RoleFiller(role=Role(role), actor=actor, surface=words, start=start, end=end))
    return tuple(fillers)


def _numbers(event: _Row, sentences: Sequence[str], starts: Sequence[int]) -> tuple[Number, ...]:
    numbers = []
    for kind, words, value in event.get("num") or ():
        start, end = _span(event["s"], words, sentences, starts)
        numbers.append(Number(kind=kind, surface=words, value=value, start=start, end=end))
    return tuple(numbers)


def interval_of(value: str | None) -> Interval | None:
    """Return the time of `2025-06-19`, `2025-06`, `2025` or two of these parted by a slash; None for none."""
    bounds = to_days(value)
    if value is None or bounds is None:
        return None
    precision = _PRECISIONS[len(value.partition("/")[0])]
    return days(date.fromisoformat(bounds[0]), _last_day(bounds[1]), precision=precision, basis=Basis.EXPLICIT)


def _last_day(day: str) -> date:
    """Return the day; of one that its month has not (`2025-06-31`) the last of the month."""
    year, month, number = (int(part) for part in day.split("-"))
    for last in range(number, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, number)
