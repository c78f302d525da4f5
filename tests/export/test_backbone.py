"""What a map shows first."""

from kg.export.backbone import backbone
from kg.export.map_values import MapEvent, MapTie, StatusGroup, TieKind


def event(confidence=0.5):
    return MapEvent(
        kind=TieKind.ACT, label="impose sanctions", sign=-1, is_verbal=False, group=StatusGroup.HAPPENED, told="occurred",
        sources=(), targets=(), brokers=(), day="2025-06-20", when="", confidence=confidence, detail="", evidence=(),
    )  # fmt: skip


def tie(source, target, *events):
    return MapTie(
        source=source, target=target, kind=TieKind.ACT, sign=-1, is_said=False, is_mutual=False, events=events
    )


EVENTS = [event(0.99), event(0.99), event(0.3)]
LIST = [tie("UN", "listed-1", 0), tie("UN", "listed-2", 1)]
NEWS = tie("IRN", "ISR", 2)


def core(ties, listed):
    return {(t.source, t.target) for t in backbone(ties, EVENTS, frozenset(listed)) if t.is_core}


def test_who_only_a_list_names_waits_beside_news():
    assert core([*LIST, NEWS], {"listed-1", "listed-2"}) == {("IRN", "ISR")}
    assert len(backbone([*LIST, NEWS], EVENTS, frozenset({"listed-1", "listed-2"}))) == 3


def test_a_list_alone_is_drawn():
    assert core(LIST, {"listed-1", "listed-2"}) == {("UN", "listed-1"), ("UN", "listed-2")}


def test_an_actor_that_news_names_is_no_list_entry():
    assert core([*LIST, NEWS], set()) == {("UN", "listed-1"), ("UN", "listed-2"), ("IRN", "ISR")}
