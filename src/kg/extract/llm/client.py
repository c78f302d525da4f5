"""The only part of extraction that talks to a network: asks an OpenAI-compatible endpoint, patiently and in bounds.

The address comes from settings alone: nothing that a document or an answer says changes it, and redirects are not
followed. The key comes from an environment variable when a request is made, is sent to that address and is taken out
of whatever comes back.
"""

import json
import logging
import os
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from kg import __version__
from kg.model.errors import DocumentError

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

Usable = TypeVar("Usable")

DEFAULT_KEY_VARIABLE = "KG_LLM_API_KEY"
MAX_ANSWER_BYTES = 10 * 1024 * 1024
MAX_WAIT_SECONDS = 60.0  # of one Retry-After; who is told to wait longer tries in the next run
BACKOFF_SECONDS = 1.0  # before the first retry, doubled before each further one
GIVE_UP_AFTER = 3  # requests that failed in a row, each with all its retries, until the endpoint is left alone
MIN_SECRET_CHARS = 8  # shorter keys are placeholders for servers that ask for none ("x")
_EXCERPT_CHARS = 200
_LATER = "try again later: the next run goes on where this one stopped"
_ADVICE: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "see options and response_format of [extract.llm]: not every endpoint takes them all",
    HTTPStatus.FORBIDDEN: "use a key that may use this model: {variable}",
    HTTPStatus.NOT_FOUND: "check url and model of [extract.llm]",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "lower max_piece_tokens of [extract.llm]",
    HTTPStatus.TOO_MANY_REQUESTS: "lower requests_per_minute of [extract.llm], or raise the quota",
    HTTPStatus.UNAUTHORIZED: "put a key that it takes into the environment: {variable}",
    HTTPStatus.UNPROCESSABLE_ENTITY: "see options and response_format of [extract.llm]",
}
_HOPELESS = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
_TEMPORARY = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
)


class LlmError(DocumentError):
    """The model gives no usable answer on a document; the message names URL, model and the way out."""


class UnusableAnswerError(Exception):
    """An answer that cannot be put to use; the same question may get a better one."""


class CutAnswerError(Exception):
    """An answer that the model had to end too early; only a shorter question helps."""


class _RequestError(Exception):
    """A request that failed; a hopeless one fails whatever is asked."""

    def __init__(
        self,
        told: str,
        advice: str = _LATER,
        *,
        retry_after: float | None = None,
        is_temporary: bool = True,
        is_hopeless: bool = False,
    ) -> None:
        super().__init__(told)
        self.advice = advice
        self.retry_after = retry_after
        self.is_temporary = is_temporary
        self.is_hopeless = is_hopeless


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What the model said.

    Attributes:
        is_cut: It ran into the limit of its length.
    """

    content: str
    is_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What was asked and paid; tokens as the endpoint counts them in `usage`, 0 where it does not."""

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    def __sub__(self, before: "Spent") -> "Spent":
        return Spent(
            requests=self.requests - before.requests,
            tokens_in=self.tokens_in - before.tokens_in,
            tokens_out=self.tokens_out - before.tokens_out,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long and how often an endpoint is asked.

    Attributes:
        timeout_seconds: For one whole answer.
        deadline_seconds: For one question with all its retries and the waits between them.
        retries: After the first try.
        requests_per_minute: At most; None for no limit.
    """

    timeout_seconds: float
    deadline_seconds: float
    retries: int
    requests_per_minute: float | None = None


class Endpoint:
    """One model at one address; asked by one thread at a time.

    Attributes:
        spent: What was asked and paid so far.
    """

    def __init__(self, url: str, model: str, *, key_variable: str | None, patience: Patience) -> None:
        """Take an address; nothing is sent.

        Args:
            url: The base ("https://host/v1"), or the whole address of its chat completions.
            key_variable: Environment variable with the key; when it is named here, it must be set.

        Raises:
            ValueError: The URL is not one, or carries a secret.
        """
        self.spent = Spent()
        self._url = _completions_url(url)
        self._model = model
        self._key_variable = key_variable
        self._patience = patience
        self._next_at = 0.0
        self._failed_in_a_row = 0
        self._given_up: str | None = None
        self._tls: ssl.SSLContext | None = None

    def ask(self, body: bytes, use: Callable[[Completion], Usable]) -> Usable:
        """Return what `use` makes of the answer to a request; both are tried again where that may help.

        Raises:
            LlmError: There is no usable answer.
            CutAnswerError: From `use`.
        """
        if self._given_up:
            raise LlmError(self._given_up)
        key = self._key()
        self._wait_for_turn()
        deadline = time.monotonic() + self._patience.deadline_seconds
        tried = 0
        while True:
            tried += 1
            try:
                return self._once(body, key, use, deadline)
            except UnusableAnswerError as error:
                failure = _RequestError(f"its answer is not usable: {error}", "try again later, or take another model")
            except _RequestError as error:
                failure = error
            wait = self._wait_before(tried, failure, deadline)
            if wait is None:
                raise self._error(failure, tried) from failure
            log.info("asking again", extra={"url": self._url, "why": str(failure), "wait_seconds": wait})
            time.sleep(wait)
            self._wait_for_turn()

    def _once(self, body: bytes, key: str | None, use: Callable[[Completion], Usable], deadline: float) -> Usable:
        status, headers, content = self._post(body, key, deadline)
        told = _redacted(content.decode("utf-8", "replace"), key)
        if status != HTTPStatus.OK:
            raise self._refusal(status, headers, told)
        self._failed_in_a_row = 0
        return use(self._completion(told, key))

    def _post(self, body: bytes, key: str | None, deadline: float) -> tuple[int, Mapping[str, str], bytes]:
        import httpx

        seconds = min(self._patience.timeout_seconds, deadline - time.monotonic())
        if seconds <= 0:
            raise _RequestError(f"no usable answer within {self._patience.deadline_seconds:g} s")
        end = time.monotonic() + seconds
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity", "User-Agent": f"kg/{__version__}"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        self.spent = replace(self.spent, requests=self.spent.requests + 1)
        try:
            with (
                httpx.Client(verify=self._tls_context(), trust_env=False, timeout=seconds) as client,
                client.stream("POST", self._url, content=body, headers=headers) as response,
            ):
                return response.status_code, response.headers, _whole(response, end, seconds)
        except httpx.TimeoutException as error:
            raise _RequestError(f"no whole answer within {seconds:.3g} s") from error
        except httpx.TransportError as error:
            raise _RequestError(f"cannot be reached: {_excerpt(str(error)) or type(error).__name__}") from error

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            import httpx

            self._tls = httpx.create_ssl_context(trust_env=False)
        return self._tls

    def _completion(self, told: str, key: str | None) -> Completion:
        """Return the message of an answer, its tokens counted."""
        try:
            answer = json.loads(told)
        except (ValueError, RecursionError):
            raise UnusableAnswerError(f"no JSON: {_excerpt(told)!r}") from None
        usage = answer.get("usage") if isinstance(answer, dict) else None
        usage = usage if isinstance(usage, dict) else {}
        self.spent = replace(
            self.spent,
            tokens_in=self.spent.tokens_in + _count(usage.get("prompt_tokens")),
            tokens_out=self.spent.tokens_out + _count(usage.get("completion_tokens")),
        )
        try:
            choice = answer["choices"][0]
            content, reason = choice["message"]["content"], choice.get("finish_reason")
        except (KeyError, IndexError, TypeError, AttributeError):
            raise UnusableAnswerError(f"no message in it: {_excerpt(_server_words(told))!r}") from None
        if reason == "length":
            return Completion(content="", is_cut=True)
        if not isinstance(content, str) or not content.strip():
            raise UnusableAnswerError(f"an empty message (finish_reason {_excerpt(str(reason))!r})")
        return Completion(content=_redacted(content, key))

    def _refusal(self, status: int, headers: Mapping[str, str], told: str) -> _RequestError:
        phrase = next((f" {known.phrase}" for known in HTTPStatus if known == status), "")
        words = _excerpt(_server_words(told))
        is_redirect = 300 <= status < 400
        advice = "give the address that it redirects to as url" if is_redirect else _ADVICE.get(status, _LATER)
        return _RequestError(
            f"answered {status}{phrase}{f': {words}' if words else ''}",
            advice.format(variable=self._variable),
            retry_after=_retry_after(headers),
            is_temporary=status in _TEMPORARY or status >= HTTPStatus.INTERNAL_SERVER_ERROR,
            is_hopeless=is_redirect or status in _HOPELESS,
        )

    def _wait_before(self, tried: int, failure: _RequestError, deadline: float) -> float | None:
        """Return the seconds to wait before the next try, None when there is none."""
        asked = failure.retry_after
        wait = asked if asked is not None else BACKOFF_SECONDS * 2 ** (tried - 1)
        is_last = tried > self._patience.retries or not failure.is_temporary
        return None if is_last or wait > MAX_WAIT_SECONDS or time.monotonic() + wait > deadline else wait

    def _error(self, failure: _RequestError, tried: int) -> LlmError:
        """Return the error to raise, and leave the endpoint alone when it fails on everything."""
        times = f"; tried {tried} times" if tried > 1 else ""
        waits = f"; it asks to wait {failure.retry_after:g} s" if failure.retry_after else ""
        told = f"{self._url} ({self._model}): {failure}{waits}{times}; {failure.advice}"
        self._failed_in_a_row += 1
        if failure.is_hopeless or self._failed_in_a_row >= GIVE_UP_AFTER:
            self._given_up = f"{told}; not asked again in this run"
        return LlmError(told)

    def _wait_for_turn(self) -> None:
        if self._patience.requests_per_minute is None:
            return
        time.sleep(max(0.0, self._next_at - time.monotonic()))
        self._next_at = time.monotonic() + 60.0 / self._patience.requests_per_minute

    @property
    def _variable(self) -> str:
        return self._key_variable or DEFAULT_KEY_VARIABLE

    def _key(self) -> str | None:
        """Return the key; it is never kept."""
        key = os.environ.get(self._variable, "").strip()
        if not key and self._key_variable:
            raise LlmError(
                f"{self._url} ({self._model}): its key is missing; put it into the environment: {self._variable}"
            )
        if not re.fullmatch(r"[!-~]*", key):
            raise LlmError(
                f"{self._url} ({self._model}): what {self._variable} holds is no key: it has blanks or letters that "
                "no HTTP header takes; set it anew"
            )
        return key or None


def _completions_url(url: str) -> str:
    import httpx

    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise ValueError("url is no URL; give one like https://host/v1") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise ValueError("url must be an http or https address with a host, such as https://host/v1")
    if parsed.userinfo or parsed.query or parsed.fragment:
        raise ValueError(f"url must carry no user name, password or query; a key goes into {DEFAULT_KEY_VARIABLE}")
    whole = str(parsed).rstrip("/")
    return whole if whole.endswith("/chat/completions") else f"{whole}/chat/completions"


def _whole(response: "httpx.Response", end: float, seconds: float) -> bytes:
    """Return the body; a server that sends a byte now and then does not get around the limit of time."""
    received = bytearray()
    for chunk in response.iter_raw():
        received += chunk
        if len(received) > MAX_ANSWER_BYTES:
            raise _RequestError(f"its answer is larger than {MAX_ANSWER_BYTES} bytes")
        if time.monotonic() > end:
            raise _RequestError(f"no whole answer within {seconds:.3g} s")
    return bytes(received)


def _server_words(told: str) -> str:
    """Return what an error of a server says: `{"error": {"message": ...}}`, else all of it."""
    try:
        error = json.loads(told)["error"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return told
    return str(error["message"] if isinstance(error, dict) and "message" in error else error)


def _excerpt(text: str) -> str:
    """Return the beginning of foreign words on one line that is safe to print."""
    plain = "".join(c if c.isprintable() else " " for c in text[: 4 * _EXCERPT_CHARS])
    plain = " ".join(plain.split())
    return plain if len(plain) <= _EXCERPT_CHARS else f"{plain[:_EXCERPT_CHARS]}…"


def _redacted(text: str, key: str | None) -> str:
    return text.replace(key, "***") if key and len(key) >= MIN_SECRET_CHARS else text


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds of Retry-After; a date in it is measured by the server's own clock, the Date header."""
    asked = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", asked):
        return float(asked)
    try:
        until, told = parsedate_to_datetime(asked), parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (until - told).total_seconds())
    except (ValueError, TypeError):  # a date with an offset and one without cannot be compared
        return None
