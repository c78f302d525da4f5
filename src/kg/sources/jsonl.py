"""Dumps: one document a line, as JSON."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import BinaryIO, Literal

from kg.model.documents import MediaType, RawDocument
from kg.model.protocols import HttpCache
from kg.model.runs import Skipped
from kg.sources.opening import opened
from kg.sources.settings import checked_count, checked_texts

MAX_LINE_BYTES = 5 * 1024 * 1024
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class JsonlSource:
    """The lines of .jsonl files, each a document; keys are read later, by the documents room.

    Attributes:
        skipped: What the last fetch left out, and why.
    """

    kind: Literal["feed", "snapshot"] = "feed"

    def __init__(self, *, name: str, paths: Sequence[str], min_documents: int = 0) -> None:
        self.name = name
        self.min_documents = checked_count("min_documents", min_documents)
        self.skipped: list[Skipped] = []
        self._paths = checked_texts("paths", paths)

    def fetch(self, *, now: datetime, cache: HttpCache) -> Iterator[RawDocument]:
        """Yield the lines of the files in the given order.

        Raises:
            SourceError: A file is not there or cannot be opened.
        """
        del now, cache  # the lines tell their own times
        self.skipped = []
        for path in self._paths:
            with opened(path, wanted="a .jsonl file") as stream:
                yield from dump_lines(stream, source=self.name, locator=path, skipped=self.skipped)


def dump_lines(
    stream: BinaryIO, *, source: str, locator: str, skipped: list[Skipped], retrieved_at: datetime | None = None
) -> Iterator[RawDocument]:
    """Yield each line that is not blank, one at a time; lines over 5 MiB are told in `skipped`."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        where = f"{locator}#{number}"
        if len(line.rstrip(b"\r\n")) > MAX_LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE_BYTES)
            skipped.append(Skipped(locator=where, reason=f"line is longer than {MAX_LINE_BYTES} bytes; split it"))
            continue
        content = line.removeprefix(_BYTE_ORDER_MARK if number == 1 else b"").strip()
        if content:
            yield RawDocument(
                source=source,
                locator=where,
                media_type=MediaType.KG_DOCUMENT,
                content=content,
                retrieved_at=retrieved_at,
            )
