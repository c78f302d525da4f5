"""What `kg train` refuses before it needs torch, and how it says so."""

import json
import re
from pathlib import Path

import pytest

from training.command import kg
from training.tiny import document, write_gold, write_set


@pytest.fixture(scope="module")
def gold(tmp_path_factory):
    return write_gold(tmp_path_factory.mktemp("gold"), documents=2)


def refused(*arguments, code=2, **how):
    run = kg("train", *arguments, **how)
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr
    return run.stderr


def test_without_torch_the_extra_is_named(gold, tmp_path):
    told = refused("--data", gold, "--out", tmp_path / "w", code=7, without_torch=True)
    assert "torch" in told
    assert "pip install 'kg[train]'" in told
    assert "docs/training.md" in told
    assert not (tmp_path / "w").exists()


def test_a_folder_without_gold_is_told_what_is_looked_for(tmp_path):
    assert "holds no *.gold.jsonl" in refused("--data", tmp_path, "--out", tmp_path / "w")
    assert "holds no *.gold.jsonl" in refused("--data", tmp_path / "absent", "--out", tmp_path / "w")


def test_gold_without_texts_names_the_file(tmp_path):
    write_gold(tmp_path, documents=1)
    (tmp_path / "s2.texts.jsonl").unlink()
    assert "s2.texts.jsonl does not exist" in refused("--data", tmp_path, "--out", tmp_path / "w")


def test_each_fault_of_gold_is_told_with_its_line(tmp_path):
    (text, good), (_, bad) = document("a", range(2)), document("b", range(2))
    bad["events"][1]["type"] = "QUARREL"
    write_set(tmp_path, "s1", [(text, good), (text | {"doc": "b"}, bad)])
    with (tmp_path / "s1.gold.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"doc": "c"\n' + json.dumps({"doc": "lost", "actors": [], "events": [], "mentions": {}}) + "\n")
    told = refused("--data", tmp_path, "--out", tmp_path / "w")
    assert "s1.gold.jsonl line 2, document b, event 1: type 'QUARREL' is no event type" in told
    assert "s1.gold.jsonl line 3: no JSON" in told
    assert "document lost: s1.texts.jsonl has no text of that name" in told
    assert "has 3 faults, so nothing was trained" in told


def test_many_faults_are_counted_and_not_all_told(tmp_path):
    rows = [document(f"d{n}", range(1)) for n in range(50)]
    for _, annotation in rows:
        annotation["events"][0]["type"] = "QUARREL"
    write_set(tmp_path, "s1", rows)
    told = refused("--data", tmp_path, "--out", tmp_path / "w")
    assert told.count("QUARREL") == 20
    assert "... and 30 more" in told


def test_a_set_to_leave_out_must_be_there_and_one_must_stay(gold, tmp_path):
    told = refused("--data", gold, "--out", tmp_path / "w", "--without", "t9", "--without", "s1")
    assert "has no set t9 to leave out; it has s1, s2, t1" in told
    everything = [word for name in ("s1", "s2", "t1") for word in ("--without", name)]
    assert "nothing of" in refused("--data", gold, "--out", tmp_path / "w", *everything)


@pytest.mark.parametrize(("option", "value"), [("--epochs", 0), ("--threads", 0), ("--seed", -1), ("--epochs", "many")])
def test_numbers_out_of_range_name_their_option(gold, tmp_path, option, value):
    assert option in refused("--data", gold, "--out", tmp_path / "w", option, value)


def test_data_and_out_must_be_given(gold, tmp_path):
    assert "--out" in refused("--data", gold)
    assert "--data" in refused("--out", tmp_path / "w")
    assert "is a file" in refused("--data", gold / "s1.gold.jsonl", "--out", tmp_path / "w")


def test_the_docs_tell_every_option_and_no_other():
    page = (Path(__file__).resolve().parents[2] / "docs" / "training.md").read_text(encoding="utf-8")
    table = {option for line in page.splitlines() if line.startswith("| `--") for option in re.findall(r"--\w+", line)}
    help_page = kg("train", "--help")
    assert help_page.returncode == 0
    assert table == set(re.findall(r"^ +(--\w+)", help_page.stdout, re.MULTILINE))
