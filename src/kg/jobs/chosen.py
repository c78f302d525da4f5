"""What a drawing shows of the graph: what a selection takes or a question returns, told as the statuses wanted."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.export.choosing import events_told_as, status_groups
from kg.graph import among_actors, only_events
from kg.jobs.ask import rows_of
from kg.jobs.questions import Question, is_file, question_called
from kg.model.errors import UsageError
from kg.model.graph import Graph, Selection
from kg.model.protocols import GraphStore, Row

MAX_ROWS = 1_000_000
KEY = re.compile(r"(?:.*_)?(actor|event|claim)_ids?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what it was given.

    Attributes:
        question: The name of a saved one, or a file that ends in `.cypher`.
    """

    question: str
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Its name and what it was given, as a map is headed."""
        name = Path(self.question).stem if is_file(self.question) else self.question
        return " · ".join((name, *(f"{key}={value}" for key, value in sorted(self.given.items()))))


def chosen(store: GraphStore, selection: Selection, asked: Asked | None, statuses: tuple[str, ...]) -> Graph:
    """Return the part of the graph that a drawing shows.

    Args:
        asked: Its events are shown where it returns any, else its actors with what passes between them; in the days
            of the selection.
        statuses: Words of the switches of the map; empty for all.

    Raises:
        UsageError: An actor, a question or a status is unknown, or the question returns neither actors nor events.
    """
    groups = status_groups(statuses)
    graph = store.read(selection) if asked is None else _answer(store, selection, asked)
    return only_events(graph, events_told_as(graph, groups)) if groups else graph


def _answer(store: GraphStore, selection: Selection, asked: Asked) -> Graph:
    question = question_called(asked.question)
    keys = _returned(question, rows_of(store, question, asked.given, limit=MAX_ROWS))
    if not (keys["event"] or keys["claim"]):
        return among_actors(store.read(replace(selection, actors=tuple(sorted(keys["actor"])))), keys["actor"])
    graph = store.read(selection)
    asserted = {r.end.key for r in graph.relationships if r.type == "ASSERTS" and r.start.key in keys["claim"]}
    return only_events(graph, keys["event"] | asserted)


def _returned(question: Question, rows: list[Row]) -> dict[str, set[str]]:
    """The ids of actors, events and claims in the answer to a question."""
    if not rows:
        raise UsageError(f"question {question.name!r} returns nothing; give it other parameters, or ask kg ask --list")
    found: dict[str, set[str]] = {"actor": set(), "event": set(), "claim": set()}
    for row in rows:
        for kind, key in _keys(row):
            found[kind].add(key)
    if not any(found.values()):
        raise UsageError(
            f"question {question.name!r} returns {', '.join(rows[0])}: neither actors nor events to draw; "
            "have it return nodes, or keys such as a.actor_id AS actor_id or e.event_id AS event_id"
        )
    return found


def _keys(value: object) -> Iterator[tuple[str, str]]:
    """Every key in a value of a row: in columns named for it, and in nodes, relationships and paths."""
    if isinstance(value, Mapping):
        for name, held in value.items():
            told = KEY.fullmatch(str(name))
            texts = held if isinstance(held, list) else [held]
            yield from ((told[1], text) for text in texts if told and isinstance(text, str))
            yield from _keys(held)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)
