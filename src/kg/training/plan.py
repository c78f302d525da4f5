"""How to train."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What decides, with the data and the base, the weights that come out.

    Attributes:
        epochs: Times that every text is read, at least 1.
        rate: Highest learning rate of the encoder.
        heads_factor: How many times faster the heads learn.
        warm_up: Share of the steps in which the rate grows.
        decay: Weight decay.
        windows: Windows in a step.
        average: Share of the average of the weights that stays at each step.
        seed: Of the order of texts, of dropout and of the first weights of the heads.
        threads: Threads of the arithmetic; sums are added in another order with other threads.
    """

    epochs: int = 8
    rate: float = 1.2e-4
    heads_factor: float = 8.0
    warm_up: float = 0.08
    decay: float = 0.01
    windows: int = 2
    average: float = 0.998
    seed: int = 1
    threads: int = 1
