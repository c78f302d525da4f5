"""Annotated documents are checked before anything is measured, and every fault is named."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.jobs.evaluation.annotations import read_annotations, texts_beside
from kg.jobs.settings import DEFAULT_MIN_CONFIDENCE
from kg.model.errors import UsageError

TEXT = {
    "doc": "x1", "title": "Iran strikes Israel", "publisher": "Northern Wire", "published_at": "2025-06-20",
    "sentences": ["Iran strikes Israel", "Iran launched missiles against Israel on Friday."],
}  # fmt: skip
GOLD = {
    "doc": "x1",
    "actors": [
        {"id": "A1", "name": "Iran", "type": "state", "key": "IRN"},
        {"id": "A2", "name": "Israel", "type": "state", "key": "ISR", "of": None},
    ],
    "mentions": {"0": [["Iran", "A1"], ["Israel", "A2"]], "1": [["Iran", "A1"], ["Israel", "A2"]]},
    "events": [
        {"s": 0, "trig": "strikes", "type": "ATTACK", "status": "occurred",
         "roles": [["ACTOR", "Iran", "A1"], ["RECIPIENT", "Israel", "A2"]], "time": [None, "2025-06-20"]},
        {"s": 1, "trig": "launched", "type": "MISSILE_STRIKE", "status": "occurred", "same": 0, "said_by": None,
         "roles": [["ACTOR", "Iran", "A1"], ["RECIPIENT", "Israel", "A2"], ["OBJECT", "missiles", None]],
         "time": ["Friday", "2025-06-20"], "num": [["amount", "missiles", None]]},
    ],
}  # fmt: skip


def write(folder, *rows, texts=(TEXT,)):
    gold = folder / "wire.gold.jsonl"
    (folder / "wire.texts.jsonl").write_text("".join(json.dumps(t) + "\n" for t in texts), encoding="utf-8")
    gold.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows), encoding="utf-8")
    return gold


def changed(**changes):
    """Gold with values set by path: `events__1__type="INVADE"`."""
    row = json.loads(json.dumps(GOLD))
    for path, value in changes.items():
        *steps, last = (int(step) if step.isdecimal() and "mentions" not in path else step for step in path.split("__"))
        target = row
        for step in steps:
            target = target[step]
        target[last] = value
    return row


def test_sound_gold_has_no_faults(tmp_path):
    annotations = read_annotations(write(tmp_path, GOLD))
    assert annotations.faults == ()
    (one,) = annotations.documents
    assert one.document.text == "\n".join(TEXT["sentences"])
    assert one.gold.events[1].days == ("2025-06-20", "2025-06-20")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"actors__0__type": "nation"}, "actor A1: type 'nation' is none of state"),
        ({"actors__0__key": ""}, "actor A1: its key is ''"),
        ({"actors__1__id": "A1"}, "actor A1: the id stands twice"),
        ({"actors__1": "Israel"}, "actor 1: 'Israel' is no JSON object"),
        ({"actors": {}}, "actors: {} is no JSON list"),
        ({"mentions__7": [["Iran", "A1"]]}, "mentions of sentence 7: the text has the sentences 0 to 1"),
        ({"mentions__0": [["Irak", "A1"]]}, "mention 'Irak' does not stand in the sentence 'Iran strikes Israel'"),
        ({"mentions__0": [["Iran#2", "A1"]]}, "mention 'Iran#2' does not stand"),
        ({"mentions__0": [["Iran", "A9"]]}, "mention 'Iran' has the actor 'A9'"),
        ({"mentions__0": [["Iran"]]}, "['Iran'] is no [text, actor id]"),
        ({"events__1": None}, "event 1: None is no JSON object"),
        ({"events__1__s": 2}, "event 1: 's' is 2"),
        ({"events__1__s": True}, "event 1: 's' is True"),
        ({"events__1__trig": "fired"}, "event 1: trig 'fired' does not stand"),
        ({"events__1__trig": None}, "event 1: trig None is no text"),
        ({"events__1__type": "INVADE"}, "event 1: type 'INVADE' is no event type"),
        ({"events__1__type": ["ATTACK"]}, "event 1: type ['ATTACK'] is no event type"),
        ({"events__1__status": "maybe"}, "event 1: status 'maybe' is none of occurred"),
        ({"events__1__roles__0": ["AGENT", "Iran", "A1"]}, "event 1: role 'AGENT' is none of ACTOR"),
        ({"events__1__roles__0": ["ACTOR", "Iraq", "A1"]}, "event 1: ACTOR 'Iraq' does not stand"),
        ({"events__1__roles__0": ["ACTOR", "Iran", None]}, "event 1: ACTOR has the actor None"),
        ({"events__1__roles__0": ["ACTOR"]}, "event 1: role ['ACTOR'] is no [ROLE, text or null, actor id]"),
        ({"events__1__roles": [["OBJECT", "missiles", None]]}, "event 1: neither ACTOR nor RECIPIENT"),
        ({"events__1__roles": [["ACTOR", "Iran", "A1"], ["OBJECT", "tanks", None]]}, "event 1: OBJECT 'tanks'"),
        ({"events__1__time": ["Friday", "20 June"]}, "event 1: time has the value '20 June'"),
        ({"events__1__time": ["Monday", "2025-06-16"]}, "event 1: time 'Monday' does not stand"),
        ({"events__1__time": "2025"}, "event 1: time '2025' is no [text or null, value]"),
        ({"events__1__said_by": [None, "A9"]}, "event 1: said_by has the actor 'A9'"),
        ({"events__1__said_by": "A1"}, "event 1: said_by 'A1' is no [text or null, actor id]"),
        ({"events__1__same": 1}, "event 1: 'same' is 1"),
        ({"events__1__of": 5}, "event 1: 'of' is 5"),
        ({"events__1__num": [["killed", "three", 3]]}, "event 1: num 'killed' 'three' does not stand"),
        ({"events__1__num": [3]}, "event 1: num 3 is no [kind, text, value]"),
        ({"events__1__sanction": {"act": "loosened"}}, "event 1: act of the sanction 'loosened' is none of"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_file_line_document_and_value(change, told, tmp_path):
    annotations = read_annotations(write(tmp_path, "", changed(**change)))
    assert annotations.documents == ()
    assert any(f.startswith("wire.gold.jsonl line 2, document x1, ") and told in f for f in annotations.faults), (
        annotations.faults
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["{"], "wire.gold.jsonl line 1: no JSON"),
        (["[]"], "wire.gold.jsonl line 1: '[]' names no document"),
        (['{"actors": []}'], "names no document"),
        ([{"doc": "x2"}], "wire.gold.jsonl line 1, document x2: wire.texts.jsonl has no text of that name"),
        ([GOLD, GOLD], "wire.gold.jsonl line 2, document x1: annotated twice"),
    ],
)
def test_a_line_that_is_no_annotation_is_named(rows, told, tmp_path):
    faults = read_annotations(write(tmp_path, *rows)).faults
    assert any(told in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ([TEXT, TEXT], "wire.texts.jsonl line 2: the text 'x1' stands twice"),
        ([TEXT | {"sentences": None}], "has no list of sentences"),
        ([TEXT | {"sentences": [3]}], "wire.texts.jsonl line 1"),
        ([TEXT | {"published_at": "soon"}], "wire.texts.jsonl line 1: 'published_at' is 'soon'"),
    ],
)
def test_a_text_that_cannot_be_read_is_named(texts, told, tmp_path):
    faults = read_annotations(write(tmp_path, GOLD, texts=texts)).faults
    assert any(told in fault for fault in faults), faults


def test_one_bad_document_does_not_hide_the_faults_of_the_next(tmp_path):
    other = changed(events__0__type="X") | {"doc": "x2"}
    gold = write(tmp_path, changed(events__0__type="Y"), other, texts=[TEXT, TEXT | {"doc": "x2"}])
    assert len(read_annotations(gold).faults) == 2


def test_texts_lie_beside_gold(tmp_path):
    assert texts_beside(tmp_path / "wire.gold.jsonl") == tmp_path / "wire.texts.jsonl"
    assert texts_beside(tmp_path / "wire.jsonl") == tmp_path / "wire.texts.jsonl"


def test_missing_files_are_named(tmp_path):
    with pytest.raises(UsageError, match=r"nowhere\.jsonl does not exist"):
        read_annotations(tmp_path / "nowhere.jsonl")
    gold = write(tmp_path, GOLD)
    with pytest.raises(UsageError, match="--texts"):
        read_annotations(gold.rename(tmp_path / "other.gold.jsonl"))


def test_an_empty_file_is_no_gold(tmp_path):
    with pytest.raises(UsageError, match="no annotated document"):
        read_annotations(write(tmp_path))


def kg(folder, *args):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    return subprocess.run(
        [sys.executable, "-m", "kg.cli", "eval", *args],
        cwd=folder, env=clean, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


def test_the_command_prints_every_table(tmp_path):
    write(tmp_path, GOLD)
    run = kg(tmp_path, "wire.gold.jsonl", "--extractor", "patterns")
    assert run.returncode == 0, run.stderr
    for words in ("edge_status", "happened_wrong", "Edges by PLOVER type", "Edges by status", "Roles by side",
                  "expected calibration error", f"at {DEFAULT_MIN_CONFIDENCE} and above: precision"):  # fmt: skip
        assert words in run.stdout
    assert not (tmp_path / ".kg").exists()


def test_the_command_gives_the_same_as_json(tmp_path):
    row = changed(events__1__status="denied")
    file = str(write(tmp_path, row))
    options = ("--format", "json", "--errors", "5", "--min-confidence", "0.1", "--extractor", "patterns")
    run = kg(tmp_path, file, *options)
    told = json.loads(run.stdout)["extractors"]["patterns"]
    assert told["metrics"]["mention"]["gold"] == 4
    assert told["reliability"]["default"]["threshold"] == 0.1
    assert sum(b["claims"] for b in told["reliability"]["bins"]) >= 1
    assert [e["status"] for e in told["errors"] if e["kind"] == "status"] == ["happened, not negated"]


def test_the_command_lists_faults_and_ends_with_2(tmp_path):
    run = kg(tmp_path, str(write(tmp_path, changed(events__0__type="INVADE"))))
    assert run.returncode == 2
    assert "wire.gold.jsonl line 1, document x1, event 0: type 'INVADE'" in run.stderr
    assert "has 1 fault, so nothing was measured" in run.stderr
    assert "Traceback" not in run.stderr


PAGE = (Path(__file__).resolve().parents[2] / "docs" / "evaluation.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_is_sound(tmp_path):
    text, gold = (json.loads(body) for body in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))
    annotations = read_annotations(write(tmp_path, gold, texts=[text]))
    assert annotations.faults == ()
    assert len(annotations.documents[0].gold.events) == 2


def test_the_page_tells_every_figure_group_and_option(tmp_path):
    from kg.jobs.evaluation.scoring import METRICS
    from kg.model.words import STATUS_GROUPS

    for name in (*METRICS, "happened_wrong"):
        assert f"| `{name}` |" in PAGE
    for group in set(STATUS_GROUPS.values()):
        assert group in PAGE
    shown = kg(tmp_path, "--help").stdout
    for option in re.findall(r"kg eval [^\n#]*?(--[a-z-]+)", PAGE):
        assert option in shown


def test_the_bar_of_weak_claims_is_that_of_kg_toml(tmp_path):
    write(tmp_path, GOLD)
    (tmp_path / "kg.toml").write_text("[extract]\nmin_confidence = 0.4\n", encoding="utf-8")
    told = json.loads(kg(tmp_path, "wire.gold.jsonl", "--extractor", "patterns", "--format", "json").stdout)
    assert told["extractors"]["patterns"]["reliability"]["default"]["threshold"] == 0.4
