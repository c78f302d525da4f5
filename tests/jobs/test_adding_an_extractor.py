"""docs/adding-an-extractor.md does what it says: its files are written, its commands run, their output compared."""

import os
import re
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "adding-an-extractor.md"
BLOCKS = re.findall(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', PAGE.read_text(encoding="utf-8"), re.M | re.S)


class Reader:
    """Somebody who follows the page in a folder; what is installed lands in `site`, not in this environment."""

    def __init__(self, folder):
        self.folder = folder
        self.site = folder / "site"

    def run(self, command):
        words = shlex.split(command)
        if words[:4] == ["python", "-m", "pip", "install"]:
            words += ["--quiet", "--disable-pip-version-check", "--no-index", "--target", str(self.site)]
        program = {"python": [sys.executable], "kg": [sys.executable, "-m", "kg.cli"]}[words[0]]
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "PYTEST_"))}
        return subprocess.run(
            [*program, *words[1:]], cwd=self.folder, env={**clean, "PYTHONPATH": str(self.site)},
            capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def follow(self, kind, title, text):
        if title:
            self.write(title, text)
        elif kind == "console":
            for command, *expected in (part.splitlines() for part in re.split(r"^\$ ", text, flags=re.M)[1:]):
                run = self.run(command)
                assert run.returncode == 0, (command, run.stdout, run.stderr)
                told = iter(run.stdout.splitlines())
                for line in expected:
                    assert any(line in one for one in told), (command, line, run.stdout)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    reader = Reader(tmp_path_factory.mktemp("page"))
    for block in BLOCKS:
        reader.follow(*block)
    return reader


def test_every_block_of_the_page_is_a_file_or_commands(reader):
    assert all(title or kind == "console" for kind, title, _ in BLOCKS)
    assert sum(kind == "console" for kind, _, _ in BLOCKS) >= 4
    assert (reader.folder / "kg-embassies" / "pyproject.toml").exists()


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("verb = ['closed']", "takes no verb; it takes verbs, confidence"),
        ("verbs = 'closed'", "verbs: extractor 'embassies' wants"),
        ("verbs = ['closed', 7]", "verbs: extractor 'embassies' wants"),
        ("confidence = 'high'", "confidence: extractor 'embassies' wants float, not 'high'"),
        ("confidence = true", "confidence: extractor 'embassies' wants float, not True"),
        ("confidence = 7", "confidence = 7: it is a probability"),
        ("api_key = 'hunter2'", "api_key is a secret; give it by the environment: KG_EMBASSIES_API_KEY"),
    ],
)
def test_a_wrong_setting_is_refused_with_file_and_table(reader, setting, told):
    reader.write("wrong.toml", f"[extract.embassies]\n{setting}\n")
    run = reader.run("kg extract story.jsonl --extractor embassies --config wrong.toml")
    assert run.returncode == 2
    assert "wrong.toml [extract.embassies]" in run.stderr
    assert told in run.stderr
    assert "hunter2" not in run.stderr


def extractions(reader):
    with closing(sqlite3.connect(reader.folder / ".kg" / "ledger.db")) as ledger:
        return ledger.execute(
            "SELECT doc_id, extractor, version FROM extractions ORDER BY extractor, doc_id"
        ).fetchall()


def test_a_run_with_an_extractor_reads_what_it_is_given_and_leaves_the_rest(reader):
    reader.write("other.txt", "Niger loses an embassy\n\nGermany closed its embassy in Niger on Friday.\n")
    reader.write("plain.toml", "")
    assert reader.run("kg ingest story.jsonl other.txt --config plain.toml").returncode == 0
    before = extractions(reader)
    assert [name for _, name, _ in before] == ["encoder", "encoder"]
    assert reader.run("kg ingest story.jsonl --extractor embassies --config plain.toml").returncode == 0
    ((_, name, version),) = set(extractions(reader)) - set(before)
    assert (name, version) == ("embassies", "1 closed,shut 0.8")
    again = reader.run("kg ingest story.jsonl --extractor embassies --config plain.toml")
    assert "0 nodes and 0 relationships created" in again.stdout
    # kg.toml names it with other settings, so all that the ledger holds is read anew.
    assert reader.run("kg ingest story.jsonl").returncode == 0
    assert [v for _, n, v in extractions(reader) if n == "embassies"] == ["1 closed,shut,shuttered 0.6"] * 2
