"""Texts that nobody annotated, for a teacher to tell of: the lines of a dump, as `kg ingest` reads them."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from kg.documents.reader import read
from kg.model.documents import Document, MediaType, RawDocument
from kg.model.errors import DocumentError, UsageError


def texts_of(path: Path) -> list[Document]:
    """Return the documents of a file.

    Raises:
        UsageError: The file cannot be read, holds nothing, or a line of it is of no use; the message names the line.
    """
    documents: list[Document] = []
    for number, line in enumerate(_content(path).split(b"\n"), 1):
        raw = RawDocument(
            source="unlabelled", locator=f"{path}#{number}", media_type=MediaType.KG_DOCUMENT, content=line
        )
        try:
            documents += read(raw) if line.strip() else ()
        except DocumentError as error:
            raise UsageError(str(error)) from error
    if not documents:
        raise UsageError(f"{path} holds no text; docs/training.md tells the format")
    return documents


def told_of(path: Path) -> dict[str, Any]:
    """Return what the card tells of a file: its documents, its sha256, and its documents by licence.

    Raises:
        UsageError: As of `texts_of`.
    """
    content, documents = _content(path), texts_of(path)
    rows = [json.loads(line) for line in content.split(b"\n") if line.strip()]
    licences = Counter(row.get("licence") or "not told" for row in rows)
    digest = hashlib.sha256(content).hexdigest()
    return {"documents": len(documents), "sha256": digest, "licences": dict(licences.most_common())}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}; name a .jsonl file with --unlabelled") from error
