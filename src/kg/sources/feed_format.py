"""RSS 0.9x, 1.0, 2.0 and Atom: bytes to entries."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO

from lxml import etree

from kg.model.errors import SourceError
from kg.model.ids import content_id
from kg.sources.urls import checked_url, joined_url
from kg.sources.xml_reading import HEAD_BYTES, XmlError, head_of, local_name, records

_ROOTS = frozenset({"rss", "RDF", "feed"})
_ENTRY_TAGS = ("item", "entry")
_ENTRY_PARENTS = frozenset({"rss", "channel", "RDF", "feed"})
_SUMMARIES = ("encoded", "content", "summary", "description")  # the fullest first
_DATES = ("published", "pubDate", "issued", "date", "updated", "modified")
_BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "tr", "table"})
_UNREAD = frozenset({"script", "style", "template", "iframe", "object", "noscript"})
_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry, its texts without markup.

    Attributes:
        link: An absolute http(s) URL, None when there is none that may be followed.
        published: The date as written when it is an ISO 8601 or RFC 822 one, else None.
        mark: A hash of what the feed tells of the entry; changes when that does.
    """

    link: str | None
    title: str
    summary: str
    published: str | None
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed gave.

    Attributes:
        left: Entries beyond the number that was asked for: whether there are any.
        fault: Why the feed was read with a lenient parser, None for a sound one.
    """

    title: str
    entries: tuple[FeedEntry, ...]
    left: bool
    fault: str | None


def read_feed(content: bytes, *, url: str, charset: str | None, now: datetime, max_entries: int) -> Feed:
    """Return the entries of a feed in its order.

    A feed that is not well-formed is read as far as a lenient parser gets, and says so in `fault`.

    Args:
        url: Where the feed came from; links are relative to it.
        charset: What the server says; a byte order mark stands before it, the XML declaration behind it.
        now: Dates more than a day after it are no dates of publication.

    Raises:
        SourceError: It is no feed; the message says what it is, without the address.
    """
    encoding = charset if charset and _decodes(content, charset) else None
    root = _root_of(content)
    if root not in _ROOTS:
        raise SourceError(f"is no feed but {_kind_of(root)}")
    try:
        return _read(content, url, now, max_entries, encoding=encoding, fault=None)
    except XmlError as error:
        fault = str(error)
    if encoding is None and not _decodes(content, "utf-8"):
        # What calls itself UTF-8 and is not is Windows text nearly always.
        encoding = "windows-1252"
    try:
        return _read(content, url, now, max_entries, encoding=encoding, fault=fault)
    except XmlError as error:
        raise SourceError(f"is no feed that can be read: {error}") from error


def plain_text(markup: str) -> str:
    """Return a text without tags and character references, block elements on lines of their own."""
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    tree = etree.fromstring(f"<div>{markup}</div>".encode(errors="replace"), parser)
    joined = "" if tree is None else "".join(_texts(tree))
    return "\n".join(line for line in (" ".join(line.split()) for line in joined.split("\n")) if line)


def _read(
    content: bytes, url: str, now: datetime, max_entries: int, *, encoding: str | None, fault: str | None
) -> Feed:
    title, entries, left = "", list[FeedEntry](), False
    for element in records(BytesIO(content), _ENTRY_TAGS, encoding=encoding, recover=fault is not None):
        parent = element.getparent()
        if parent is None or local_name(parent.tag) not in _ENTRY_PARENTS:
            continue
        if len(entries) == max_entries:
            left = True
            break
        title = title or _feed_title(element)
        entries.append(_entry(element, url, now))
    return Feed(title=title, entries=tuple(entries), left=left, fault=fault)


def _root_of(content: bytes) -> str:
    try:
        return head_of(content[:HEAD_BYTES].lstrip()).name
    except XmlError as error:
        if b"<html" in content[:HEAD_BYTES].lower():
            return "html"
        raise SourceError(f"is no feed: {error}") from error


def _kind_of(root: str) -> str:
    if root.lower() == "html":
        return "a web page (a login or error page?); give the address of the feed itself"
    return f"XML that begins with <{root}>; give the address of an RSS or Atom feed"


def _decodes(content: bytes, charset: str) -> bool:
    if content.startswith(_BYTE_ORDER_MARKS):
        return False
    try:
        content.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _feed_title(entry: etree._Element) -> str:
    for holder in (entry.getparent(), *entry.itersiblings("{*}channel", preceding=True)):
        found = None if holder is None else holder.find("{*}title")
        if found is not None:
            return plain_text(_inner(found))
    return ""


def _entry(element: etree._Element, url: str, now: datetime) -> FeedEntry:
    title = plain_text(_first(element, ("title",))).replace("\n", " ")
    summary = plain_text(_first(element, _SUMMARIES))
    told = [text for text in (_first(element, (name,)).strip() for name in _DATES) if text]
    link = _link(element, url)
    return FeedEntry(
        link=link,
        title=title,
        summary=summary,
        published=next((text for text in told if _is_date(text, now)), None),
        mark=content_id("entry", link, title, summary, *told),
    )


def _first(element: etree._Element, names: tuple[str, ...]) -> str:
    """The inner markup of the first child by these names that has any; elements of media and podcasts are none."""
    for name in names:
        for child in element.iterchildren(f"{{*}}{name}"):
            if "/mrss" not in child.tag and "itunes" not in child.tag and (inner := _inner(child)).strip():
                return inner
    return ""


def _inner(element: etree._Element) -> str:
    """The content of an element as markup: escaped markup of RSS is unescaped already, XHTML of Atom is written out."""
    if not len(element):
        return element.text or ""
    children = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    return (element.text or "") + children


def _link(element: etree._Element, url: str) -> str | None:
    """The first link that may be followed: of Atom the alternate one, of RSS the link or else a permanent guid."""
    base = element.base or url
    for candidate in _candidates(element):
        try:
            return checked_url(joined_url(joined_url(url, base), candidate))
        except SourceError:
            continue
    return None


def _candidates(element: etree._Element) -> Iterator[str]:
    for child in element.iterchildren("{*}link"):
        if child.get("rel", "alternate") == "alternate" and (reference := child.get("href") or child.text):
            yield reference
    for child in element.iterchildren("{*}guid"):
        if child.get("isPermaLink", "true") == "true" and child.text and "://" in child.text:
            yield child.text


def _is_date(text: str, now: datetime) -> bool:
    moment = _moment(text)
    if moment is None:
        return False
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return _EARLIEST <= aware <= now + timedelta(days=1)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _texts(element: etree._Element) -> Iterator[str]:
    is_block = element.tag in _BLOCKS
    if is_block:
        yield "\n"
    if isinstance(element.tag, str) and element.tag not in _UNREAD:
        yield _on_one_line(element.text)
        for child in element:
            yield from _texts(child)
            yield _on_one_line(child.tail)
    if is_block:
        yield "\n"


def _on_one_line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
