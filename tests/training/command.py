"""`kg train` as people run it: a process of its own."""

import os
import signal
import subprocess
import sys
import time

HIDDEN = "import sys; sys.modules['torch'] = None; sys.argv[0] = 'kg'; from kg.cli.main import main; main()"
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}


def kg(*arguments, folder=None, without_torch=False):
    """Run kg; where `without_torch`, as on a machine that has none."""
    start = ["-c", HIDDEN] if without_torch else ["-m", "kg.cli"]
    command = [sys.executable, *start, *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=CLEAN, capture_output=True, text=True, timeout=240, check=False)


def started(*arguments, stderr=subprocess.DEVNULL):
    """Start kg and leave it running."""
    command = [sys.executable, "-m", "kg.cli", *map(str, arguments)]
    return subprocess.Popen(command, env=CLEAN, stdout=subprocess.DEVNULL, stderr=stderr)


def killed_when(is_time, words, seconds=0.0):
    """Start a training, kill it a while after `is_time`; fail when it ended before."""
    with started(*words) as child:
        deadline = time.monotonic() + 120
        while not is_time():
            assert child.poll() is None, "the training ended before it was killed"
            assert time.monotonic() < deadline
            time.sleep(0.002)
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
