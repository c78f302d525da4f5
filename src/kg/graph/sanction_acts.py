"""What claims tell of sanction acts, folded by event."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from kg.graph.world import ToldEvent
from kg.model.claims import SanctionDetail
from kg.model.graph import PropertyValue
from kg.model.words import HAPPENED_STATUSES, Act

# An act that no claim names more closely than by its type.
_ACT_OF_TYPE = {
    "IMPOSE_SANCTIONS": Act.IMPOSED,
    "EXTEND_SANCTIONS": Act.EXTENDED,
    "EASE_SANCTIONS": Act.EASED,
    "GRANT_SANCTIONS_RELIEF": Act.WAIVED,
}

Value = TypeVar("Value", bound=object)


def details(event: ToldEvent) -> tuple[SanctionDetail, ...]:
    """Return what its claims tell of the act, those told as having happened if there are any."""
    told = [told.claim for told in event.claims if told.claim.sanction is not None]
    happened = [claim for claim in told if claim.status in HAPPENED_STATUSES]
    return tuple(claim.sanction for claim in happened or told if claim.sanction is not None)


def act_of(event: ToldEvent) -> Act:
    """Return the act that most claims name, else that of the event type."""
    return commonest(detail.act for detail in details(event)) or _ACT_OF_TYPE[event.etype]


def commonest(values: Iterable[Value | None]) -> Value | None:
    """Return the commonest value that is not None; of several the smallest as text."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], str(value)), default=None)


def sanction_act_properties(event: ToldEvent) -> dict[str, PropertyValue]:
    """Return the properties of a SanctionAct beyond those of an event."""
    told = details(event)
    return {
        "act": act_of(event).value,
        "effective_from": commonest(detail.effective for detail in told),
        "effective_to": commonest(detail.until for detail in told),
        "measures": tuple(sorted({measure for detail in told for measure in detail.measures})),
        "reported_count": commonest(detail.reported_count for detail in told),
    }
