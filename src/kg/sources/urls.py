"""Addresses: which may be fetched, how they are printed, and when two of them name one page."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

from kg.model.errors import SourceError
from kg.model.ids import content_id

MASK = "***"
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def checked_url(url: str) -> str:
    """Return an http(s) URL in ASCII, without fragment, dot segments and default port.

    Raises:
        SourceError: It is not an http(s) URL with a host, or it carries a user name or password.
    """
    import httpx

    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise SourceError(f"{printable_url(url)!r} is not a URL ({error}); give one like https://host/path") from error
    if parsed.scheme not in _DEFAULT_PORTS or not parsed.host:
        raise SourceError(f"{printable_url(url)!r} is not fetched: only http and https URLs with a host are")
    if parsed.userinfo:
        raise SourceError(f"{printable_url(url)!r} carries a user name or password: kg fetches public pages only")
    # The path in its raw form: percent signs of the address must come through unchanged.
    return str(parsed.copy_with(fragment=None))


def printable_url(url: str) -> str:
    """Return a URL without user name and password, and with the values of secret-like query parameters masked."""
    bare = re.sub(r"^(\s*[a-zA-Z][a-zA-Z0-9+.-]*:)?//[^/?#]*@", r"\1//", url).strip()
    head, mark, query = bare.partition("?")
    if not mark:
        return bare
    query, hash_mark, fragment = query.partition("#")
    return f"{head}?{'&'.join(_masked(pair) for pair in query.split('&'))}{hash_mark}{fragment}"


def cache_key(url: str) -> str:
    """Return the name under which validators of a URL are kept: a hash, so that no address stays that is forgotten."""
    return content_id("url", url)


def canonical_url(url: str) -> str:
    """Return the form in which two addresses of one page are equal.

    Host and percent signs in normal form; no default port, dot segments, fragment, session id, empty query or
    tracking parameter; query parameters sorted. Slashes are not merged, since that may name another page.

    Raises:
        SourceError: As for `checked_url`.
    """
    import httpx

    parsed = httpx.URL(checked_url(url))
    path, _, query = parsed.raw_path.decode("ascii").partition("?")
    path = re.sub(r";jsessionid=[^/;]*", "", _percent_normal(path), flags=re.IGNORECASE)
    pairs = sorted(_percent_normal(pair) for pair in query.split("&") if pair and not _is_tracking(pair))
    origin = f"{parsed.scheme}://{parsed.netloc.decode('ascii')}"
    return f"{origin}{path}{'?' if pairs else ''}{'&'.join(pairs)}"


def joined_url(base: str, reference: str) -> str:
    """Return a reference of a page or feed as an absolute URL.

    Raises:
        SourceError: It is not a URL, whatever it is joined to.
    """
    import httpx

    try:
        return str(httpx.URL(base).join(reference.strip()))
    except (httpx.InvalidURL, ValueError) as error:
        raise SourceError(f"{printable_url(reference)!r} is not a link that can be followed: {error}") from error


def _masked(pair: str) -> str:
    name, mark, value = pair.partition("=")
    is_secret = mark and value and _matches(name.casefold(), _patterns("secret_parameters.txt"))
    return f"{name}={MASK}" if is_secret else pair


def _is_tracking(pair: str) -> bool:
    return _matches(pair.partition("=")[0].casefold(), _patterns("tracking_parameters.txt"))


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


@cache
def _patterns(file: str) -> tuple[str, ...]:
    lines = files("kg.sources").joinpath("data", file).read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _percent_normal(text: str) -> str:
    def normal(match: re.Match[str]) -> str:
        character = chr(int(match.group(1), 16))
        return character if character in _UNRESERVED else match.group(0).upper()

    return re.sub(r"%([0-9A-Fa-f]{2})", normal, text)
