"""Which types of event a sentence tells of, judged from all of its words and from the rest of its document."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model.ontology import event_type

_LEAST = 1e-3  # no sentence and no document is so sure that the other does not count


@dataclass(frozen=True, slots=True)
class Meaning:
    """One PLOVER type as a word may mean it.

    Attributes:
        probability: That the word names an event of that PLOVER type.
        etype: The likeliest of its event types.
        type_probability: That the word names an event of just that type.
    """

    probability: float
    etype: str
    type_probability: float


@dataclass(frozen=True, slots=True)
class WordOdds:
    """What a word may mean.

    Attributes:
        event: Probability that it names an event of any type.
        best: The likeliest event type.
        best_probability: That it names an event of just that type.
        meanings: By PLOVER type.
    """

    event: float
    best: str
    best_probability: float
    meanings: Mapping[str, Meaning]

    @property
    def main(self) -> str:
        """The likeliest PLOVER type, all its event types together."""
        return max(self.meanings, key=self.probability)

    def probability(self, plover: str) -> float:
        """Return the probability that it names an event of a PLOVER type."""
        return self.meanings[plover].probability if plover in self.meanings else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeWeights:
    """How the words of a sentence and the rest of the document together make a type of event probable.

    A logistic regression on log-odds, fitted on texts that the weights were not trained on.
    """

    bias: float
    sentence: float
    document: float

    def probability(self, sentence: float, document: float) -> float:
        """Return the probability in (0, 1) that a sentence tells of a type.

        Args:
            sentence: That one of its words names it.
            document: The mean of the same over the other sentences.
        """
        return _logistic(self.bias + self.sentence * _log_odds(sentence) + self.document * _log_odds(document))


def word_odds(classes: Sequence[str], probabilities: Sequence[float], none: int) -> WordOdds | None:
    """Return what a word may mean, None of one that all but surely names no event.

    Args:
        probabilities: Of the classes; they add up to 1.
        none: The class of words that name no event.
    """
    meanings: dict[str, Meaning] = {}
    likely = [n for n, probability in enumerate(probabilities) if probability >= _LEAST and n != none]
    likely.sort(key=lambda n: -probabilities[n])
    for n in likely:
        plover = event_type(classes[n]).plover
        here = meanings.get(plover, Meaning(0.0, classes[n], probabilities[n]))
        meanings[plover] = Meaning(here.probability + probabilities[n], here.etype, here.type_probability)
    if not likely:
        return None
    return WordOdds(1 - probabilities[none], classes[likely[0]], probabilities[likely[0]], meanings)


def sentence_odds(words: Iterable[WordOdds]) -> dict[str, float]:
    """Return for each PLOVER type the probability that one of the words of a sentence names it."""
    missed: dict[str, float] = {}
    for word in words:
        for plover, meaning in word.meanings.items():
            missed[plover] = missed.get(plover, 1.0) * (1 - meaning.probability)
    return {plover: 1 - odds for plover, odds in missed.items()}


class DocumentTypes:
    """How much the sentences of a document tell of each PLOVER type."""

    def __init__(self, sentences: Sequence[Mapping[str, float]]) -> None:
        """Take what `sentence_odds` gives for each sentence."""
        self._sentences = sentences
        self._totals: dict[str, float] = {}
        for odds in sentences:
            for plover, probability in odds.items():
                self._totals[plover] = self._totals.get(plover, 0.0) + probability

    def elsewhere(self, number: int, plover: str) -> float:
        """Return the mean over all sentences but one; 0 where there is no other."""
        own = self._sentences[number].get(plover, 0.0)
        return max(self._totals.get(plover, 0.0) - own, 0.0) / max(len(self._sentences) - 1, 1)


def _log_odds(probability: float) -> float:
    held = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(held / (1 - held))


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-score))
