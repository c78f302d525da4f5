"""Raw bytes are kept once, whole, under their hash."""

import gzip
import hashlib
import signal
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.errors import StoreError
from kg.store.raw import RawStore


@given(st.binary(max_size=2000))
def test_bytes_come_back_by_their_hash(tmp_path_factory, content):
    raw = RawStore(tmp_path_factory.getbasetemp() / "raw")
    sha256 = raw.put(content)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert raw.get(sha256) == content


def test_the_same_bytes_are_kept_once_and_nothing_else_lies_there(tmp_path):
    raw = RawStore(tmp_path)
    sha256 = raw.put(b"page")
    before = (tmp_path / sha256[:2] / f"{sha256}.gz").stat().st_mtime_ns
    assert raw.put(b"page") == sha256
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept.stat().st_mtime_ns == before


def test_the_file_is_the_same_bytes_every_time(tmp_path):
    first, second = RawStore(tmp_path / "1"), RawStore(tmp_path / "2")
    sha256 = first.put(b"page" * 100)
    second.put(b"page" * 100)
    name = f"{sha256[:2]}/{sha256}.gz"
    assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b\x08\x00rubbish", gzip.compress(b"another page", mtime=0)])
def test_damaged_bytes_are_refused(tmp_path, damage):
    raw = RawStore(tmp_path)
    sha256 = raw.put(b"page")
    (tmp_path / sha256[:2] / f"{sha256}.gz").write_bytes(damage)
    with pytest.raises(StoreError, match=sha256):
        raw.get(sha256)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "raw").write_text("a file stands here")
    with pytest.raises(StoreError, match="cannot be written"):
        RawStore(tmp_path / "raw").put(b"page")


def test_bytes_that_are_not_there_are_named(tmp_path):
    with pytest.raises(StoreError, match="00ff"):
        RawStore(tmp_path).get("00ff")


def test_what_a_killed_process_wrote_of_the_bytes_goes_with_them(tmp_path):
    code = "import os, sys; from pathlib import Path; from kg.store.raw import RawStore; "
    code += "os.fsync = lambda _: os.kill(os.getpid(), 9); RawStore(Path(sys.argv[1])).put(b'page')"
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == -signal.SIGKILL
    (part,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    raw = RawStore(tmp_path)
    assert raw.remove(hashlib.sha256(b"page").hexdigest()) is False
    assert not part.exists()
