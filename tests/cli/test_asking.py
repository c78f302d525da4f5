"""`kg ask` on the small world of tests/cypher/circle.py: an empty answer is told only of what the graph knows."""

import json
import os
import re
import sys

import pexpect
import pytest
from click.testing import CliRunner

from cypher.circle import circle_home
from kg.cli.main import kg
from kg.model.errors import UsageError

OWN = """// Who acts.
// param: who actor required -- whom
MATCH (a:Actor) WHERE a.actor_id = $who RETURN a.name AS name ORDER BY name
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return str(circle_home(tmp_path_factory.mktemp("asking") / ".kg").home)


def asked(home, *words):
    result = CliRunner().invoke(kg, ["ask", *words, "--home", home], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def refused(home, *words):
    result = CliRunner().invoke(kg, ["ask", *words, "--home", home])
    assert isinstance(result.exception, UsageError)
    return str(result.exception)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["sanctions-on", "target=NISS", "day=2025-07-01"], "no actor of the graph is called 'NISS'; near are: NIS"),
        (["between", "actor=Iram", "other=Israel"], "near are: Iran"),
        (["between", "actor=Iran", "other="], "no actor of the graph is called ''"),
        (["mediation", "actor=Qattar"], "near are: Qatar"),
        (["evidence-of-event", "event=clm_nowhere"], "holds no event 'clm_nowhere'; kg ask between"),
        (["known-on", "day=2025-06-20", "etype=AIRSTRIK"], "is no type of event; near are: AIRSTRIKE"),
        (["actors", "type=country"], "type='country' is none of *, state, person"),
        (["contradictions", "on=place"], "on='place' is none of *, number"),
        (
            ["between", "actor=Iran", "other=Israel", "since=2025-06-24", "until=2025-06-01"],
            "is after until=2025-06-01",
        ),
        (["-q", "MATCH (a:Actor) WHERE a.name = $who RETURN a.name"], "takes $who; give it as who=VALUE"),
        (["nowhere.cypher"], "'nowhere.cypher' cannot be read"),
    ],
)
def test_what_the_graph_does_not_know_is_no_empty_answer(home, words, message):
    assert message in refused(home, *words)


def test_a_value_without_its_name_is_told_the_names(home):
    result = CliRunner().invoke(kg, ["ask", "deeds-of-actor", "Iran", "--home", home])
    assert (result.exit_code, "deeds-of-actor takes actor= since= until=" in result.output) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ["between", "actor=Serbia", "other=Qatar"],
        ["mediation", "actor=NIS"],
        ["promises", "day=2025-07-15", "actor=NIS"],
        ["contradictions", "on=date"],
    ],
)
def test_an_answer_may_be_empty(home, words):
    assert asked(home, *words) == "no rows\n"


@pytest.mark.parametrize("target", ["NIS", "naftna industrija srbije", "Naftna  Industrija Srbíje"])
def test_accents_and_spaces_do_not_count(home, target):
    (row,) = json.loads(asked(home, "sanctions-on", f"target={target}", "day=2025-07-01", "--format", "json"))
    assert row["target"] == "NIS"


def test_a_number_on_a_list_needs_no_list(home):
    (row,) = json.loads(asked(home, "sanctions-on", "target=QDi.999", "day=2025-07-01", "--format", "json"))
    assert row["target"] == "ALI KARIMI"


def test_a_type_may_be_written_small(home):
    rows = json.loads(asked(home, "known-on", "day=2025-06-20", "etype=missile-strike", "--format", "json"))
    assert {row["etype"] for row in rows} == {"MISSILE_STRIKE"}


def test_a_file_of_ones_own_is_a_question_with_the_same_checks(home, tmp_path):
    path = tmp_path / "own.cypher"
    path.write_text(OWN, encoding="utf-8")
    assert json.loads(asked(home, str(path), "who=IRN", "--format", "json")) == [{"name": "Iran"}]
    assert "near are: Iran" in refused(home, str(path), "who=Irann")
    assert "who= actor, required: whom" in asked(home, str(path), "--list")


def test_one_question_is_listed_by_its_name(home):
    text = asked(home, "--list", "between")
    assert text.splitlines()[0] == "between"
    assert "mediation" not in text
    assert max(map(len, asked(home, "--list").splitlines())) <= 100


@pytest.mark.parametrize("command", [["ask", "mediation"], ["actor", "Iran"], ["why", "Iran", "Israel"],
                                     ["sanctions", "NIS"], ["map", "Iran"]])  # fmt: skip
def test_a_home_without_a_graph_is_told_and_not_made(tmp_path, command):
    result = CliRunner().invoke(kg, [*command, "--home", str(tmp_path / "nowhere")])
    assert isinstance(result.exception, UsageError)
    assert f"there is no graph at {tmp_path / 'nowhere' / 'graph'}" in str(result.exception)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("command", [["runs"], ["judgements"], ["review"], ["undo"], ["rebuild"], ["rebuild", "--diff"],
                                     ["forget", "--source", "files"],
                                     ["merge", "A", "B", "--because", "so"]])  # fmt: skip
def test_a_home_without_a_ledger_is_told_and_not_made(tmp_path, command):
    result = CliRunner().invoke(kg, [*command, "--home", str(tmp_path / "nowhere")])
    assert isinstance(result.exception, UsageError)
    assert f"there is no ledger in {tmp_path / 'nowhere'}" in str(result.exception)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("width", [80, 120])
def test_rows_that_are_too_wide_stand_on_few_lines_and_break_no_word(home, width):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "COLUMNS"))}
    child = pexpect.spawn(
        sys.executable, ["-m", "kg.cli", "ask", "contradictions", "--home", home], env={**environment, "TERM": "xterm"},
        encoding="utf-8", timeout=120, dimensions=(50, width),
    )  # fmt: skip
    text = re.sub(r"\x1b\[[0-9;]*m", "", child.read())
    child.close()
    lines = text.splitlines()
    assert max(map(len, lines)) <= width
    rows = json.loads(asked(home, "contradictions", "--format", "json"))
    told = " ".join(line.strip() for line in lines)
    assert "1  etype " in told
    for row in rows:
        for name in ("quote", "other_quote", "event_id", "other_claim_id"):
            assert f"{name} {row[name]}" in told
    assert len(lines) <= len(rows) * len(rows[0]) / 2
