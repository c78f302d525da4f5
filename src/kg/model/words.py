"""The closed sets of words that claims, events and actors are told in.

Source: design decisions of this project; event types are rows of `data/event_types.csv`, not words of this module.
"""

from collections.abc import Mapping
from enum import StrEnum


class ActorType(StrEnum):
    """What an actor is."""

    STATE = "state"
    PERSON = "person"
    IGO = "igo"
    ORGANISATION = "organisation"
    COMPANY = "company"
    ARMED_GROUP = "armed_group"
    MILITARY = "military"
    GROUP = "group"
    PLACE = "place"
    FACILITY = "facility"


class Role(StrEnum):
    """The part a filler plays in what a claim tells."""

    ACTOR = "ACTOR"
    RECIPIENT = "RECIPIENT"
    ADDRESSEE = "ADDRESSEE"
    MEDIATOR = "MEDIATOR"
    HOST = "HOST"
    INSTRUMENT = "INSTRUMENT"
    OBJECT = "OBJECT"
    TARGET_OF_REQUEST = "TARGET_OF_REQUEST"
    PLACE = "PLACE"


class Status(StrEnum):
    """Whether a claim tells its event as having happened."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    OFFERED = "offered"
    REQUESTED = "requested"
    THREATENED = "threatened"
    CONDITIONAL = "conditional"
    POSSIBLE = "possible"
    DENIED = "denied"
    REFUSED = "refused"
    ALLEGED = "alleged"


class Occurrence(StrEnum):
    """Whether an event took place, folded from the statuses of its claims."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    EXPECTED = "expected"
    DID_NOT_OCCUR = "did_not_occur"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


HAPPENED_STATUSES = frozenset({Status.OCCURRED, Status.ONGOING})
HAPPENED_OCCURRENCES = frozenset({Occurrence.OCCURRED, Occurrence.ONGOING})

HAPPENED = "happened"  # statuses are compared by group: a careful reader tells them apart no finer
STATUS_GROUPS: Mapping[Status, str] = {
    Status.OCCURRED: HAPPENED,
    Status.ONGOING: HAPPENED,
    Status.PLANNED: "planned",
    Status.OFFERED: "proposed",
    Status.REQUESTED: "proposed",
    Status.THREATENED: "threatened",
    Status.CONDITIONAL: "hypothetical",
    Status.POSSIBLE: "hypothetical",
    Status.DENIED: "negated",
    Status.REFUSED: "negated",
    Status.ALLEGED: "alleged",
}


class ContentKind(StrEnum):
    """How a speech act holds the event that it is about."""

    OFFERED = "offered"
    REQUESTED = "requested"
    THREATENED = "threatened"
    PLANNED = "planned"
    REFUSED = "refused"
    CONDITIONAL = "conditional"
    FORECAST = "forecast"
    ALLEGED = "alleged"


class Precision(StrEnum):
    """How exactly a time is known."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """What a time rests on."""

    EXPLICIT = "explicit"
    PUBLICATION = "relative-to-publication"
    EVENT = "relative-to-event"
    WEEKDAY = "weekday"
    RETRIEVAL = "relative-to-retrieval"
    UNANCHORED = "unanchored"


class Act(StrEnum):
    """What a sanction act does to a designation."""

    PROPOSED = "proposed"
    THREATENED = "threatened"
    ANNOUNCED = "announced"
    IMPOSED = "imposed"
    ENTERED_INTO_FORCE = "entered_into_force"
    EXTENDED = "extended"
    WIDENED = "widened"
    AMENDED = "amended"
    POSTPONED = "postponed"
    LICENSED = "licensed"
    WAIVED = "waived"
    SUSPENDED = "suspended"
    EASED = "eased"
    LIFTED = "lifted"
    EXPIRED = "expired"
    REFUSED = "refused"


class DesignationState(StrEnum):
    """What holds of a designation on a day: folded from its acts, never told by a single one."""

    UNKNOWN = "unknown"
    PROPOSED = "proposed"
    REFUSED = "refused"
    ANNOUNCED = "announced"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"


class SentenceKind(StrEnum):
    """Who tells a sentence: the narrator, or a post or caption that is only quoted and counts for no claim."""

    NARRATION = "narration"
    TITLE = "title"
    QUOTED_POST = "quoted_post"
    CAPTION = "caption"
    BROKEN = "broken"  # words were lost at a join: actors on its two sides must not be paired


class Reliability(StrEnum):
    """How far a source is to be trusted, by the letters of the Admiralty code."""

    A = "A"  # completely reliable
    B = "B"  # usually reliable
    C = "C"  # fairly reliable
    D = "D"  # not usually reliable
    E = "E"  # unreliable
    F = "F"  # cannot be judged
