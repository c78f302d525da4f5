"""Which day and which numbers of a sentence belong to which of its events, and what a title takes from the lead."""

from datetime import date

import pytest

from kg.extract.details import SentenceDetails
from kg.model.documents import Document, Sentence
from kg.model.ids import content_id
from kg.model.times import days
from kg.model.words import Basis, SentenceKind

PUBLISHED = days(date(2025, 6, 19), basis=Basis.EXPLICIT)  # a Thursday


def document(title, *sentences):
    text = "\n".join((title, *sentences))
    spans, at = [], 0
    for number, told in enumerate((title, *sentences)):
        kind = SentenceKind.NARRATION if number else SentenceKind.TITLE
        spans.append(Sentence(start=at, end=at + len(told), kind=kind))
        at += len(told) + 1
    return Document(
        doc_id=content_id("doc", text), name="d", source="test", media_type="text/plain", text=text,
        sentences=tuple(spans), title=title, publisher=None, published=PUBLISHED,
    )  # fmt: skip


def day_of(doc, number, trigger):
    sentence = doc.sentences[number]
    start = doc.text.index(trigger, sentence.start)
    time = SentenceDetails(doc, sentence, anchor=None).time_of(start, start + len(trigger))
    return time.value if time else None


def test_the_finite_verb_of_a_title_takes_the_day_of_the_lead():
    doc = document("Council lifts ban on the mill", "The council lifted the ban on Wednesday.", "The mill was glad.")
    assert day_of(doc, 0, "lifts") == "2025-06-18"
    assert day_of(doc, 2, "glad") is None


@pytest.mark.parametrize(
    ("title", "trigger", "lead"),
    [
        ("Council to lift ban after raids", "raids", "The council lifted the ban on Wednesday."),
        ("Council may strike mill", "strike", "The council met on Wednesday."),
        ("Council lifts ban", "lifts", "The council lifted the ban, the mayor said on Wednesday."),
        ("Council lifts ban", "lifts", "HARBOUR CITY, June 19 - The council lifted the ban."),
        ("Council lifts ban", "lifts", "The council had met in the mill on June 2."),
        ("Council lifts ban", "lifts", "The council will meet on Monday, which is far."),
    ],
)
def test_a_title_takes_no_day_of_saying_filing_or_of_other_events(title, trigger, lead):
    assert day_of(document(title, lead), 0, trigger) is None


def test_a_title_that_tells_its_day_keeps_it():
    doc = document("Council lifted ban on Tuesday", "The council lifted the ban on Wednesday.")
    assert day_of(doc, 0, "lifted") == "2025-06-17"


@pytest.mark.parametrize(
    ("sentence", "first", "second", "held"),
    [
        (
            ("Jets struck the port, killing nine, and Harbour vowed to raid the coast."),
            ("struck", "AIRSTRIKE"), ("raid", "GROUND_ATTACK"), ([("killed", 9)], []),
        ),
        (
            ("Shells killed nine guards and hundreds of miners, while raids on the coast killed two."),
            ("Shells", "SHELLING"), ("raids", "GROUND_ATTACK"), ([("killed", 9), ("killed", None)], [("killed", 2)]),
        ),
        (
            ("The league lent the port $4 million and seized the mill."),
            ("lent", "PROVIDE_ECONOMIC_AID"), ("seized", "SEIZE"), ([("amount", 4e6)], []),
        ),
        (
            ("The league quit the pact and will spend $4 million on mines."),
            ("quit", "BREAK_RELATIONS"), ("spend", "DEPLOY_FORCES"), ([], []),
        ),
    ],
)  # fmt: skip
def test_a_number_goes_to_the_event_of_its_clause_that_can_hold_it(sentence, first, second, held):
    doc = document("News", sentence)
    offset = doc.sentences[1].start
    triggers = []
    for word, etype in (first, second):
        start = offset + sentence.index(word)
        triggers.append((start, start + len(word), etype))
    found = SentenceDetails(doc, doc.sentences[1], anchor=None).numbers_of(triggers)
    assert tuple([(n.kind, n.value) for n in numbers] for numbers in found) == held
    assert all(doc.text[n.start : n.end] == n.surface for numbers in found for n in numbers)


def test_the_anchor_passes_over_background():
    doc = document("Ban", "The pact of 2015 lapsed on Tuesday, as did that of March 2019.")
    details = SentenceDetails(doc, doc.sentences[1], anchor=None)
    assert details.last_time is not None
    assert details.last_time.value == "2025-06-17"
