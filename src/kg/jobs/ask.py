"""Questions to the graph: saved ones by name, or any read-only Cypher."""

from collections.abc import Mapping
from datetime import date

from kg.jobs.known import opened_store
from kg.jobs.questions import bind, load_questions, saved_question
from kg.jobs.workplace import Workplace
from kg.model.protocols import GraphStore, Row

MAX_ROWS = 10_000


def ask(
    workplace: Workplace,
    name: str,
    given: Mapping[str, str],
    *,
    limit: int = MAX_ROWS,
    known_on: date | None = None,
) -> list[Row]:
    """Return the rows that answer a saved question.

    Args:
        known_on: UTC day; asks the graph of the documents known on it.

    Raises:
        UsageError: No such question, a parameter is missing, unknown or ill-typed.
        StoreError: The store cannot be opened.
    """
    question = saved_question(name)
    return query(workplace, question.text, bind(question, given), limit=limit, known_on=known_on)


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
    """
    with opened_store(workplace, known_on) as store:
        return list(store.query(cypher, parameters, limit=limit))


def answered(store: GraphStore, name: str, **given: str) -> list[Row]:
    """Return the rows that answer a saved question on a store that is open."""
    question = load_questions()[name]
    return list(store.query(question.text, bind(question, given), limit=MAX_ROWS))
