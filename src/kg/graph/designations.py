"""Sanctions as they stand: designations with their acts, programmes and licences.

State is a fold over acts, so that the same acts in any order give the same state. It is the state as the newest
document about the designation could know it: no clock is asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kg.graph.evidence import Row
from kg.graph.sanction_acts import act_of, commonest, details
from kg.graph.world import ToldEvent, World, ref_of, reported_day
from kg.model.documents import MediaType
from kg.model.graph import Node, NodeRef, Relationship
from kg.model.ids import content_id, fold
from kg.model.ontology import SANCTION_TYPES
from kg.model.words import Act, Occurrence, Role, Status

_IN_FORCE = frozenset({Act.IMPOSED, Act.ENTERED_INTO_FORCE, Act.EXTENDED, Act.WIDENED, Act.AMENDED, Act.EASED})
_ENDED = frozenset({Act.LIFTED, Act.EXPIRED})
_HOLES = frozenset({Act.LICENSED, Act.WAIVED})
_PROPOSING = frozenset({Status.REQUESTED, Status.OFFERED, Status.THREATENED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionAct:
    """One event as an act of one authority on one target."""

    event: ToldEvent
    act: Act
    authority: str  # actor_id
    target: str  # actor_id
    list_id: str | None
    programme: str | None

    @property
    def effective(self) -> date | None:
        """The first day on which it holds, None when no claim tells it."""
        return commonest(detail.effective for detail in details(self.event))

    @property
    def until(self) -> date | None:
        """The last day on which it holds."""
        return commonest(detail.until for detail in details(self.event))

    @property
    def place_in_life(self) -> tuple[date, str]:
        """Sorts the acts of one designation by the day of the act; acts without any day come first."""
        return (self.event.day or date.min, self.event.event_id)


def designation_rows(events: Iterable[ToldEvent], world: World) -> Iterator[Row]:
    """Yield designations with their targets, acts, programmes and licences."""
    acts = [act for event in events if event.etype in SANCTION_TYPES for act in _acts(event, world)]
    for (authority, target, key), life in sorted(_lives(acts).items()):
        acts_in_order = sorted(life, key=lambda act: act.place_in_life)
        node = _designation(authority, target, key, acts_in_order, world)
        yield node
        yield Relationship(type="TARGETS", start=node.ref, end=NodeRef(label="Actor", key=target))
        for act in acts_in_order:
            yield Relationship(type="MODIFIES", start=_event(act), end=node.ref)
            yield from _programme_rows(act, world)
            yield from _licence_rows(act, node.ref, world)
        for earlier, later in pairwise(act for act in acts_in_order if act.event.day):
            yield Relationship(type="PRECEDES", start=_event(earlier), end=_event(later))


def _acts(event: ToldEvent, world: World) -> Iterator[SanctionAct]:
    fillers = {f for told in event.claims for f in world.fillers(told, Role.ACTOR, Role.RECIPIENT)}
    authorities = sorted({f.side for f in fillers if f.role is Role.ACTOR and _is_actor(f.side, world)})
    targets = sorted({f.ref.key for f in fillers if f.role is Role.RECIPIENT and f.ref.label == "Actor"})
    list_id = commonest(detail.list_id for detail in details(event))
    programme = commonest(detail.programme for detail in details(event))
    for authority in authorities:
        for target in targets:
            if authority != target:
                yield SanctionAct(
                    event=event,
                    act=act_of(event),
                    authority=authority,
                    target=target,
                    list_id=list_id,
                    programme=programme,
                )


def _is_actor(actor_id: str, world: World) -> bool:
    return ref_of(world.actors[actor_id]).label == "Actor"


def _lives(acts: Sequence[SanctionAct]) -> dict[tuple[str, str, str], list[SanctionAct]]:
    """Return the acts by authority, target and list number or programme.

    An act that names neither belongs to the only designation of that pair that does, if there is exactly one.
    """
    lives: defaultdict[tuple[str, str, str], list[SanctionAct]] = defaultdict(list)
    named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for act in acts:
        if key := act.list_id or fold(act.programme or ""):
            named[act.authority, act.target].add(key)
    for act in acts:
        names = named[act.authority, act.target]
        only = next(iter(names)) if len(names) == 1 else ""
        lives[act.authority, act.target, act.list_id or fold(act.programme or "") or only].append(act)
    return dict(lives)


def _designation(authority: str, target: str, key: str, acts: Sequence[SanctionAct], world: World) -> Node:
    state, since, until = _state(acts)
    held = [act for act in acts if act.event.happened]
    return Node(
        label="Designation",
        key=content_id("des", authority, target, key),
        properties={
            "authority": world.actors[authority].name,
            "list_id": commonest(act.list_id for act in acts),
            "measures": tuple(sorted({m for act in held for d in details(act.event) for m in d.measures})),
            "since": since,
            "until": until,
            "state": state,
            "evidence": _evidence(acts),
        },
    )


def _state(acts: Sequence[SanctionAct]) -> tuple[str, date | None, date | None]:
    """Return the state and the first and last day in force.

    Args:
        acts: In the order of their days.
    """
    known = max((d for act in acts for t in act.event.claims if (d := reported_day(t.document))), default=None)
    state, since, until = "unknown", None, None
    for act in acts:
        if not act.event.happened:
            continue
        state = _after(state, act, known)
        if state == "in_force" and act.act in _IN_FORCE:
            start = act.effective or act.event.day
            since = min(filter(None, (since, start)), default=None)
            until = act.until or until
        elif state == "ended":
            until = act.effective or act.event.day
    return (_only_said(acts) if state == "unknown" else state), since, until


def _after(state: str, act: SanctionAct, known: date | None) -> str:
    """Return the state once an act has happened; an act that takes effect after all we know is only announced."""
    if act.act in _IN_FORCE:
        is_due = act.effective is not None and known is not None and act.effective > known
        return "announced" if is_due and state in {"unknown", "announced"} else "in_force"
    if act.act in _ENDED:
        return "ended"
    if act.act is Act.SUSPENDED:
        return "suspended"
    if act.act in {Act.ANNOUNCED, Act.POSTPONED}:
        return "announced" if state in {"unknown", "ended"} else state
    if act.act in _HOLES:
        return "in_force" if state == "unknown" else state
    return state


def _only_said(acts: Sequence[SanctionAct]) -> str:
    if any(act.event.occurrence is Occurrence.EXPECTED for act in acts):
        return "announced"
    statuses = {told.claim.status for act in acts for told in act.event.claims}
    if Status.REFUSED in statuses or any(act.act is Act.REFUSED for act in acts):
        return "refused"
    if statuses & _PROPOSING or any(act.act in {Act.PROPOSED, Act.THREATENED} for act in acts):
        return "proposed"
    return "unknown"


def _evidence(acts: Iterable[SanctionAct]) -> str:
    kinds = {
        "list" if told.document.media_type == MediaType.UN_RECORD else "news"
        for act in acts
        for told in act.event.claims
    }
    return "both" if len(kinds) > 1 else min(kinds)


def _programme_rows(act: SanctionAct, world: World) -> Iterator[Row]:
    if act.programme is None:
        return
    node = Node(
        label="Programme",
        key=f"{act.authority}:{fold(act.programme)}",
        properties={"name": act.programme, "authority": world.actors[act.authority].name},
    )
    yield node
    yield Relationship(type="UNDER", start=_event(act), end=node.ref)


def _licence_rows(act: SanctionAct, designation: NodeRef, world: World) -> Iterator[Row]:
    """Yield the licence that an act grants; one that is only asked for or planned is not there yet."""
    kind = commonest(detail.licence for detail in details(act.event))
    if not act.event.happened or (kind is None and act.act is not Act.LICENSED):
        return
    node = Node(
        label="Licence",
        key=content_id("lic", act.authority, act.target, act.until),
        properties={
            "authority": world.actors[act.authority].name,
            "kind": kind,
            "valid_from": act.effective,
            "valid_to": act.until,
        },
    )
    yield node
    yield Relationship(type="GRANTS", start=_event(act), end=node.ref)
    yield Relationship(type="COVERS", start=node.ref, end=designation)


def _event(act: SanctionAct) -> NodeRef:
    return NodeRef(label="SanctionAct", key=act.event.event_id)
