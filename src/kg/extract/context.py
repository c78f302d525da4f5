"""Ends of an event that its sentence does not name: the actors that the sentences before it and the title speak of."""

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from kg.extract.bars import TABLES, Bars
from kg.extract.linear import pooled, weight_table
from kg.extract.links import SentenceParties
from kg.model.claims import LocalActor
from kg.model.ontology import event_type
from kg.model.words import Role

IMPLIED_ROLES = (Role.ACTOR, Role.RECIPIENT)
IMPLIED = "IMPLIED"
_MAX_RANK = 4
MAX_EVENTS = 200  # that are remembered; no annotated text tells of more than 52
_FAR = 4  # sentences; all that is farther back counts alike


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event as later sentences remember it; `roles` by local id."""

    sentence_no: int
    etype: str
    roles: Mapping[str, Role]


@dataclass(slots=True)
class _Seen:
    sentence_no: int
    place: str  # "subject", "first", "other": how the last sentence had it
    role: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The event that lacks an end.

    Attributes:
        mode: How its trigger stands in the sentence.
        role: The role that nobody in the sentence plays.
        known: Roles that the sentence gives, by local id.
        here: Local ids that the sentence names.
        speaker: Local id of who tells the event, None for the narrator.
    """

    sentence_no: int
    etype: str
    mode: str
    role: Role
    known: Mapping[str, Role]
    here: frozenset[str]
    speaker: str | None = None


def missing_roles(etype: str, known: Mapping[str, Role], sides: Mapping[str, str]) -> tuple[Role, ...]:
    """Return the roles that nobody plays; a reciprocal event lacks an ACTOR as long as it has not two sides."""
    if event_type(etype).reciprocal:
        return (Role.ACTOR,) if len({sides[actor] for actor in known}) < 2 else ()
    return tuple(role for role in IMPLIED_ROLES if role not in known.values())


def _most_implied(asked: Asked) -> int:
    """Nobody is left out of a list of victims, but an attack without a name has one author, and a truce two sides."""
    if asked.role is Role.ACTOR and (asked.known or not event_type(asked.etype).reciprocal):
        return 1
    return 2


def mentions_of(parties: SentenceParties) -> list[tuple[str, bool]]:
    """Return the local ids of a sentence in its order, each with whether it may be the subject of a verb."""
    mentioned = []
    for party in parties.parties:
        for member in party.members:
            span = parties.tokens[member].span
            if span is not None:
                mentioned.append((span.local_id, not party.preposition and party.form != "poss"))
    return mentioned


@dataclass(slots=True)
class Context:
    """What a document has told so far."""

    actors: Mapping[str, LocalActor]
    sides: Mapping[str, str]
    bars: Bars = TABLES
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)
    _reached: Counter[int] = field(default_factory=Counter)  # how many actors were counted so often, or oftener
    _title: dict[str, int] = field(default_factory=dict)  # place in it by local id
    _events: deque[ToldEvent] = field(default_factory=lambda: deque(maxlen=MAX_EVENTS))

    def note(self, sentence_no: int, mentioned: Sequence[tuple[str, bool]], events: Sequence[ToldEvent]) -> None:
        """Remember a sentence.

        Args:
            mentioned: Local ids in the order of the sentence, each with whether it may be the subject of a verb.
        """
        for order, (actor, is_subject) in enumerate(mentioned):
            if actor in self._seen and self._seen[actor].sentence_no == sentence_no:
                continue
            place = "subject" if is_subject else "first" if order == 0 else "other"
            self._seen.pop(actor, None)
            self._seen[actor] = _Seen(sentence_no, place)  # the last that is named stands last
            self._counts[actor] += 1
            self._reached[self._counts[actor]] += 1
            if sentence_no == 0:
                self._title[actor] = len(self._title)
        for event in events:
            self._events.append(event)
            for actor, role in event.roles.items():
                if actor in self._seen:
                    self._seen[actor].role = role

    def candidates(self, asked: Asked) -> list[str]:
        """Return who may be meant, latest first: the last sentences, the title, and the unused of this sentence."""
        used = {self.sides[actor] for actor in asked.known}
        near = takewhile(
            lambda actor: asked.sentence_no - self._seen[actor].sentence_no <= self.bars.reach, reversed(self._seen)
        )
        open_ones = {*near, *self._title, *(actor for actor in asked.here if actor in self._seen)}
        recent = [(-self._seen[actor].sentence_no, -self._counts[actor], actor) for actor in open_ones]
        return [actor for *_, actor in sorted(recent) if self.sides[actor] not in used][: self.bars.candidates]

    def features(self, asked: Asked, actor: str) -> list[str]:
        """Return what speaks for an actor as the end that is asked for."""
        seen, kind = self._seen[actor], event_type(asked.etype)
        role, plover = asked.role, kind.plover
        distance = min(asked.sentence_no - seen.sentence_no, _FAR)
        rank = min(self._reached[self._counts[actor] + 1], _MAX_RANK)
        title = min(self._title[actor], 2) if actor in self._title else "-"
        who = self.actors[actor].type
        same = self._last_same(asked, actor)
        pair = self._pair(asked, actor)
        told = "" if asked.speaker is None else "self" if asked.speaker == actor else "other"
        here = actor in asked.here
        return [
            f"role={role}",
            f"type={asked.etype}|{role}",
            f"distance={role}|{distance}|{here}",
            f"seen={role}|{distance}|{seen.place}|{seen.role}",
            f"plover-seen={plover}|{role}|{seen.role}|{min(distance, 2)}",
            f"rank={role}|{rank}",
            f"rank-title={role}|{rank}|{title}",
            f"title={plover}|{role}|{title}",
            f"who={plover}|{role}|{who}",
            f"type-who={asked.etype}|{role}|{who}",
            f"same={role}|{same}",
            f"same-plover={plover}|{role}|{same}",
            f"pair={role}|{pair}",
            f"pair-same={role}|{pair}|{same}",
            f"known={role}|{bool(asked.known)}|{asked.mode}",
            f"mode={plover}|{role}|{asked.mode}|{min(distance, 2)}",
            f"speaker={plover}|{role}|{told}",
            f"speaker-here={role}|{told}|{here}",
            f"candidates={min(len(self._seen), 6)}|{role}",
        ]

    def implied(self, asked: Asked, encoder: Mapping[str, float] | None = None) -> Iterator[tuple[str, float]]:
        """Yield the actors that play the role unsaid, with their probabilities; one for each side, at most two."""
        table = weight_table("context_weights")
        wanted = table.classes.index(IMPLIED)
        weighed = []
        for actor in self.candidates(asked):
            table_odd = table.probabilities(self.features(asked, actor))[wanted]
            read = (encoder or {}).get(actor)
            both = pooled(
                [1 - table_odd, table_odd], None if read is None else [1 - read, read], self.bars.implied_share
            )
            weighed.append((both[1], actor))
        taken: set[str] = set()
        for odd, actor in sorted(weighed, key=lambda w: (-w[0], w[1])):
            if len(taken) == _most_implied(asked):
                return
            if odd >= self.bars.implied and self.sides[actor] not in taken:
                taken.add(self.sides[actor])
                yield actor, odd

    def _last_same(self, asked: Asked, actor: str) -> str:
        """Return the role of the actor's side in the last event of the same PLOVER type, and how far back that is."""
        plover, side = event_type(asked.etype).plover, self.sides[actor]
        for event in reversed(self._events):
            if event_type(event.etype).plover != plover:
                continue
            role = next((r for a, r in event.roles.items() if self.sides[a] == side), "none")
            return f"{role}|{min(asked.sentence_no - event.sentence_no, 3)}|{event.etype == asked.etype}"
        return "never"

    def _pair(self, asked: Asked, actor: str) -> str:
        """Return how the actor's side met the known end before."""
        others = {self.sides[a] for a in asked.known}
        if not others:
            return "alone"
        side = self.sides[actor]
        for event in reversed(self._events):
            roles = {self.sides[a]: r for a, r in event.roles.items()}
            if side in roles and others & roles.keys():
                sign = event_type(event.etype).sign == event_type(asked.etype).sign
                return f"{roles[side]}|{sign}"
        return "new"
