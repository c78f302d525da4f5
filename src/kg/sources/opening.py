"""Opens files that a setting names."""

from pathlib import Path
from typing import BinaryIO

from kg.model.errors import SourceError


def opened(path: str, *, wanted: str) -> BinaryIO:
    """Return a file opened for reading bytes.

    Args:
        wanted: What the path should name, for the message.

    Raises:
        SourceError: It is not there or cannot be opened.
    """
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); name {wanted}") from error
