"""Tables of weights: what each feature of the words says for each class, added up to probabilities."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LEAST = 1e-6  # no opinion is so sure that the other does not count
_SCALE = 100  # tables hold hundredths, so that they are short and the sums are exact


@dataclass(frozen=True, slots=True)
class WeightTable:
    """Additive evidence for a closed set of classes.

    Attributes:
        classes: The classes, in the order of the table.
        weights: Feature to (index of class, weight in hundredths).
    """

    classes: tuple[str, ...]
    weights: Mapping[str, tuple[tuple[int, int], ...]]

    def probabilities(self, features: Iterable[str]) -> list[float]:
        """Return the probability of each class, in the order of `classes`; they add up to 1."""
        scores = self._scores(features)
        highest = max(scores)
        odds = [math.exp((score - highest) / _SCALE) for score in scores]
        total = sum(odds)
        return [odd / total for odd in odds]

    def strongest(self, features: Iterable[str], wanted: str) -> str | None:
        """Return the feature that speaks most for a class, None when none does."""
        index = self.classes.index(wanted)
        best, best_weight = None, 0
        for feature in features:
            weight = dict(self.weights.get(feature, ())).get(index, 0)
            if weight > best_weight:
                best, best_weight = feature, weight
        return best

    def _scores(self, features: Iterable[str]) -> list[int]:
        scores = [0] * len(self.classes)
        for feature in set(features):
            for index, weight in self.weights.get(feature, ()):
                scores[index] += weight
        return scores


def pooled(table: Sequence[float], encoder: Sequence[float] | None, share: float) -> list[float]:
    """Return the weighted geometric mean of two opinions about the same classes; `share` in [0, 1] is the encoder's."""
    if encoder is None:
        return list(table)
    odds = [max(a, _LEAST) ** (1 - share) * max(b, _LEAST) ** share for a, b in zip(table, encoder, strict=True)]
    total = sum(odds)
    return [odd / total for odd in odds]


@cache
def weight_table(name: str) -> WeightTable:
    """Return the table `data/{name}.tsv`: first line the classes, then a feature and its `index:weight` pairs.

    The tables are fitted by tests/extract/fit_weights.py; they are not edited by hand.
    """
    lines = files("kg.extract").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    weights = {}
    for line in lines[1:]:
        feature, *pairs = line.split("\t")
        weights[feature] = tuple((int(i), int(w)) for i, _, w in (pair.partition(":") for pair in pairs))
    return WeightTable(tuple(lines[0].split("\t")), weights)
