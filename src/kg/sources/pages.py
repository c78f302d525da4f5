"""Web pages named one by one."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from kg.model.documents import MediaType, RawDocument
from kg.model.errors import SourceError
from kg.model.protocols import HttpCache
from kg.model.runs import Skipped
from kg.sources.http import Answer, Fetcher, FetchError, WaitError, remember, remember_wait, require_waited
from kg.sources.settings import checked_count, checked_texts
from kg.sources.urls import canonical_url, printable_url

_MEDIA_TYPES = {
    "text/html": MediaType.HTML,
    "application/xhtml+xml": MediaType.HTML,
    "text/plain": MediaType.TEXT,
}


class PageSource:
    """Pages at http(s) addresses.

    Attributes:
        skipped: Pages that the last fetch could not read, and why.
        not_modified: Whether all pages were as they were at the last fetch, or could not be asked yet.
        unchanged: How many of them were.
        fetcher: What the pages are read with.
    """

    kind: Literal["feed", "snapshot"] = "feed"

    def __init__(
        self,
        *,
        name: str,
        urls: Sequence[str],
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

    def fetch(self, *, now: datetime, cache: HttpCache) -> Iterator[RawDocument]:
        """Yield the pages that changed, in the given order.

        Raises:
            SourceError: None of the pages can be read.
        """
        self.skipped, self.not_modified, self.unchanged = [], False, 0
        failures = list[SourceError]()
        for url in self._urls:
            try:
                require_waited(cache, url, now)
                answer = self.fetcher.get(url, cache=cache)
                raw = None if answer.not_modified else page_of(answer, source=self.name, url=url, now=now)
            except SourceError as error:
                self.skipped.append(skipped_url(url, error))
                if isinstance(error, WaitError):
                    self.unchanged += 1
                else:
                    remember_wait(cache, url, error, now)
                    failures.append(error)
                continue
            if raw is None:
                self.unchanged += 1
            else:
                yield raw
                remember(cache, url, answer)
        self.not_modified = self.unchanged == len(self._urls)
        if len(failures) == len(self._urls):
            raise failures[0]


def page_of(answer: Answer, *, source: str, url: str, now: datetime) -> RawDocument:
    """Return a page that was fetched as a raw document.

    Args:
        url: The address that was asked for.

    Raises:
        FetchError: It is neither HTML nor plain text.
    """
    media_type = _MEDIA_TYPES.get(answer.media_type or _sniffed(answer.content))
    if media_type is None:
        raise FetchError(f"{printable_url(url)}: is {answer.media_type}, and pages are read as HTML or plain text only")
    return RawDocument(
        source=source,
        locator=printable_url(url),
        media_type=media_type,
        content=answer.content,
        charset=answer.charset,
        retrieved_at=now,
        url=printable_url(canonical_url(answer.url)),
    )


def skipped_url(url: str, error: SourceError) -> Skipped:
    """Return why an address was left out; the reason does not repeat the address."""
    where = printable_url(url)
    return Skipped(locator=where, reason=str(error).removeprefix(f"{where}: "))


def _sniffed(content: bytes) -> str:
    return "text/html" if content.lstrip()[:1] == b"<" else "text/plain"
