"""A claim with its parties told by side: what clustering compares."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kg.model.claims import Claim
from kg.model.documents import Document
from kg.model.ids import fold
from kg.model.ontology import event_types
from kg.model.times import Interval
from kg.model.told import ToldClaim, told_order
from kg.model.words import ActorType, Role, Status
from kg.model.world import ResolvedDocument
from kg.text.gazetteer import gazetteer
from kg.text.landmarks import counted_status

Sides = frozenset[str]

MIN_WORD_CHARS = 4  # shorter ones are mostly articles, prepositions and auxiliaries
STEM_CHARS = 5

_BEFALLEN = frozenset({Role.RECIPIENT, Role.OBJECT})
_SINGLE = frozenset({ActorType.PERSON, ActorType.COMPANY, ActorType.FACILITY})

SAID_STATUSES = frozenset({Status.OFFERED, Status.REQUESTED, Status.THREATENED, Status.CONDITIONAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyClaim:
    """A claim whose fillers are actors of the world.

    Attributes:
        claim: With the status that it counts with.
        actors: Sides of the fillers of ACTOR; of a reciprocal event, of all parties.
        recipients: Sides of the fillers of RECIPIENT; empty for a reciprocal event.
        addressees: Sides of those who are spoken to.
        mediators: Sides of those who mediate.
        act_actors: Sides of those who act in the speech act that it is the content of.
        things: Actor ids of what is hit or where it happens.
        patients: Actor ids of the persons, companies and facilities that it befalls.
        persons: Actor ids of the persons who act.
        words: The longer words of the quote, folded.
        trigger_stem: How its trigger begins, so that struck and strike differ but strike and strikes do not.
    """

    claim: Claim
    document: Document
    actors: Sides
    recipients: Sides
    addressees: Sides
    mediators: Sides
    act_actors: Sides
    things: Sides
    patients: Sides
    persons: Sides
    words: frozenset[str]
    trigger_stem: str

    @property
    def order(self) -> tuple[datetime, str, int, str]:
        """Sorts as `ToldClaim.order` does."""
        return told_order(self.document, self.claim)

    @property
    def time(self) -> Interval | None:
        """When the event takes place, if either end is known."""
        time = self.claim.time
        return time if time is not None and (time.start or time.end) else None

    @property
    def published(self) -> int | None:
        """The day of publication as an ordinal."""
        published = self.document.published
        day = published and (published.first_day or published.last_day)
        return day.toordinal() if day else None

    @property
    def parties(self) -> Sides:
        """Everybody who acts or is acted upon."""
        return self.actors | self.recipients

    def shared_words(self, other: "PartyClaim") -> float:
        """Return the share of the words of the shorter sentence that the other has too, in [0, 1]."""
        shorter = min(len(self.words), len(other.words))
        return len(self.words & other.words) / shorter if shorter else 0.0


def party_claims(resolved: ResolvedDocument) -> tuple[PartyClaim, ...]:
    """Return the claims of a document, in the order told, with their fillers looked up in the world.

    What a newer version has replaced tells of no event any more.
    """
    if resolved.document.known_to is not None:
        return ()
    claims = {claim_id: _party_claim(told, resolved) for claim_id, told in resolved.told.items()}
    return tuple(
        replace(party, act_actors=claims[act].actors) if (act := party.claim.content_of) in claims else party
        for party in claims.values()
    )


def _party_claim(told: ToldClaim, resolved: ResolvedDocument) -> PartyClaim:
    """Return the claim with its fillers looked up in the world, its speech act left out."""
    claim, actor_of, side_of = told.claim, resolved.actor_of, resolved.side_of
    claim = replace(claim, status=counted_status(claim.status, claim.around_trigger[0]))

    def fillers(world: Mapping[str, str], *roles: Role) -> Sides:
        return frozenset(world[told.actors[f.actor].raw_id] for f in claim.roles if f.role in roles)

    actors, recipients = fillers(side_of, Role.ACTOR), fillers(side_of, Role.RECIPIENT)
    if event_types()[claim.etype].reciprocal:
        actors, recipients = actors | recipients, frozenset()
    return PartyClaim(
        claim=claim,
        document=told.document,
        actors=actors,
        recipients=recipients,
        addressees=fillers(side_of, Role.ADDRESSEE),
        mediators=fillers(side_of, Role.MEDIATOR),
        act_actors=frozenset(),
        things=fillers(actor_of, Role.OBJECT, Role.PLACE),
        patients=frozenset(
            actor_of[told.actors[f.actor].raw_id]
            for f in claim.roles
            if f.role in _BEFALLEN and told.actors[f.actor].type in _SINGLE
        ),
        persons=frozenset(
            actor_of[told.actors[f.actor].raw_id]
            for f in claim.roles
            if f.role is Role.ACTOR and told.actors[f.actor].type is ActorType.PERSON
        ),
        words=frozenset(word for word in fold(claim.quote).split() if len(word) >= MIN_WORD_CHARS),
        trigger_stem=told.document.text[claim.trigger_start : claim.trigger_end].casefold()[:STEM_CHARS],
    )


def home_of(side: str) -> str | None:
    """Return the state in which an armed group of the gazetteer is at home, None for anybody else."""
    subject = gazetteer().subject(side)
    return subject.country if subject is not None and subject.type is ActorType.ARMED_GROUP else None


def agree_on_actors(some: PartyClaim, other: PartyClaim) -> bool:
    """Whether one names no actors, or all of the other's; in a war at home its state is not a group."""
    if event_types()[some.claim.etype].reciprocal:
        return _agree(some, some.actors, other, other.actors)
    return _hold(some.actors, other.actors)


def agree_on_recipients(some: PartyClaim, other: PartyClaim) -> bool:
    """Whether one names no recipients, or all of the other's; who hits Hezbollah is told to hit Lebanon, too."""
    return _agree(some, some.recipients, other, other.recipients)


def _agree(some: PartyClaim, sides: Sides, other: PartyClaim, others: Sides) -> bool:
    if _hold(sides, others):
        return True
    homes = {home for side in sides - other.parties if (home := home_of(side)) and home not in some.parties}
    other_homes = {home for side in others - some.parties if (home := home_of(side)) and home not in other.parties}
    return others <= sides | homes or sides <= others | other_homes


def _hold(some: Sides, others: Sides) -> bool:
    return not some or not others or some <= others or others <= some
