"""The world layer: events, who plays which part in them, what they hold, answer and contradict."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from itertools import islice

from kg.graph.confidence import event_confidence, origins_of, tellings_of
from kg.graph.evidence import Row, largest_number
from kg.graph.occurrence import occurrence_of
from kg.graph.sanction_acts import sanction_act_properties
from kg.graph.world import ToldEvent, World, reported_day, told_time, weighed_status
from kg.model.claims import Claim
from kg.model.graph import Node, NodeRef, PropertyValue, Relationship
from kg.model.ontology import SANCTION_TYPES, event_types
from kg.model.told import ToldClaim
from kg.model.words import ContentKind, Occurrence, Role, Status
from kg.model.world import Link, LinkKind

_KIND_OF_STATUS = {
    Status.OFFERED: ContentKind.OFFERED,
    Status.REQUESTED: ContentKind.REQUESTED,
    Status.THREATENED: ContentKind.THREATENED,
    Status.PLANNED: ContentKind.PLANNED,
    Status.REFUSED: ContentKind.REFUSED,
    Status.CONDITIONAL: ContentKind.CONDITIONAL,
    Status.POSSIBLE: ContentKind.FORECAST,
    Status.ALLEGED: ContentKind.ALLEGED,
}
_KIND_OF_ACT = {
    "AGREE": ContentKind.OFFERED,
    "REQUEST": ContentKind.REQUESTED,
    "THREATEN": ContentKind.THREATENED,
    "REJECT": ContentKind.REFUSED,
}
_OUTCOMES = {LinkKind.FULFILLED_BY: "FULFILS", LinkKind.FAILED_BY: "FAILS"}
_RIVALS = {LinkKind.OTHER_ACTOR: "actor", LinkKind.OTHER_DATE: "date"}
_REFUSABLE = frozenset({ContentKind.OFFERED, ContentKind.REQUESTED})
_PARTIES = (Role.ACTOR, Role.RECIPIENT, Role.ADDRESSEE)


def told_event(event_id: str, world: World) -> ToldEvent:
    """Return an event with its occurrence as its claims and the answers to them tell it."""
    event = world.events[event_id]
    if event.occurrence is not Occurrence.UNKNOWN or not _is_turned_down(event, world):
        return event
    came_about = any(_links(event_id, LinkKind.FULFILLED_BY, world))
    return event if came_about else replace(event, occurrence=Occurrence.DID_NOT_OCCUR)


def event_of_claims(event_id: str, claims: tuple[ToldClaim, ...]) -> ToldEvent:
    """Return an event as its claims tell it, whatever was answered to it.

    Args:
        claims: In the order told.
    """
    return ToldEvent(
        event_id=event_id,
        etype=_etype(told.claim.etype for told in claims),
        claims=claims,
        occurrence=occurrence_of((reported_day(told.document), weighed_status(told)) for told in claims),
        time=told_time(claims),
    )


def _etype(etypes: Iterable[str]) -> str:
    """Return the commonest type; one that names its method before one that does not."""
    counts = Counter(etypes)
    return min(counts, key=lambda name: (event_types()[name].plover_mode is None, -counts[name], name))


def _act(content: ToldClaim, world: World) -> ToldClaim | None:
    """Return the speech act that a claim is the content of, if that is another event."""
    act = world.documents[content.document.doc_id].told.get(content.claim.content_of or "")
    if act is None or world.event_of[act.claim.claim_id] == world.event_of[content.claim.claim_id]:
        return None
    return act


def _kind(act: Claim, content: Claim) -> ContentKind:
    told = content.content_kind or _KIND_OF_STATUS.get(content.status)
    return told or _KIND_OF_ACT.get(event_types()[act.etype].plover, ContentKind.ALLEGED)


def _is_turned_down(event: ToldEvent, world: World) -> bool:
    """Whether it was offered or requested, and rejected by somebody without whom it cannot be."""
    for content in event.claims:
        act = _act(content, world)
        if act is None or _kind(act.claim, content.claim) not in _REFUSABLE:
            continue
        asked = world.fillers(act, Role.RECIPIENT, Role.ADDRESSEE) + world.fillers(content, *_PARTIES)
        needed = {filler.side for filler in asked} - {f.side for f in world.fillers(act, Role.ACTOR)}
        if any(_rejects(link, needed, world) for link in _answers(world.event_of[act.claim.claim_id], world)):
            return True
    return False


def _answers(event_id: str, world: World) -> Iterator[Link]:
    """Yield the surest link from each event that answers an event."""
    return _surest(_links(event_id, LinkKind.RESPONSE_TO, world, is_end=True), world)


def _rejects(link: Link, needed: Set[str], world: World) -> bool:
    """Whether an answer is a rejection, by one of some sides, that has happened."""
    answer = world.told[link.claim_id]
    if answer.claim.etype != "REJECT" or not needed & {f.side for f in world.fillers(answer, Role.ACTOR)}:
        return False
    return world.events[world.event_of[link.claim_id]].happened


def _links(event_id: str, kind: LinkKind, world: World, *, is_end: bool = False) -> Iterator[Link]:
    """Yield the links of a kind that start from the claims of an event, or end there."""
    for claim_id in world.claims_of[event_id]:
        for link in world.links[claim_id]:
            if link.kind is kind and claim_id == (link.to if is_end else link.claim_id):
                yield link


def _surest(links: Iterable[Link], world: World) -> Iterator[Link]:
    """Yield the surest link of each two events; none from an event to itself."""
    found: dict[tuple[str, str], Link] = {}
    for link in sorted(links, key=lambda link: (-link.score, link.claim_id, link.to)):
        pair = world.event_of[link.claim_id], world.event_of[link.to]
        if pair[0] != pair[1]:
            found.setdefault(pair, link)
    yield from found.values()


def _rivals(event_id: str, world: World) -> Iterator[tuple[str, str, str]]:
    """Yield pairs of claims that give one deed to two actors or two days, smaller claim_id first, and on what."""
    for kind, on in _RIVALS.items():
        for link in _links(event_id, kind, world):
            first, second = sorted((link.claim_id, link.to))
            yield first, second, on


def event_rows(event: ToldEvent, world: World) -> Iterator[Row]:
    """Yield an event and who plays which part in it."""
    is_sanction_act = event.etype in SANCTION_TYPES
    node = Node(
        label="Event",
        key=event.event_id,
        extra_labels=("SanctionAct",) if is_sanction_act else (),
        properties=_event_properties(event, world) | (sanction_act_properties(event) if is_sanction_act else {}),
    )
    yield node
    counts: Counter[tuple[str, NodeRef]] = Counter()
    sides: defaultdict[tuple[str, NodeRef], Counter[str]] = defaultdict(Counter)
    for told in event.claims:
        for filler in world.fillers(told, *Role):
            part = ("AT" if filler.role is Role.PLACE else filler.role.value, filler.ref)
            counts[part] += 1
            sides[part][filler.side] += 1
    for part, count in counts.items():
        side = min(sides[part], key=lambda name: (-sides[part][name], name))
        yield Relationship(type=part[0], start=node.ref, end=part[1], properties={"n_claims": count, "acts_for": side})


def _event_properties(event: ToldEvent, world: World) -> dict[str, PropertyValue]:
    kind, time = event_types()[event.etype], event.time
    tellings = tellings_of(event, world)
    confidence = event_confidence(tellings)
    dead = [n for told in event.claims if (n := largest_number(told.claim, "killed")) is not None]
    return {
        "etype": event.etype,
        "plover_type": kind.plover,
        "plover_mode": kind.plover_mode,
        "contexts": (),
        "cameo": kind.cameo,
        "quad": kind.quad,
        "score": kind.score,
        "score_name": "plover",
        "sign": kind.sign,
        "t_start": time.first_day if time else None,
        "t_end": time.last_day if time else None,
        "t_precision": time.precision.value if time else None,
        "t_basis": time.basis.value if time else None,
        "occurrence": event.occurrence.value,
        "happened": event.happened,
        "statuses": counted(told.claim.status.value for told in event.claims),
        "n_claims": len(event.claims),
        "n_docs": len({told.document.doc_id for told in event.claims}),
        "n_independent": len(set(origins_of(tellings).values())),
        "confidence": confidence,
        "weak": world.is_weak(confidence),
        "dead_min": min(dead, default=None),
        "dead_max": max(dead, default=None),
    }


def counted(words: Iterable[str]) -> tuple[str, ...]:
    """Return each word with its count, sorted: `occurred 2`."""
    return tuple(f"{word} {count}" for word, count in sorted(Counter(words).items()))


def link_rows(event: ToldEvent, world: World) -> Iterator[Row]:
    """Yield what an event holds, answers and led to, and which of its claims assert it and contradict one another."""
    here = _event_ref(event.event_id)
    for told in event.claims:
        yield Relationship(type="ASSERTS", start=NodeRef(label="Claim", key=told.claim.claim_id), end=here)
        for content in world.documents[told.document.doc_id].told.values():
            if content.claim.content_of == told.claim.claim_id and _act(content, world) is not None:
                end = _event_ref(world.event_of[content.claim.claim_id])
                kind = _kind(told.claim, content.claim)
                yield Relationship(type="CONTENT", start=here, end=end, properties={"kind": kind.value})
    for link in _surest(_links(event.event_id, LinkKind.RESPONSE_TO, world), world):
        yield Relationship(
            type="RESPONSE_TO",
            start=here,
            end=_event_ref(world.event_of[link.to]),
            properties={"confidence": link.score, "claim_id": link.claim_id},
        )
    for outcome, name in _OUTCOMES.items():
        for link in islice(_surest(_links(event.event_id, outcome, world), world), 1):
            yield Relationship(
                type=name,
                start=_event_ref(world.event_of[link.to]),
                end=here,
                properties={"confidence": link.score, "claim_id": link.to},
            )
    for first, second, on in (*world.contradictions[event.event_id], *_rivals(event.event_id, world)):
        yield Relationship(
            type="CONTRADICTS",
            start=NodeRef(label="Claim", key=first),
            end=NodeRef(label="Claim", key=second),
            properties={"on": on},
        )


def _event_ref(event_id: str) -> NodeRef:
    return NodeRef(label="Event", key=event_id)
