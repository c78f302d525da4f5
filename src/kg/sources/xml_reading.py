"""Reads XML of strangers record by record: no entities, no network, no document types, flat memory.

Many attributes or deep nesting do no harm here: libxml2 2.14 takes 200,000 attributes of one tag in 0.07 s and
refuses nesting below 256 levels by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from kg.model.errors import KgError

HEAD_BYTES = 64 * 1024
# The one document type that old feeds carry; it declares nothing itself, and what it names is never loaded.
_NETSCAPE_RSS = "-//Netscape Communications//DTD RSS 0.91//EN"


class XmlError(KgError):
    """The bytes are not XML that is read; the text says why and where, without the name of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlHead:
    """The local name and the attributes of the root element."""

    name: str
    attributes: Mapping[str, str]


def head_of(start: bytes) -> XmlHead:
    """Return the root element of an XML text by its first bytes (`HEAD_BYTES` of them are enough).

    Raises:
        XmlError: No element begins there, or a document type is declared.
    """
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        parser.feed(start)
    except etree.XMLSyntaxError as error:
        broken: etree.XMLSyntaxError | None = error
    else:
        broken = None
    for _, root in parser.read_events():
        if root is None or isinstance(root, tuple):
            continue  # namespace events carry such values; none was asked for
        _refuse_document_type(root)
        attributes = {local_name(str(name)): str(value) for name, value in root.attrib.items()}
        return XmlHead(name=local_name(root.tag), attributes=attributes)
    raise XmlError(_syntax(broken) if broken else "no XML element begins in it") from broken


def records(
    stream: BinaryIO, tags: tuple[str, ...], *, encoding: str | None = None, recover: bool = False
) -> Iterator[etree._Element]:
    """Yield each element of the given local names once it is whole; it is emptied when the next one is asked for.

    Args:
        encoding: Overrides what the XML declares.
        recover: Go on after errors where the parser can.

    Raises:
        XmlError: It is not well-formed.
    """
    parser = etree.iterparse(
        stream,
        events=("end",),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding=encoding,
        recover=recover,
    )
    try:
        for _, record in parser:
            yield record
            _free(record)
    except etree.XMLSyntaxError as error:
        raise XmlError(_syntax(error)) from error


def local_name(tag: object) -> str:
    """Return the name of a tag without its namespace."""
    return str(tag).rpartition("}")[2]


def _free(record: etree._Element) -> None:
    record.clear()
    parent, before = record.getparent(), record.getprevious()
    if parent is not None and before is not None and before.tag == record.tag:
        parent.remove(before)


def _refuse_document_type(root: etree._Element) -> None:
    info = root.getroottree().docinfo
    declared = info.internalDTD
    if declared is None:
        return
    entities = list(declared.iterentities())  # type: ignore[attr-defined]  # lxml-stubs 0.5.1 lacks it
    if info.public_id == _NETSCAPE_RSS and not entities:
        return
    raise XmlError("it declares a document type (DOCTYPE), which is not read")


def _syntax(error: etree.XMLSyntaxError) -> str:
    return f"line {error.lineno}: {error.msg}"
