"""One run of a job at a time: locks that the kernel frees when their process dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.model.errors import BusyError, StoreError

POLL_SECONDS = 0.05


@contextmanager
def held(folder: Path, name: str, *, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the lock `name` inside the block.

    Raises:
        StoreError: The folder of locks cannot be made or written to.
        BusyError: Another process holds it, after waiting; the message names its process id.
    """
    make_folder(folder)
    path = folder / f"{name}.lock"
    try:
        opened = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written: {error.strerror}; let the user of kg write there, or name another folder with "
            "--home or KG_HOME"
        ) from error
    with opened as file:
        deadline = time.monotonic() + wait_seconds
        while not _taken(file.fileno()):
            if time.monotonic() >= deadline:
                file.seek(0)
                owner = file.read().strip() or "unknown"
                raise BusyError(f"{name!r} runs already (process {owner}, lock {path}); try again when it has ended")
            time.sleep(POLL_SECONDS)
        with suppress(OSError):  # on a full disk nobody is told who holds it; it is held all the same
            file.seek(0)
            file.truncate()
            file.write(str(os.getpid()))
            file.flush()
        yield


def is_held(folder: Path, name: str) -> bool:
    """Whether a process holds the lock `name` at this moment."""
    try:
        with (folder / f"{name}.lock").open("rb") as file:
            return not _taken(file.fileno(), fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def make_folder(folder: Path) -> None:
    """Make a folder of the user's state, readable by the user alone, as are those above it that are made with it.

    Raises:
        StoreError: It cannot be made.
    """
    try:
        for one in (*reversed(folder.parents), folder):
            one.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(
            f"the folder {folder} cannot be made: {error.strerror}; name another one with --home or KG_HOME"
        ) from error


def _taken(descriptor: int, how: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
