"""Annotated documents as arrays: what the encoder is shown, and what it is asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kg.extract.actors import find_actors
from kg.extract.spans import DocumentActors
from kg.extract.triggers import CONTENT_TAGS
from kg.extract.windows import (
    LEARNT_ROLES,
    STATUS_SIZES,
    STATUSES,
    TRIGGER_SIZES,
    Event,
    Marks,
    Pairs,
    ReadSentence,
    Window,
    event_classes,
    pair_sizes,
    read_sentences,
    status_fields,
    trigger_fields,
    windows_of,
)
from kg.extract.wordpieces import WordPieces
from kg.model.documents import Document
from kg.model.ids import fold
from kg.training.gold import Row, gold_actors, gold_rows, head_of, local_actors, place_of, side_keys, to_document

Array = np.ndarray[Any, Any]
NO_ROLE = 0
NEWS_WEIGHT = 2.0  # texts of newspapers are few beside our own dispatches, and what people read


@dataclass(frozen=True)
class Soft:
    """What a teacher answers for a window: scores before softmax, in half precision.

    Attributes:
        labels: A x event classes, for the A words asked.
        statuses: E x statuses, for the E events.
        roles: L x `LEARNT_ROLES`, for the L pairs of event and actor; the score of no role is 0.
    """

    labels: Array
    statuses: Array
    roles: Array


@dataclass(frozen=True)
class Example:
    """One window: T tokens, P pieces, E events, N pairs of event and mention, L pairs of event and actor.

    Attributes:
        pieces: P ids of word pieces, without the marks of start and end.
        starts: For each of the T tokens the place of its first piece.
        marks: T x 4, see `Marks.word`.
        actors: T numbers of the actor that a token names, -1 for none.
        asked: The tokens that may name an event, as indices below T.
        labels: Their event classes.
        trigger_fields: Their fields, see `trigger_fields`.
        events: E indices of the tokens of events.
        types: E event classes.
        statuses: E numbers of statuses.
        status_fields: E fields, see `status_fields`.
        pairs: N x (event, token of the mention, group); pairs of one group are the mentions of one actor.
        pair_fields: N fields, see `pair_sizes`.
        roles: L numbers of roles, 0 for none.
        weight: How much the window counts.
        is_annotated: Whether a person told labels, statuses and roles; where not, only `soft` tells them.
        soft: What a teacher answers, None without one.
    """

    pieces: Array
    starts: Array
    marks: Array
    actors: Array
    asked: Array
    labels: Array
    trigger_fields: Array
    events: Array
    types: Array
    statuses: Array
    status_fields: Array
    pairs: Array
    pair_fields: Array
    roles: Array
    weight: float
    is_annotated: bool = True
    soft: Soft | None = None


Shown = tuple[list[Example], list[Example]]


@dataclass(frozen=True)
class Told:
    """The events of a document by (sentence, token), and the roles in them by key and by side."""

    events: Mapping[tuple[int, int], Row]
    roles: Mapping[tuple[int, int], Mapping[str, str]]


def examples_of(folder: Path, pieces: WordPieces, without: Sequence[str] = ()) -> Iterator[Shown]:
    """Yield the windows of each document with the actors that this product finds, and with the annotated ones."""
    for name, row, gold in gold_rows(folder, without):
        weight = NEWS_WEIGHT if not name.startswith("s") else 1.0
        document = to_document(row)
        ways = find_actors(document), gold_actors(row, gold, document)
        own, annotated = (_annotated(Reading(document, found, pieces), row, gold, weight) for found in ways)
        yield own, annotated


def _annotated(reading: "Reading", row: Row, gold: Row, weight: float) -> list[Example]:
    told = _told(row, gold, reading.read)
    return [reading.example(window, told, weight) for window in reading.windows()]


def role_of(key: str, side: str, roles: Mapping[str, str], present: frozenset[str]) -> int:
    """Return the role of an actor; that of its side only when nobody present has the key of that role.

    Args:
        roles: "key K" and "side S" to role.
        present: The keys of the actors of the window.
    """
    role = roles.get(f"key {key}")
    if role is None:
        role = roles.get(f"side {side}")
        if role is None or any(
            name.startswith("key ") and r == role and name[4:] in present for name, r in roles.items()
        ):
            return NO_ROLE
    return 1 + [str(r) for r in LEARNT_ROLES].index(role)


def _told(row: Row, gold: Row, read: Sequence[ReadSentence]) -> Told:
    events: dict[tuple[int, int], Row] = {}
    for event in gold["events"]:
        sentence = read[event["s"]]
        start, end = place_of(row["sentences"][event["s"]], event["trig"])
        head = head_of(sentence.tokens, sentence.sentence.start + start, sentence.sentence.start + end)
        if head is not None:
            events.setdefault((event["s"], head), event)
    actors = local_actors(gold)
    keys, sides = {a.local_id: fold(a.key) for a in actors}, side_keys(actors)
    roles: dict[tuple[int, int], dict[str, str]] = {}
    for place, event in events.items():
        for role, _, actor in event["roles"]:
            if role in LEARNT_ROLES and actor in keys:
                roles.setdefault(place, {}).setdefault(f"key {keys[actor]}", role)
                roles[place].setdefault(f"side {sides[actor]}", role)
    return Told(events, roles)


class Reading:
    """One document with the actors that it is shown with."""

    def __init__(self, document: Document, found: DocumentActors, pieces: WordPieces) -> None:
        """Read it.

        Attributes:
            read: Its sentences.
        """
        self.read = read_sentences(document, found)
        self._pieces = pieces
        self._numbers = {actor.local_id: n for n, actor in enumerate(found.actors)}
        sides = side_keys(found.actors)
        self._marks = Marks(found, sides)
        self._keys = [(fold(a.key), sides[a.local_id]) for a in found.actors]

    def windows(self) -> list[Window]:
        """Return the windows of the document that have words."""
        found = windows_of([self._pieces.of(sentence.tokens) for sentence in self.read])
        return [window for window in found if window.tokens]

    def example(self, window: Window, told: Told, weight: float, *, is_annotated: bool = True) -> Example:
        """Return a window with the events and roles told of its document."""
        at = window.tokens
        tokens = [self.read[n].tokens[i] for n, i in at]
        place = {where: t for t, where in enumerate(at)}
        asked = [t for t, (n, i) in enumerate(at) if n in window.owned
                 and (tokens[t].tag in CONTENT_TAGS or (n, i) in told.events)]  # fmt: skip
        events = [place[w] for w in sorted(told.events) if w in place and w[0] in window.owned]
        classes = {name: n for n, name in enumerate(event_classes())}
        rows = [told.events[at[t]] for t in events]
        actors = [self._numbers[t.span.local_id] if t.span else -1 for t in tokens]
        pairs, fields, roles = self._pairs(window, told, events, actors)
        marks = [self._marks.word(self.read[n], self.read[n].tokens[i], owned=n in window.owned) for n, i in at]
        words = [trigger_fields(self.read[at[t][0]].tokens, at[t][1]) for t in asked]
        verbs = [
            status_fields(self.read[n].tokens, i, row["type"])
            for (n, i), row in zip((at[t] for t in events), rows, strict=True)
        ]
        return Example(
            pieces=_array([p for token in window.pieces for p in token]),
            starts=np.cumsum([0, *map(len, window.pieces[:-1])]),
            marks=_array(marks),
            actors=_array(actors),
            asked=_array(asked),
            labels=_array([classes[told.events[at[t]]["type"]] if at[t] in told.events else 0 for t in asked]),
            trigger_fields=_array(words, len(TRIGGER_SIZES)),
            events=_array(events),
            types=_array([classes[r["type"]] for r in rows]),
            statuses=_array([STATUSES.index(r["status"]) for r in rows]),
            status_fields=_array(verbs, len(STATUS_SIZES)),
            pairs=_array(pairs, 3),
            pair_fields=_array(fields, len(pair_sizes())),
            roles=_array(roles),
            weight=weight,
            is_annotated=is_annotated,
        )

    def _pairs(
        self, window: Window, told: Told, events: Sequence[int], actors: Sequence[int]
    ) -> tuple[list[tuple[int, int, int]], list[tuple[int, ...]], list[int]]:
        """Return the pairs of events and mentions, their fields, and the role of each actor in each event."""
        mentions = [t for t, actor in enumerate(actors) if actor >= 0]
        present = frozenset(self._keys[actors[m]][0] for m in mentions)
        pairs: list[tuple[int, int, int]] = []
        fields: list[tuple[int, ...]] = []
        roles: list[int] = []
        for e, t in enumerate(events):
            n, i = window.tokens[t]
            pair = Pairs(Event(self.read[n], i, told.events[n, i]["type"]), self._marks)
            groups: dict[int, int] = {}
            for m in mentions:
                if actors[m] not in groups:
                    groups[actors[m]] = len(roles)
                    roles.append(role_of(*self._keys[actors[m]], told.roles.get((n, i), {}), present))
                pairs.append((e, m, groups[actors[m]]))
                fields.append(pair.fields(self.read[window.tokens[m][0]], window.tokens[m][1]))
        return pairs, fields, roles


def _array(rows: Sequence[Any], width: int | None = None) -> Array:
    found = np.array(rows, dtype=np.int64)
    return found if width is None else found.reshape(len(rows), width)
