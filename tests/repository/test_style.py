"""The rules of style that no linter knows."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
ASSETS = sorted(p for p in (ROOT / "src").rglob("assets/*") if p.suffix in {".js", ".css", ".jinja"})
MAX_LINES = 400


@pytest.mark.parametrize("path", [*SOURCES, *ASSETS], ids=lambda p: str(p.relative_to(ROOT / "src")))
def test_no_file_is_longer_than_400_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def test_no_drawer_for_odds_and_ends():
    names = {p.stem for p in SOURCES} | {p.parent.name for p in SOURCES}
    assert not names & {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}


def test_only_jobs_asks_the_clock():
    asks = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time)\(")
    guilty = [str(p.relative_to(ROOT)) for p in SOURCES if asks.search(p.read_text(encoding="utf-8"))]
    assert guilty == ["src/kg/jobs/workplace.py"]


def test_no_pickle_and_no_eval():
    for path in SOURCES:
        assert not re.search(
            r"^\s*(import|from) (pickle|marshal|shelve)\b|\beval\(|\bexec\(", path.read_text("utf-8"), re.MULTILINE
        ), path


def test_pages_never_turn_text_into_markup():
    for path in ASSETS:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), (
            path
        )
        assert "|safe" not in text.replace(" ", ""), path


def test_cypher_is_never_put_together_from_values():
    """Only the generator of the schema's statements and the store may format Cypher; values are parameters."""
    keyword = re.compile(r"f[\"'].*\b(MATCH|MERGE|CREATE|DETACH|UNWIND)\b")
    guilty = {p.parent.name for p in SOURCES if keyword.search(p.read_text(encoding="utf-8"))}
    assert guilty <= {"store"}
