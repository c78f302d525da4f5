import json
from datetime import UTC, datetime

import pytest

from documents.raws import RETRIEVED, raw
from kg.documents import read
from kg.documents.html import MAX_TAG_WORDS, MAX_TAGS
from kg.model.documents import MediaType
from kg.model.errors import DocumentError
from kg.model.words import SentenceKind

URL = "https://www.varr.example/news/2025/06/11/port-reopens?utm_source=x"
BODY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The port of Varr reopened on Monday after both sides agreed to let ships pass, the harbour master said.",
        "Ships had been waiting since May, when Orlan's navy closed the strait and boarded two tankers.",
        "Talks between the two countries will go on in the capital next week, according to the envoy.",
    )
)


def page(head="", body=BODY, lang="en"):
    return (
        f'<html lang="{lang}"><head><title>Port reopens | Varr Post</title>{head}</head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>'
        f"<article><h1>Port reopens</h1>{body}</article>"
        '<div class="comments"><p>First comment: I never liked that port at all, did you?</p></div>'
        "<footer><p>© 2025 Varr Post</p></footer></body></html>"
    )


def read_page(html, **known):
    (document,) = read(raw(html, MediaType.HTML, **{"url": URL, "retrieved_at": RETRIEVED, **known}))
    return document


def linked(**values):
    return f'<script type="application/ld+json">{json.dumps(values)}</script>'


def test_a_page_gives_its_story_without_what_stands_around_it():
    document = read_page(page())
    lines = document.text.split("\n")
    assert lines[0] == document.title == "Port reopens"
    assert [line[:9] for line in lines[1:]] == ["The port ", "Ships had", "Talks bet"]
    assert [s.kind for s in document.sentences] == [SentenceKind.TITLE, *[SentenceKind.NARRATION] * 3]
    assert (document.lang, document.raw_offsets, document.url) == ("en", (), URL)


def test_the_same_page_gives_the_same_document():
    assert read_page(page()) == read_page(page())


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ('<meta property="og:site_name" content="Varr  Post">', "Varr Post"),
        (linked(publisher={"@type": "Organization", "name": "Varr Post"}, **{"@type": "NewsArticle"}), "Varr Post"),
        ("", "varr.example"),
    ],
)
def test_the_publisher_is_named_or_the_host(head, publisher):
    assert read_page(page(head)).publisher == publisher


JSON_LD = linked(datePublished="2025-06-16T08:00:00+02:00", **{"@type": "NewsArticle"})
META = '<meta property="article:published_time" content="2025-06-15T10:00:00Z">'
TIME = '<time datetime="2025-06-14">14 June</time>'


@pytest.mark.parametrize(
    ("head", "body", "known", "day", "method"),
    [
        (JSON_LD + META, TIME + BODY, {"published_at": "2025-06-13"}, "2025-06-16", "json-ld"),
        (META, TIME + BODY, {"published_at": "2025-06-13"}, "2025-06-15", "article:published_time"),
        ("", TIME + BODY, {"published_at": "2025-06-13"}, "2025-06-14", "time-element"),
        ("", BODY, {"published_at": "Fri, 13 Jun 2025 09:00:00 GMT"}, "2025-06-13", "feed"),
        ("", BODY, {}, "2025-06-11", "url-path"),
        (linked(datePublished="1970-01-01", **{"@type": "Article"}), BODY, {}, "2025-06-11", "url-path"),
        (linked(datePublished="2031-01-01", **{"@type": "Article"}), BODY, {}, "2025-06-11", "url-path"),
    ],
)
def test_the_best_date_of_the_page_is_taken(head, body, known, day, method):
    document = read_page(page(head, body), **known)
    assert (document.published.value, document.published_method) == (day, method)


def test_a_page_without_a_date_has_none():
    document = read_page(page(), url="https://varr.example/port")
    assert (document.published, document.published_method) == (None, None)


def test_linked_data_of_the_article_counts_before_that_of_the_page():
    graph = {
        "@graph": [
            {"@type": "WebPage", "datePublished": "2020-01-01"},
            {"@type": ["Thing", "NewsArticle"], "datePublished": "2025-06-16T06:00:00Z"},
        ]
    }
    document = read_page(page(f'<script type="application/ld+json">{json.dumps([graph])}</script>'))
    assert document.published.start == datetime(2025, 6, 16, 6, tzinfo=UTC)


@pytest.mark.parametrize("block", ["{broken", "[" * 100_000, '"text"', "[1, null]", ""])
def test_broken_linked_data_is_passed_over(block):
    assert read_page(page(f'<script type="application/ld+json">{block}</script>{META}')).published_method.startswith(
        "art"
    )


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://www.varr.example/news/port-reopens", "https://www.varr.example/news/port-reopens"),
        ("/news/port-reopens", "https://www.varr.example/news/port-reopens"),
        ("https://other.example/port", URL),
        ("javascript:alert(1)", URL),
        ("https://[half", URL),
    ],
)
def test_a_canonical_address_counts_only_on_the_same_host(canonical, url):
    assert read_page(page(f'<link rel="canonical" href="{canonical}">')).url == url


def test_a_title_written_in_two_ways_stands_once():
    document = read_page(page('<meta property="og:title" content="Port of Varr reopens after talks">'))
    titles = [document.text[s.start : s.end] for s in document.sentences if s.kind is SentenceKind.TITLE]
    assert titles == [document.title]
    assert document.text.count("Port reopens") + document.text.count("Port of Varr reopens") == 1


def test_a_page_that_declares_its_encoding_in_xml_is_read():
    assert read_page('<?xml version="1.0" encoding="utf-8"?>' + page()).title == "Port reopens"


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<html><body><form>Log in</form></body></html>", "no main text found in the page"),
        ("<p>x</p>" * MAX_TAGS, rf"100000 tags \(at most {MAX_TAGS}\)"),
        (f"<p {'a ' * (MAX_TAG_WORDS + 5)}>x</p>", "a tag with 10006 words"),
        (f"""<p a='"' b=">" {"a " * (MAX_TAG_WORDS + 5)}>x</p>""", "a tag with 100"),
        ("<!--" * 1_000, "not readable as HTML|no main text"),
    ],
)
def test_a_page_without_a_story_or_built_to_take_minutes_is_refused(html, message):
    with pytest.raises(DocumentError, match=rf"desk/page\.txt: ({message})"):
        read_page(html)


def test_a_page_of_an_aggregator_gives_its_stories():
    story = "<p>Port reopens</p><p>Port reopens</p><p>Varr Post5 days ago</p>" + BODY
    other = (
        story.replace("Port reopens", "Strait stays shut").replace("Varr Post5", "Orlan Wire2").replace("on Monday", "")
    )
    html = f"<html><body><article>{story}{other}</article></body></html>"
    documents = read(raw(html, MediaType.HTML, retrieved_at=RETRIEVED))
    assert [document.publisher for document in documents] == ["Varr Post", "Orlan Wire"]
    assert all(document.raw_offsets == () for document in documents)
