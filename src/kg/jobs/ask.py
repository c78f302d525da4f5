"""Questions to the graph: saved ones by name, or any read-only Cypher."""

import logging
import re
from collections.abc import Mapping
from datetime import date

from kg.jobs.known import opened_store
from kg.jobs.naming import actors_named, unknown_actor
from kg.jobs.questions import ALL, MAX_ROWS, Parameter, Question, bind, question_called
from kg.jobs.workplace import Workplace
from kg.model.errors import StoreError, UsageError
from kg.model.protocols import GraphStore, Row
from kg.model.schema import EXTRA_LABELS, node_schemas, relationship_schemas

log = logging.getLogger(__name__)

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|//.*")
_LABEL = re.compile(r"[:|]\s*([A-Z]\w*)")
_ERROR_OF_THE_QUERY = "Neo.ClientError.Statement."
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
        StoreError: The store cannot be opened or read.
        UsageError: The text is not valid, or takes a parameter that is not given.
    """
    if lacking := sorted({*re.findall(r"\$(\w+)", _QUOTED.sub("", cypher))} - {*parameters}):
        raise UsageError(f"the query takes ${lacking[0]}; give it as {lacking[0]}=VALUE")
    with opened_store(workplace, known_on) as store:
        rows = _read(store, cypher, parameters, limit)
    if not rows and (unknown := _unknown_words(cypher)):
        log.warning("the graph has no label or relationship %s", "; ".join(unknown))
    return rows


def rows_of(store: GraphStore, question: Question, given: Mapping[str, str], *, limit: int = MAX_ROWS) -> list[Row]:
    """Return the rows that answer a question; that there are none is told only of what the graph knows.

    Raises:
        UsageError: There are none, and a parameter names an actor or an event that is not in the graph.
    """
    bound = bind(question, given)
    if rows := _read(store, question.text, bound, limit):
        return rows
    known = {parameter.name: _known(store, parameter, bound[parameter.name]) for parameter in question.parameters}
    return [] if known == bound else _read(store, question.text, known, limit)


def _read(store: GraphStore, cypher: str, parameters: Mapping[str, object], limit: int) -> list[Row]:
    try:
        return list(store.query(cypher, parameters, limit=limit))
    except StoreError as error:
        if not str(getattr(error.__cause__, "code", "")).startswith(_ERROR_OF_THE_QUERY):
            raise
        what = str(error).removeprefix(f"{store.name}: ")
        raise UsageError(
            f"the query cannot be answered: {what}; docs/data-model.md tells labels, relationships and properties"
        ) from error


def _unknown_words(cypher: str) -> list[str]:
    """Words of a query that stand where labels and relationships stand and are none, with near ones."""
    from difflib import get_close_matches

    known = {
        *node_schemas(),
        *relationship_schemas(),
        *(name for some in EXTRA_LABELS.values() for name in some),
    }
    told = []
    for word in sorted({*_LABEL.findall(_QUOTED.sub("", cypher))} - known):
        near = [*sorted(name for name in known if name.startswith(word)), *get_close_matches(word, sorted(known), n=3)]
        told.append(f"{word!r} (near are: {', '.join(list(dict.fromkeys(near))[:3])})" if near else repr(word))
    return told


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
