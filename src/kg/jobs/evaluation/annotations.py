"""Reads annotated documents: the texts, what gold tells of each, and what is wrong with them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg import documents
from kg.jobs.evaluation.annotation_faults import faults_of
from kg.jobs.evaluation.telling import Telling, told_by_gold
from kg.model.documents import Document, MediaType, RawDocument
from kg.model.errors import DocumentError, UsageError

Row = dict[str, Any]

_GOLD, _TEXTS = ".gold.jsonl", ".texts.jsonl"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A document with its annotation.

    Attributes:
        sentences: As they lie in the file; the text of the document joins them by newlines.
        annotation: The line of gold as it lies in the file.
    """

    document: Document
    sentences: tuple[str, ...]
    annotation: Row
    gold: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """The annotated documents of a file, and a line for each fault; a document with a fault is left out."""

    documents: tuple[Annotated, ...]
    faults: tuple[str, ...]


def texts_beside(gold: Path) -> Path:
    """Return where the texts of a file of gold lie: `NAME.texts.jsonl` beside `NAME.gold.jsonl`."""
    return gold.with_name(gold.name.removesuffix(_GOLD).removesuffix(".jsonl") + _TEXTS)


def read_annotations(gold: Path, texts: Path | None = None) -> Annotations:
    """Return the annotated documents of a file in its order.

    Args:
        texts: The documents; None for those beside gold.

    Raises:
        UsageError: A file cannot be read, or holds nothing.
    """
    texts = texts or texts_beside(gold)
    if not gold.exists():
        raise UsageError(f"{gold} does not exist; name a file of annotated documents, for example news{_GOLD}")
    if not texts.exists():
        raise UsageError(f"{gold} needs its texts; {texts} does not exist, name them with --texts")
    faults: list[str] = []
    by_name = {}
    for where, row in _rows(texts, faults):
        if row["doc"] in by_name:
            faults.append(f"{where}: the text {row['doc']!r} stands twice; remove one")
        by_name[row["doc"]] = (where, row)
    annotated: dict[str, Annotated] = {}
    for line, row in _rows(gold, faults):
        name = row["doc"]
        where = f"{line}, document {name}"
        if name not in by_name:
            faults.append(f"{where}: {texts.name} has no text of that name; add it there, or remove the line")
        elif name in annotated:
            faults.append(f"{where}: annotated twice; remove one of the lines")
        else:
            found = _annotated(where, row, *by_name[name])
            if isinstance(found, Annotated):
                annotated[name] = found
            else:
                faults += found
    if not annotated and not faults:
        raise UsageError(f"{gold} holds no annotated document")
    return Annotations(documents=tuple(annotated.values()), faults=tuple(faults))


def _annotated(where: str, row: Row, where_text: str, text: Row) -> Annotated | list[str]:
    """Return the document with its annotation, or what is wrong with either."""
    raw = RawDocument(
        source="gold",
        locator=where_text,
        media_type=MediaType.KG_DOCUMENT,
        content=json.dumps(text).encode("ascii"),
        charset="utf-8",
    )
    if not text.get("sentences"):
        return [f"{where_text}: the text {text['doc']!r} has no list of sentences; annotations count in them"]
    try:
        (document,) = documents.read(raw)
    except DocumentError as error:
        return [str(error)]
    sentences = tuple(text["sentences"])
    if faults := [f"{where}, {fault}" for fault in faults_of(row, sentences)]:
        return faults
    return Annotated(document=document, sentences=sentences, annotation=row, gold=told_by_gold(row, sentences))


def _rows(path: Path, faults: list[str]) -> Iterator[tuple[str, Row]]:
    """Yield the JSON objects of a file that name a document, with file and line; other lines are faults."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    for number, line in enumerate(content.removeprefix(_BYTE_ORDER_MARK).split(b"\n"), 1):
        if not line.strip():
            continue
        where = f"{path.name} line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            faults.append(f"{where}: no JSON ({error}); each line is one JSON object")
            continue
        if isinstance(row, dict) and isinstance(row.get("doc"), str) and row["doc"]:
            yield where, row
        else:
            faults.append(
                f'{where}: {line[:40].decode("utf-8", "replace")!r} names no document; write {{"doc": "x1", ...}}'
            )
