"""The consolidated sanctions list of the UN Security Council, one raw document per record, and one for the version."""

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import BinaryIO, Literal
from xml.sax.saxutils import escape

from lxml import etree

from kg.model.documents import MediaType, RawDocument
from kg.model.errors import SettingsError, SourceError
from kg.model.protocols import HttpCache
from kg.sources.http import Fetcher, remember
from kg.sources.opening import opened
from kg.sources.settings import checked_count
from kg.sources.urls import printable_url
from kg.sources.xml_reading import HEAD_BYTES, XmlError, XmlHead, head_of, local_name, records

UN_LIST_ROOT = "CONSOLIDATED_LIST"
PUBLISHER = "United Nations Security Council"
_RECORD_TAGS = ("INDIVIDUAL", "ENTITY")
_NAME_TAGS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


class UnListSource:
    """The whole list each time, from a file or an address.

    Attributes:
        not_modified: Whether the server said at the last fetch that the list is as it was.
        fetcher: What the address is read with.
    """

    kind: Literal["feed", "snapshot"] = "snapshot"

    def __init__(
        self,
        *,
        name: str,
        path: str | None = None,
        url: str | None = None,
        min_documents: int = 1,
        allow_loopback_ports: frozenset[int] = frozenset(),
    ) -> None:
        if (path is None) == (url is None):
            raise SettingsError(f"path = {path!r}, url = {url!r}: a UN list is read from one of the two")
        self.name = name
        self.min_documents = checked_count("min_documents", min_documents, least=1)
        self.not_modified = False
        self.fetcher = Fetcher(allow_loopback_ports=allow_loopback_ports)
        self._path = path
        self._url = url

    def fetch(self, *, now: datetime, cache: HttpCache) -> Iterator[RawDocument]:
        """Yield the records in the order of the list and what they are, once the list was found to be whole.

        Raises:
            SourceError: The list cannot be had, is no UN list, or is cut off; no record of it was yielded.
        """
        self.not_modified = False
        if self._url is not None:
            yield from self._fetch_url(self._url, now, cache)
        elif self._path is not None:
            with opened(self._path, wanted="the XML file of the list") as stream:
                yield from list_records(stream, source=self.name, locator=self._path)

    def _fetch_url(self, url: str, now: datetime, cache: HttpCache) -> Iterator[RawDocument]:
        answer = self.fetcher.get(url, cache=cache)
        self.not_modified = answer.not_modified
        if answer.not_modified:
            return
        stream, where = BytesIO(answer.content), printable_url(url)
        yield from list_records(stream, source=self.name, locator=where, url=where, retrieved_at=now)
        remember(cache, url, answer)


def list_records(
    stream: BinaryIO, *, source: str, locator: str, url: str | None = None, retrieved_at: datetime | None = None
) -> Iterator[RawDocument]:
    """Yield each record of a list as canonical XML, after one pass over all of it has found it whole.

    Of a list that tells when it was made, the last document names the numbers of all its records: what a later version
    of the list lacks was dropped from it.

    Args:
        stream: Can be wound back; read with flat memory.

    Raises:
        SourceError: It is no UN list or is not whole; nothing was yielded.
    """
    generated = _check_whole(stream, locator).attributes.get("dateGenerated")
    stream.seek(0)
    raw = partial(
        RawDocument,
        source=source,
        charset="utf-8",
        retrieved_at=retrieved_at,
        url=url,
        publisher=PUBLISHER,
        published_at=generated,
    )
    numbers: set[str] = set()
    for number, record in enumerate(records(stream, _RECORD_TAGS), 1):
        told = _text_of(record, "REFERENCE_NUMBER")
        numbers.update(filter(None, [told]))
        reference = told or f"record-{number}"
        full_name = " ".join(part for part in (_text_of(record, tag) for tag in _NAME_TAGS) if part)
        yield raw(
            locator=f"{locator}#{reference}",
            media_type=MediaType.UN_RECORD,
            content=canonical_record(record).encode("utf-8"),
            title=f"UN list: {full_name or 'no name'} ({reference})",
        )
    if generated and numbers:
        yield raw(
            locator=f"{locator}#{generated}",
            media_type=MediaType.UN_LIST,
            content=_version(generated, numbers).encode("utf-8"),
            title=f"UN list of {generated}: {len(numbers)} records",
        )


def _version(generated: str, numbers: Collection[str]) -> str:
    """Return what a version of the list holds, as XML with one element a line."""
    told = (
        ("DATE_GENERATED", generated),
        ("RECORDS", str(len(numbers))),
        ("REFERENCE_NUMBERS", " ".join(sorted(numbers))),
    )
    lines = (f"  <{tag}>{escape(value)}</{tag}>\n" for tag, value in told)
    return f"<{UN_LIST_ROOT}>\n{''.join(lines)}</{UN_LIST_ROOT}>\n"


def canonical_record(element: etree._Element, depth: int = 0) -> str:
    """Return an element as XML with one element a line, two spaces a level, and without empty elements.

    White space inside texts is one space each, so that every text stands on one line and can be quoted.
    Attributes are left out: records of the list have none.
    """
    name, indent = local_name(element.tag), "  " * depth
    inner = "".join(canonical_record(child, depth + 1) for child in element)
    text = " ".join((element.text or "").split())
    if inner:
        return f"{indent}<{name}>\n{inner}{indent}</{name}>\n"
    return f"{indent}<{name}>{escape(text)}</{name}>\n" if text else ""


def _check_whole(stream: BinaryIO, where: str) -> XmlHead:
    read = 0
    try:
        head = head_of(stream.read(HEAD_BYTES))
        if head.name != UN_LIST_ROOT:
            raise SourceError(f"{where}: is no UN list: it begins with <{head.name}>, not <{UN_LIST_ROOT}>")
        stream.seek(0)
        for _ in records(stream, _RECORD_TAGS):
            read += 1
    except XmlError as error:
        told = f"{read} records were read whole, none of them is kept; fetch the list again"
        raise SourceError(f"{where}: is not a whole UN list: {error}; {told}") from error
    return head


def _text_of(record: etree._Element, tag: str) -> str:
    return " ".join((record.findtext(f"{{*}}{tag}") or "").split())
