"""Sanctions as they stand: designations with their acts, programmes and licences, by authority and target."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kg.graph.evidence import Row
from kg.graph.sanction_acts import SanctionAct, commonest, sanction_act
from kg.graph.sanction_life import newest_report, periods, present_state
from kg.graph.world import ToldEvent, World, ref_of
from kg.model.documents import LIST_TYPES
from kg.model.graph import Node, NodeRef, Relationship
from kg.model.ids import content_id, fold
from kg.model.standing import told_day
from kg.model.words import Act, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedAct:
    """An event as the act of one authority on one target; of several parties each pair has its own.

    Attributes:
        authority: actor_id of the side that acts.
        target: actor_id.
    """

    event: ToldEvent
    act: SanctionAct
    authority: str
    target: str

    @property
    def list_id(self) -> str | None:
        """The number on a list that is told."""
        return commonest(detail.list_id for detail in self.act.details)

    @property
    def programme(self) -> str | None:
        """The programme that is told."""
        return commonest(detail.programme for detail in self.act.details)

    @property
    def place_in_life(self) -> tuple[date, str]:
        """Sorts the acts of one designation by the day of the act; acts without any day come first."""
        return (self.event.day or date.min, self.event.event_id)


def placed_acts(event: ToldEvent, world: World) -> Iterator[PlacedAct]:
    """Yield an event of a sanction type as acts, one for each authority and target that it names."""
    fillers = {f for told in event.claims for f in world.fillers(told, Role.ACTOR, Role.RECIPIENT)}
    authorities = sorted({f.side for f in fillers if f.role is Role.ACTOR and _is_actor(f.side, world)})
    targets = sorted({f.ref.key for f in fillers if f.role is Role.RECIPIENT and f.ref.label == "Actor"})
    act = sanction_act(event)
    for authority in authorities:
        for target in targets:
            if authority != target:
                yield PlacedAct(event=event, act=act, authority=authority, target=target)


def _is_actor(actor_id: str, world: World) -> bool:
    return ref_of(world.actors[actor_id]).label == "Actor"


def designation_rows(acts: Iterable[PlacedAct], world: World) -> Iterator[Row]:
    """Yield designations with their targets, acts, programmes and licences.

    What it yields of one authority and target depends on the acts of that pair alone.
    """
    for (authority, target, key), life in sorted(_lives(acts).items()):
        acts_in_order = sorted(life, key=lambda act: act.place_in_life)
        node = _designation(authority, target, key, acts_in_order, world)
        yield node
        yield Relationship(type="TARGETS", start=node.ref, end=NodeRef(label="Actor", key=target))
        for act in acts_in_order:
            yield Relationship(type="MODIFIES", start=_event(act), end=node.ref)
            yield from _programme_rows(act, world)
        yield from _licence_rows(acts_in_order, node.ref, world)
        for earlier, later in pairwise(act for act in acts_in_order if act.event.day):
            yield Relationship(type="PRECEDES", start=_event(earlier), end=_event(later))


def _lives(acts: Iterable[PlacedAct]) -> dict[tuple[str, str, str], list[PlacedAct]]:
    """Return the acts by authority, target and list number or programme.

    An act that names neither belongs to the only designation of that pair that does, if there is exactly one.
    """
    acts = tuple(acts)
    lives: defaultdict[tuple[str, str, str], list[PlacedAct]] = defaultdict(list)
    named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for act in acts:
        if key := act.list_id or fold(act.programme or ""):
            named[act.authority, act.target].add(key)
    for act in acts:
        names = named[act.authority, act.target]
        only = next(iter(names)) if len(names) == 1 else ""
        lives[act.authority, act.target, act.list_id or fold(act.programme or "") or only].append(act)
    return dict(lives)


def _designation(authority: str, target: str, key: str, placed: Sequence[PlacedAct], world: World) -> Node:
    acts = [one.act for one in placed]
    present = present_state(acts)
    return Node(
        label="Designation",
        key=content_id("des", authority, target, key),
        properties={
            "authority": world.actors[authority].name,
            "list_id": commonest(act.list_id for act in placed),
            "measures": present.measures,
            "since": told_day(present.in_force_since),
            "until": told_day(present.until),
            "due": present.due,
            "state": present.state.value,
            "states": tuple(f"{standing.day} {standing.words}" for standing in periods(acts)),
            "evidence": _evidence(placed),
            "newest_report": newest_report(acts),
        },
    )


def _evidence(acts: Iterable[PlacedAct]) -> str:
    kinds = {"list" if told.document.media_type in LIST_TYPES else "news" for act in acts for told in act.event.claims}
    return "both" if len(kinds) > 1 else min(kinds)


def _programme_rows(act: PlacedAct, world: World) -> Iterator[Row]:
    if act.programme is None:
        return
    node = Node(
        label="Programme",
        key=f"{act.authority}:{fold(act.programme)}",
        properties={"name": act.programme, "authority": world.actors[act.authority].name},
    )
    yield node
    yield Relationship(type="UNDER", start=_event(act), end=node.ref)


def _licence_rows(placed: Sequence[PlacedAct], designation: NodeRef, world: World) -> Iterator[Row]:
    """Yield the licences that acts grant, one for each last day; one that is only asked for or planned is not there."""
    granting: defaultdict[date | None, list[PlacedAct]] = defaultdict(list)
    for one in placed:
        if one.act.licence is not None and one.act.happened and one.act.act is not Act.REFUSED:
            granting[one.act.until].append(one)
    for until, acts in granting.items():
        first = acts[0]
        node = Node(
            label="Licence",
            key=content_id("lic", first.authority, first.target, until),
            properties={
                "authority": world.actors[first.authority].name,
                "kind": commonest(one.act.licence for one in acts),
                "valid_from": min(filter(None, (told_day(one.act.start) for one in acts)), default=None),
                "valid_to": until,
            },
        )
        yield node
        for act in acts:
            yield Relationship(type="GRANTS", start=_event(act), end=node.ref)
        yield Relationship(type="COVERS", start=node.ref, end=designation)


def _event(act: PlacedAct) -> NodeRef:
    return NodeRef(label="SanctionAct", key=act.event.event_id)
