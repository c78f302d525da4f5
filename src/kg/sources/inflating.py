"""Inflates what a server compressed, in steps, so that a bomb is stopped after its first harmless bytes."""

import zlib
from collections.abc import Iterable, Iterator

STEP_BYTES = 64 * 1024
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_RAW_DEFLATE = -zlib.MAX_WBITS
_GZIP_FIRST_BYTE = 0x1F
_PLAIN = frozenset({"", "identity"})
_DEFLATED = frozenset({"gzip", "x-gzip", "deflate"})


class InflateError(Exception):
    """The bytes cannot be inflated, or give more than they may; the text says which, without the URL."""


def inflated(chunks: Iterable[bytes], encoding: str, *, max_bytes: int) -> Iterator[bytes]:
    """Yield the bytes behind one layer of Content-Encoding, in pieces of at most 64 KiB when they were deflated.

    Raises:
        InflateError: More than `max_bytes`, an encoding that was not asked for, or broken data.
    """
    name = encoding.strip().casefold()
    if name not in _PLAIN | _DEFLATED:
        raise InflateError(f"is encoded as {encoding!r}; only one layer of gzip or deflate is read")
    pieces = chunks if name in _PLAIN else _inflate(chunks, is_deflate=name == "deflate")
    given = 0
    for piece in pieces:
        given += len(piece)
        if given > max_bytes:
            raise InflateError(f"gives more than {max_bytes} bytes when inflated; fetch it by hand and read the file")
        yield piece


def _inflate(chunks: Iterable[bytes], *, is_deflate: bool) -> Iterator[bytes]:
    """Yield inflated pieces of all gzip members; what follows the last one is ignored, as browsers do."""
    inflater = None
    for chunk in chunks:
        rest, is_full = chunk, False
        while rest or is_full:
            if inflater is None:
                inflater = zlib.decompressobj(_window_bits(rest, is_deflate=is_deflate))
            elif inflater.eof and rest[0] != _GZIP_FIRST_BYTE:
                return
            elif inflater.eof:
                inflater = zlib.decompressobj(_GZIP_OR_ZLIB)
            piece = _step(inflater, rest)
            yield piece
            rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            # A full piece may have left output inside the inflater even when all input is taken.
            is_full = len(piece) == STEP_BYTES and not inflater.eof
    if inflater is not None and not inflater.eof:
        raise InflateError("ends in the middle of its compressed data")


def _step(inflater: "zlib._Decompress", data: bytes) -> bytes:
    try:
        return inflater.decompress(data, STEP_BYTES)
    except zlib.error as error:
        raise InflateError(f"is not what its Content-Encoding says: {error}") from error


def _window_bits(start: bytes, *, is_deflate: bool) -> int:
    # Some servers send raw deflate data under the name "deflate"; a zlib header has 8 in its low nibble.
    return _RAW_DEFLATE if is_deflate and start[0] & 0x0F != zlib.DEFLATED else _GZIP_OR_ZLIB
