"""`kg extract --explain`: what an analyst reads."""

import json
import os
import re
import sys
from datetime import date

import pexpect
import pytest

from cli.test_bad_input import STORY, kg, refused
from kg.cli.explaining import Explaining
from kg.jobs.contract import document_of
from kg.model.claims import Claim, Extraction, LocalActor, Number, RoleFiller, SanctionDetail, Speaker, claim_id
from kg.model.times import days
from kg.model.words import Act, ActorType, Basis, ContentKind, Role, Status

TEXT = (
    "The US Treasury may not extend the licence of NIS before Friday, MOL said, and asked for $40 million. "
    "Nothing else was said."
)
ACTORS = (
    LocalActor(local_id="A1", name="US Department of the Treasury", type=ActorType.ORGANISATION, key="US Department of the Treasury", acts_for="USA"),
    LocalActor(local_id="A2", name="United States", type=ActorType.STATE, key="USA"),
    LocalActor(local_id="A3", name="Naftna Industrija Srbije", type=ActorType.COMPANY, key="NIS"),
    LocalActor(local_id="A4", name="MOL", type=ActorType.COMPANY, key="MOL"),
)  # fmt: skip
DOCUMENT = document_of(TEXT, title="A licence runs out")


def place(words):
    start = DOCUMENT.text.index(words)
    return start, start + len(words)


def claim(trigger, etype, status, roles, **more):
    start, end = place(TEXT.partition(". ")[0])
    at, stop = place(trigger)
    return Claim(
        claim_id=claim_id(DOCUMENT.doc_id, at, stop, etype, roles), doc_id=DOCUMENT.doc_id, etype=etype, status=status,
        start=start, end=end, quote=DOCUMENT.text[start:end], trigger_start=at, trigger_end=stop, sentence_no=1,
        roles=roles, extractor="made", extractor_version="7", **more,
    )  # fmt: skip


def filler(role, actor, words=None, **more):
    start, end = place(words) if words else (None, None)
    return RoleFiller(role=role, actor=actor, surface=words, start=start, end=end, **more)


@pytest.fixture
def found():
    asked = claim("asked", "REQUEST_AID", Status.OCCURRED, (filler(Role.ACTOR, "A4", "MOL"),), confidence=0.9)
    cue, said = place("may not"), place("MOL")
    licence = claim(
        "extend", "GRANT_SANCTIONS_RELIEF", Status.POSSIBLE,
        (filler(Role.PLACE, "A2", link_score=0.5), filler(Role.RECIPIENT, "A3", "NIS"), filler(Role.ACTOR, "A1", "US Treasury", link_score=0.8)),
        confidence=0.2, cue="may not", cue_start=cue[0], cue_end=cue[1],
        time=days(date(2025, 6, 27), basis=Basis.WEEKDAY), content_of=asked.claim_id, content_kind=ContentKind.REQUESTED,
        speaker=Speaker(actor="A4", verb="said", start=said[0], end=said[1]),
        numbers=(Number(kind="amount", surface="$40 million", value=40e6, start=place("$40 million")[0], end=place("$40 million")[1]),),
        sanction=SanctionDetail(act=Act.LICENSED, until=date(2025, 7, 29), licence="specific", programme="Russian oil"),
    )  # fmt: skip
    return Extraction(
        doc_id=DOCUMENT.doc_id, extractor="made", extractor_version="7", actors=ACTORS, claims=(asked, licence)
    )


@pytest.fixture
def story(tmp_path):
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    return tmp_path


WHOLE = """\
────────────────────────────────────────────────────────────────────────────────────────────────────
A licence runs out
Test Wire · 2025-06-27 (day) · test
2 claims in 1 of 3 sentences, 1 weak (confidence below 0.25); read by made 7

  2.  The US Treasury may not [1 extend] the licence of NIS before Friday, MOL said, and [2 asked]
      for $40 million.

   1  GRANT_SANCTIONS_RELIEF  possible  confidence 0.20  weak  made 7
      trigger                                           “extend” 43-49
      actor       US Department of the Treasury for     “US Treasury” 23-34 · linked 0.80
                  USA
      recipient   Naftna Industrija Srbije [NIS]        “NIS” 65-68
      place       United States [USA]                   implied, linked 0.50
      status      possible                              “may not” 35-42
      date        2025-06-27                            “Friday” 76-82 · day, weekday
      number      amount 40,000,000                     “$40 million” 108-119
      sanction    licensed, until 2025-07-29, specific
                  licence, programme Russian oil
      speaker     MOL                                   “MOL” 84-87 · said
      content of  requested in claim 2

   2  REQUEST_AID  occurred  confidence 0.90  made 7
      trigger                                           “asked” 98-103
      actor       MOL                                   “MOL” 84-87
      status      occurred                              no cue

"""


def test_all_that_a_claim_rests_on_is_shown_in_100_columns(found, capsys):
    Explaining(min_confidence=0.25).show(DOCUMENT, (found,))
    assert capsys.readouterr().out == WHOLE


def test_an_extraction_without_claims_and_a_document_nobody_read(capsys):
    Explaining(min_confidence=0.25).show(
        DOCUMENT, (Extraction(doc_id=DOCUMENT.doc_id, extractor="made", extractor_version="7"),)
    )
    assert "0 claims in 0 of 3 sentences; read by made 7" in capsys.readouterr().out
    Explaining(min_confidence=0.25).show(DOCUMENT, ())
    assert "read by no extractor" in capsys.readouterr().out


def test_claims_of_one_trigger_share_its_mark(capsys):
    twice = tuple(
        claim("not extend", etype, Status.DENIED, (filler(Role.ACTOR, "A4", "MOL"),), confidence=0.9)
        for etype in ("EXTEND_SANCTIONS", "GRANT_SANCTIONS_RELIEF")
    )
    inner = claim("extend", "REQUEST", Status.DENIED, (filler(Role.ACTOR, "A4"),), confidence=0.9)
    found = Extraction(
        doc_id=DOCUMENT.doc_id, extractor="made", extractor_version="7", actors=ACTORS, claims=(*twice, inner)
    )
    Explaining(min_confidence=0.25).show(DOCUMENT, (found,))
    assert "may [1,2,3 not extend] the licence" in capsys.readouterr().out


def test_of_an_endless_sentence_the_quote_is_shown(capsys):
    document = document_of("Iran struck Israel " + "and then it said nothing " * 100)
    start = document.text.index("Iran")
    whole = Claim(
        claim_id="clm_1", doc_id=document.doc_id, etype="ATTACK", status=Status.OCCURRED, start=start, end=start + 18,
        quote="Iran struck Israel", trigger_start=start + 5, trigger_end=start + 11, sentence_no=99, roles=(),
        extractor="made", extractor_version="7", confidence=1.0,
    )  # fmt: skip
    found = Extraction(doc_id=document.doc_id, extractor="made", extractor_version="7", claims=(whole,))
    Explaining(min_confidence=0.25).show(document, (found,))
    shown = capsys.readouterr().out
    assert "Iran [1 struck] Israel\n" in shown
    assert len(shown) < 1500


def test_piped_it_is_plain_the_same_each_time_and_fits_100_columns(story):
    first, second = (
        kg(story, "extract", "story.txt", "--explain", COLUMNS=width, FORCE_COLOR="1") for width in ("40", "200")
    )
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert "\x1b" not in first.stdout
    assert "MISSILE_STRIKE  occurred" in first.stdout
    assert "Iran [1 fires] missiles at Israel" in first.stdout
    assert max(map(len, first.stdout.splitlines())) <= 100
    assert not any(line.endswith(" ") for line in first.stdout.splitlines())
    assert not (story / ".kg").exists()


@pytest.mark.parametrize("explain", [["--explain"], []])
def test_a_text_cannot_steer_the_terminal(tmp_path, explain):
    line = {
        "doc": "\x1b[2J",
        "publisher": "\x1b[31m",
        "text": "Iran launched missiles\x1b]0;owned\x07\u202e against Israel.",
    }
    (tmp_path / "story.jsonl").write_text(json.dumps(line), encoding="utf-8")
    run = kg(tmp_path, "extract", "story.jsonl", *explain)
    assert run.returncode == 0, run.stderr
    assert "Israel" in run.stdout
    assert not re.search("[\x1b\x07\u202e]", run.stdout)


def in_terminal(folder, **environment):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "NO_COLOR", "FORCE_COLOR"))}
    child = pexpect.spawn(
        sys.executable, ["-m", "kg.cli", "extract", "story.txt", "--explain"], cwd=str(folder), dimensions=(50, 120),
        env={**clean, "TERM": "xterm-256color", **environment}, encoding="utf-8", timeout=60,
    )  # fmt: skip
    shown = child.read()
    child.close()
    assert child.exitstatus == 0, shown
    return shown


def test_a_terminal_gets_colour_unless_told_otherwise(story):
    assert re.search(r"\x1b\[(\d+;)*3\d", in_terminal(story))
    assert not re.search(r"\x1b\[(\d+;)*3\d", in_terminal(story, NO_COLOR="1"))


def test_jsonl_and_explain_exclude_each_other(story):
    refused(kg(story, "extract", "story.txt", "--explain", "--format", "jsonl"), 2, "--explain", "--format jsonl")


@pytest.mark.parametrize("command", ["extract", "ingest"])
def test_an_unknown_extractor_is_named_with_those_that_exist(story, command):
    refused(kg(story, command, "story.txt", "--extractor", "paterns"), 2, "'paterns'", "patterns, un_list")
    assert not (story / ".kg").exists()


def test_min_confidence_of_kg_toml_marks_what_is_weak(story):
    (story / "kg.toml").write_text("[extract]\nmin_confidence = 1.0\n", encoding="utf-8")
    assert ", weak)" in kg(story, "extract", "story.txt").stdout
    assert "weak (confidence below 1)" in kg(story, "extract", "story.txt", "--explain").stdout
    (story / "kg.toml").write_text("[extract]\nmin_confidence = 0.0\n", encoding="utf-8")
    assert "weak" not in kg(story, "extract", "story.txt").stdout


def test_min_confidence_out_of_range_is_refused(story):
    (story / "kg.toml").write_text("[extract]\nmin_confidence = 1.5\n", encoding="utf-8")
    refused(kg(story, "extract", "story.txt"), 2, "kg.toml", "min_confidence", "1.5")


def test_maps_leave_out_what_kg_toml_calls_weak(story):
    assert kg(story, "ingest", "story.txt", "--extractor", "default").returncode == 0
    (story / "kg.toml").write_text("[extract]\nmin_confidence = 1.0\n", encoding="utf-8")
    refused(kg(story, "map"), 2, "too uncertain", "--min-confidence")
    assert kg(story, "map", "--min-confidence", "0").returncode == 0
    data = kg(story, "map", "--format", "json")
    assert data.returncode == 0, data.stderr
    assert "too uncertain" not in data.stdout
