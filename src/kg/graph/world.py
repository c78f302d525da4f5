"""A resolution ready to be asked: which node plays a role, for which side, and what one event is told by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kg.model.claims import LocalActor, RoleFiller
from kg.model.documents import Document
from kg.model.graph import NodeRef
from kg.model.times import Interval
from kg.model.told import ToldClaim
from kg.model.words import HAPPENED_OCCURRENCES, HAPPENED_STATUSES, ActorType, Occurrence, Role, Status
from kg.model.world import Actor, Link, ResolvedDocument
from kg.text.landmarks import counted_status

PLACE_PREFIX = "plc_"  # of the ids of places, so that the id alone tells the label


def node_ref(actor_id: str) -> NodeRef:
    """Return the node of an actor: places have a label of their own."""
    return NodeRef(label="Place" if actor_id.startswith(PLACE_PREFIX) else "Actor", key=actor_id)


def ref_of(actor: Actor) -> NodeRef:
    """Return the node of an actor."""
    return node_ref(actor.actor_id)


def reported_day(document: Document) -> date | None:
    """Return the UTC day of publication, None when nothing tells it."""
    return (document.published.first_day or document.published.last_day) if document.published else None


def weighed_status(told: ToldClaim) -> Status:
    """Return the status that a claim counts with."""
    claim, published = told.claim, told.document.published
    before = claim.quote[: claim.trigger_start - claim.start]
    starts = claim.time.start if claim.time else None
    return weighed(claim.status, before, starts, published.end if published else None)


def weighed(status: Status, before: str, starts: datetime | None, published_until: datetime | None) -> Status:
    """Return the status that what starts then, told in a document of that time after those words, counts with.

    Nothing that lies after the day of publication has happened, however it is told: it counts as planned. A day is
    left for time zones. (Of 4,868 dated gold claims of what happened, 4 lie later, and each tells a term.)
    """
    status = counted_status(status, before)
    if status not in HAPPENED_STATUSES or starts is None or published_until is None:
        return status
    return Status.PLANNED if starts >= published_until + timedelta(days=1) else status


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """A role filled by a node of the world, and the side that it acts for in that document."""

    role: Role
    ref: NodeRef
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEvent:
    """One event with everything that is told of it.

    Attributes:
        claims: Earliest publication first.
        time: The narrowest interval that a claim tells, of those told as having happened if any is dated.
    """

    event_id: str
    etype: str
    claims: tuple[ToldClaim, ...]
    occurrence: Occurrence
    time: Interval | None

    @property
    def happened(self) -> bool:
        """True only for occurred and ongoing."""
        return self.occurrence in HAPPENED_OCCURRENCES

    @property
    def day(self) -> date | None:
        """The first day on which it takes place, else the first on which it was reported."""
        day = self.time and (self.time.first_day or self.time.last_day)
        reported = (reported_day(told.document) for told in self.claims)
        return day or min(filter(None, reported), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What resolution gives, looked up by id; every row of the graph is made from it.

    Each mapping may be read from an index when it is asked, and may take note of what was asked: what a unit of rows
    asks is all that it depends on. So they are asked by key and never walked through.

    Attributes:
        documents: By doc_id.
        told: By claim_id.
        event_of: claim_id to event_id.
        claims_of: event_id to its claims in the order told.
        events: By event_id, as their claims tell them.
        links: claim_id to the links that start or end there.
        contradictions: event_id to pairs of its claims that cannot both be right, with what they differ on.
        actors: By actor_id; only the actor's own unit asks for more than its name and type.
        origin_of: doc_id to that of the document that it goes back to, itself when it copies none.
        min_confidence: Probability in [0, 1]; what is told with less is weak.
    """

    documents: Mapping[str, ResolvedDocument]
    told: Mapping[str, ToldClaim]
    event_of: Mapping[str, str]
    claims_of: Mapping[str, tuple[str, ...]]
    events: Mapping[str, ToldEvent]
    links: Mapping[str, tuple[Link, ...]]
    contradictions: Mapping[str, tuple[tuple[str, str, str], ...]]
    actors: Mapping[str, Actor]
    origin_of: Mapping[str, str]
    min_confidence: float = 0.0

    def is_weak(self, confidence: float) -> bool:
        """Whether what has that confidence is too uncertain to be drawn unasked."""
        return confidence < self.min_confidence

    def ref(self, document: Document, actor: LocalActor) -> NodeRef:
        """Return the node of an actor of a document."""
        return node_ref(self.documents[document.doc_id].actor_of[actor.raw_id])

    def side(self, document: Document, actor: LocalActor) -> str:
        """Return the actor_id of the side that the actor acts for in the document."""
        return self.documents[document.doc_id].side_of[actor.raw_id]

    def filler(self, told: ToldClaim, filler: RoleFiller) -> Filler:
        """Return a role of a claim with its node."""
        actor = told.actors[filler.actor]
        return Filler(role=filler.role, ref=self.ref(told.document, actor), side=self.side(told.document, actor))

    def fillers(self, told: ToldClaim, *roles: Role) -> tuple[Filler, ...]:
        """Return who plays one of the roles in a claim, each once, sorted by role and node."""
        found = {self.filler(told, filler) for filler in told.claim.roles if filler.role in roles}
        return tuple(sorted(found, key=lambda f: (f.role, f.ref.label, f.ref.key)))


def principals(
    document_actors: tuple[LocalActor, ...],
) -> Iterator[tuple[LocalActor, LocalActor]]:
    """Yield each actor that acts for another one of its document, with that other one."""
    by_key: dict[str, LocalActor] = {}
    for actor in sorted(document_actors, key=lambda a: (a.type is ActorType.PLACE, a.raw_id)):
        by_key.setdefault(actor.key, actor)
    for actor in document_actors:
        principal = by_key.get(actor.acts_for or "")
        if principal is not None and principal.raw_id != actor.raw_id:
            yield actor, principal


def told_time(claims: tuple[ToldClaim, ...]) -> Interval | None:
    """Return the narrowest interval of the claims, of those told as having happened if any is dated."""
    dated = [told for told in claims if told.claim.time and (told.claim.time.start or told.claim.time.end)]
    happened = [told for told in dated if weighed_status(told) in HAPPENED_STATUSES]
    times = [told.claim.time for told in happened or dated if told.claim.time]
    return min(times, key=_seconds, default=None)


def _seconds(interval: Interval) -> float:
    return (interval.end - interval.start).total_seconds() if interval.start and interval.end else float("inf")
