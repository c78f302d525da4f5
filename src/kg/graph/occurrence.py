"""Whether an event took place: the fold over the statuses of its claims."""

from collections.abc import Iterable
from datetime import date

from kg.model.words import Occurrence, Status


def occurrence_of(tellings: Iterable[tuple[date | None, Status]]) -> Occurrence:
    """Return what the claims of one event, taken together, say of it; their order does not matter.

    Args:
        tellings: Day of publication (None when unknown: taken as older than any other) and status of each claim.

    What was told as having happened stands unless somebody denies it; a refusal only when it is no older. A plan
    falls with a denial that is no older. What is only offered, requested, threatened, possible or alleged stays
    unknown.
    """
    latest: dict[Status, date] = {}
    for day, status in tellings:
        latest[status] = max(latest.get(status, date.min), day or date.min)
    if Status.OCCURRED in latest or Status.ONGOING in latest:
        return _told_as_happened(latest)
    if Status.DENIED in latest or Status.REFUSED in latest:
        return _told_as_not_happened(latest)
    if Status.PLANNED in latest and Status.ALLEGED not in latest:
        return Occurrence.EXPECTED
    return Occurrence.UNKNOWN


def _told_as_happened(latest: dict[Status, date]) -> Occurrence:
    occurred, ongoing = latest.get(Status.OCCURRED), latest.get(Status.ONGOING)
    newest = max(day for day in (occurred, ongoing) if day)
    refused = latest.get(Status.REFUSED)
    if Status.DENIED in latest or (refused is not None and refused >= newest):
        return Occurrence.DISPUTED
    return Occurrence.ONGOING if ongoing == newest else Occurrence.OCCURRED


def _told_as_not_happened(latest: dict[Status, date]) -> Occurrence:
    if Status.ALLEGED in latest:
        return Occurrence.DISPUTED
    against = max(latest.get(Status.DENIED, date.min), latest.get(Status.REFUSED, date.min))
    if latest.get(Status.PLANNED, date.min) > against:
        return Occurrence.EXPECTED
    return Occurrence.DID_NOT_OCCUR
