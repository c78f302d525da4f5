"""Who is who and which claims tell of one event: what resolution gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kg.model.claims import Extraction
from kg.model.documents import Document
from kg.model.told import ToldClaim
from kg.model.words import ActorType


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An actor or a place of the world.

    Attributes:
        actor_id: ISO 3166 alpha-3 for states, the short key for IGOs and well-known groups, else a hash of raw ids.
        offices: (office, actor_id of the state or organisation, first day, last day), days as ISO dates of the
            documents that show it.
    """

    actor_id: str
    name: str
    type: ActorType
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    list_ids: tuple[str, ...] = ()
    raw_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCluster:
    """The claims that tell of one event; `event_id` is the claim_id of the earliest of them."""

    event_id: str
    claim_ids: tuple[str, ...]


class LinkKind(StrEnum):
    """How one claim stands to another."""

    SAME_EVENT = "same_event"
    RESPONSE_TO = "response_to"
    FULFILLED_BY = "fulfilled_by"
    FAILED_BY = "failed_by"
    OTHER_ACTOR = "other_actor"
    OTHER_DATE = "other_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One claim points to another, perhaps of another document.

    Attributes:
        claim_id: Of the claim that points: the later telling, the answer, the promise.
        to: claim_id of the other.
        score: Probability in [0, 1] for all kinds but SAME_EVENT, where it is log odds above 0.
    """

    kind: LinkKind
    claim_id: str
    to: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedDocument:
    """A document with who is who in it; a function of the document, its extractions and the judgements alone.

    Attributes:
        told: Its claims by claim_id, in the order told.
        actor_of: raw_id of a LocalActor to actor_id; not its local_id, which two extractors may both use.
        side_of: raw_id to the actor_id of the side that it acts for in the document, its own if none.
    """

    document: Document
    extractions: tuple[Extraction, ...]
    told: Mapping[str, ToldClaim]
    actor_of: Mapping[str, str]
    side_of: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What documents, taken together, tell of the world.

    Attributes:
        documents: By doc_id.
        actors: Sorted by id.
        events: Sorted by id.
        links: Sorted by the claim that they start from.
        origin_of: doc_id of a copy to that of the document it goes back to; those that copy none are left out.
    """

    documents: Mapping[str, ResolvedDocument]
    actors: tuple[Actor, ...]
    events: tuple[EventCluster, ...]
    links: tuple[Link, ...] = ()
    contradictions: tuple[tuple[str, str, str], ...] = ()  # claim_id, claim_id, on
    origin_of: Mapping[str, str] = field(default_factory=dict)
