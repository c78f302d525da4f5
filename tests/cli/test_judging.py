"""`kg review` in a real terminal, and the commands that decide without it."""

import os
import re
import subprocess
import sys
from dataclasses import replace

import pexpect
import pytest

from graph.made import Story
from jobs.judged import told, workplace_with
from kg.jobs.judging import Bench
from kg.jobs.publish import indexed
from kg.model.judgements import Verdict

ENVIRONMENT = {**{k: v for k, v in os.environ.items() if not k.startswith("KG_")}, "TERM": "xterm", "COLUMNS": "160"}


@pytest.fixture
def workplace(tmp_path):
    return workplace_with(tmp_path, *told())


def kg(workplace, *args):
    return subprocess.run(
        [sys.executable, "-m", "kg.cli", *args, "--home", str(workplace.home)],
        env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def verdicts(workplace):
    with workplace.ledger() as ledger:
        return [judgement.verdict for judgement in ledger.judgements.standing()]


def reviewed(workplace):
    return pexpect.spawn(
        sys.executable, ["-m", "kg.cli", "review", "--home", str(workplace.home)],
        env=ENVIRONMENT, encoding="utf-8", timeout=120, dimensions=(50, 160),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "verdict"), [("y", Verdict.POSITIVE), ("n", Verdict.NEGATIVE), ("s", Verdict.UNSURE)]
)
def test_every_answer_in_the_terminal_is_a_judgement_and_the_graph_follows(workplace, answer, verdict):
    terminal = reviewed(workplace)
    terminal.expect("same")
    shown = re.sub(r"\x1b\[[0-9;]*m", "", terminal.before)
    assert "Pavel Ivan Sorokin, person, RUS" in shown
    assert "senator" in shown
    assert "2025-06-21" in shown
    assert "Harbour Press" in shown
    assert "accused (third)" in shown
    assert re.search(r"name +0\.\d\d", shown)
    assert re.search(r"home +1\.00 +RUS / RUS", shown)
    terminal.sendline(answer)
    terminal.expect("nothing is undecided")
    terminal.expect("graph: ")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert verdicts(workplace) == [verdict]


def test_quitting_and_a_wrong_key_decide_nothing(workplace):
    terminal = reviewed(workplace)
    terminal.expect("same")
    terminal.sendline("maybe")
    terminal.expect("is not one of")
    terminal.sendline("q")
    terminal.expect("1 are left to judge")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert verdicts(workplace) == []


def test_the_end_of_input_is_a_quit(workplace):
    terminal = reviewed(workplace)
    terminal.expect("same")
    terminal.sendeof()
    terminal.expect("1 are left to judge")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


def test_merge_list_and_undo_by_command(workplace):
    merged = kg(workplace, "merge", "Adria Cargo", "Adriatic Lines", "--because", "one register number")
    assert merged.returncode == 0, merged.stderr
    judgement_id = re.search(r"jdg_\w+", merged.stdout)[0]
    assert "graph: " in merged.stdout
    shown = kg(workplace, "judgements", "--format", "csv").stdout
    assert judgement_id in shown
    assert "Adria Cargo" in shown
    assert "one register number" in shown
    refused = kg(workplace, "split", "Adria Cargo", "Adriatic Lines", "--because", "no")
    assert (refused.returncode, judgement_id in refused.stderr) == (2, True)
    undone = kg(workplace, "undo")
    assert (undone.returncode, judgement_id in undone.stdout) == (0, True)
    assert kg(workplace, "undo").returncode == 2


def test_a_judgement_needs_a_reason(workplace):
    for reason in ([], ["--because", " "]):
        run = kg(workplace, "merge", "Adria Cargo", "Adriatic Lines", *reason)
        assert (run.returncode, "--because" in run.stderr) == (2, True)
    assert verdicts(workplace) == []


def test_conflicts_are_named_before_the_questions(workplace):
    with workplace.ledger() as ledger, indexed(ledger) as opened:
        bench = Bench(ledger, *opened)
        added = bench.judge(Verdict.POSITIVE, bench.find("Adria Cargo"), bench.find("Adriatic Lines"), "one")
        ledger.judgements.add(replace(added, verdict=Verdict.NEGATIVE))  # which no command lets through
    terminal = reviewed(workplace)
    terminal.expect("conflict")
    terminal.expect("judged the same and not the same")
    terminal.expect(f"kg undo {added.judgement_id}")
    terminal.expect("same")
    terminal.sendline("q")
    terminal.expect(pexpect.EOF)
    terminal.close()


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [("a", Verdict.LEFT), ("b", Verdict.RIGHT), ("d", Verdict.NEGATIVE), ("s", Verdict.UNSURE)],
)
def test_claims_that_contradict_each_other_are_judged_in_the_terminal(tmp_path, answer, verdict):
    tolls = []
    for name, killed in (("Alpha Wire", 5), ("Beta Daily", 3)):
        tolls.append(Story(name, "2025-06-20", name))
        strike = {"actor": "Israel", "recipient": "Iran", "on": "2025-06-19", "killed": killed}
        tolls[-1].tell("hit", "AIRSTRIKE", **strike)
    workplace = workplace_with(tmp_path, *tolls)
    terminal = reviewed(workplace)
    terminal.expect("which is right")
    shown = re.sub(r"\x1b\[[0-9;]*m", "", terminal.before)
    assert "AIRSTRIKE, 2025-06-19: they contradict each other: number" in shown
    assert "occurred · Israel · killed: 5" in shown
    assert "(Beta Daily, 2025-06-20)" in shown
    terminal.sendline(answer)
    terminal.expect("nothing is undecided")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert verdicts(workplace) == [verdict]
    told = " ".join(kg(workplace, "why", "Israel", "Iran").stdout.split())
    assert "judged: " in told
    assert "judged in kg review" in told
