import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.inflating import InflateError, inflated

LIMIT = 10 * 1024 * 1024


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)]


@given(data=st.binary(max_size=3000), size=st.integers(1, 500), repeats=st.integers(1, 200))
def test_what_was_deflated_comes_back_however_it_is_cut(data, size, repeats):
    whole = data * repeats
    for encoding, squeezed in (("gzip", gzip.compress(whole)), ("deflate", zlib.compress(whole)), ("", whole)):
        assert b"".join(inflated(cut(squeezed, size), encoding, max_bytes=LIMIT)) == whole


def test_members_of_gzip_follow_each_other_and_what_trails_is_ignored():
    squeezed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0trailing"
    assert b"".join(inflated(cut(squeezed, 7), "gzip", max_bytes=LIMIT)) == b"one two"


def test_long_runs_are_given_in_small_pieces():
    pieces = list(inflated([gzip.compress(b"\0" * 5_000_000)], "gzip", max_bytes=LIMIT))
    assert sum(map(len, pieces)) == 5_000_000
    assert max(map(len, pieces)) <= 64 * 1024


def test_bomb_is_stopped_before_it_is_inflated_whole():
    pieces: list[bytes] = []
    with pytest.raises(InflateError, match="more than 100000 bytes"):
        pieces.extend(inflated([gzip.compress(b"\0" * 50_000_000)], "gzip", max_bytes=100_000))
    assert sum(map(len, pieces)) <= 100_000


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_encoding_that_was_not_asked_for_is_refused(encoding):
    with pytest.raises(InflateError, match="one layer of gzip or deflate"):
        list(inflated([b"x"], encoding, max_bytes=LIMIT))


def test_broken_and_cut_data_are_refused():
    with pytest.raises(InflateError, match="not what its Content-Encoding says"):
        list(inflated([b"plain text"], "gzip", max_bytes=LIMIT))
    with pytest.raises(InflateError, match="middle"):
        list(inflated([gzip.compress(b"whole" * 100)[:-9]], "gzip", max_bytes=LIMIT))


def test_plain_bytes_are_counted_too():
    with pytest.raises(InflateError):
        list(inflated([b"x" * 60, b"x" * 60], "identity", max_bytes=100))
