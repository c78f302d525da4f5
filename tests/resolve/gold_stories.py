"""The texts of gold stories as documents."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from kg.model.documents import Document, Sentence
from kg.model.times import Interval, days
from kg.model.words import Basis

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"


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
