"""Who is who and which claims tell of one event: what resolution gives."""

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One event answers another: `event_id` is the answer, shown by `claim_id`."""

    event_id: str
    responds_to: str
    claim_id: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What documents, taken together, tell of the world.

    Attributes:
        actor_of: (doc_id, raw_id of a LocalActor) to actor_id; not its local_id, which two extractors of one
            document may both use.
        side_of: (doc_id, raw_id) to the actor_id of the side it acts for in that document, its own if none.
    """

    actors: tuple[Actor, ...]
    actor_of: Mapping[tuple[str, str], str]
    side_of: Mapping[tuple[str, str], str]
    events: tuple[EventCluster, ...]
    responses: tuple[Response, ...] = ()
    contradictions: tuple[tuple[str, str, str], ...] = ()  # claim_id, claim_id, on
