"""Writing a file whole or not at all, into a folder that is there."""

import os
import tempfile
from pathlib import Path

from kg.model.errors import UsageError


def make_folder(folder: Path) -> None:
    """Make a folder that files are written to, with those above it; one that is there stays.

    Raises:
        UsageError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot make the folder {str(folder)!r}: {error.strerror}; name another one") from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old bytes or the new ones, never a part.

    Raises:
        UsageError: The folder does not exist or may not be written to.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    except OSError as error:
        raise UsageError(
            f"cannot write {str(path)!r}: {error.strerror}; name a file in a folder that exists and may be written to"
        ) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)  # mkstemp keeps others out, a map is made to be shared
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise UsageError(
            f"cannot write {str(path)!r}: {error.strerror}; free some space or name another file"
        ) from error
