"""Ends are counted by role and side, once each, and only what stands in the same sentence and type is a hit."""

from eval.event_ends import counted, lines, main
from kg.jobs.evaluation.scoring import Compared
from kg.jobs.evaluation.telling import Telling, ToldEvent


def telling(*events):
    return Telling(
        mentions=(),
        events=tuple(
            ToldEvent(
                sentence_no=sentence_no, etype=etype, group="happened", sides=frozenset(), keys=frozenset(),
                parts=frozenset(parts), mediated=frozenset(), days=None, confidence=0.5,
            )
            for sentence_no, etype, *parts in events
        ),
    )  # fmt: skip


def test_an_end_counts_once_and_is_right_in_its_own_event_only():
    gold = telling(
        (0, "AIRSTRIKE", ("ACTOR", "isr"), ("RECIPIENT", "irn"), ("PLACE", "tehran")),
        (0, "ATTACK", ("ACTOR", "isr"), ("RECIPIENT", "irn")),  # the same PLOVER type: no further ends
        (1, "CONDEMN", ("ACTOR", "rus"), ("RECIPIENT", "isr")),
    )
    told = telling(
        (0, "MISSILE_STRIKE", ("ACTOR", "isr"), ("RECIPIENT", "usa")),
        (2, "CONDEMN", ("ACTOR", "rus"), ("RECIPIENT", "isr")),
    )
    counts = counted([Compared(name="a", sentences=(), gold=gold, told=told)])
    assert [line.split() for line in lines(counts, "x")] == [
        ["x", "actor", "2", "0.500", "1.000", "1.000"],
        ["x", "recipient", "2", "0.000", "0.000", "0.000"],
        ["x", "both", "4", "0.250", "0.500", "0.500"],
    ]


def test_without_gold_it_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KG_GOLD", str(tmp_path / "nowhere"))
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("skipped: no annotated documents")
