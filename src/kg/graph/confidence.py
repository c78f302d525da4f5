"""How sure an event and a tie are, who tells of them independently, and between what a score lies (docs/confidence.md).

The confidence of a claim says how likely it is to be read right; the reliability of a source how likely what it says
is so. Their product is the word of one origin. Each further origin closes only part of the doubt that is left:
sources that never met read the same handout, and one misreading of a turn of phrase strikes several texts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.graph.world import ToldEvent, World, weighed_status
from kg.model.ids import fold
from kg.model.words import HAPPENED_STATUSES, Occurrence, Reliability
from kg.text.credits import credit_of, home_of
from kg.text.publishers import publisher_named

CONFIDENCE_CAP = 0.99  # however many agree, they may share one wrong source

# How likely what a source says is so. That of F was fitted: with .93 the confidences of 1,246 events of gold, whose
# publishers are as good as all unjudged, have the share that is right as their mean, and the log loss is least (.587;
# .85 and 1 .589). From .88 to .97 the difference is noise. Again: tests/eval/event_reliability.py
TRUST = {
    Reliability.A: 1.0,
    Reliability.B: 0.97,
    Reliability.C: 0.93,
    Reliability.D: 0.7,
    Reliability.E: 0.4,
    Reliability.F: 0.93,
}
# What a further origin counts: with 1 the doubts of all are multiplied, with 0 the surest origin alone decides. Gold
# has 17 events of several origins, too few to fit it.
FURTHER = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one claim adds to an event.

    Attributes:
        home: Who tells what the document tells on no other credit: the key of a publisher or the id of a document.
        credit: The key of the publisher on whose word the claim is told, None for the document's own.
        confidence: Probability in [0, 1] that the claim is read right.
        supports: Whether it tells the event as it is taken to be: a denial does not make what happened surer.
    """

    doc_id: str
    home: str
    credit: str | None
    quote: str
    confidence: float
    supports: bool = True


def tellings_of(event: ToldEvent, world: World) -> tuple[Telling, ...]:
    """Return what the claims of an event add to it, in the order told."""
    is_settled = event.occurrence is not Occurrence.DISPUTED
    return tuple(
        Telling(
            doc_id=told.document.doc_id,
            home=home_of(told.document, world.documents[world.origin_of[told.document.doc_id]].document),
            credit=credit_of(told.claim, told.document),
            quote=told.claim.quote,
            confidence=told.claim.confidence,
            supports=not is_settled or (weighed_status(told) in HAPPENED_STATUSES) == event.happened,
        )
        for told in event.claims
    )


def origins_of(tellings: Iterable[Telling]) -> Mapping[str, str]:
    """Return for each document that tells of an event whose word it passes on, in the order told.

    A document is one origin, however much it credits: its own where any of its claims credits nobody, else the first
    that it credits. One that repeats a sentence of an earlier document has the origin of that one.

    Args:
        tellings: Of one event, earliest publication first.
    """
    told: dict[str, list[Telling]] = {}
    for telling in tellings:
        told.setdefault(telling.doc_id, []).append(telling)
    found: dict[str, str] = {}
    quoted: dict[str, str] = {}
    for doc_id, here in told.items():
        quotes = [fold(telling.quote) for telling in here]
        repeated = next((quoted[quote] for quote in quotes if quote in quoted), None)
        passed_on = [telling.credit or telling.home for telling in here]
        own = next((telling.home for telling in here if telling.credit is None), passed_on[0])
        found[doc_id] = repeated or own
        for quote in quotes:
            quoted.setdefault(quote, found[doc_id])
    return found


def event_confidence(tellings: Iterable[Telling]) -> float:
    """Return the probability in [0, 0.99] that an event is as it is told.

    Args:
        tellings: Of one event, earliest publication first; those that do not support it count only where none does.
    """
    tellings = tuple(tellings)
    origins = origins_of(tellings)
    words: dict[str, float] = {}
    for telling in tuple(t for t in tellings if t.supports) or tellings:
        origin = origins[telling.doc_id]
        words[origin] = max(words.get(origin, 0.0), telling.confidence * TRUST[publisher_named(origin).reliability])
    return joint_confidence(words.values())


def joint_confidence(words: Iterable[float]) -> float:
    """Return what the words of several origins make together, each a probability in [0, 1]; at most 0.99.

    1 - (1 - p1) * ((1 - p2) * (1 - p3) * ...) ** FURTHER, p1 the largest: never less than for fewer origins.
    """
    doubt = 1.0
    for number, word in enumerate(sorted(words, reverse=True)):
        doubt *= (1 - word) ** (FURTHER if number else 1)
    return round(min(CONFIDENCE_CAP, 1 - doubt), 4)


def score_interval(score: float, *, certain: int, doubtful: int) -> tuple[float, float]:
    """Return the least and the largest sum of scores: without the doubtful events, and with all of them.

    Args:
        score: What one event weighs, -10 to 10.
        certain: Events that count in any case.
        doubtful: Events that may not have happened, or not so: weak, disputed or never settled.
    """
    low, high = sorted((score * certain, score * (certain + doubtful)))
    return round(low, 4) + 0.0, round(high, 4) + 0.0
