"""Evidence cards: the quote, its trigger, and where it stands."""

from datetime import UTC, datetime

import pytest

from export.sample_graph import GraphDraft, sample_graph
from kg.export.cards import Cards, is_web_address, shorten, when
from kg.export.events import played_events


def card(draft, *, has_quotes=True):
    graph = draft.graph()
    cards = Cards(graph, has_quotes=has_quotes)
    (event,) = played_events(graph)
    (number,) = cards.event(event).evidence
    return cards.evidence[number], cards.documents


def draft_with(quote, trigger, **told):
    draft = GraphDraft()
    draft.actor("A", "A")
    draft.actor("B", "B")
    document = draft.document("d", "Wire", title="A story", url=told.pop("url", None))
    event = draft.event("e", "AIRSTRIKE", "ACTOR=A;RECIPIENT=B")
    draft.claim("c", event, document, quote, trigger, **told)
    return draft


def test_the_quote_is_cut_at_its_trigger_in_code_points():
    evidence, _ = card(draft_with("🚀🚀 A hat B angegriffen.", "angegriffen"))
    assert evidence.quote == (("🚀🚀 A hat B ", ""), ("angegriffen", "trigger"), (".", ""))


def test_a_trigger_outside_its_quote_marks_nothing():
    evidence, _ = card(draft_with("A struck B.", "struck", trigger_start=3))
    assert evidence.quote == (("A struck B.", ""),)


def test_without_quotes_the_card_still_says_where_the_sentence_is():
    evidence, documents = card(draft_with("A struck B.", "struck"), has_quotes=False)
    assert evidence.quote == ()
    assert (evidence.sentence_no, evidence.start, evidence.end) == (3, 100, 111)
    assert documents[0].publisher == "Wire"


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://wire.example/a", True), ("http://wire.example", True), ("javascript:alert(1)", False),
        ("data:text/html,x", False), ("//wire.example", False), ("https:", False), ("http://[", False),
        (" javascript:alert(1)", False), ("JAVASCRIPT://wire.example/%0aalert(1)", False),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url, is_link):
    assert is_web_address(url) is is_link
    _, (document,) = card(draft_with("A struck B.", "struck", url=url))
    assert (document.url, document.address) == ((url, "") if is_link else ("", url))


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({"t_start": "2025-06-19", "t_end": "2025-06-19", "t_precision": "day"}, "2025-06-19 (day)"),
        ({"t_start": "2025-06-16", "t_end": "2025-06-22", "t_precision": "week"}, "2025-06-16 to 2025-06-22 (week)"),
        ({"t_start": "2025-01-01", "t_end": "2025-01-31", "t_precision": "month"}, "2025-01 (month)"),
        ({"t_start": "2025-01-01", "t_end": "2025-12-31", "t_precision": "year"}, "2025 (year)"),
        ({"t_end": "2025-06-19", "t_precision": "day"}, "2025-06-19 (day)"),
        ({"t_start": "2025-06-19", "t_precision": "unknown"}, "2025-06-19"),
        ({"t_precision": "unknown"}, ""),
    ],
)
def test_a_date_is_told_with_its_precision(told, text):
    assert when(told) == text


def test_the_name_of_the_source_is_better_than_that_in_the_document():
    draft = draft_with("A struck B.", "struck")
    source = draft.node("Source", "wire.example", name="The Meridian Wire")
    draft.join("PUBLISHED_BY", draft.document("d", "wire"), source)
    _, (document,) = card(draft)
    assert document.publisher == "The Meridian Wire"


def test_an_event_is_listed_when_nothing_but_a_list_tells_it():
    draft = draft_with("A is on the list.", "list")
    event = next(node.ref for node in draft.nodes.values() if node.label == "Event")
    assert not is_listed(draft)
    source = draft.node("Source", "council", name="The Council", kind="list")
    draft.join("PUBLISHED_BY", draft.document("d", "council"), source)
    assert is_listed(draft)
    draft.claim("c2", event, draft.document("d2", "Wire"), "A was listed.", "listed")
    assert not is_listed(draft)


def is_listed(draft):
    graph = draft.graph()
    cards = Cards(graph, has_quotes=True)
    (event,) = played_events(graph)
    return cards.is_listed(cards.event(event))


def test_the_time_of_publication_is_told_as_exactly_as_it_is_known():
    draft = draft_with("A struck B.", "struck")
    moment = datetime(2025, 6, 16, 9, 5, tzinfo=UTC)
    for precision, text in (("minute", "2025-06-16 09:05 UTC"), ("day", "2025-06-16"), ("week", "2025-06-16 (week)")):
        draft.node("Document", "d", publisher="W", published_at=moment, published_precision=precision)
        _, (document,) = card(draft)
        assert document.published == text


def test_a_claim_that_serves_two_events_is_one_card():
    graph = sample_graph(["e23"])
    cards = Cards(graph, has_quotes=True)
    (event,) = played_events(graph)
    assert cards.event(event).evidence == cards.event(event).evidence == (0, 1)


def test_numbers_that_differ_are_told_as_a_range():
    draft = draft_with("A struck B.", "struck")
    for least, most, text in ((28.0, 28.0, "28 killed"), (20.0, 28.0, "20 to 28 killed, as told")):
        event = next(n for n in draft.nodes.values() if n.label == "Event")
        draft.node("Event", "e", **{**event.properties, "dead_min": least, "dead_max": most})
        (played,) = played_events(draft.graph())
        assert Cards(draft.graph(), has_quotes=True).event(played).detail == text


def test_what_is_cut_says_so():
    assert shorten("a" * 10, 10) == "a" * 10
    assert shorten("a" * 11, 10) == "a" * 9 + "…"


@pytest.mark.parametrize(("told", "shown"), [(0.876, 0.88), (1, 1.0), (float("nan"), None), (7.0, None)])
def test_a_confidence_is_a_probability_or_none(told, shown):
    evidence, _ = card(draft_with("A struck B.", "struck", confidence=told))
    assert evidence.confidence == shown


def test_an_event_and_its_claim_are_each_as_weak_as_the_graph_says():
    draft = draft_with("It struck.", "struck", weak=True)
    (event,) = (node for node in draft.nodes.values() if node.label == "Event")
    cards = Cards(draft.graph(), has_quotes=True)
    sure = cards.event(played_events(draft.graph())[0])
    assert (sure.is_weak, cards.evidence[0].is_weak) == (False, True)
    draft.node("Event", event.key, **{**event.properties, "weak": True})
    cards = Cards(draft.graph(), has_quotes=True)
    assert cards.event(played_events(draft.graph())[0]).is_weak
