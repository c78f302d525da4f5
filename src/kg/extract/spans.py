"""Spans of a document that stand for actors, as the extractors of this room hand them to one another."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from operator import attrgetter

from kg.model.claims import LocalActor, Mention


class ReferenceKind(StrEnum):
    """How a span stands for its actor."""

    NAME = "name"  # Iran, Vladimir Putin, Gazprom, the EU
    DEMONYM = "demonym"  # Iranian (missiles), Russians
    METONYM = "metonym"  # the Kremlin, Tehran (said)
    DESCRIPTION = "description"  # the Russian leader, the Gulf state, the company, two soldiers
    PRONOUN = "pronoun"  # he, its, they, we


NAMING_KINDS = frozenset({ReferenceKind.NAME, ReferenceKind.DEMONYM, ReferenceKind.METONYM})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorSpan:
    """`document.text[start:end]` stands for an actor; spans of one document never overlap.

    Attributes:
        local_id: The actor, or the place, that it stands for.
        is_possessive: The span is followed by 's or is a possessive pronoun ("Iran's", "its"); the 's lies outside.
        score: Probability in [0, 1] that the link is right.
    """

    start: int
    end: int
    local_id: str
    kind: ReferenceKind
    is_possessive: bool = False
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentActors:
    """Who a document is about: its actors, and every span that stands for one, sorted by start."""

    actors: tuple[LocalActor, ...]
    spans: tuple[ActorSpan, ...]

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The spans that name somebody: no pronouns, no descriptions."""
        return tuple(Mention(start=s.start, end=s.end, actor=s.local_id) for s in self.spans if s.kind in NAMING_KINDS)

    def within(self, start: int, end: int) -> Iterator[ActorSpan]:
        """Yield the spans that lie in [start, end)."""
        first = bisect_left(self.spans, start, key=attrgetter("start"))
        later = (self.spans[n] for n in range(first, len(self.spans)))
        return takewhile(lambda span: span.end <= end, later)

    def actor(self, local_id: str) -> LocalActor:
        """Return the actor of that id."""
        return next(a for a in self.actors if a.local_id == local_id)
