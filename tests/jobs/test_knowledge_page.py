"""docs/knowledge.md does what it says: its files are written, its commands run, their output compared."""

import re
import shutil
from pathlib import Path

import pytest

from jobs.test_adding_an_extractor import Reader

PAGE = Path(__file__).resolve().parents[2] / "docs" / "knowledge.md"
BLOCKS = re.findall(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', PAGE.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture
def reader(tmp_path):
    reader = Reader(tmp_path)
    for block in BLOCKS:
        reader.follow(*block)
    return reader


def test_the_facts_of_the_page_change_what_is_extracted(reader):
    assert [kind for kind, _, _ in BLOCKS] == ["json", "console", "csv", "csv", "console"]
    actors = [re.findall(r"actor +(.+?)  ", text) for kind, _, text in BLOCKS if kind == "console"]
    assert actors == [["Lakeside Front"], ["Ilmari Koskela for FIN", "Lakeside Front [LSF]"]]
    for told_by_page in reversed(actors):
        told = reader.run("kg extract story.jsonl --explain").stdout
        assert re.findall(r"actor +(.+?)  ", told) == told_by_page
        assert ("+facts." in told) == (reader.folder / ".kg" / "facts").exists()
        shutil.rmtree(reader.folder / ".kg" / "facts", ignore_errors=True)


def test_a_fault_in_a_fact_ends_the_command_before_anything_is_read(reader):
    reader.write(".kg/facts/places.csv", "name,type\nLong Lake,lake\n")
    run = reader.run("kg ingest story.jsonl")
    assert run.returncode == 2
    assert "facts/places.csv, row 2: type is 'lake'" in run.stderr
    assert not (reader.folder / ".kg" / "ledger.db").exists()
