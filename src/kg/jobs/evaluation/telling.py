"""What gold or an extractor tells of one document, in terms that can be compared: sides, keys, pairs, groups, days."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from kg.model.claims import Extraction, followed
from kg.model.ontology import MEDIATION_TYPES, event_types
from kg.model.words import STATUS_GROUPS, Role, Status

Pair = tuple[str, str]
Days = tuple[str, str]  # first and last day, ISO 8601, both inclusive

EVERYBODY = "*"
MAX_PAIRED = 4  # more parties are a summit: each is told once, with EVERYBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEvent:
    """One event as one sentence tells it; a minister's side is the state.

    Attributes:
        group: The group of its status, a value of STATUS_GROUPS.
        sides: Pairs of sides, from actor to recipient; sorted within the pair where the type is reciprocal.
        keys: As sides, of the actors themselves.
        parts: (role, side) of each filler.
        mediated: Pairs of a mediator's side and a party's.
        days: When it takes place; None when the text does not say.
    """

    sentence_no: int
    etype: str
    group: str
    sides: frozenset[Pair]
    keys: frozenset[Pair]
    parts: frozenset[tuple[str, str]]
    mediated: frozenset[Pair]
    days: Days | None
    confidence: float

    @property
    def plover(self) -> str:
        """The PLOVER type."""
        return event_types()[self.etype].plover


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one party tells of one document.

    Attributes:
        mentions: (start, end, key) in the text of the document.
    """

    mentions: tuple[tuple[int, int, str], ...]
    events: tuple[ToldEvent, ...]


def comparable(name: str | None) -> str:
    """Return a key as it is compared: ASCII letters and digits without case; another script as it stands.

    Accented letters count as breaks, as in the scorer of the annotations, so that figures agree to the last digit.
    """
    folded = (name or "").casefold()
    return re.sub(r"[^a-z0-9]+", " ", folded).strip() or folded.strip()


class _Actors:
    """The keys of a document's actors, and the sides that they act for in the end."""

    def __init__(self, actors: Iterable[tuple[str, str | None, str | None]]) -> None:
        """Take (id, key, key of whom it acts for)."""
        rows = [(actor, comparable(key), comparable(of)) for actor, key, of in actors]
        parents = {key: of for _, key, of in rows if of}
        self.keys = {actor: key for actor, key, _ in rows}
        self.sides = {actor: followed(key, parents) for actor, key, _ in rows}

    def event(
        self, sentence_no: int, etype: str, status: Status, roles: Sequence[tuple[str, str]], *,
        time: str | None, confidence: float,
    ) -> ToldEvent:  # fmt: skip
        """Return an event whose roles are (role, actor id); fillers that are no actors are left out."""
        known = [(role, actor) for role, actor in roles if actor in self.keys]
        parts = [(role, self.sides[actor]) for role, actor in known]
        return ToldEvent(
            sentence_no=sentence_no,
            etype=etype,
            group=STATUS_GROUPS[status],
            sides=_pairs(parts, etype),
            keys=_pairs([(role, self.keys[actor]) for role, actor in known], etype),
            parts=frozenset(parts),
            mediated=_mediated(parts, etype),
            days=to_days(time),
            confidence=confidence,
        )


def _fillers(parts: Iterable[tuple[str, str]], role: Role) -> set[str]:
    return {filler for name, filler in parts if name == role}


def _pairs(parts: Sequence[tuple[str, str]], etype: str) -> frozenset[Pair]:
    actors, recipients = _fillers(parts, Role.ACTOR), _fillers(parts, Role.RECIPIENT)
    if recipients and not event_types()[etype].reciprocal:
        return frozenset((a, r) for a, r in product(actors, recipients) if a != r)
    everyone = sorted(actors | recipients)
    if len(everyone) > MAX_PAIRED:
        return frozenset((one, EVERYBODY) for one in everyone)
    return frozenset(combinations(everyone, 2))


def _mediated(parts: Sequence[tuple[str, str]], etype: str) -> frozenset[Pair]:
    mediators, parties = _fillers(parts, Role.MEDIATOR), _fillers(parts, Role.RECIPIENT)
    (mediators if etype in MEDIATION_TYPES else parties).update(_fillers(parts, Role.ACTOR))
    return frozenset((m, p) for m, p in product(mediators, parties) if m != p)


def to_days(value: str | None) -> Days | None:
    """Return first and last day of `2025-06-19`, `2025-06`, `2025` or two of these parted by a slash."""
    if not value:
        return None
    first, _, last = value.partition("/")
    last = last or first
    return first + "-01-01"[len(first) - 4 :], last + "-12-31"[len(last) - 4 :]


def overlap(one: Days | None, other: Days | None) -> bool:
    """Tell whether two times share a day; an unknown one shares none."""
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def sentence_starts(sentences: Sequence[str]) -> list[int]:
    """Return where each sentence starts in the text that joins them by newlines."""
    starts, at = [], 0
    for sentence in sentences:
        starts.append(at)
        at += len(sentence) + 1
    return starts


def told_by_gold(row: Mapping[str, Any], sentences: Sequence[str]) -> Telling:
    """Return what an annotation tells; the row has no faults."""
    starts = sentence_starts(sentences)
    actors = _Actors((a["id"], a["key"], a.get("of")) for a in row.get("actors", []))
    mentions = []
    for number, told in row.get("mentions", {}).items():
        for words, actor, *_ in told:
            start, end = place_of(sentences[int(number)], words)
            mentions.append((starts[int(number)] + start, starts[int(number)] + end, actors.keys[actor]))
    events = tuple(
        actors.event(
            event["s"], event["type"], Status(event["status"]), [(r[0], r[2]) for r in event.get("roles", [])],
            time=event["time"][1] if event.get("time") else None, confidence=1.0,
        )
        for event in row.get("events", [])
    )  # fmt: skip
    return Telling(mentions=tuple(mentions), events=events)


def told_by_extraction(extraction: Extraction, sentences: Sequence[str]) -> Telling:
    """Return what an extractor tells; the sentence of a claim is that in which its trigger starts."""
    starts = sentence_starts(sentences)
    actors = _Actors((a.local_id, a.key or a.name, a.acts_for) for a in extraction.actors)
    claims = sorted(extraction.claims, key=lambda c: (c.trigger_start, c.trigger_end, c.claim_id))
    events = tuple(
        actors.event(
            bisect_right(starts, claim.trigger_start) - 1, claim.etype, claim.status,
            [(r.role, r.actor) for r in claim.roles],
            time=claim.time.value if claim.time else None, confidence=claim.confidence,
        )
        for claim in claims
    )  # fmt: skip
    return Telling(mentions=tuple((m.start, m.end, actors.keys[m.actor]) for m in extraction.mentions), events=events)


def place_of(sentence: str, words: str) -> tuple[int, int]:
    """Return where the words of an annotation stand in its sentence ("strike#2": the second); (-1, ...) for nowhere."""
    match = re.fullmatch(r"(.+)#(\d+)", words, re.DOTALL)
    needle, nth = (match[1], int(match[2])) if match and words not in sentence else (words, 1)
    at = -1
    for _ in range(nth):
        at = sentence.find(needle, at + 1)
        if at < 0:
            break
    return at, at + len(needle)
