"""How far a training is, told to whoever draws it."""

from collections.abc import Callable
from dataclasses import dataclass


def _nothing(*_: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Progress:
    """Two ways of telling.

    Attributes:
        tell: Given a line when something is finished.
        count: Given what is being done, how much of it is done, and how much there is.
    """

    tell: Callable[[str], None] = _nothing
    count: Callable[[str, int, int], None] = _nothing


SILENT = Progress()
