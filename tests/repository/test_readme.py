"""What the README says can be typed."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCES = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)


def commands():
    for kind, body in FENCES:
        if kind:
            continue
        for line in body.splitlines():
            told = line.split("   #")[0].split("  #")[0].strip()
            if told.startswith("kg "):
                yield told


def kg(folder, *args):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    return subprocess.run(
        [sys.executable, "-m", "kg.cli", *args], cwd=folder, env=clean, capture_output=True, text=True, timeout=240, check=False
    )  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readme")
    shown = kg(folder, "demo")
    assert shown.returncode == 0, shown.stderr
    return folder, shown.stdout


def test_the_demo_answers_three_questions_and_draws_a_map(demo):
    folder, shown = demo
    assert shown.count("$ kg ask") == 3
    assert "no rows" not in shown
    assert (folder / "demo" / "map.html").stat().st_size > 100_000


def test_the_second_demo_writes_nothing_and_the_same_map(demo):
    folder, _ = demo
    before = (folder / "demo" / "map.html").read_bytes()
    assert "0 nodes and 0 relationships created" in kg(folder, "demo").stdout
    assert (folder / "demo" / "map.html").read_bytes() == before


@pytest.mark.parametrize("command", sorted(c for c in commands() if c.startswith(("kg ask", "kg map Russia"))))
def test_the_five_minutes_work_on_the_demo(demo, command):
    folder, _ = demo
    run = kg(folder, *shlex.split(command)[1:], "--home", "demo/.kg")
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip()
    assert "no rows" not in run.stdout


@pytest.mark.parametrize("command", sorted({shlex.split(c)[1] for c in commands()}))
def test_every_command_of_the_readme_exists(command, tmp_path):
    assert kg(tmp_path, command, "--help").returncode == 0


def test_every_option_of_the_readme_exists(tmp_path):
    for command in commands():
        words = shlex.split(command)
        known = kg(tmp_path, words[1], "--help").stdout
        for word in words[2:]:
            if word.startswith("-"):
                assert word in known, command


def test_every_link_of_the_readme_leads_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if "://" not in target:
            assert (ROOT / target).exists(), target


def test_every_exit_code_is_documented():
    from kg.model import errors

    codes = {e.exit_code for e in vars(errors).values() if isinstance(e, type) and issubclass(e, errors.KgError)}
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert codes - {1} <= told
