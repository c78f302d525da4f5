"""A wish to stop, by SIGTERM or SIGINT."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

Value = TypeVar("Value")


class Stopped(BaseException):
    """The wish to stop came while a run only waited; no error, so that nothing that catches errors catches it."""


class Stopping:
    """Whether somebody wishes a run to stop: heeded after the document in hand, at once where nothing is in hand."""

    def __init__(self) -> None:
        self._is_wished = False
        self._is_waiting = False

    def is_set(self) -> bool:
        """Whether the run is to stop."""
        return self._is_wished

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Take SIGTERM and SIGINT for a wish to stop, inside the block and in the main thread only."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._wish) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def awaited(self, work: Callable[[], Value]) -> Value:
        """Return what work returns that may be broken off anywhere, such as waiting for a server or a lock.

        Raises:
            Stopped: The wish came before or meanwhile.
        """
        self._is_waiting = True
        try:
            if self._is_wished:
                raise Stopped
            return work()
        finally:
            self._is_waiting = False

    def _wish(self, _number: int, _frame: FrameType | None) -> None:
        self._is_wished = True
        if self._is_waiting:
            self._is_waiting = False  # what is cleaned up after the first is not broken off by a second
            raise Stopped
