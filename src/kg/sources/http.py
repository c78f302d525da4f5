"""Polite and guarded fetching over HTTP: one function for pages, feeds and lists.

Limits hold against hostile servers: the whole answer, headers and redirects included, must come within a deadline;
bytes are counted on the wire and again while they are inflated; only public addresses are dialled.
"""

import logging
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from kg import __version__
from kg.model.errors import SourceError
from kg.model.protocols import CacheEntry, HttpCache
from kg.sources.inflating import InflateError, inflated
from kg.sources.urls import cache_key, checked_url, joined_url, printable_url

if TYPE_CHECKING:
    import httpcore

log = logging.getLogger(__name__)

DEADLINE_SECONDS = 30.0
MAX_WIRE_BYTES = 20 * 1024 * 1024
MAX_INFLATED_BYTES = 50 * 1024 * 1024
MAX_REDIRECTS = 5
MAX_RETRIES = 3
MAX_RETRY_AFTER_SECONDS = 60.0
MAX_WAIT_SECONDS = 86_400.0  # what a server may ask of later runs
USER_AGENT = f"kg/{__version__}"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TEMPORARY = frozenset({408, 425, 429, 500, 502, 503, 504})
_ADVICE = {
    401: "; it asks for a login: save the page to a file and read the file",
    403: "; the site does not let kg read it: save the page to a file and read the file",
    404: "; check the address",
    410: "; it was taken down",
}


class FetchError(SourceError):
    """One URL could not be fetched.

    Attributes:
        is_temporary: Whether asking again later may help.
        retry_after: Seconds that the server asks to wait, when it says so.
    """

    def __init__(self, message: str, *, is_temporary: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.is_temporary = is_temporary
        self.retry_after = retry_after


class WaitError(FetchError):
    """A server asked to be left alone for longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server gave.

    Attributes:
        url: The address of the last redirect.
        media_type: In lower case, without parameters; empty when the server named none.
        content: The inflated bytes; empty when not modified.
        validators: What to tell the server next time (`etag`, `last_modified`).
    """

    url: str
    media_type: str
    charset: str | None
    content: bytes
    validators: CacheEntry
    not_modified: bool = False


class Fetcher:
    """Fetches URLs one after the other.

    Args:
        allow_loopback_ports: Ports of 127.0.0.1 that may be dialled, for tests; no other private address ever is.
        deadline_seconds: For one answer with its redirects.
        sleep: Waits between tries, in seconds.
    """

    def __init__(
        self,
        *,
        allow_loopback_ports: frozenset[int] = frozenset(),
        deadline_seconds: float = DEADLINE_SECONDS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._allow_loopback_ports = allow_loopback_ports
        self._deadline_seconds = deadline_seconds
        self._sleep = sleep
        self._tls: ssl.SSLContext | None = None

    def get(self, url: str, *, cache: HttpCache) -> Answer:
        """Return the answer to a GET of `url`, conditional on what the cache knows.

        The cache is only read: the caller calls `remember` once the answer has been put to use.

        Raises:
            FetchError: It cannot be had, after retries where they may help and the server is quick to say so; the
                message has the printable URL.
            SourceError: It is no URL that kg fetches.
        """
        target = checked_url(url)
        known = cache.get(cache_key(target))
        began = time.monotonic()
        for retry in range(MAX_RETRIES):
            try:
                return self._try(target, known)
            except FetchError as error:
                wait = error.retry_after if error.retry_after is not None else float(2**retry)
                is_slow = time.monotonic() - began >= self._deadline_seconds
                if not error.is_temporary or is_slow or wait > MAX_RETRY_AFTER_SECONDS:
                    raise
                log.info("fetch is tried again", extra={"url": printable_url(target), "wait_seconds": wait})
            self._sleep(wait)
        return self._try(target, known)

    def _try(self, url: str, known: CacheEntry) -> Answer:
        import httpcore

        from kg.sources.dialling import GuardedBackend, RefusedHostError

        where = printable_url(url)
        backend = GuardedBackend(
            deadline=time.monotonic() + self._deadline_seconds, allow_loopback_ports=self._allow_loopback_ports
        )
        try:
            with httpcore.ConnectionPool(ssl_context=self._tls_context(), network_backend=backend) as pool:
                return _follow(pool, url, known)
        except RefusedHostError as error:
            raise FetchError(f"{where}: not fetched, {error}") from error
        except httpcore.TimeoutException as error:
            told = f"{where}: no whole answer within {self._deadline_seconds:g} s"
            raise FetchError(told, is_temporary=True) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchError(f"{where}: cannot be read: {error}", is_temporary=True) from error
        except httpcore.UnsupportedProtocol as error:
            raise FetchError(f"{where}: cannot be read: {error}") from error

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            import httpx

            self._tls = httpx.create_ssl_context(trust_env=False)
        return self._tls


def remember(cache: HttpCache, url: str, answer: Answer, **told: str) -> None:
    """Keep the validators of an answer that has been put to use.

    Args:
        url: The address that was asked for.
        told: What else to keep beside the validators.
    """
    if entry := {**answer.validators, **told}:
        cache.put(cache_key(checked_url(url)), entry)


def remember_wait(cache: HttpCache, url: str, error: SourceError, now: datetime) -> None:
    """Keep until when a server asked to be left alone, at most a day."""
    if isinstance(error, FetchError) and error.retry_after is not None:
        until = now + timedelta(seconds=min(error.retry_after, MAX_WAIT_SECONDS))
        cache.put(cache_key(checked_url(url)), {**remembered(cache, url), "not_before": until.isoformat()})


def require_waited(cache: HttpCache, url: str, now: datetime) -> None:
    """Refuse an address whose server asked an earlier run to wait longer.

    Raises:
        WaitError: It is too early; the message has the printable URL.
    """
    until = remembered(cache, url).get("not_before")
    if until and now < datetime.fromisoformat(until):
        raise WaitError(f"{printable_url(url)}: not asked before {until}: so its server said")


def remembered(cache: HttpCache, url: str) -> CacheEntry:
    """Return what was kept for an address, empty when nothing was."""
    return cache.get(cache_key(checked_url(url)))


def _follow(pool: "httpcore.ConnectionPool", url: str, known: CacheEntry) -> Answer:
    asked = url
    for _ in range(MAX_REDIRECTS + 1):
        with pool.stream("GET", url, headers=_request_headers(known)) as response:
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if response.status in _REDIRECTS:
                url = _redirected(url, response.status, headers)
                continue
            return _answer(url, response, headers, known)
    raise FetchError(f"{printable_url(asked)}: more than {MAX_REDIRECTS} redirects")


def _request_headers(known: CacheEntry) -> list[tuple[str, str]]:
    headers = [
        ("User-Agent", USER_AGENT),
        ("Accept", "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5"),
        ("Accept-Encoding", "gzip, deflate"),
    ]
    if etag := known.get("etag"):
        headers.append(("If-None-Match", etag))
    if last_modified := known.get("last_modified"):
        headers.append(("If-Modified-Since", last_modified))
    return headers


def _redirected(url: str, status: int, headers: Mapping[str, str]) -> str:
    location = headers.get("location")
    if not location:
        raise FetchError(f"{printable_url(url)}: answered {status} without saying where to go")
    try:
        return checked_url(joined_url(url, location))
    except SourceError as error:
        raise FetchError(f"{printable_url(url)}: redirects to what is not fetched: {error}") from error


def _answer(url: str, response: "httpcore.Response", headers: Mapping[str, str], known: CacheEntry) -> Answer:
    where = printable_url(url)
    media_type, charset = _content_type(headers.get("content-type", ""))
    status = response.status
    if status == HTTPStatus.NOT_MODIFIED and (known.get("etag") or known.get("last_modified")):
        return Answer(url=url, media_type="", charset=None, content=b"", validators=known, not_modified=True)
    if status != HTTPStatus.OK:
        raise FetchError(
            f"{where}: answered {_status_text(status)} ({media_type or 'no content type'}){_ADVICE.get(status, '')}",
            is_temporary=status in _TEMPORARY,
            retry_after=_retry_after(headers) if status in _TEMPORARY else None,
        )
    try:
        steps = inflated(_wire(where, response), headers.get("content-encoding", ""), max_bytes=MAX_INFLATED_BYTES)
        content = b"".join(steps)
    except InflateError as error:
        raise FetchError(f"{where}: {error}") from error
    validators = {
        name: headers[header]
        for name, header in (("etag", "etag"), ("last_modified", "last-modified"))
        if headers.get(header)
    }
    return Answer(url=url, media_type=media_type, charset=charset, content=content, validators=validators)


def _wire(where: str, response: "httpcore.Response") -> Iterator[bytes]:
    received = 0
    for chunk in response.iter_stream():
        received += len(chunk)
        if received > MAX_WIRE_BYTES:
            raise FetchError(f"{where}: larger than {MAX_WIRE_BYTES} bytes; fetch it by hand and read the file")
        yield chunk


def _content_type(header: str) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = header
    return (message.get_content_type() if header else "", message.get_content_charset())


def _status_text(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds of Retry-After; a date in it is measured by the server's own clock, the Date header."""
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked)
    until, told = _http_date(asked), _http_date(headers.get("date", ""))
    return max(0.0, (until - told).total_seconds()) if until and told else None


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
