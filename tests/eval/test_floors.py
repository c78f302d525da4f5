"""The figures of the extractor hold their floors, and the floors themselves behave."""

import pytest

from eval import run_eval
from eval.run_eval import WRONG, Measured, broken_floors, raised


def measured(digest="d1", **figures):
    return Measured(part="all", digest=digest, figures=figures, documents=1, words=1, cpu_seconds=1.0)


def held(digest="d1", **floors):
    return {"gold_sha256": digest, "floors": floors}


def test_a_figure_below_its_floor_is_told_with_both_numbers():
    (line,) = broken_floors(measured(edge=0.299, trigger=0.7), held(edge=0.3, trigger=0.7))
    assert line == "edge 0.2990 is below its floor 0.3000"


def test_a_share_of_wrong_events_has_a_ceiling():
    assert broken_floors(measured(**{WRONG: 0.04}), held(**{WRONG: 0.04})) == []
    assert broken_floors(measured(**{WRONG: 0.041}), held(**{WRONG: 0.04})) == [
        "happened_wrong 0.0410 is above its ceiling 0.0400"
    ]


def test_changed_gold_is_told_and_not_measured_against_old_floors():
    (line,) = broken_floors(measured(digest="d2", edge=0.1), held(edge=0.3))
    assert "gold is not that of the floors" in line


def test_missing_floors_are_told():
    (line,) = broken_floors(measured(edge=0.1), None)
    assert "--raise" in line


def test_raising_takes_better_figures_and_keeps_the_others():
    old = held(edge=0.3, trigger=0.6, **{WRONG: 0.04})
    new = raised(measured(edge=0.3559, trigger=0.5, **{WRONG: 0.0211}), old)
    assert new == held(edge=0.355, trigger=0.6, **{WRONG: 0.022})
    assert raised(measured(edge=0.2, trigger=0.5, **{WRONG: 0.5}), old) == old


def test_raising_does_not_move_the_floors_of_another_gold():
    assert raised(measured(digest="d2", edge=0.9), held(edge=0.3)) == held(edge=0.3)


def test_without_gold_nothing_is_measured(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("KG_GOLD", str(tmp_path))
    assert run_eval.main([]) == 0
    assert capsys.readouterr().out.startswith("skipped")


@pytest.mark.skipif(not (run_eval.gold_folder() / "score.py").exists(), reason="no annotated documents at hand")
def test_the_extractor_holds_its_floors(capsys):
    status = run_eval.main([])
    out = capsys.readouterr().out
    assert status == 0, out
    assert "words a CPU second" in out
