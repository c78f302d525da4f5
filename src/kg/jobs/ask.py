"""Questions to the graph: saved ones by name, or any read-only Cypher."""

from collections.abc import Mapping
from contextlib import closing

from kg.jobs.questions import bind, load_questions
from kg.jobs.workplace import Workplace
from kg.model.errors import UsageError
from kg.model.protocols import Row

MAX_ROWS = 10_000


def ask(workplace: Workplace, name: str, given: Mapping[str, str], *, limit: int = MAX_ROWS) -> list[Row]:
    """Return the rows that answer a saved question.

    Raises:
        UsageError: No such question, a parameter is missing, unknown or ill-typed.
        StoreError: The store cannot be opened.
    """
    from difflib import get_close_matches

    questions = load_questions()
    if name not in questions:
        near = get_close_matches(name, questions, n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "kg ask --list shows them"
        raise UsageError(f"no question is called {name!r}; {hint}")
    question = questions[name]
    return query(workplace, question.text, bind(question, given), limit=limit)


def query(workplace: Workplace, cypher: str, parameters: Mapping[str, object], *, limit: int = MAX_ROWS) -> list[Row]:
    """Return the rows of a read-only query.

    Raises:
        RefusedQueryError: It is not a plain read.
        StoreError: The store cannot be opened or the text is not valid.
    """
    with closing(workplace.graph_store()) as store:
        store.prepare()
        return list(store.query(cypher, parameters, limit=limit))
