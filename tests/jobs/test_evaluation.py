"""Each figure worked out by hand on a few own sentences; a second annotation stands for what an extractor tells."""

import json
import subprocess
import sys

import pytest

from eval.run_eval import gold_folder
from kg.export.predictions import predictions_line
from kg.extract.patterns import PatternsExtractor
from kg.jobs.evaluation.annotations import read_annotations
from kg.jobs.evaluation.measuring import Evaluation, measure, reading_text
from kg.jobs.evaluation.reliability import Reliability, Weighed
from kg.jobs.evaluation.scoring import Agreement, Compared, score
from kg.jobs.evaluation.telling import comparable, overlap, to_days, told_by_gold
from kg.model.errors import UsageError

SENTENCES = (
    "Iran strikes Israel",
    "Iran struck Israel on Friday, Foreign Minister Abbas Araqchi said.",
    "Qatar mediated between Israel and Iran.",
)
ACTORS = [
    {"id": "I", "name": "Iran", "type": "state", "key": "IRN"},
    {"id": "L", "name": "Israel", "type": "state", "key": "ISR"},
    {"id": "Q", "name": "Qatar", "type": "state", "key": "QAT"},
    {"id": "M", "name": "Abbas Araqchi", "type": "person", "key": "Abbas Araqchi", "of": "IRN"},
]


def event(s=1, etype="ATTACK", status="occurred", actor=("I",), recipient=("L",), mediator=(), time=None):
    roles = [
        [role, None, filler]
        for role, ids in (("ACTOR", actor), ("RECIPIENT", recipient), ("MEDIATOR", mediator))
        for filler in ids
    ]
    return {"s": s, "trig": "-", "type": etype, "status": status, "roles": roles, "time": time and [None, time]}


def telling(*events, mentions=None, actors=ACTORS):
    return told_by_gold({"actors": actors, "mentions": mentions or {}, "events": list(events)}, SENTENCES)


def figures(gold, told, min_confidence=0.5):
    return score([Compared(name="x", sentences=SENTENCES, gold=gold, told=told)], min_confidence=min_confidence)


def metric(name, gold, told):
    return figures(gold, told).metrics[name]


def test_precision_recall_and_f1():
    agreement = Agreement(gold=4, told=3, hit=2)
    assert (agreement.precision, agreement.recall) == (2 / 3, 0.5)
    assert agreement.f1 == pytest.approx(2 * (2 / 3) * 0.5 / (2 / 3 + 0.5))


def test_nothing_told_or_nothing_in_gold_is_zero():
    assert Agreement(gold=2, told=0, hit=0).precision == 0
    assert Agreement(gold=0, told=2, hit=0).recall == 0
    assert Agreement(gold=0, told=0, hit=0).f1 == 0


def test_a_mention_must_overlap_and_name_the_same_actor():
    gold = telling(mentions={"1": [["Iran", "I"], ["Israel", "L"], ["Abbas Araqchi", "M"]]})
    told = telling(mentions={"1": [["Iran", "I"], ["Israel", "I"], ["Araqchi", "M"]]})
    assert metric("mention", gold, told) == Agreement(gold=3, told=3, hit=2)


def test_a_mention_of_gold_is_found_once():
    gold = telling(mentions={"1": [["Abbas Araqchi", "M"]]})
    told = telling(mentions={"1": [["Abbas", "M"], ["Araqchi", "M"]]})
    assert metric("mention", gold, told) == Agreement(gold=1, told=2, hit=1)


def test_a_mention_of_somebody_else_takes_no_span():
    gold = telling(mentions={"1": [["Israel", "L"]]})
    told = telling(mentions={"1": [["Israel", "I"], ["Israel", "L"]]})
    assert metric("mention", gold, told) == Agreement(gold=1, told=2, hit=1)


def test_a_trigger_is_sentence_and_plover_type_whatever_the_roles():
    gold = telling(event(s=0), event(s=1, etype="AIRSTRIKE"))
    told = telling(event(s=0, actor=("Q",)), event(s=1, etype="MISSILE_STRIKE"), event(s=2))
    assert metric("trigger", gold, told) == Agreement(gold=2, told=3, hit=2)


def test_a_minister_is_his_state_as_an_end_but_not_as_himself():
    gold, told = telling(event(actor=("M",))), telling(event(actor=("I",)))
    assert metric("edge", gold, told).hit == 1
    assert metric("edge_exact", gold, told).hit == 0


def test_an_edge_has_a_direction():
    assert metric("edge", telling(event()), telling(event(actor=("L",), recipient=("I",)))).hit == 0


def test_an_edge_needs_both_ends_and_no_loop():
    assert metric("edge", telling(event(actor=())), telling(event(actor=("M",), recipient=("I",)))) == Agreement(
        gold=0, told=0, hit=0
    )


def test_talks_have_no_direction():
    gold = telling(event(etype="MEET", actor=("I", "L"), recipient=()))
    told = telling(event(etype="MEET", actor=("L",), recipient=("I",)))
    assert metric("edge", gold, told) == Agreement(gold=1, told=1, hit=1)


def test_three_parties_are_three_pairs_and_five_are_a_summit():
    three = telling(event(etype="MEET", actor=("I", "L", "Q"), recipient=()))
    assert metric("edge", three, three).gold == 3
    states = [{"id": key, "name": key, "type": "state", "key": key} for key in ("A", "B", "C", "D", "E")]
    five = telling(event(etype="MEET", actor=("A", "B", "C", "D", "E"), recipient=()), actors=states)
    assert {pair for e in five.events for pair in e.sides} == {(key, "*") for key in ("a", "b", "c", "d", "e")}


def test_the_leaf_type_is_finer_than_the_plover_type():
    gold, told = telling(event(etype="AIRSTRIKE")), telling(event(etype="MISSILE_STRIKE"))
    assert metric("edge", gold, told).hit == 1
    assert metric("edge_leaf", gold, told).hit == 0


def test_statuses_of_one_group_agree():
    gold = telling(event(s=0), event(s=1, status="offered"), event(s=2, status="planned"))
    told = telling(event(s=0, status="ongoing"), event(s=1, status="requested"), event(s=2, status="possible"))
    found = figures(gold, told)
    assert found.metrics["edge_status"] == Agreement(gold=3, told=3, hit=2)
    assert found.by_status["happened"] == Agreement(gold=1, told=1, hit=1)
    assert found.by_status["planned"] == Agreement(gold=1, told=0, hit=0)
    assert found.by_status["hypothetical"] == Agreement(gold=0, told=1, hit=0)


def test_dates_count_on_found_edges_only():
    gold = telling(event(s=0, time="2025-06-13"), event(s=1, time="2025-06-13"), event(s=2, time="2025-06-13"))
    told = telling(event(s=0, time="2025-06"), event(s=1, time="2025-06-14"))
    assert metric("edge_dated", gold, told) == Agreement(gold=3, told=2, hit=1)


def test_what_gold_does_not_date_needs_no_date():
    gold = telling(event(s=0), event(s=1, time="2025-06-13"))
    assert metric("edge_dated", gold, gold) == Agreement(gold=1, told=1, hit=1)


def test_an_unknown_date_is_no_right_date():
    assert metric("edge_dated", telling(event(time="2025-06-13")), telling(event())) == Agreement(gold=1, told=1, hit=0)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-06-19", ("2025-06-19", "2025-06-19")),
        ("2025-02", ("2025-02-01", "2025-02-31")),
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2025-06-13/2025-07", ("2025-06-13", "2025-07-31")),
        (None, None),
    ],
)
def test_days_of_a_value(value, expected):
    assert to_days(value) == expected


def test_times_that_share_a_day_overlap():
    assert overlap(to_days("2025-06-13/2025-06-19"), to_days("2025-06-19"))
    assert not overlap(to_days("2025-06-13/2025-06-18"), to_days("2025-06-19"))
    assert not overlap(None, to_days("2025"))


def test_the_graph_forgets_the_sentence_and_keeps_whether_it_happened():
    gold = telling(event(s=0), event(s=1), event(s=2, status="planned"))
    told = telling(event(s=2, status="ongoing"), event(s=2, status="alleged"))
    assert metric("graph", gold, told) == Agreement(gold=2, told=2, hit=2)


def test_a_mediator_acts_or_brokers():
    gold = telling(event(s=2, etype="MEDIATE", actor=("Q",), recipient=("I", "L")))
    told = telling(event(s=0, etype="DECLARE_CEASEFIRE", actor=("I", "L"), recipient=(), mediator=("Q",)))
    assert metric("mediator", gold, told) == Agreement(gold=2, told=2, hit=2)


def test_told_as_happened_where_gold_tells_the_contrary():
    gold = telling(event(s=0, status="denied"), event(s=1), event(s=1, status="planned"))
    told = telling(event(s=0, actor=("L",), recipient=("I",)), event(s=1, etype="ARREST"), event(s=2))
    found = figures(gold, told)
    assert (found.wrong, found.happened, found.happened_wrong) == (1, 3, pytest.approx(1 / 3))


def test_what_is_not_told_as_happened_is_not_told_so_wrongly():
    found = figures(telling(event(status="denied")), telling(event(status="planned")))
    assert (found.wrong, found.happened, found.reliability.default.claims) == (0, 0, 0)


def test_edges_are_counted_by_type():
    found = figures(telling(event(), event(etype="ARREST")), telling(event(), event(etype="EXPEL")))
    assert found.by_type == {
        "ASSAULT": Agreement(gold=1, told=1, hit=1),
        "COERCE": Agreement(gold=1, told=0, hit=0),
        "SANCTION": Agreement(gold=0, told=1, hit=0),
    }


def test_roles_count_where_the_trigger_was_found():
    gold = telling(event(s=0, recipient=("L", "Q")), event(s=1))
    told = telling(event(s=0, actor=("M",), recipient=("L",)))
    roles = figures(gold, told).by_role
    assert roles["ACTOR"] == Agreement(gold=1, told=1, hit=1)
    assert roles["RECIPIENT"] == Agreement(gold=2, told=1, hit=1)


def test_differences_tell_what_was_missed_wrong_or_told_otherwise():
    gold = telling(event(s=0), event(s=1), event(s=2, status="denied"))
    told = telling(event(s=0), event(s=1, actor=("Q",)), event(s=2))
    assert [(d.sentence_no, d.kind, d.plover, d.pair, d.groups) for d in figures(gold, told).differences] == [
        (1, "missed", "ASSAULT", ("irn", "isr"), "happened"),
        (1, "wrong", "ASSAULT", ("qat", "isr"), "happened"),
        (2, "status", "ASSAULT", ("irn", "isr"), "happened, not negated"),
    ]


def test_documents_are_told_apart():
    one, none = telling(event()), telling()
    compared = [
        Compared(name="x", sentences=SENTENCES, gold=one, told=none),
        Compared(name="y", sentences=SENTENCES, gold=none, told=one),
    ]
    found = score(compared, min_confidence=0.5)
    assert {found.metrics[name].hit for name in ("trigger", "edge", "graph")} == {0}
    assert found.documents == 2


def test_a_key_in_another_script_is_kept_and_a_latin_one_is_folded():
    assert comparable("Aleksandar Vučić") == comparable("aleksandar vu i")
    assert comparable("Владимир Путин") != comparable("Нафтна индустрија")
    assert comparable(None) == ""


def weighed(confidence, is_right, *edges):
    return Weighed(confidence=confidence, is_right=is_right, edges=frozenset(edges))


def test_reliability_by_hand():
    claims = [weighed(0.15, False, "a"), weighed(0.95, True, "b"), weighed(0.85, True, "c"), weighed(1.0, False, "d")]
    found = Reliability.of(claims, {"b", "c", "e", "f"}, min_confidence=0.85)
    assert [b.claims for b in found.bins] == [0, 1, 0, 0, 0, 0, 0, 0, 1, 2]
    assert found.bins[-1].mean_confidence == pytest.approx(0.975)
    assert found.bins[-1].share_right == 0.5
    # (1 * |.15 - 0| + 1 * |.85 - 1| + 2 * |.975 - .5|) / 4
    assert found.calibration_error == pytest.approx((0.15 + 0.15 + 2 * 0.475) / 4)
    assert (found.default.claims, found.default.precision, found.default.recall) == (3, pytest.approx(2 / 3), 0.5)
    assert [kept.claims for kept in found.thresholds][:3] == [4, 4, 3]


def test_a_bin_begins_at_its_lower_end():
    found = Reliability.of([weighed(0.2, True, "a"), weighed(0.0, True, "b")], {"a"}, min_confidence=0.2)
    assert [b.claims for b in found.bins][:4] == [1, 0, 1, 0]
    assert found.default.claims == 1


def test_without_claims_nothing_is_reliable():
    found = Reliability.of([], {"a"}, min_confidence=0.5)
    assert (found.calibration_error, found.default.precision, found.default.recall) == (0, 0, 0)


def test_a_claim_is_right_when_all_its_edges_are():
    gold = telling(event(recipient=("L",)), event(s=0, status="planned"))
    told = telling(event(recipient=("L", "Q")), event(recipient=("L",)), event(s=0), event(s=0, actor=()))
    kept = figures(gold, told).reliability.default
    assert (kept.claims, kept.right, kept.found, kept.gold) == (3, 1, 1, 1)


def test_extractors_are_shown_side_by_side(capsys):
    from kg.cli.evaluating import _tell

    good, bad = figures(telling(event()), telling(event())), figures(telling(event()), telling())
    _tell(Evaluation(documents=1, figures={"good": good, "bad": bad}), errors=0)
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()[:12] if line.strip()}
    assert rows["F1"] == ["good", "bad"]
    assert rows["edge_status"] == ["1.000", "0.000"]
    assert rows["happened_wrong"] == ["0.0%", "0.0%"]


def test_an_extractor_that_reads_no_text_is_named():
    from kg.extract.un_list import UnListExtractor

    with pytest.raises(UsageError, match="un_list reads no texts"):
        reading_text([UnListExtractor()])


@pytest.mark.skipif(not (gold_folder() / "score.py").exists(), reason="no annotated documents at hand")
@pytest.mark.parametrize("part", ["seeds", "news", "dev2"])
def test_every_figure_is_that_of_the_scorer_beside_gold(part, tmp_path):
    folder, extractor = gold_folder(), PatternsExtractor()
    gold, texts = (folder / "dev" / f"{part}.{kind}.jsonl" for kind in ("gold", "texts"))
    annotations = read_annotations(gold)
    assert annotations.faults == ()
    predicted = tmp_path / "predicted.jsonl"
    lines = [predictions_line(a.document, [extractor.extract(a.document)]) for a in annotations.documents]
    predicted.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, folder / "score.py", texts, gold, predicted, "--json"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)
    found = measure(extractor, annotations.documents, min_confidence=0.25)
    for ours, theirs in ((found.metrics, report), (found.by_type, report["by_type"])):
        for name, agreement in ours.items():
            assert shown(agreement) == theirs[name], name
    assert found.by_type.keys() == report["by_type"].keys()
    wrong = report["happened_wrong"]
    assert (round(found.happened_wrong, 4), found.wrong, found.happened) == (
        wrong["share"],
        wrong["wrong"],
        wrong["told"],
    )


def shown(agreement):
    shares = {name: round(getattr(agreement, name), 4) for name in ("precision", "recall", "f1")}
    return shares | {"gold": agreement.gold, "pred": agreement.told, "hit": agreement.hit}
