"""How to train, and from what."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a training learns from.

    Attributes:
        data: The folder of annotated sets.
        without: Sets to leave out; the confidence is calibrated on them.
        base: The folder of the published encoder to start from; None for all-MiniLM-L6-v2, where it is installed.
        teacher: The folder of weights of an earlier run whose answers are learnt beside the annotation.
        unlabelled: A file of texts that nobody annotated, of which the teacher tells.
    """

    data: Path
    without: Sequence[str] = ()
    base: Path | None = None
    teacher: Path | None = None
    unlabelled: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What decides, with the data and the base, the weights that come out.

    Attributes:
        epochs: Times that every text is read, at least 1.
        rate: Highest learning rate of the encoder.
        heads_rate: Highest learning rate of the heads.
        warm_up: Share of the steps in which the rate grows.
        decay: Weight decay.
        windows: Windows in a step.
        average: Share of the average of the weights that stays at each step.
        seed: Of the order of texts, of dropout and of the first weights of the heads.
        threads: Threads of the arithmetic; sums are added in another order with other threads.
        teacher_share: Of the loss of annotated texts, the share that is the distance to a teacher's answers, where
            there is a teacher; texts that nobody annotated have no other loss.
        temperature: By which scores are divided before the student's are compared with the teacher's; the higher, the
            more the unlikely answers count.
        min_event: Lowest probability, as the teacher sees it, of an event in a text that nobody annotated.
    """

    epochs: int = 8
    rate: float = 1.2e-4
    heads_rate: float = 9.6e-4
    warm_up: float = 0.08
    decay: float = 0.01
    windows: int = 2
    average: float = 0.998
    seed: int = 1
    threads: int = 1
    teacher_share: float = 0.5
    temperature: float = 2.0
    min_event: float = 0.5
