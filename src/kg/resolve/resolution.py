"""Documents with their extractions to one resolution; a pure function of the set of documents."""

from kg.model.told import Read, told_claims
from kg.model.world import Resolution
from kg.resolve.actors import resolve_actors, resolve_sides
from kg.resolve.contradictions import find_contradictions
from kg.resolve.events import SameEvent
from kg.resolve.linking import Linker, cluster, link_claims
from kg.resolve.parties import party_claims
from kg.resolve.responses import Responses

LINKERS: tuple[Linker, ...] = (SameEvent(), Responses())


def resolve(read: Read) -> Resolution:
    """Return who is who and which claims tell of one event.

    The same documents in another order give the same resolution.
    """
    actors, actor_of = resolve_actors(read)
    side_of = resolve_sides(read, actor_of)
    claims = party_claims(told_claims(read), actor_of, side_of)
    links = link_claims(claims, LINKERS)
    events = cluster([party.claim.claim_id for party in claims], links)
    return Resolution(
        actors=actors,
        actor_of=actor_of,
        side_of=side_of,
        events=events,
        links=links,
        contradictions=find_contradictions(events, {party.claim.claim_id: party for party in claims}),
    )
