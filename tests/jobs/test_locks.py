import subprocess
import sys
import time

import pytest

from kg.jobs.locks import held
from kg.model.errors import BusyError, StoreError

HOLD = """
import sys, time
from pathlib import Path
from kg.jobs.locks import held
with held(Path(sys.argv[1]), "wire"):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(folder):
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "held\n"
    return child


def test_a_second_holder_is_refused_and_told_who_holds_it(tmp_path):
    with holder(tmp_path) as child:
        with pytest.raises(BusyError, match=f"process {child.pid}") as caught, held(tmp_path, "wire"):
            pass
        assert caught.value.exit_code == 75
        child.kill()


def test_the_kernel_frees_the_lock_of_a_killed_process(tmp_path):
    with holder(tmp_path) as child:
        child.kill()
        child.wait()
    with held(tmp_path, "wire"):
        pass


def test_waits_for_a_lock_that_is_given_back(tmp_path):
    with holder(tmp_path) as child:
        child.terminate()
        started = time.monotonic()
        with held(tmp_path, "wire", wait_seconds=30):
            assert time.monotonic() - started < 30


def test_a_lock_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "wire.lock").mkdir()
    with pytest.raises(StoreError, match=r"wire\.lock cannot be written: Is a directory"), held(tmp_path, "wire"):
        pass


def test_other_names_are_free(tmp_path):
    with held(tmp_path, "wire"), held(tmp_path, "lists"):
        pass
