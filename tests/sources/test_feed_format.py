import contextlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.errors import SourceError
from kg.sources.feed_format import plain_text, read_feed

NOW = datetime(2025, 6, 27, 12, 0, tzinfo=UTC)
URL = "https://wire.example/news/rss.xml"
SHARED = Path(__file__).parents[2] / "../shared/data/sources"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Zenda &amp;amp; Wire</title>
<atom:link href="https://wire.example/self" rel="self"/><link>https://wire.example/</link>
<item><media:title>A caption</media:title><title>Oslo &lt;b&gt;offers&lt;/b&gt; talks</title>
<link> https://wire.example/a?utm_source=x </link><guid isPermaLink="false">7</guid>
<pubDate>Fri, 27 Jun 2025 08:00:00 +0200</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>Oslo&nbsp;offered.</p><p>Both sides
 agreed.</p><script>evil()</script>]]></content:encoded></item>
<item><title>By its guid</title><guid>https://wire.example/b</guid></item>
<item><title>Relative</title><link>../c</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://atom.example/x/">
<title type="html">At &amp;lt; om</title>
<entry><title>One</title><link rel="self" href="https://atom.example/self"/><link rel="alternate" href="1"/>
<updated>2025-06-27T11:00:00+03:30</updated><published>2025-06-27T10:00:00+03:30</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First.</p><p>Second.</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old wire</title></channel>
<item><title>Item</title><link>https://old.example/1</link><dc:date>2025-06-26</dc:date></item></rdf:RDF>"""


def read(text, *, charset=None, max_entries=200):
    content = text.encode("utf-8") if isinstance(text, str) else text
    return read_feed(content, url=URL, charset=charset, now=NOW, max_entries=max_entries)


def test_rss_2():
    feed = read(RSS)
    first, second, third = feed.entries
    assert (feed.title, feed.left, feed.fault) == ("Zenda & Wire", False, None)
    assert (first.title, first.link) == ("Oslo offers talks", "https://wire.example/a?utm_source=x")
    assert first.summary == "Oslo offered.\nBoth sides agreed."
    assert first.published == "Fri, 27 Jun 2025 08:00:00 +0200"
    assert (second.link, second.published) == ("https://wire.example/b", None)
    assert third.link == "https://wire.example/c"


def test_atom():
    feed = read(ATOM)
    (entry,) = feed.entries
    assert feed.title == "At < om"
    assert entry.link == "https://atom.example/x/1"
    assert entry.published == "2025-06-27T10:00:00+03:30"
    assert entry.summary == "First.\nSecond."


def test_rss_1():
    feed = read(RDF)
    assert (feed.title, feed.entries[0].link, feed.entries[0].published) == (
        "Old wire",
        "https://old.example/1",
        "2025-06-26",
    )


def test_rss_091_with_its_document_type():
    feed = read(
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://n.example/rss-0.91.dtd">'
        "<rss version='0.91'><channel><title>T</title><item><title>Caf&eacute;</title>"
        "<link>https://old.example/1</link></item></channel></rss>"
    )
    assert feed.entries[0].title == "Café"


def test_feed_without_entries_is_a_feed():
    assert read("<rss version='2.0'><channel><title>T</title></channel></rss>").entries == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<!doctype html><html><head><title>Log in</title></head><body><br></body></html>", "web page"),
        ("<html><body><form>Please log in</form></body></html>", "web page"),
        ("<urlset><url/></urlset>", "<urlset>"),
        ("{}", "no feed"),
        ("", "no feed"),
        ('<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><title>&a;</title></channel></rss>', "DOCTYPE"),
    ],
)
def test_what_is_no_feed_says_what_it_is(text, told):
    with pytest.raises(SourceError, match=told):
        read(text)


def test_entries_beyond_the_limit_are_left():
    feed = read(RSS, max_entries=2)
    assert (len(feed.entries), feed.left) == (2, True)


def test_broken_feed_is_read_as_far_as_it_goes_and_says_so():
    feed = read(RSS.replace("Short.", "Short & sweet") + "trailing")
    assert len(feed.entries) == 3
    assert feed.fault is not None
    assert feed.fault.startswith("line 8")
    cut = read(RSS[: RSS.index("<item><title>Relative")])
    assert [entry.title for entry in cut.entries] == ["Oslo offers talks", "By its guid"]
    assert cut.fault is not None


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ('<?xml version="1.0" encoding="iso-8859-2"?>{}'.format, "windows-1252"),  # the server's word stands first
        ('<?xml version="1.0" encoding="utf-8"?>{}'.format, None),  # says UTF-8 and is not
        ("{}".format, "no-such-charset"),
    ],
)
def test_wrong_encoding_gives_the_right_letters(content, charset):
    rss = "<rss><channel><item><title>Köln – «ja»</title></item></channel></rss>"
    assert read(content(rss).encode("windows-1252"), charset=charset).entries[0].title == "Köln – «ja»"


def test_byte_order_mark_stands_before_the_charset():
    assert read("\ufeff" + RDF, charset="windows-1252").entries[0].title == "Item"
    utf16 = RDF.replace("Item", "Предмет").encode("utf-16")
    assert read(utf16, charset="utf-8").entries[0].title == "Предмет"


@pytest.mark.parametrize(
    "date", ["1404-04-06", "9999-99-99", "5 days ago", "27/06/2025", "1970-01-01", "2025-06-29", "", "9999-12-31"]
)
def test_date_that_cannot_be_one_of_publication_is_none(date):
    text = f"<rss><channel><item><title>T</title><pubDate>{date}</pubDate></item></channel></rss>"
    assert read(text).entries[0].published is None


def test_impossible_date_gives_way_to_a_possible_one():
    text = "<rss><channel><item><pubDate>soon</pubDate><updated>2025-06-27</updated></item></channel></rss>"
    assert read(text).entries[0].published == "2025-06-27"


def test_mark_changes_with_what_the_feed_tells():
    marks = {read(text).entries[0].mark for text in (RSS, RSS.replace("offered", "refused"), RSS.replace("08:", "09:"))}
    assert len(marks) == 3
    assert read(RSS).entries[0].mark in marks


@pytest.mark.skipif(not SHARED.exists(), reason="the shared feeds are not there")
def test_hostile_feed_gives_only_links_that_may_be_followed_and_texts_without_markup():
    feed = read((SHARED / "feed_rss_hostile.xml").read_bytes())
    assert [entry.link is None for entry in feed.entries] == [True, False, False, False, False, False, False]
    assert feed.title == "Hostile"
    assert feed.entries[0].title == "Title"
    assert feed.entries[0].summary == "text"
    assert [entry.published for entry in feed.entries] == [*[None] * 4, "Fri, 27 Jun 2025 10:00:00 GMT", None, None]


def test_plain_text_keeps_signs_that_are_no_markup():
    assert plain_text("5 < 6 & 7 > 3") == "5 < 6 & 7 > 3"
    assert plain_text("AT&amp;T  said") == "AT&T said"
    assert plain_text("<div>" * 5000 + "deep") in {"deep", ""}


@given(st.text(max_size=200))
def test_any_text_has_a_plain_form(text):
    assert "<script" not in plain_text(f"<p>{text}</p><script>x</script>")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_feed_or_refused(content):
    with contextlib.suppress(SourceError):
        read(b"<rss><channel><item><title>" + content)
