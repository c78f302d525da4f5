"""The figures of the extractors hold their floors, and the floors themselves behave."""

import json

import pytest

from eval import run_eval
from eval.run_eval import CALIBRATION, WRONG, Floors, Part, Row
from kg.extract.patterns import PatternsExtractor

PART = Part(name="dev", digest="d1", documents=())
FIGURES = dict.fromkeys(run_eval.METRICS, 0.5) | {WRONG: 0.02}


def row(digest="d1", weights="w1", part="dev", **figures):
    return Row(part=part, digest=digest, extractor="patterns", weights=weights, figures=figures)


def floors(digest="d1", weights="w1", **held):
    known = {"patterns": {"weights_sha256": weights, "floors": held}}
    return Floors({"dev": {"gold_sha256": digest, "extractors": known}})


def held(of):
    return of.parts["dev"]["extractors"]["patterns"]


def test_a_figure_below_its_floor_is_told_with_both_numbers():
    (line,) = floors(edge=0.3, trigger=0.7).broken(row(edge=0.299, trigger=0.7))
    assert line == "patterns on dev: edge 0.2990 is below its floor 0.3000"


@pytest.mark.parametrize("error", [WRONG, CALIBRATION])
def test_an_error_has_a_ceiling(error):
    assert floors(**{error: 0.04}).broken(row(**{error: 0.04})) == []
    assert floors(**{error: 0.04}).broken(row(**{error: 0.041})) == [
        f"patterns on dev: {error} 0.0410 is above its ceiling 0.0400"
    ]


def test_changed_gold_is_told_and_not_measured_against_old_floors():
    (line,) = floors(edge=0.3).broken(row(digest="d2", edge=0.1))
    assert "gold is not that of the floors" in line


def test_missing_floors_are_told():
    (line,) = Floors({}).broken(row(edge=0.1))
    assert "--raise" in line


def test_raising_takes_better_figures_and_keeps_the_others():
    told = floors(edge=0.3, trigger=0.6, **{WRONG: 0.04})
    told.raise_to(row(edge=0.3559, trigger=0.5, **{WRONG: 0.0211}))
    assert held(told)["floors"] == {"edge": 0.355, "trigger": 0.6, WRONG: 0.022}
    told.raise_to(row(edge=0.2, trigger=0.5, **{WRONG: 0.5}))
    assert held(told)["floors"] == {"edge": 0.355, "trigger": 0.6, WRONG: 0.022}


def test_raising_does_not_move_the_floors_of_another_gold():
    told = floors(edge=0.3)
    told.raise_to(row(digest="d2", edge=0.9))
    assert held(told)["floors"] == {"edge": 0.3}


def test_raising_names_the_weights_that_hold_every_floor():
    told = floors(edge=0.3)
    told.raise_to(row(weights="w2", edge=0.2))
    assert held(told)["weights_sha256"] == "w1"
    told.raise_to(row(weights="w3", edge=0.31))
    assert held(told)["weights_sha256"] == "w3"


def test_a_new_extractor_and_a_new_part_get_their_floors():
    told = Floors({})
    told.raise_to(row(part="held-out t4", edge=0.5, **{WRONG: 0.02}))
    assert told.parts["held-out t4"]["gold_sha256"] == "d1"
    assert told.broken(row(part="held-out t4", edge=0.5, **{WRONG: 0.02})) == []


def test_floors_are_raised_in_their_file_only_when_asked(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(run_eval, "FLOORS", tmp_path / "floors.json")
    assert run_eval.hold([row(edge=0.4)], is_raise=False) == 1
    assert not (tmp_path / "floors.json").exists()
    assert run_eval.hold([row(edge=0.4)], is_raise=True) == 0
    assert run_eval.hold([row(edge=0.39)], is_raise=False) == 1
    capsys.readouterr()
    assert run_eval.hold([row(edge=0.4, weights="w2")], is_raise=False) == 0
    assert "other tables and weights" in capsys.readouterr().out


def test_no_floor_is_held_on_what_an_extractor_may_have_been_trained_on(monkeypatch, tmp_path):
    monkeypatch.setattr(run_eval, "FLOORS", tmp_path / "floors.json")
    seen = Row(part="held-out t4", digest="d1", extractor="x", weights="w", figures={"edge": 1.0}, is_held_out=False)
    assert run_eval.hold([seen], is_raise=True) == 0
    assert json.loads((tmp_path / "floors.json").read_text("utf-8")) == {}


def test_a_card_says_what_was_not_trained_on(monkeypatch, tmp_path):
    monkeypatch.setattr(run_eval, "data_folder", lambda _: tmp_path)
    assert run_eval.unseen_sets(PatternsExtractor()) == set()
    (tmp_path / "weights").mkdir()
    card = tmp_path / "weights" / "card.json"
    card.write_text('{"extractor": "another", "held_out": ["t4"]}', encoding="utf-8")
    assert run_eval.unseen_sets(PatternsExtractor()) == set()
    card.write_text('{"extractor": "patterns", "held_out": ["t4"]}', encoding="utf-8")
    assert run_eval.unseen_sets(PatternsExtractor()) == {"t4"}


def test_the_digest_of_weights_follows_names_and_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"1")
    first = run_eval.weights_digest(tmp_path)
    (tmp_path / "a").write_bytes(b"2")
    second = run_eval.weights_digest(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({first, second, run_eval.weights_digest(tmp_path)}) == 3


def test_annotators_stand_on_top_and_the_parser_at_the_bottom():
    shown = run_eval.table(PART, [row(**FIGURES)], [row(**FIGURES)]).splitlines()
    assert [line.split()[0] for line in shown[2:]] == ["annotators", "patterns", "patterns"]
    shown = run_eval.table(PART, [row(**FIGURES)], None).splitlines()
    assert shown[-1].split() == ["parser", "triples", "not", "installed"]


def test_figures_of_texts_that_may_have_been_seen_are_marked():
    seen = Row(part="held-out t4", digest="d", extractor="x", weights="w", figures=FIGURES, is_held_out=False)
    assert "\nx * " in run_eval.table(PART, [seen], [])
    assert "no card says" in run_eval.table(PART, [seen], [])
    assert "no card says" not in run_eval.table(PART, [row(**FIGURES)], [])


def test_every_extractor_of_texts_is_measured_and_none_that_asks_a_network():
    names = [extractor.name for extractor in run_eval.chosen_extractors(())]
    assert "patterns" in names
    assert not {"un_list", "llm"} & set(names)


def test_without_gold_nothing_is_measured(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("KG_GOLD", str(tmp_path))
    assert run_eval.main([]) == 0
    assert capsys.readouterr().out.startswith("skipped")


@pytest.mark.skipif(not (run_eval.gold_folder() / "dev").is_dir(), reason="no annotated documents at hand")
def test_the_extractors_hold_their_floors(capsys):
    status = run_eval.main(["--no-parser"])
    out = capsys.readouterr().out
    assert status == 0, out
    assert "words/CPU-s" in out
