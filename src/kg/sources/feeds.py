"""Feeds and the pages behind their entries."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from kg.model.documents import MediaType, RawDocument
from kg.model.errors import SourceError
from kg.model.protocols import HttpCache
from kg.model.runs import Skipped
from kg.sources.feed_format import Feed, FeedEntry, read_feed
from kg.sources.http import Fetcher, FetchError, WaitError, remember, remember_wait, remembered, require_waited
from kg.sources.pages import page_of, skipped_url
from kg.sources.settings import checked_count, checked_flag, checked_texts
from kg.sources.urls import canonical_url, printable_url

MAX_HOST_FAILURES = 3


class FeedSource:
    """RSS and Atom feeds.

    Args:
        fetch_pages: Whether the page behind each entry is the document; otherwise title and summary are.
        max_items: Entries read of each feed, from its top.

    Attributes:
        skipped: Feeds and entries that the last fetch left out, and why.
        not_modified: Whether all feeds were as they were at the last fetch, or could not be asked yet.
        unchanged: Pages of the last fetch that were read in an earlier one and are as they were; of a feed that is as
            it was, its entries.
        fetcher: What feeds and pages are read with.
    """

    kind: Literal["feed", "snapshot"] = "feed"

    def __init__(
        self,
        *,
        name: str,
        urls: Sequence[str],
        fetch_pages: bool = True,
        max_items: int = 200,
        min_documents: int = 0,
        allow_loopback_ports: frozenset[int] = frozenset(),
    ) -> None:
        self.name = name
        self.min_documents = checked_count("min_documents", min_documents)
        self.skipped: list[Skipped] = []
        self.not_modified = False
        self.unchanged = 0
        self.fetcher = Fetcher(allow_loopback_ports=allow_loopback_ports)
        self._urls = checked_texts("urls", urls)
        self._fetch_pages = checked_flag("fetch_pages", fetch_pages)
        self._max_items = checked_count("max_items", max_items, least=1)
        self._failures: Counter[str] = Counter()

    def fetch(self, *, now: datetime, cache: HttpCache) -> Iterator[RawDocument]:
        """Yield the documents of each feed that changed, in its order; an address told twice gives one.

        Raises:
            SourceError: None of the feeds can be read.
        """
        self.skipped, self.not_modified, self.unchanged = [], False, 0
        self._failures.clear()
        unchanged, failures, seen = 0, list[SourceError](), set[str]()
        for url in self._urls:
            try:
                require_waited(cache, url, now)
                answer = self.fetcher.get(url, cache=cache)
                feed = None if answer.not_modified else self._feed_of(answer.content, url, answer.charset, now)
            except SourceError as error:
                self.skipped.append(skipped_url(url, error))
                if isinstance(error, WaitError):
                    self._count_unchanged(cache, url)
                    unchanged += 1
                else:
                    remember_wait(cache, url, error, now)
                    failures.append(error)
                continue
            if feed is None:
                unchanged += 1
                self._count_unchanged(cache, url)
                continue
            failed_before = self._failures.total()
            yield from self._documents_of(feed, url, now, cache, seen)
            if self._failures.total() == failed_before:
                # Otherwise the feed must come again, or the pages that failed would never be asked for again.
                remember(cache, url, answer, entries=str(len(feed.entries)))
        self.not_modified = unchanged == len(self._urls)
        if len(failures) == len(self._urls):
            raise failures[0]

    def _count_unchanged(self, cache: HttpCache, url: str) -> None:
        self.unchanged += int(remembered(cache, url).get("entries", self.min_documents))

    def _feed_of(self, content: bytes, url: str, charset: str | None, now: datetime) -> Feed:
        where = printable_url(url)
        try:
            feed = read_feed(content, url=url, charset=charset, now=now, max_entries=self._max_items)
        except SourceError as error:
            raise SourceError(f"{where}: {error}") from error
        if feed.fault is not None:
            self._skip(where, f"is not well-formed and was read as far as possible: {feed.fault}")
        if feed.left:
            self._skip(where, f"entries after the first {self._max_items} are not read; raise max_items to read them")
        return feed

    def _documents_of(
        self, feed: Feed, url: str, now: datetime, cache: HttpCache, seen: set[str]
    ) -> Iterator[RawDocument]:
        for number, entry in enumerate(feed.entries, 1):
            where = f"{printable_url(url)}#{number}"
            key = canonical_url(entry.link) if entry.link else entry.mark
            if key in seen:
                continue
            seen.add(key)
            if not self._fetch_pages:
                yield self._summary_of(feed, entry, where, now)
            elif entry.link is None:
                self._skip(where, f"entry {entry.title!r} has no http(s) link; fetch_pages = false reads its summary")
            else:
                yield from self._page_of(feed, entry, entry.link, now, cache)

    def _page_of(
        self, feed: Feed, entry: FeedEntry, link: str, now: datetime, cache: HttpCache
    ) -> Iterator[RawDocument]:
        if remembered(cache, link).get("entry") == entry.mark:
            self.unchanged += 1
            return  # read in an earlier run, and the feed tells nothing new of it
        host = urlsplit(link).netloc
        if self._failures[host] >= MAX_HOST_FAILURES:
            self._skip(printable_url(link), f"not asked for: {host} failed {MAX_HOST_FAILURES} times in this run")
            return
        try:
            answer = self.fetcher.get(link, cache=cache)
            raw = None if answer.not_modified else page_of(answer, source=self.name, url=link, now=now)
        except FetchError as error:
            self._failures[host] += error.is_temporary
            self.skipped.append(skipped_url(link, error))
            return
        if raw is None:
            self.unchanged += 1
        else:
            yield replace(raw, title=entry.title or None, publisher=feed.title or None, published_at=entry.published)
        remember(cache, link, answer, entry=entry.mark)

    def _summary_of(self, feed: Feed, entry: FeedEntry, where: str, now: datetime) -> RawDocument:
        return RawDocument(
            source=self.name,
            locator=printable_url(entry.link) if entry.link else where,
            media_type=MediaType.TEXT,
            content="\n\n".join(text for text in (entry.title, entry.summary) if text).encode("utf-8"),
            charset="utf-8",
            retrieved_at=now,
            url=printable_url(canonical_url(entry.link)) if entry.link else None,
            title=entry.title or None,
            publisher=feed.title or None,
            published_at=entry.published,
        )

    def _skip(self, locator: str, reason: str) -> None:
        self.skipped.append(Skipped(locator=locator, reason=reason))
