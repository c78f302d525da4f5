"""Saved questions: the files of `cypher/` with a header that says what they answer and what they take.

// One-line purpose.
// param: target string required -- whom the sanctions hit
// param: until date default 2100-01-01 -- last UTC day
MATCH ...
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import takewhile
from pathlib import Path

from kg.model.errors import UsageError
from kg.model.ontology import event_types
from kg.model.protocols import GraphStore, Row

PARAMETER_TYPES = ("string", "integer", "date", "string[]", "actor", "event", "etype")
ALL = "*"
MAX_ROWS = 10_000

_PARAMETER = re.compile(
    r"// param: (?P<name>[a-z_]+) (?P<type>\S+) (?:(?P<required>required)|default (?P<default>.*?)) -- (?P<meaning>.+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a question takes.

    Attributes:
        type: One of PARAMETER_TYPES, or the words that it may be, parted by `|`; a date is a UTC day, the items of a
            list are parted by commas, an actor is an id, a name or an alias.
        default: As it would be typed; None for a required parameter.
    """

    name: str
    type: str
    default: str | None
    meaning: str

    @property
    def is_required(self) -> bool:
        """Whether it must be given."""
        return self.default is None

    @property
    def words(self) -> tuple[str, ...]:
        """The words that it may be, none where it may be others too."""
        return tuple(self.type.split("|")) if "|" in self.type else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A saved question; `text` is the whole file, valid Cypher with its header as comments."""

    name: str
    purpose: str
    parameters: tuple[Parameter, ...]
    text: str


def load_questions() -> dict[str, Question]:
    """Return the saved questions by name, sorted.

    Raises:
        UsageError: A header is malformed, or the folder is not there.
    """
    found = (parse_question(entry.name.removesuffix(".cypher"), entry.read_text("utf-8")) for entry in _entries())
    return {question.name: question for question in found if question is not None}


def saved_question(name: str) -> Question:
    """Return a saved question.

    Raises:
        UsageError: None has that name; the message tells names near to it.
    """
    from difflib import get_close_matches

    questions = load_questions()
    if name not in questions:
        near = get_close_matches(name, questions, n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "kg ask --list shows them"
        raise UsageError(f"no question is called {name!r}; {hint}")
    return questions[name]


def question_called(name: str) -> Question:
    """Return a saved question, or that of a file whose name ends in `.cypher`.

    Raises:
        UsageError: None has that name, the file cannot be read, or its header is malformed.
    """
    return question_of_file(Path(name)) if is_file(name) else saved_question(name)


def is_file(name: str) -> bool:
    """Return whether the name of a question is that of a file."""
    return name.endswith(".cypher")


def answered(store: GraphStore, name: str, **given: str) -> list[Row]:
    """Return the rows that answer a saved question on a store that is open."""
    question = load_questions()[name]
    return list(store.query(question.text, bind(question, given), limit=MAX_ROWS))


def question_of_file(path: Path) -> Question:
    """Return the question of a file of somebody's own; one without a header of purpose and parameters takes none.

    Raises:
        UsageError: It cannot be read, or its header is malformed.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"the question in {str(path)!r} cannot be read ({error}); name a file of Cypher in UTF-8, or a question "
            "that kg ask --list shows"
        ) from error
    told = parse_question(path.stem, text, where=str(path))
    return told or Question(name=path.stem, purpose="", parameters=(), text=text)


def _entries() -> list[Traversable]:
    packaged = files("kg").joinpath("cypher")
    # In a checkout the folder lies at the top of the repository; a wheel carries it inside the package.
    folder = packaged if packaged.is_dir() else Path(__file__).parents[3] / "cypher"
    if not folder.is_dir():
        raise UsageError(f"there are no saved questions at {folder}; reinstall kg, or ask with kg ask --query")
    found = (entry for entry in folder.iterdir() if entry.name.endswith(".cypher"))
    return sorted(found, key=lambda entry: entry.name.removesuffix(".cypher"))


def parse_question(name: str, text: str, *, where: str = "") -> Question | None:
    """Return the question of a file.

    None when its header is not one line of purpose and then only parameters: schema.cypher writes and answers nothing.

    Args:
        where: The file, as messages name it; by default the one of `cypher/` of that name.

    Raises:
        UsageError: A parameter line is malformed, or parameters and text do not agree.
    """
    where = where or f"cypher/{name}.cypher"
    lines = text.splitlines()
    header = list(takewhile(lambda line: line.startswith("//"), lines))
    if not header or not all(line.startswith("// param:") for line in header[1:]):
        return None
    parameters = tuple(_parameter(where, line) for line in header[1:])
    declared, used = {p.name for p in parameters}, set(re.findall(r"\$(\w+)", "\n".join(lines[len(header) :])))
    if declared != used:
        wrong = ", ".join(sorted(declared ^ used))
        raise UsageError(f"{where}: {wrong} stands in the header or in the query, but not in both")
    return Question(name=name, purpose=header[0].removeprefix("//").strip(), parameters=parameters, text=text)


def _parameter(where: str, line: str) -> Parameter:
    told = _PARAMETER.fullmatch(line)
    if told is None or not (told["type"] in PARAMETER_TYPES or "|" in told["type"]):
        raise UsageError(
            f"{where}: {line!r} is not '// param: NAME TYPE required -- MEANING' or "
            f"'... TYPE default VALUE -- MEANING' with a type of {', '.join(PARAMETER_TYPES)} or word|word"
        )
    return Parameter(name=told["name"], type=told["type"], default=told["default"], meaning=told["meaning"])


def bind(question: Question, given: Mapping[str, str]) -> dict[str, object]:
    """Return the parameters of a query from what was typed.

    Raises:
        UsageError: One is missing, unknown or not of its type.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    if unknown := sorted(set(given) - set(known)):
        takes = ", ".join(known) or "none"
        raise UsageError(f"{question.name} takes no parameter {unknown[0]!r}; its parameters: {takes}")
    bound: dict[str, object] = {}
    for parameter in question.parameters:
        text = given.get(parameter.name, parameter.default)
        if text is None:
            raise UsageError(f"{question.name} needs {parameter.name}=...: {parameter.meaning}")
        bound[parameter.name] = _value(question.name, parameter, text)
    since, until = bound.get("since"), bound.get("until")
    if isinstance(since, date) and isinstance(until, date) and since > until:
        raise UsageError(f"{question.name}: since={since} is after until={until}; exchange them")
    return bound


def _value(question: str, parameter: Parameter, text: str) -> object:
    if parameter.type == "string[]":
        return [item.strip() for item in text.split(",") if item.strip()]
    if parameter.type in ("integer", "date"):
        return _parsed(question, parameter, text)
    if parameter.words and text not in parameter.words:
        raise UsageError(f"{question}: {parameter.name}={text!r} is none of {', '.join(parameter.words)}")
    if parameter.type == "etype" and text != ALL:
        return _event_type(question, parameter, text)
    return text


def _parsed(question: str, parameter: Parameter, text: str) -> object:
    try:
        return int(text) if parameter.type == "integer" else date.fromisoformat(text)
    except ValueError as error:
        example = "7" if parameter.type == "integer" else "2025-06-21"
        raise UsageError(
            f"{question}: {parameter.name}={text!r} is no {parameter.type}; write it like {example}"
        ) from error


def _event_type(question: str, parameter: Parameter, text: str) -> str:
    from difflib import get_close_matches

    asked = text.upper().replace("-", "_")
    if asked not in event_types():
        near = get_close_matches(asked, event_types(), n=3)
        hint = f"near are: {', '.join(near)}" if near else "docs/ontology.md lists them"
        raise UsageError(f"{question}: {parameter.name}={text!r} is no type of event; {hint}")
    return asked
