"""`kg --help` must be quick, so it may not import what is heavy."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from kg.cli.main import COMMANDS, kg

HEAVY = (
    "neo4j",
    "networkx",
    "pyvis",
    "onnxruntime",
    "numpy",
    "trafilatura",
    "lxml",
    "httpx",
    "rich",
    "arcadedb",
    "jinja2",
)
CODE = f"""
import sys
from kg.cli.main import kg
try:
    kg.main(["--help"])
except SystemExit:
    pass
print("loaded:", [name for name in {HEAVY!r} if name in sys.modules])
"""


def test_help_imports_nothing_heavy():
    run = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=60)
    assert "loaded: []" in run.stdout
    for command in (
        "ingest",
        "extract",
        "ask",
        "map",
        "open",
        "run",
        "schedule",
        "runs",
        "rebuild",
        "doctor",
        "demo",
        "merge",
        "split",
        "undo",
        "judgements",
        "review",
    ):
        assert f"  {command}" in run.stdout


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_examples_of_help_stand_on_lines_of_their_own(command):
    shown = CliRunner().invoke(kg, [command, "--help"]).output
    assert "\\b" not in shown
    _, _, rest = shown.partition("\n\n")
    assert not [line for line in rest.splitlines() if line.count(f"kg {command} ") > 1]


def test_a_mistyped_command_is_corrected():
    run = subprocess.run(
        [sys.executable, "-m", "kg.cli", "igest"], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 2
    assert "did you mean 'ingest'" in run.stderr
