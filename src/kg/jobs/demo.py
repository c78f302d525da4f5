"""The packaged sample, from bytes to answers and a map."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import as_file, files
from pathlib import Path

from kg.jobs.ask import ask
from kg.jobs.draw import draw
from kg.jobs.ingest import ingest
from kg.jobs.settings import SourceSettings
from kg.jobs.workplace import Workplace
from kg.model.graph import Selection
from kg.model.protocols import Row
from kg.model.runs import RunReport

MAP_FILE = "map.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One question of the demo, as a user would type it, with the columns that the demo shows of its rows."""

    question: str
    name: str
    columns: tuple[str, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()

    @property
    def command(self) -> str:
        """The command that asks it."""
        return " ".join(["kg ask", self.name, *(f"{key}={value}" for key, value in self.parameters.items())])


QUESTIONS = (
    Answer(
        question="Who mediates between whom, and did it happen?",
        name="mediation",
        columns=("mediator", "parties", "told", "mediation", "first", "last", "answers", "weak"),
    ),
    Answer(
        question="What is the life of the sanctions on NIS?",
        name="sanction-life",
        columns=("authority", "act", "occurrence", "first", "effective_from", "licence_until", "state_now", "weak"),
        parameters={"target": "NIS"},
    ),
    Answer(
        question="Which sentences stand behind the tie from Israel to Iran?",
        name="evidence-of-tie",
        columns=("first", "etype", "status", "publisher", "weak", "quote"),
        parameters={"actor": "Israel", "other": "Iran"},
    ),
)


def read_sample(workplace: Workplace) -> RunReport:
    """Ingest the sample documents and the invented sanctions list."""
    with as_file(files("kg.jobs").joinpath("sample")) as folder:
        settings = SourceSettings(kind="files", name="sample", settings={"paths": [str(folder)]}, where="demo")
        return ingest(workplace, (workplace.source(settings),), job="demo")


def answers(workplace: Workplace) -> Iterator[Answer]:
    """Yield the three questions with their rows."""
    for answer in QUESTIONS:
        rows = ask(workplace, answer.name, answer.parameters)
        yield replace(answer, rows=tuple({name: row[name] for name in answer.columns} for row in rows))


def draw_sample(workplace: Workplace) -> Path:
    """Write the map of the whole sample beside the home folder and return its path."""
    output = workplace.home.parent / MAP_FILE
    return draw(workplace, Selection(), output=output, options={"title": "Sample: June 2025"}).path
