"""Gold annotations as extractions, so that resolution is measured apart from extraction."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import combinations
from pathlib import Path

from kg.model.claims import Claim, Extraction, LocalActor, RoleFiller, claim_id
from kg.model.documents import Document, Sentence
from kg.model.times import Interval, days
from kg.model.words import ActorType, Basis, Precision, Role, Status

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"
Pair = frozenset[str]


def rows(path: Path) -> Iterator[dict]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def document_of(text: Mapping) -> Document:
    starts, at = [], 0
    for sentence in text["sentences"]:
        starts.append(at)
        at += len(sentence) + 1
    return Document(
        doc_id=text["doc"],
        name=text["doc"],
        source="gold",
        media_type="text/plain",
        text="\n".join(text["sentences"]),
        sentences=tuple(Sentence(start=s, end=s + len(x)) for s, x in zip(starts, text["sentences"], strict=True)),
        publisher=text.get("publisher"),
        published=_day(text.get("published_at")),
    )


def _day(value: str | None) -> Interval | None:
    return days(datetime.fromisoformat(value).date(), basis=Basis.EXPLICIT) if value else None


def _interval(value: str | None) -> Interval | None:
    if not value:
        return None
    first, _, last = value.partition("/")
    low, high = _bounds(first)[0], _bounds(last or first)[1]
    precision = {4: Precision.YEAR, 7: Precision.MONTH}.get(len(first), Precision.DAY)
    return days(low, high, precision=precision, basis=Basis.EXPLICIT)


def _bounds(value: str) -> tuple[date, date]:
    if len(value) == 10:
        return date.fromisoformat(value), date.fromisoformat(value)
    year, month = int(value[:4]), int(value[5:7] or 0)
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), date.fromordinal(following.toordinal() - 1)


def extraction_of(text: Mapping, gold: Mapping) -> tuple[Extraction, list[str]]:
    """Return the extraction and the claim id of each event of the gold document."""
    document = document_of(text)
    actors = tuple(
        LocalActor(
            local_id=a["id"],
            name=a["name"],
            type=ActorType(a["type"]),
            key=a["key"],
            acts_for=a.get("of"),
            office=a.get("office"),
        )
        for a in gold["actors"]
    )
    events = gold["events"]
    spans = [_trigger(document, event) for event in events]
    roles = [tuple(RoleFiller(role=Role(r[0]), actor=r[2], surface=r[1]) for r in e["roles"] if r[2]) for e in events]
    # Two gold events on one trigger with the same roles are told apart by their place in the list.
    ids = [
        claim_id(document.doc_id, *spans[n], events[n]["type"], (*roles[n], RoleFiller(role=Role.HOST, actor=f"n{n}")))
        for n in range(len(events))
    ]
    claims = tuple(
        Claim(
            claim_id=ids[n],
            doc_id=document.doc_id,
            etype=event["type"],
            status=Status(event["status"]),
            start=document.sentences[event["s"]].start,
            end=document.sentences[event["s"]].end,
            quote=text["sentences"][event["s"]],
            trigger_start=spans[n][0],
            trigger_end=spans[n][1],
            sentence_no=event["s"],
            roles=roles[n],
            extractor="gold",
            extractor_version="1",
            confidence=0.9,
            time=_interval(event["time"][1] if event.get("time") else None),
            content_of=ids[event["of"]] if event.get("of") is not None else None,
        )
        for n, event in enumerate(events)
    )
    extraction = Extraction(
        doc_id=document.doc_id, extractor="gold", extractor_version="1", actors=actors, claims=claims
    )
    return extraction, ids


def _trigger(document: Document, event: Mapping) -> tuple[int, int]:
    trigger, _, nth = event["trig"].partition("#")
    at = document.sentences[event["s"]].start - 1
    for _ in range(int(nth or 1)):
        at = document.text.find(trigger, at + 1)
    return at, at + len(trigger)


def stories(name: str) -> Iterator[tuple[list[tuple[Document, tuple[Extraction, ...]]], set[Pair]]]:
    """Yield, for each story of a gold set, its documents as read and the pairs of claims of one event."""
    texts = {row["doc"]: row for row in rows(GOLD / f"{name}.texts.jsonl")}
    golds = {row["doc"]: row for row in rows(GOLD / f"{name}.gold.jsonl")}
    for story in rows(GOLD / f"{name}.stories.jsonl"):
        read, ids = [], {}
        for doc in story["docs"]:
            extraction, ids[doc] = extraction_of(texts[doc], golds[doc])
            read.append((document_of(texts[doc]), (extraction,)))
        pairs = {frozenset((ids[a][i], ids[b][j])) for c in story["clusters"] for (a, i), (b, j) in combinations(c, 2)}
        yield read, pairs
