"""What a map shows first."""

from dataclasses import replace

from kg.export.backbone import backbone
from kg.export.map_values import MapEvent, MapTie, StatusGroup, TieKind


def event(confidence=0.5):
    return MapEvent(
        event_id="e", kind=TieKind.ACT, label="impose sanctions", sign=-1, is_verbal=False, weight=5.0, group=StatusGroup.HAPPENED,
        told="occurred", sources=(), targets=(), brokers=(), day="2025-06-20", when="", confidence=confidence, is_weak=False,
        detail="", evidence=(),
    )  # fmt: skip


def tie(source, target, *events):
    return MapTie(
        source=source, target=target, kind=TieKind.ACT, sign=-1, is_said=False, is_mutual=False, events=events
    )


EVENTS = [event(0.99), event(0.99), event(0.3)]
LIST = [tie("UN", "listed-1", 0), tie("UN", "listed-2", 1)]
NEWS = tie("IRN", "ISR", 2)


def core(ties, listed):
    return {(t.source, t.target) for t in backbone(ties, EVENTS, listed) if t.is_core}


def test_what_only_a_list_tells_waits_beside_news():
    assert core([*LIST, NEWS], {0, 1}) == {("IRN", "ISR")}
    assert [t.source for t in backbone([*LIST, NEWS], EVENTS, {0, 1})] == ["IRN", "UN", "UN"]


def test_a_list_alone_is_drawn():
    assert core(LIST, {0, 1}) == {("UN", "listed-1"), ("UN", "listed-2")}


def test_ownership_alone_does_not_hide_a_list():
    owned = replace(NEWS, kind=TieKind.STRUCTURE, sign=0)
    assert {("UN", "listed-1"), ("UN", "listed-2")} < core([*LIST, owned], {0, 1})


def test_an_entry_that_news_tell_too_is_no_mere_entry():
    told = tie("UN", "listed-1", 0, 2)
    assert core([told, LIST[1], NEWS], {0, 1}) == {("UN", "listed-1"), ("IRN", "ISR")}


def test_news_of_somebody_listed_are_news():
    assert core([*LIST, tie("USA", "listed-1", 2)], {0, 1}) == {("USA", "listed-1")}
