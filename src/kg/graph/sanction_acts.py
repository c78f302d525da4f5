"""A sanction act as claims tell it: what it does, on which days, as far as those claims go that were known by then."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from kg.graph.occurrence import occurrence_of
from kg.graph.world import ToldEvent, reported_day, weighed_status
from kg.model.claims import Claim, SanctionDetail
from kg.model.graph import PropertyValue
from kg.model.told import ToldClaim
from kg.model.words import HAPPENED_OCCURRENCES, HAPPENED_STATUSES, Act, Occurrence, Status

# An act that no claim names more closely than by its type.
_ACT_OF_TYPE: Mapping[str, Act] = {
    "IMPOSE_SANCTIONS": Act.IMPOSED,
    "EXTEND_SANCTIONS": Act.EXTENDED,
    "EASE_SANCTIONS": Act.EASED,
    "GRANT_SANCTIONS_RELIEF": Act.WAIVED,
}

_RELIEF = frozenset({"EASE_SANCTIONS", "GRANT_SANCTIONS_RELIEF"})

Value = TypeVar("Value", bound=object)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one claim tells of an act.

    Attributes:
        status: As it is weighed: what lies after publication is planned.
        detail: None when the claim tells no more than the type of the event.
        first_day: First day on which the act takes place by this claim, None when it tells none.
        reported: Day of publication.
        known_from: First day on which a reader could know it: of publication, else of retrieval.
        known_to: The day from which it no longer stands.
    """

    claim_id: str
    status: Status
    detail: SanctionDetail | None = None
    first_day: date | None = None
    last_day: date | None = None
    reported: date | None = None
    known_from: date | None = None
    known_to: date | None = None

    @property
    def days(self) -> int:
        """How many days the act may have taken place on."""
        return (self.last_day - self.first_day).days if self.last_day and self.first_day else date.max.toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionAct:
    """One act of one authority, by what is told of it; `tellings` has at least one."""

    event_id: str
    etype: str
    tellings: tuple[Telling, ...]

    def known_on(self, day: date) -> "SanctionAct | None":
        """Return the act as it could be known on a day, None when no claim of it could."""
        known = tuple(
            told
            for told in self.tellings
            if told.known_from is not None and told.known_from <= day and (told.known_to is None or told.known_to > day)
        )
        return replace(self, tellings=known) if known else None

    @property
    def occurrence(self) -> Occurrence:
        """Whether it took place."""
        return occurrence_of((told.reported, told.status) for told in self.tellings)

    @property
    def happened(self) -> bool:
        """True only for occurred and ongoing."""
        return self.occurrence in HAPPENED_OCCURRENCES

    @property
    def details(self) -> tuple[SanctionDetail, ...]:
        """What is told of it by claims that tell it as having happened, by all when there are none."""
        told = [told for told in self.tellings if told.detail is not None]
        happened = [told for told in told if told.status in HAPPENED_STATUSES]
        return tuple(told.detail for told in happened or told if told.detail is not None)

    @property
    def act(self) -> Act:
        """The act that most claims name, else that of the event type."""
        return commonest(detail.act for detail in self.details) or _ACT_OF_TYPE[self.etype]

    @property
    def effective(self) -> date | None:
        """The first day on which it holds, where one is told."""
        return commonest(detail.effective for detail in self.details)

    @property
    def until(self) -> date | None:
        """The last day on which it holds, where one is told."""
        return commonest(detail.until for detail in self.details)

    @property
    def licence(self) -> str | None:
        """`general` or `specific`, None for what is no licence."""
        told = commonest(detail.licence for detail in self.details)
        return told or ("specific" if self.act is Act.LICENSED else None)

    @property
    def measures(self) -> tuple[str, ...]:
        """Every measure that is told, sorted."""
        return tuple(sorted({measure for detail in self.details for measure in detail.measures}))

    @property
    def reported_count(self) -> int | None:
        """Acts of this kind that are counted, not dated."""
        return commonest(detail.reported_count for detail in self.details)

    @property
    def day(self) -> date | None:
        """The first day on which it may take place by the claim that tells it most exactly, None when none does."""
        told = self._narrowest()
        return (told.first_day or told.last_day) if told else None

    @property
    def is_day_told(self) -> bool:
        """Whether it is told to the day when it takes place."""
        told = self._narrowest()
        return told is not None and told.days == 0

    def _narrowest(self) -> Telling | None:
        dated = [told for told in self.tellings if told.first_day or told.last_day]
        happened = [told for told in dated if told.status in HAPPENED_STATUSES]
        return min(happened or dated, key=lambda told: told.days, default=None)

    @property
    def told(self) -> date:
        """The day on which it was first reported, `date.min` when no document is dated."""
        days = (told.reported or told.known_from for told in self.tellings)
        return min(filter(None, days), default=date.min)

    @property
    def start(self) -> date:
        """The day from which it holds; never before the day of the act itself, where that is told.

        Of a sanction it is the earliest day that it may hold from, of a relief the latest: a relief whose day is told
        to the month at best counts from its report.
        """
        day = self.day if self.is_day_told or self.etype not in _RELIEF else None
        if day is None:
            return self.effective or self.told
        return max(self.effective or day, day)


def sanction_act(event: ToldEvent) -> SanctionAct:
    """Return an event of a sanction type as an act."""
    return SanctionAct(
        event_id=event.event_id, etype=event.etype, tellings=tuple(_telling(told) for told in event.claims)
    )


def _telling(told: ToldClaim) -> Telling:
    time, reported = told.claim.time, reported_day(told.document)
    return Telling(
        claim_id=told.claim.claim_id,
        status=weighed_status(told),
        detail=told.claim.sanction,
        first_day=time.first_day if time else None,
        last_day=time.last_day if time else None,
        reported=reported,
        known_from=told.document.known_from,
        known_to=told.document.known_to,
    )


def told_act_properties(claim: Claim) -> dict[str, PropertyValue]:
    """Return the properties of a claim that tells a sanction act, none of any other: the act as it alone tells it."""
    detail = claim.sanction
    if detail is None:
        return {}
    return {
        "act": detail.act.value,
        "effective_from": detail.effective,
        "effective_to": detail.until,
        "licence": detail.licence,
        "measures": tuple(sorted(detail.measures)),
        "programme": detail.programme,
        "list_id": detail.list_id,
        "reported_count": detail.reported_count,
    }


def sanction_act_properties(event: ToldEvent) -> dict[str, PropertyValue]:
    """Return the properties of a SanctionAct beyond those of an event."""
    act = sanction_act(event)
    return {
        "act": act.act.value,
        "effective_from": act.effective,
        "effective_to": act.until,
        "measures": act.measures,
        "reported_count": act.reported_count,
    }


def commonest(values: Iterable[Value | None]) -> Value | None:
    """Return the commonest value that is not None; of several the smallest as text."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], str(value)), default=None)
