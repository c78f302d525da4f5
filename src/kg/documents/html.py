"""A web page to its story and what the page says about itself."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from kg.documents.publication import date_of_url
from kg.model.documents import RawDocument
from kg.model.errors import DocumentError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# trafilatura 2.3.1 on 2 cores: 50,000 tags (paragraphs or links, opened and closed) take 2 to 3 s, 400,000 more than
# 40 s; a tag with 10,000 attributes takes 0.2 s, one with 200,000 more than 40 s. A news page has under 10,000 tags.
MAX_TAGS = 50_000
MAX_TAG_WORDS = 10_000
MAX_LINKED_DATA_NODES = 2_000

_TAG = re.compile(r"<[a-zA-Z/]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ARTICLE_TYPE = re.compile(r"Article|Posting|Report$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The main text of a page and its own words about it.

    Attributes:
        has_title: The title is the first line of the text.
        dates: Pairs (method, date as written), best first.
    """

    text: str
    title: str | None
    has_title: bool
    publisher: str | None
    url: str | None
    lang: str | None
    dates: tuple[tuple[str, str | None], ...]


def read_page(raw: RawDocument, html: str) -> Page:
    """Return the story of a page, without its navigation, comments and adverts.

    Raises:
        DocumentError: The page is built to take minutes, cannot be parsed, or has no main text.
    """
    _check_size(raw.locator, html)
    tree = _parse(raw.locator, html)
    page_data = _linked_data(tree)
    url = _canonical(tree, raw.url)
    titles = _titles(tree, page_data, raw.title)
    dates = (
        ("json-ld", _text_of(page_data.get("datePublished"))),
        ("article:published_time", _meta(tree, "article:published_time")),
        ("time-element", _time_element(tree)),
        ("feed", raw.published_at),
        ("url-path", date_of_url(url) if url else None),
    )
    lang = tree.get("lang", "").casefold().replace("_", "-").partition("-")[0]
    publisher = _publisher(tree, page_data) or raw.publisher or _domain(url)
    text = _main_text(raw.locator, tree)  # last, since it takes the tree apart
    first_line = _clean(text.lstrip().partition("\n")[0])
    return Page(
        text=text,
        title=first_line if first_line in titles else next(iter(titles), None),
        has_title=first_line in titles,
        publisher=publisher,
        url=url,
        lang=lang if re.fullmatch(r"[a-z]{2}", lang) else None,
        dates=dates,
    )


def _check_size(where: str, html: str) -> None:
    tags = len(_TAG.findall(html))
    if tags > MAX_TAGS:
        raise DocumentError(
            f"{where}: {tags} tags (at most {MAX_TAGS}), which could take minutes to read; save the story as plain text"
        )
    words = max(len(_tag_of(segment).split()) for segment in html.split("<"))
    if words > MAX_TAG_WORDS:
        raise DocumentError(
            f"{where}: a tag with {words} words in it (at most {MAX_TAG_WORDS}), which could take minutes to read; "
            "save the story as plain text"
        )


def _tag_of(segment: str) -> str:
    """Return the tag at the front of what stands between two `<`: up to `>`, or all when that `>` is quoted."""
    tag = segment.partition(">")[0]
    is_quoted = not {'"', "'"}.isdisjoint(_QUOTED.sub("", tag))
    return segment if is_quoted else tag


def _parse(where: str, html: str) -> "HtmlElement":
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # Bytes, since lxml refuses a string that declares an encoding of its own.
    try:
        return document_fromstring(html.encode("utf-8", errors="replace"), parser=HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError) as error:
        raise DocumentError(f"{where}: not readable as HTML ({error}); save the story as plain text") from error


def _main_text(where: str, tree: "HtmlElement") -> str:
    from trafilatura import extract

    text = extract(tree, favor_precision=True, include_comments=False, output_format="txt", with_metadata=False)
    if not text or not text.strip():
        raise DocumentError(
            f"{where}: no main text found in the page (a list of links, a login page, or text loaded by a script); "
            "save the story as plain text"
        )
    return str(text)


def _linked_data(tree: "HtmlElement") -> dict[str, object]:
    """Return the JSON-LD object that describes the story: the first article, else the first with a date, else {}."""
    nodes = []
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            nodes += _objects(json.loads(script.text or ""))
        except (ValueError, RecursionError):  # a page with broken JSON-LD is read without it
            continue
    articles = [node for node in nodes if any(_ARTICLE_TYPE.search(kind) for kind in _types(node))]
    dated = [node for node in (*articles, *nodes) if node.get("datePublished")]
    return next(iter([*dated, *articles]), {})


def _objects(value: object) -> list[dict[str, object]]:
    """Return the objects of a JSON-LD block: itself, the items of its list, the members of its graph."""
    found: list[dict[str, object]] = []
    queue = [value]
    while queue and len(found) < MAX_LINKED_DATA_NODES:
        item = queue.pop(0)
        if isinstance(item, list):
            queue += item
        elif isinstance(item, dict):
            found.append(item)
            queue += [item[key] for key in ("@graph", "mainEntity") if key in item]
    return found


def _types(node: dict[str, object]) -> Iterator[str]:
    kinds = node.get("@type")
    yield from (kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str))


def _text_of(value: object) -> str | None:
    """Return a JSON-LD value as text: a string, the name of an object, or that of the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return _clean(value) if isinstance(value, str) else None


def _clean(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _meta(tree: "HtmlElement", name: str) -> str | None:
    for element in tree.iterfind(".//meta[@content]"):
        if name in (element.get("property"), element.get("name")):
            return _clean(element.get("content"))
    return None


def _titles(tree: "HtmlElement", page_data: dict[str, object], told: str | None) -> list[str]:
    """Return what may be the title of the story, best first; `told` is the title that the source knew."""
    headings = [_clean(heading.text_content()) for heading in tree.iterfind(".//h1")]
    alone = headings[0] if len(headings) == 1 else None
    named = (_text_of(page_data.get("headline")), _meta(tree, "og:title"), alone, _clean(told))
    return [title for title in (*named, _clean(tree.findtext(".//title"))) if title]


def _publisher(tree: "HtmlElement", page_data: dict[str, object]) -> str | None:
    return _meta(tree, "og:site_name") or _text_of(page_data.get("publisher"))


def _domain(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def _time_element(tree: "HtmlElement") -> str | None:
    times = list(tree.iterfind(".//time[@datetime]"))
    marked = [time for time in times if "datePublished" in (time.get("itemprop") or "")]
    inside = [time for time in times if any(True for _ in time.iterancestors("article", "header"))]
    best = next(iter([*marked, *inside]), None)  # a lone time in a side column is of another story
    return best.get("datetime") if best is not None else None


def _canonical(tree: "HtmlElement", url: str | None) -> str | None:
    """Return the address that the page gives itself if it is on the host it came from, else that one."""
    link = tree.find(".//link[@rel='canonical']")
    if url is None or link is None or not link.get("href"):
        return url
    try:
        canonical = urljoin(url, link.get("href").strip())
        is_same = urlsplit(canonical).hostname == urlsplit(url).hostname and canonical.startswith(
            ("http://", "https://")
        )
    except ValueError:  # a broken address, such as one with half an IPv6 host
        return url
    return canonical if is_same else url
