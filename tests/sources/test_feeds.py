import pytest

from kg.model.documents import MediaType
from kg.model.errors import SettingsError, SourceError
from kg.sources.feeds import FeedSource
from kg.sources.http import Fetcher
from sources.web_server import NOW, DictCache, conditional, reply, serving


@pytest.fixture
def web():
    with serving() as server:
        yield server


def source_for(web, *urls, **settings):
    source = FeedSource(name="wire", urls=urls, allow_loopback_ports=web.ports, **settings)
    source.fetcher = Fetcher(allow_loopback_ports=web.ports, sleep=lambda _: None)
    return source


def fetched(source, cache=None):
    return list(source.fetch(now=NOW, cache=DictCache() if cache is None else cache))


def rss(*items):
    return f'<rss version="2.0"><channel><title>Zenda Wire</title>{"".join(items)}</channel></rss>'


def item(link, title="A title", **more):
    told = "".join(f"<{name}>{text}</{name}>" for name, text in more.items())
    return f"<item><title>{title}</title><link>{link}</link>{told}</item>"


def skipped_of(source):
    return {skipped.locator: skipped.reason for skipped in source.skipped}


def test_pages_behind_the_entries_come_with_what_the_feed_tells(web):
    page = web.on("/a", reply(200, "<p>Long text.", content_type="text/html; charset=utf-8"))
    feed = web.on("/rss", reply(200, rss(item(page, pubDate="Fri, 27 Jun 2025 08:00:00 GMT"))))
    (raw,) = fetched(source_for(web, feed))
    assert (raw.media_type, raw.content, raw.charset) == (MediaType.HTML, b"<p>Long text.", "utf-8")
    assert (raw.title, raw.publisher) == ("A title", "Zenda Wire")
    assert raw.published_at == "Fri, 27 Jun 2025 08:00:00 GMT"
    assert (raw.locator, raw.url, raw.retrieved_at) == (page, page, NOW)


def test_summaries_stand_for_pages_when_asked(web):
    first = item("https://wire.example/a", "One", description="&lt;p&gt;Oslo &amp;amp; Bern.&lt;/p&gt;")
    feed = web.on("/rss", reply(200, rss(first, "<item><title>No link</title></item>")))
    one, two = fetched(source_for(web, feed, fetch_pages=False))
    assert (one.media_type, one.content) == (MediaType.TEXT, b"One\n\nOslo & Bern.")
    assert (one.locator, one.url) == ("https://wire.example/a", "https://wire.example/a")
    assert (two.locator, two.url, two.content) == (f"{feed}#2", None, b"No link")
    assert web.paths() == ["/rss"]


def test_one_page_under_two_addresses_is_fetched_once(web):
    page = web.on("/a", reply(200, "text", content_type="text/plain"))
    links = [f"{page}?utm_source=rss", f"{page}?utm_source=post#top"]
    feeds = [web.on(path, reply(200, rss(*map(item, links)))) for path in ("/rss", "/again")]
    assert len(fetched(source_for(web, *feeds))) == 1
    assert web.paths() == ["/rss", "/a?utm_source=rss", "/again"]


def test_second_run_over_an_unchanged_feed_is_one_request(web):
    page = web.on("/a", reply(200, "text", content_type="text/plain"))
    feed = web.on("/rss", conditional(rss(item(page)), etag='"1"', content_type="text/xml"))
    source, cache = source_for(web, feed), DictCache()
    assert len(fetched(source, cache)) == 1
    web.requests.clear()
    assert fetched(source, cache) == []
    assert web.paths() == ["/rss"]
    assert source.not_modified


def test_changed_feed_asks_only_for_pages_that_are_new_or_told_anew(web):
    pages = [web.on(path, reply(200, path, content_type="text/plain")) for path in ("/a", "/b", "/c")]
    before = rss(item(pages[0]), item(pages[1]))
    after = rss(item(pages[2]), item(pages[0]), item(pages[1], "A corrected title"))
    feed = web.on("/rss", reply(200, before), reply(200, after))
    source, cache = source_for(web, feed), DictCache()
    fetched(source, cache)
    web.requests.clear()
    assert [raw.content for raw in fetched(source, cache)] == [b"/c", b"/b"]
    assert web.paths() == ["/rss", "/c", "/b"]


def test_bad_entries_stop_nothing_and_are_told(web):
    good = web.on("/good", reply(200, "text", content_type="text/plain"))
    gone = web.on("/gone", reply(404, content_type="text/html"))
    paper = web.on("/paper", reply(200, "%PDF", content_type="application/pdf"))
    links = ["javascript:alert(1)", "http://169.254.169.254/latest/", gone, paper, good]
    source = source_for(web, web.on("/rss", reply(200, rss(*map(item, links)))))
    assert [raw.locator for raw in fetched(source)] == [good]
    told = skipped_of(source)
    assert "no http(s) link" in told[web.url("/rss#1")]
    assert "169.254.169.254, which is not a public address" in told["http://169.254.169.254/latest/"]
    assert "404" in told[gone]
    assert "application/pdf" in told[paper]


def test_feed_comes_again_while_one_of_its_pages_fails_for_now(web):
    page = web.on("/a", reply(503), reply(503), reply(503), reply(503), reply(200, "text", content_type="text/plain"))
    feed = web.on("/rss", conditional(rss(item(page)), etag='"1"', content_type="text/xml"))
    source, cache = source_for(web, feed), DictCache()
    assert fetched(source, cache) == []
    assert len(source.skipped) == 1
    assert len(fetched(source, cache)) == 1
    assert source.skipped == []


def test_host_that_fails_three_times_is_not_asked_again_in_the_run(web):
    pages = [web.on(f"/{number}", reply(500)) for number in range(6)]
    source = source_for(web, web.on("/rss", reply(200, rss(*map(item, pages)))))
    assert fetched(source) == []
    assert len([path for path in web.paths() if path != "/rss"]) == 3 * 4
    assert "failed 3 times" in skipped_of(source)[pages[5]]


def test_entries_beyond_the_limit_are_told(web):
    feed = web.on("/rss", reply(200, rss(*(item(f"https://wire.example/{n}") for n in range(5)))))
    source = source_for(web, feed, fetch_pages=False, max_items=3)
    assert len(fetched(source)) == 3
    assert "first 3" in skipped_of(source)[feed]


def test_login_page_is_told_from_an_empty_feed(web):
    login = web.on("/login", reply(200, "<!doctype html><html><form>Please log in", content_type="text/html"))
    empty = web.on("/empty", reply(200, rss()))
    assert fetched(source_for(web, empty)) == []
    with pytest.raises(SourceError, match=f"{login}: is no feed but a web page"):
        fetched(source_for(web, login))
    both = source_for(web, login, empty)
    assert fetched(both) == []
    assert "web page" in skipped_of(both)[login]


def test_document_type_bomb_is_refused(web):
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + rss(item("https://x.example/", "&b;"))
    with pytest.raises(SourceError, match="DOCTYPE"):
        fetched(source_for(web, web.on("/rss", reply(200, bomb))))


def test_broken_feed_is_read_and_told(web):
    feed = web.on("/rss", reply(200, rss(item("https://wire.example/a", "Oslo & Bern"))))
    source = source_for(web, feed, fetch_pages=False)
    assert len(fetched(source)) == 1
    assert "not well-formed" in skipped_of(source)[feed]


@pytest.mark.parametrize(("key", "value"), [("fetch_pages", "no"), ("max_items", 0), ("max_items", "5"), ("urls", [])])
def test_settings_are_checked(key, value):
    with pytest.raises(SettingsError, match=key):
        FeedSource(**{"name": "wire", "urls": ["https://example.org/"], key: value})
