"""Files and folders: texts and pages as they lie on disk, dumps and lists among them."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from kg.model.documents import MediaType, RawDocument
from kg.model.errors import SettingsError, SourceError
from kg.model.protocols import HttpCache
from kg.model.runs import Skipped
from kg.sources.jsonl import dump_lines
from kg.sources.settings import checked_count, checked_moment, checked_texts
from kg.sources.un_list import UN_LIST_ROOT, list_records
from kg.sources.urls import checked_url, printable_url
from kg.sources.xml_reading import HEAD_BYTES, XmlError, head_of

MAX_FILE_BYTES = 20 * 1024 * 1024
SIDECAR_SUFFIX = ".meta.json"
_MEDIA_TYPES = {
    ".txt": MediaType.TEXT,
    ".md": MediaType.TEXT,
    ".html": MediaType.HTML,
    ".htm": MediaType.HTML,
    ".xhtml": MediaType.HTML,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """What `NAME.meta.json` beside a file NAME tells of it; each key may be missing."""

    retrieved_at: datetime | None = None
    url: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    title: str | None = None


class FilesSource:
    """Files, and folders with all that is below them.

    A folder gives its files in the order of their paths; hidden ones are left out. Files named one by one are read
    as text when their ending tells nothing.

    Args:
        retrieved_at: When the files were fetched, ISO 8601 with offset; a sidecar of a file stands before it. The
            time at which a file was written to disk is never taken for it.

    Attributes:
        skipped: What the last fetch left out, and why.
    """

    kind: Literal["feed", "snapshot"] = "feed"

    def __init__(
        self, *, name: str, paths: Sequence[str], retrieved_at: str | None = None, min_documents: int = 0
    ) -> None:
        self.name = name
        self.min_documents = checked_count("min_documents", min_documents)
        self.skipped: list[Skipped] = []
        self._paths = checked_texts("paths", paths)
        self._retrieved_at = None if retrieved_at is None else checked_moment("retrieved_at", retrieved_at)

    def fetch(self, *, now: datetime, cache: HttpCache) -> Iterator[RawDocument]:
        """Yield what the paths hold; a file that cannot be read is told in `skipped`.

        A file that is empty, binary or over 20 MiB is yielded (the latter cut just above the limit) for the
        documents room to refuse.

        Raises:
            SourceError: A path is not there.
        """
        del now, cache  # when a file was read says nothing about when its text was retrieved
        self.skipped = []
        for path in map(Path, self._paths):
            if path.is_dir():
                for file in _files_below(path):
                    yield from self._read(file, file.suffix.lower())
            elif path.is_file():
                suffix = path.suffix.lower()
                yield from self._read(path, suffix if suffix in {*_MEDIA_TYPES, ".jsonl", ".xml"} else ".txt")
            else:
                raise SourceError(f"{path}: there is no such file or folder; check the path")

    def _read(self, path: Path, suffix: str) -> Iterator[RawDocument]:
        try:
            sidecar = _sidecar_of(path)
            retrieved_at = sidecar.retrieved_at or self._retrieved_at
            if suffix == ".jsonl":
                with path.open("rb") as stream:
                    yield from dump_lines(
                        stream,
                        source=self.name,
                        locator=locator_of(path),
                        skipped=self.skipped,
                        retrieved_at=retrieved_at,
                    )
            elif suffix == ".xml":
                yield from self._read_list(path, sidecar.url, retrieved_at)
            elif suffix in _MEDIA_TYPES:
                yield self._read_text(path, _MEDIA_TYPES[suffix], sidecar, retrieved_at)
            else:
                self._skip(path, f"a file that ends in {suffix or 'nothing'!r} is not read; name it to read it as text")
        except OSError as error:
            self._skip(path, f"cannot be read: {error.strerror}")
        except (SourceError, SettingsError) as error:
            self._skip(path, str(error).removeprefix(f"{locator_of(path)}: "))

    def _read_text(
        self, path: Path, media_type: MediaType, sidecar: Sidecar, retrieved_at: datetime | None
    ) -> RawDocument:
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
        return RawDocument(
            source=self.name,
            locator=locator_of(path),
            media_type=media_type,
            content=content,
            retrieved_at=retrieved_at,
            url=sidecar.url,
            title=sidecar.title,
            publisher=sidecar.publisher,
            published_at=sidecar.published_at,
        )

    def _read_list(self, path: Path, url: str | None, retrieved_at: datetime | None) -> Iterator[RawDocument]:
        with path.open("rb") as stream:
            try:
                root = head_of(stream.read(HEAD_BYTES)).name
            except XmlError as error:
                self._skip(path, f"is not XML that is read: {error}")
                return
            if root != UN_LIST_ROOT:
                self._skip(path, f"XML that begins with <{root}> is not read; of XML files, kg reads the UN list")
                return
            stream.seek(0)
            yield from list_records(
                stream, source=self.name, locator=locator_of(path), url=url, retrieved_at=retrieved_at
            )

    def _skip(self, path: Path, reason: str) -> None:
        self.skipped.append(Skipped(locator=locator_of(path), reason=reason))


def locator_of(path: Path) -> str:
    """Return a path as text that can be stored: bytes of its name that are not UTF-8 come as their hex codes."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _files_below(folder: Path) -> list[Path]:
    """The regular files below a folder that are not hidden, sorted; links to folders are not followed."""
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found.extend(
            Path(parent, name) for name in names if not name.startswith(".") and not name.endswith(SIDECAR_SUFFIX)
        )
    return sorted((path for path in found if path.is_file()), key=lambda path: path.as_posix())


def _sidecar_of(path: Path) -> Sidecar:
    """What the sidecar of a file tells.

    Raises:
        SourceError: It is not a JSON object, has another key, or a value is not a text or no URL.
        SettingsError: Its `retrieved_at` is no time with offset.
    """
    sidecar = path.with_name(path.name + SIDECAR_SUFFIX)
    if not sidecar.is_file():
        return Sidecar()
    try:
        told = json.loads(sidecar.read_text("utf-8"))
    except ValueError as error:
        raise SourceError(f"{sidecar.name} is not JSON: {error}") from error
    known = Sidecar.__dataclass_fields__
    if not isinstance(told, dict) or not all(key in known and isinstance(value, str) for key, value in told.items()):
        raise SourceError(f"{sidecar.name} is not an object with texts under some of the keys {', '.join(known)}")
    return Sidecar(
        retrieved_at=checked_moment("retrieved_at", told["retrieved_at"]) if "retrieved_at" in told else None,
        url=printable_url(checked_url(told["url"])) if "url" in told else None,
        publisher=told.get("publisher"),
        published_at=told.get("published_at"),
        title=told.get("title"),
    )
