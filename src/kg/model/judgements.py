"""Judgements of people on who is who and on which of two claims is right, and what there is to judge."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kg.model.ids import content_id
from kg.model.words import ActorType


class Verdict(StrEnum):
    """Whether two actors are the same, or which of two claims that contradict each other is right."""

    POSITIVE = "positive"  # of actors
    NEGATIVE = "negative"  # of claims: they tell of different events
    UNSURE = "unsure"  # somebody looked and could not tell: nothing is merged by rule, nobody is asked again
    LEFT = "left"  # of claims: the left one is right, and the other is not
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one feature of two actors says on whether they are the same.

    Attributes:
        feature: "name", "country", "office", "birth" or "lists".
        score: From 0, different, to 1, the same; 0.5 where it says nothing.
        told: The values compared, for people.
    """

    feature: str
    score: float
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What somebody decided on two actors or two claims; never changed, but it may be undone.

    An end is a claim_id ("clm_77..."), a raw id ("raw_1f..."), or a raw id as one document has it
    ("raw_1f...@doc_a0..."), or as the home that documents give it ("raw_1f...@IRN") where one name is borne by several
    people. The smaller end stands left.

    Attributes:
        judgement_id: From `judgement_id()`.
        by: Who decided.
        at: When; aware, UTC.
        because: Why, in the words of who decided.
        score: What the rules gave the pair, from 0 to 1; None where they did not compare it.
        on: What two claims differ on: "number", "occurrence", "date" or "actor"; None for actors.
    """

    judgement_id: str
    left: str
    right: str
    verdict: Verdict
    by: str
    at: datetime
    because: str
    score: float | None = None
    reasons: tuple[Reason, ...] = ()
    on: str | None = None

    @property
    def dispute(self) -> tuple[str, str, str] | None:
        """The two claims, and what they differ on; None for a judgement on actors."""
        return None if self.on is None else (self.left, self.right, self.on)


def judgement_id(left: str, right: str, verdict: Verdict, at: datetime, number: int) -> str:
    """Return the id of the judgement that is number `number`, from 0, of all in its ledger."""
    return content_id("jdg", left, right, verdict, at.isoformat(), number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """That a judgement no longer holds."""

    judgement_id: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenActor:
    """What documents show of one raw id, or of one of several people who bear its name.

    Attributes:
        node: The raw id, with `@` and a home where several people bear the name.
        names: Full names and listed aliases, sorted; no pronouns and no descriptions.
        homes: Keys of the states or organisations where it is at home or for which it acts, sorted.
        posts: (key of the side or "", office as written in lower case), sorted.
        days: The first and the last UTC day of publication as ISO dates, None when no document tells.
        births: Dates or years of birth that a sanctions list gives.
        n_documents: Documents that speak of it.
    """

    node: str
    raw_id: str
    type: ActorType
    key: str
    names: tuple[str, ...]
    homes: tuple[str, ...] = ()
    posts: tuple[tuple[str, str], ...] = ()
    days: tuple[str, str] | None = None
    births: tuple[str, ...] = ()
    list_ids: tuple[str, ...] = ()
    n_documents: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two actors compared; `left` and `right` are nodes, the smaller one left."""

    left: str
    right: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Judgements or facts that cannot all hold; none of them wins.

    Attributes:
        kind: "judgements", "states", "claims", "acts_for" or "terms".
        told: What contradicts what, for people.
        judgement_ids: Every judgement that takes part, sorted.
    """

    kind: str
    told: str
    judgement_ids: tuple[str, ...] = ()
