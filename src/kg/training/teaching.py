"""The windows of a training with what a teacher answers for each: asked once before it, then kept beside it."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from kg.extract.windows import STATUSES, Window, event_classes
from kg.model.errors import UsageError
from kg.training.examples import Array, Example, Reading, Shown, Soft, Told
from kg.training.progress import Progress
from kg.training.teacher import Teacher

NO_EVENTS = Told({}, {})
TEXT_WEIGHT = 1.0  # of a text that nobody annotated


@dataclass(frozen=True, slots=True)
class _Asked:
    """A window to ask about: an annotated one, or one of a text that nobody annotated, whose events come with it."""

    example: Example
    reading: Reading | None = None
    window: Window | None = None

    def with_events(self, labels: Array, least: float) -> Example:
        """Return the window with the events that scores of event classes tell, A x classes."""
        if self.reading is None or self.window is None:
            return self.example
        scores = labels.astype(np.float32)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True, initial=0.0))
        odds /= odds.sum(axis=1, keepdims=True)
        events = {}
        for t, row in zip(self.example.asked, odds, strict=True):
            if 1 - row[0] >= least:
                etype = event_classes()[1 + int(row[1:].argmax())]
                events[self.window.tokens[t]] = {"type": etype, "status": STATUSES[0]}
        return self.reading.example(self.window, Told(events, {}), TEXT_WEIGHT, is_annotated=False)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a teacher answers, kept so that a run that goes on need not ask again.

    Attributes:
        path: The file that they are kept in.
        teacher: Loads the teacher; called only where the file does not hold the answers already.
        least: Lowest probability, as the teacher sees it, of an event in a text that nobody annotated.
    """

    path: Path
    teacher: Callable[[], Teacher]
    least: float

    def added(self, shown: Sequence[Shown], texts: Sequence[Reading], progress: Progress) -> list[Shown]:
        """Return annotated documents, then texts that nobody annotated, every window with the teacher's answers.

        The events of such a text are the words that the teacher takes for one, each of the likeliest type.
        """
        asked = [[_Asked(e) for e in way] for document in shown for way in document]
        asked += [[_Asked(_blank(text, w), text, w) for w in text.windows()] for text in texts]
        every = [one for windows in asked for one in windows]
        digest = _digest([one.example for one in every])
        answers = _kept(self.path, digest)
        if answers is None:
            answers = list(self._asked(every, progress))
            _keep(self.path, digest, answers)
        left = iter(answers)
        ways = [[_softened(one, next(left), self.least) for one in windows] for windows in asked]
        annotated, others = ways[: 2 * len(shown)], ways[2 * len(shown) :]
        events = sum(len(e.events) for windows in others for e in windows)
        progress.tell(f"a teacher for {len(every)} windows, {len(others)} texts and {events} events without annotation")
        return [*zip(annotated[::2], annotated[1::2], strict=True), *((windows, windows) for windows in others)]

    def _asked(self, asked: Sequence[_Asked], progress: Progress) -> Iterator[Soft]:
        teacher = self.teacher()
        for done, one in enumerate(asked, 1):
            states = teacher.states(one.example)
            yield teacher.answers(one.with_events(teacher.labels(one.example, states), self.least), states)
            progress.count("asking the teacher about windows", done, len(asked))


def _blank(text: Reading, window: Window) -> Example:
    return text.example(window, NO_EVENTS, TEXT_WEIGHT, is_annotated=False)


def _softened(asked: _Asked, soft: Soft, least: float) -> Example:
    return replace(asked.with_events(soft.labels, least), soft=soft)


def _digest(examples: Sequence[Example]) -> str:
    found = hashlib.sha256()
    for e in examples:
        for part in (value for value in vars(e).values() if isinstance(value, np.ndarray)):
            found.update(np.ascontiguousarray(part).tobytes() + b"\0")
    return found.hexdigest()


def _keep(path: Path, digest: str, answers: Sequence[Soft]) -> None:
    held = [tuple(map(torch.from_numpy, (soft.labels, soft.statuses, soft.roles))) for soft in answers]
    torch.save({"of": digest, "answers": held}, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)


def _kept(path: Path, digest: str) -> list[Soft] | None:
    """Return the answers kept; None where there are none, or they are of other windows.

    Raises:
        UsageError: The file is broken.
    """
    if not path.exists():
        return None
    try:
        held = torch.load(path, weights_only=True)
        answers = [Soft(*(part.numpy() for part in one)) for one in held["answers"]]
        return answers if held["of"] == digest else None
    except Exception as error:
        raise UsageError(f"{path} cannot be read: {error!r:.300}; remove it to ask the teacher again") from error
