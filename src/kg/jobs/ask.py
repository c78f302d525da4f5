"""Questions to the graph: saved ones by name, or any read-only Cypher."""

import re
from collections.abc import Mapping
from datetime import date

from kg.jobs.known import opened_store
from kg.jobs.naming import actors_named, unknown_actor
from kg.jobs.questions import ALL, MAX_ROWS, Parameter, Question, bind, question_called
from kg.jobs.workplace import Workplace
from kg.model.errors import UsageError
from kg.model.protocols import GraphStore, Row

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|//.*")
_EVENT = "MATCH (e:Event {event_id: $key}) RETURN e.event_id AS event_id"


def ask(
    workplace: Workplace,
    name: str,
    given: Mapping[str, str],
    *,
    limit: int = MAX_ROWS,
    known_on: date | None = None,
) -> list[Row]:
    """Return the rows that answer a question.

    Args:
        name: A saved question, or a file of somebody's own that ends in `.cypher`.
        known_on: UTC day; asks the graph of the documents known on it.

    Raises:
        UsageError: No such question; a parameter is missing, unknown, ill-typed, or names nobody in the graph.
        StoreError: The store cannot be opened.
    """
    question = question_called(name)
    bind(question, given)  # what is wrong with it is told before a store is opened
    with opened_store(workplace, known_on) as store:
        return rows_of(store, question, given, limit=limit)


def query(
    workplace: Workplace,
    cypher: str,
    parameters: Mapping[str, object],
    *,
    limit: int = MAX_ROWS,
    known_on: date | None = None,
) -> list[Row]:
    """Return the rows of a read-only query.

    Args:
        known_on: UTC day; asks the graph of the documents known on it.

    Raises:
        RefusedQueryError: It is not a plain read.
        StoreError: The store cannot be opened or the text is not valid.
        UsageError: It takes a parameter that is not given.
    """
    if lacking := sorted({*re.findall(r"\$(\w+)", _QUOTED.sub("", cypher))} - {*parameters}):
        raise UsageError(f"the query takes ${lacking[0]}; give it as {lacking[0]}=VALUE")
    with opened_store(workplace, known_on) as store:
        return list(store.query(cypher, parameters, limit=limit))


def rows_of(store: GraphStore, question: Question, given: Mapping[str, str], *, limit: int = MAX_ROWS) -> list[Row]:
    """Return the rows that answer a question; that there are none is told only of what the graph knows.

    Raises:
        UsageError: There are none, and a parameter names an actor or an event that is not in the graph.
    """
    bound = bind(question, given)
    if rows := list(store.query(question.text, bound, limit=limit)):
        return rows
    known = {parameter.name: _known(store, parameter, bound[parameter.name]) for parameter in question.parameters}
    return [] if known == bound else list(store.query(question.text, known, limit=limit))


def _known(store: GraphStore, parameter: Parameter, value: object) -> object:
    """Return the value, or the id of the one actor that it names when accents and the like do not count."""
    if value == ALL or parameter.type not in ("actor", "event"):
        return value
    if parameter.type == "event":
        if not list(store.query(_EVENT, {"key": value})):
            raise UsageError(f"the graph holds no event {value!r}; kg ask between and kg map show ids")
        return value
    found = actors_named(store, str(value))
    if not found:
        raise unknown_actor(store, str(value))
    return found[0]["actor_id"] if len(found) == 1 else value
