"""The world layer: events, who plays which part in them, what they hold, answer and contradict."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import prod

from kg.graph.evidence import Row, largest_number
from kg.graph.occurrence import occurrence_of
from kg.graph.sanction_acts import sanction_act_properties
from kg.graph.world import ToldEvent, World, independent_documents, reported_day, told_time, weighed_status
from kg.model.claims import Claim
from kg.model.graph import Node, NodeRef, PropertyValue, Relationship
from kg.model.ontology import SANCTION_TYPES, event_types
from kg.model.told import ToldClaim
from kg.model.words import ContentKind, Occurrence, Role, Status
from kg.model.world import Link, LinkKind

CONFIDENCE_CAP = 0.99  # however many documents agree, they may share one wrong source

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
_REFUSABLE = frozenset({ContentKind.OFFERED, ContentKind.REQUESTED})
_PARTIES = (Role.ACTOR, Role.RECIPIENT, Role.ADDRESSEE)


def told_events(world: World) -> tuple[ToldEvent, ...]:
    """Return every event with its occurrence, sorted by id."""
    events = {
        cluster.event_id: _told_event(
            cluster.event_id,
            tuple(sorted((world.told[claim_id] for claim_id in cluster.claim_ids), key=lambda told: told.order)),
        )
        for cluster in world.resolution.events
    }
    for event_id in _turned_down(events, world):
        event = events[event_id]
        events[event_id] = ToldEvent(
            event_id=event_id,
            etype=event.etype,
            claims=event.claims,
            occurrence=Occurrence.DID_NOT_OCCUR,
            time=event.time,
        )
    return tuple(events[event_id] for event_id in sorted(events))


def _told_event(event_id: str, claims: tuple[ToldClaim, ...]) -> ToldEvent:
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


def contents(world: World) -> Iterator[tuple[ToldClaim, ToldClaim, ContentKind]]:
    """Yield a speech act, what it is about, and how it holds it."""
    for told in world.told.values():
        act = world.told.get(told.claim.content_of or "")
        if act is not None and world.event_of[act.claim.claim_id] != world.event_of[told.claim.claim_id]:
            yield act, told, _kind(act.claim, told.claim)


def _kind(act: Claim, content: Claim) -> ContentKind:
    told = content.content_kind or _KIND_OF_STATUS.get(content.status)
    return told or _KIND_OF_ACT.get(event_types()[act.etype].plover, ContentKind.ALLEGED)


def _turned_down(events: Mapping[str, ToldEvent], world: World) -> Iterator[str]:
    """Yield what was offered or requested, and rejected by somebody without whom it cannot be."""
    rejections: defaultdict[str, list[ToldClaim]] = defaultdict(list)
    for link in responses(world):
        answer = events[world.event_of[link.claim_id]]
        if answer.etype == "REJECT" and answer.happened:
            rejections[world.event_of[link.to]].append(world.told[link.claim_id])
    for act, content, kind in contents(world):
        event = events[world.event_of[content.claim.claim_id]]
        if kind not in _REFUSABLE or event.occurrence is not Occurrence.UNKNOWN:
            continue
        asked = world.fillers(act, Role.RECIPIENT, Role.ADDRESSEE) + world.fillers(content, *_PARTIES)
        needed = {filler.side for filler in asked} - {f.side for f in world.fillers(act, Role.ACTOR)}
        for rejection in rejections.get(world.event_of[act.claim.claim_id], ()):
            if needed & {filler.side for filler in world.fillers(rejection, Role.ACTOR)}:
                yield event.event_id


def responses(world: World) -> Iterator[Link]:
    """Yield, for each event and each other one that it answers, the surest link."""
    surest: dict[tuple[str, str], Link] = {}
    for link in sorted(world.resolution.links, key=lambda link: (-link.score, link.claim_id, link.to)):
        pair = world.event_of[link.claim_id], world.event_of[link.to]
        if link.kind is LinkKind.RESPONSE_TO and pair[0] != pair[1]:
            surest.setdefault(pair, link)
    yield from surest.values()


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
    independent = independent_documents(event.claims)
    confidence = joint_confidence(independent.values())
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
        "n_independent": len(independent),
        "confidence": confidence,
        "weak": world.is_weak(confidence),
        "dead_min": min(dead, default=None),
        "dead_max": max(dead, default=None),
    }


def counted(words: Iterable[str]) -> tuple[str, ...]:
    """Return each word with its count, sorted: `occurred 2`."""
    return tuple(f"{word} {count}" for word, count in sorted(Counter(words).items()))


def joint_confidence(confidences: Iterable[float]) -> float:
    """Return the probability that at least one of independent tellers is right, at most 0.99."""
    return round(min(CONFIDENCE_CAP, 1 - prod(1 - confidence for confidence in sorted(confidences))), 4)


def link_rows(world: World) -> Iterator[Row]:
    """Yield what speech acts hold, which event answers which, and which claims contradict one another."""
    for act, content, kind in contents(world):
        start, end = (_event_ref(world.event_of[told.claim.claim_id]) for told in (act, content))
        yield Relationship(type="CONTENT", start=start, end=end, properties={"kind": kind.value})
    for link in responses(world):
        yield Relationship(
            type="RESPONSE_TO",
            start=_event_ref(world.event_of[link.claim_id]),
            end=_event_ref(world.event_of[link.to]),
            properties={"confidence": link.score, "claim_id": link.claim_id},
        )
    for first, second, on in world.resolution.contradictions:
        yield Relationship(
            type="CONTRADICTS",
            start=NodeRef(label="Claim", key=first),
            end=NodeRef(label="Claim", key=second),
            properties={"on": on},
        )


def _event_ref(event_id: str) -> NodeRef:
    return NodeRef(label="Event", key=event_id)
