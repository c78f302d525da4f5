from datetime import timedelta

import pytest

from kg.model.documents import MediaType
from kg.model.errors import SettingsError, SourceError
from kg.sources.http import Fetcher
from kg.sources.pages import PageSource
from sources.web_server import NOW, DictCache, conditional, reply, serving


@pytest.fixture
def web():
    with serving() as server:
        yield server


def source_for(web, *urls):
    source = PageSource(name="page", urls=urls, allow_loopback_ports=web.ports)
    source.fetcher = Fetcher(allow_loopback_ports=web.ports, sleep=lambda _: None)
    return source


def fetched(source, cache=None):
    return list(source.fetch(now=NOW, cache=DictCache() if cache is None else cache))


def test_page_is_a_raw_document(web):
    web.on("/end", reply(200, "<p>x", content_type="text/html; charset=utf-8"))
    url = web.on("/start", reply(302, location="/end?utm_source=x&b=1"))
    (raw,) = fetched(source_for(web, f"{url}?token=canary"))
    assert (raw.source, raw.media_type, raw.charset, raw.content) == ("page", MediaType.HTML, "utf-8", b"<p>x")
    assert raw.locator == f"{url}?token=***"
    assert raw.url == web.url("/end?b=1")
    assert raw.retrieved_at == NOW


@pytest.mark.parametrize(
    ("content_type", "body", "media_type"),
    [
        ("text/plain", "<no html>", MediaType.TEXT),
        ("application/xhtml+xml", "<p/>", MediaType.HTML),
        ("", "  <!doctype html>", MediaType.HTML),
        ("", "Text.", MediaType.TEXT),
    ],
)
def test_media_type(web, content_type, body, media_type):
    url = web.on("/", reply(200, body, **({"content_type": content_type} if content_type else {})))
    assert fetched(source_for(web, url))[0].media_type == media_type


def test_page_that_did_not_change_gives_nothing(web):
    url = web.on("/", conditional("text", etag='"1"', content_type="text/plain"))
    source, cache = source_for(web, url), DictCache()
    assert len(fetched(source, cache)) == 1
    assert not source.not_modified
    assert fetched(source, cache) == []
    assert source.not_modified
    assert source.skipped == []


def test_validators_are_kept_only_once_the_page_was_taken(web):
    url = web.on("/", conditional("text", etag='"1"', content_type="text/plain"))
    cache = DictCache()
    raws = source_for(web, url).fetch(now=NOW, cache=cache)
    next(raws)
    raws.close()
    assert cache.kept == {}


def test_bad_page_among_good_ones_is_told(web):
    good = web.on("/good", reply(200, "text", content_type="text/plain"))
    gone = web.on("/gone", reply(410, content_type="text/html"))
    paper = web.on("/paper", reply(200, "%PDF", content_type="application/pdf"))
    source = source_for(web, gone, paper, good)
    assert [raw.locator for raw in fetched(source)] == [good]
    assert {skipped.locator: skipped.reason for skipped in source.skipped} == {
        gone: "answered 410 Gone (text/html); it was taken down",
        paper: "is application/pdf, and pages are read as HTML or plain text only",
    }


def test_when_no_page_can_be_read_the_source_fails(web):
    gone = web.on("/gone", reply(410))
    with pytest.raises(SourceError, match=f"{gone}: answered 410"):
        fetched(source_for(web, gone, "ftp://example.org/"))


def test_urls_must_be_texts():
    with pytest.raises(SettingsError, match="urls"):
        PageSource(name="page", urls="https://example.org/")


def test_a_wait_that_a_server_asked_for_is_kept_for_later_runs_a_day_at_most(web):
    page = web.on("/a", reply(503, retry_after="9999999"), reply(200, "text", content_type="text/plain"))
    source, cache = source_for(web, page), DictCache()
    with pytest.raises(SourceError, match="503"):
        list(source.fetch(now=NOW, cache=cache))
    assert list(source.fetch(now=NOW + timedelta(hours=23), cache=cache)) == []
    assert "not asked before 2025-06-28T12:00:00+00:00" in source.skipped[0].reason
    assert len(list(source.fetch(now=NOW + timedelta(days=1), cache=cache))) == 1
    assert web.paths() == ["/a", "/a"]
