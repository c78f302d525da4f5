"""Who is one actor: judgements of people first, then equal keys, then what the rules are sure of.

A pure function of the standing judgements and of the actors that documents show. Nothing of it is stored, so undoing a
judgement gives the world of before.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.model.claims import Extraction, LocalActor
from kg.model.documents import Document
from kg.model.ids import content_id
from kg.model.judgements import Conflict, Judgement, Likeness, SeenActor, Verdict
from kg.model.words import ActorType
from kg.resolve.actors import actor_id
from kg.resolve.pairs import home_of, is_known, is_sure, likely_pairs, told_apart

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which actor of the world each node is.

    Attributes:
        actor_ids: Actor id by node, of those that are not simply their own.
        types: Type by actor id, of actors that bring together several types.
        shared: Raw ids of names that several people bear, told apart by their homes.
        joined: What was merged by rule.
        settled: Pairs of actor ids on which somebody has judged, whatever the verdict.
        conflicts: Judgements that cannot all hold; the POSITIVE ones among them join nothing.
    """

    actor_ids: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, ActorType] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    joined: tuple[Likeness, ...] = ()
    settled: frozenset[Pair] = frozenset()
    conflicts: tuple[Conflict, ...] = ()

    def actor_id(self, doc_id: str, actor: LocalActor) -> str:
        """Return the actor of the world that an actor of a document is."""
        raw_id, home = actor.raw_id, home_of(actor)
        nodes = (f"{raw_id}@{doc_id}", f"{raw_id}@{home}" if raw_id in self.shared and home else raw_id)
        return next((self.actor_ids[node] for node in nodes if node in self.actor_ids), None) or actor_id(actor)

    def in_document(self, document: Document, extractions: Iterable[Extraction]) -> dict[str, str]:
        """Return the actor of the world by raw id, of those actors of a document that are not simply their own."""
        if not self.actor_ids:
            return {}
        actors = [actor for extraction in extractions for actor in extraction.actors]
        actors.sort(key=lambda actor: (actor.raw_id, home_of(actor) is None, home_of(actor) or "", actor.key))
        found: dict[str, str] = {}
        for actor in actors:
            found.setdefault(actor.raw_id, self.actor_id(document.doc_id, actor))
        return {actor.raw_id: found[actor.raw_id] for actor in actors if found[actor.raw_id] != actor_id(actor)}

    def of_node(self, seen: SeenActor) -> str:
        """Return the actor of the world that a node is."""
        found = self.actor_ids.get(seen.node)
        if found is None and is_in_document(seen.node):
            return self.of_node(replace(seen, node=seen.raw_id))
        return found or _own_id(seen)


def identify(judgements: Iterable[Judgement], seen: Mapping[str, SeenActor], sure: Iterable[Likeness]) -> Identity:
    """Return who is who; the same for judgements, actors and pairs in any order.

    A NEGATIVE judgement is obeyed against equal keys and against the rules. POSITIVE judgements that lead from one
    end of a NEGATIVE one to the other, or from one state to another, are a conflict: none of them joins anything
    until a person undoes one.

    Args:
        seen: By node, as `told_apart` gives them; at least those that judgements or sure pairs name.
        sure: Pairs that are merged by rule.
    """
    judgements = sorted((j for j in judgements if j.dispute is None), key=lambda judgement: judgement.judgement_id)
    shared = frozenset(raw_id for node in seen if (raw_id := raw_of(node)) != node)
    states = sorted({end for j in judgements for end in (j.left, j.right) if end in seen and is_state(seen[end])})
    positive, conflicts = _without_conflicts(judgements, states, seen)
    groups = _Groups(_enemies(judgements, states))
    for judgement in positive:
        groups.join(judgement.left, judgement.right)
    meant = {end for judgement in positive for end in (judgement.left, judgement.right)}
    for node in sorted({end for judgement in judgements for end in (judgement.left, judgement.right)}):
        is_alone = node in seen or raw_of(node) in shared or (is_in_document(node) and node in meant)
        groups.join(node, node if is_alone else raw_of(node))
    unsure = {(j.left, j.right) for j in judgements if j.verdict is Verdict.UNSURE}
    joined = [
        pair
        for pair in sorted(sure, key=lambda pair: (-pair.score, pair.left, pair.right))
        if (pair.left, pair.right) not in unsure and groups.join(pair.left, pair.right)
    ]
    actor_ids, types = _named(groups, seen)
    return Identity(
        actor_ids=actor_ids,
        types=types,
        shared=shared,
        joined=tuple(joined),
        settled=frozenset(_pair(actor_ids.get(j.left, j.left), actor_ids.get(j.right, j.right)) for j in judgements),
        conflicts=conflicts,
    )


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


def raw_of(node: str) -> str:
    """Return the raw id that a node is, or is a part of."""
    return node.partition("@")[0]


def is_in_document(node: str) -> bool:
    """Whether a node is what one document means by a name; judged to be somebody, it is that one and nobody else."""
    return node.partition("@")[2].startswith("doc_")


class _Groups:
    """Sets of nodes that grow together, but never over two that are held apart."""

    def __init__(self, enemies: Mapping[str, set[str]]) -> None:
        self._enemies = enemies
        self._group: dict[str, set[str]] = {}

    def of(self, node: str) -> set[str]:
        return self._group.setdefault(node, {node})

    def join(self, left: str, right: str) -> bool:
        """Make one group of two, unless that would bring together what is held apart; tell whether they are one."""
        one, other = sorted((self.of(left), self.of(right)), key=len)
        if one is other:
            return True
        if any(self._enemies.get(node, set()) & other for node in one):
            return False
        other |= one
        for node in one:
            self._group[node] = other
        return True

    def all(self) -> Iterator[list[str]]:
        """Yield each group once, sorted."""
        for node in sorted(self._group):
            if node == min(self._group[node]):
                yield sorted(self._group[node])


def _enemies(judgements: Iterable[Judgement], states: Collection[str]) -> dict[str, set[str]]:
    enemies: defaultdict[str, set[str]] = defaultdict(set)
    enemies.update({state: {other for other in states if other != state} for state in states})
    for judgement in judgements:
        if judgement.verdict is Verdict.NEGATIVE:
            enemies[judgement.left].add(judgement.right)
            enemies[judgement.right].add(judgement.left)
    return enemies


def _without_conflicts(
    judgements: list[Judgement], states: Sequence[str], seen: Mapping[str, SeenActor]
) -> tuple[list[Judgement], tuple[Conflict, ...]]:
    """Return the POSITIVE judgements that contradict nothing, and the conflicts of the others."""
    positive = [judgement for judgement in judgements if judgement.verdict is Verdict.POSITIVE]
    conflicts: list[Conflict] = []
    for judgement in judgements:
        if judgement.verdict is not Verdict.NEGATIVE:
            continue
        if ids := _ways(positive, judgement.left, judgement.right):
            told = f"{judgement.left} and {judgement.right} are judged the same and not the same"
            all_ids = tuple(sorted({*ids, judgement.judgement_id}))
            conflicts.append(Conflict(kind="judgements", told=told, judgement_ids=all_ids))
    for i, right in enumerate(states):
        for left in states[:i]:
            if ids := _ways(positive, left, right):
                told = f"{seen[left].key} and {seen[right].key} are two states, and judged the same"
                conflicts.append(Conflict(kind="states", told=told, judgement_ids=tuple(sorted(ids))))
    stopped = {judgement_id for conflict in conflicts for judgement_id in conflict.judgement_ids}
    return [j for j in positive if j.judgement_id not in stopped], tuple(conflicts)


def is_state(seen: SeenActor) -> bool:
    """Whether the tables know the actor as a state."""
    return seen.type is ActorType.STATE and is_known(seen) and seen.node == seen.raw_id


def _ways(positive: Iterable[Judgement], start: str, end: str) -> set[str]:
    """Return the ids of POSITIVE judgements that lead from one node to another; taking them all away parts the two."""
    ways: set[str] = set()
    while way := _shortest([judgement for judgement in positive if judgement.judgement_id not in ways], start, end):
        ways |= way
    return ways


def _shortest(positive: Iterable[Judgement], start: str, end: str) -> set[str]:
    beside: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for judgement in positive:
        beside[judgement.left].append((judgement.right, judgement.judgement_id))
        beside[judgement.right].append((judgement.left, judgement.judgement_id))
    waiting = deque([(start, frozenset[str]())])
    passed = {start}
    while waiting:
        node, way = waiting.popleft()
        if node == end:
            return set(way)
        for other, judgement_id in sorted(beside[node]):
            if other not in passed:
                passed.add(other)
                waiting.append((other, way | {judgement_id}))
    return set()


def _named(groups: _Groups, seen: Mapping[str, SeenActor]) -> tuple[dict[str, str], dict[str, ActorType]]:
    """Return the actor id of each node of each group: that of its best known member, whose type it has too."""
    actor_ids: dict[str, str] = {}
    types: dict[str, ActorType] = {}
    for group in groups.all():
        members = sorted((member for node in group for member in _members(node, seen)), key=_rank)
        if members:
            found = _own_id(members[0])
            actor_ids.update(dict.fromkeys(group, found))
            if len({member.type for member in members}) > 1:
                types[found] = members[0].type
    for node in seen:
        if node != raw_of(node):
            actor_ids.setdefault(node, _own_id(seen[node]))
    return actor_ids, types


def _members(node: str, seen: Mapping[str, SeenActor]) -> Iterator[SeenActor]:
    """Yield what is seen under a node; of a part of a raw id that judgements alone tell apart, the whole it is of."""
    if node in seen:
        yield seen[node]
    elif (raw_id := raw_of(node)) in seen:
        yield replace(seen[raw_id], node=node)


def _rank(seen: SeenActor) -> tuple[bool, bool, bool, bool, str]:
    """States and others with short ids first, then those the tables know, then those of the news."""
    is_part = seen.node != seen.raw_id
    return is_part, _own_id(seen).startswith(("act_", "plc_")), not is_known(seen), bool(seen.list_ids), _own_id(seen)


def _own_id(seen: SeenActor) -> str:
    if seen.node != seen.raw_id:
        return content_id("act", seen.raw_id, seen.node)
    if seen.list_ids:
        return content_id("act", seen.raw_id)
    return actor_id(LocalActor(local_id="", name=seen.key, type=seen.type, key=seen.key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Who is who, with what it was concluded from.

    Attributes:
        seen: What documents show, by node.
        likely: The pairs that are worth a look, merged ones among them.
    """

    identity: Identity
    seen: Mapping[str, SeenActor]
    likely: tuple[Likeness, ...]


def known_by(judgements: Iterable[Judgement], sighted: Iterable[SeenActor]) -> Known:
    """Return who is who by the judgements that stand and all that documents show."""
    seen = told_apart(sighted)
    likely = tuple(likely_pairs(seen))
    sure = (pair for pair in likely if is_sure(pair, seen[pair.left], seen[pair.right]))
    return Known(identity=identify(judgements, seen, sure), seen=seen, likely=likely)


def to_review(known: Known) -> list[Likeness]:
    """Return the pairs that no rule has merged and nobody has judged, the likeliest first; one of two actors each."""
    found: dict[Pair, Likeness] = {}
    for pair in sorted(known.likely, key=lambda pair: (-pair.score, pair.left, pair.right)):
        one, other = known.seen[pair.left], known.seen[pair.right]
        actors = _pair(known.identity.of_node(one), known.identity.of_node(other))
        if actors[0] != actors[1] and actors not in known.identity.settled:
            found.setdefault(actors, pair)
    return list(found.values())


def ways_between(judgements: Iterable[Judgement], left: str, right: str) -> frozenset[str]:
    """Return the ids of the POSITIVE judgements that make one actor of two nodes."""
    return frozenset(_ways([j for j in judgements if j.verdict is Verdict.POSITIVE], left, right))
