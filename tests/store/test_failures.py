"""What is told when the disk is full or closed to us: real files, a real limit."""

import sqlite3
import subprocess
import sys

import pytest

from kg.store.failures import way_out

OPENING = """
import resource, signal, sys
from pathlib import Path
from kg.model.errors import StoreError
from kg.store.index import Index
from kg.store.ledger import Ledger
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))  # no file grows beyond
{0}
try:
    with {1}:
        pass
except StoreError as error:
    print(error)
"""


@pytest.mark.parametrize("opening", ["Ledger.open(Path(sys.argv[1]))", "Index.open(Path(sys.argv[1]))"])
def test_a_file_that_cannot_grow_asks_for_room_and_not_for_its_deletion(tmp_path, opening):
    code = OPENING.format("signal.signal(signal.SIGXFSZ, signal.SIG_IGN)", opening)
    command = [sys.executable, "-c", code, str(tmp_path / "file.db")]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "free the disk" in told
    assert "delete" not in told


@pytest.mark.parametrize(
    ("told", "remedy"),
    [
        ("database disk image is malformed", "put back a copy"),
        ("database is locked", "try again later"),
        ("attempt to write a readonly database", "let the user of kg write there"),
        ("server-event-log-1.jsonl (caused by java.io.IOException: Read-only file system)", "let the user of kg write"),
        ("IOException: No space left on device", "free the disk"),
    ],
)
def test_the_way_out_fits_the_fault(told, remedy):
    assert remedy in way_out(sqlite3.OperationalError(told), "put back a copy of the file")
