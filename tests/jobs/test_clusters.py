"""The measures of coreference against published figures, and what of a story they count."""

import json

import pytest

from kg.jobs.evaluation.annotations import read_annotations
from kg.jobs.evaluation.clusters import (
    BY_PARTIES,
    BY_TRIGGER,
    GOLD_CLAIMS,
    measure_gold,
    measure_told,
    read_stories,
    stories_beside,
)
from kg.jobs.evaluation.coreference import coreference
from kg.jobs.evaluation.gold_claims import extraction_of, interval_of
from kg.model.claims import Extraction
from kg.model.errors import UsageError


def sets(text):
    return [frozenset(cluster) for cluster in text.split()]


# Luo, "On Coreference Resolution Performance Metrics" (2005), table 1.
@pytest.mark.parametrize(
    ("told", "muc", "b_cubed", "ceaf_e"),
    [
        ("12345 6789ABC", 0.947, 0.865, 0.733),
        ("1234589ABC 67", 0.947, 0.737, 0.667),
        ("123456789ABC", 0.900, 0.545, 0.294),
        ("1 2 3 4 5 6 7 8 9 A B C", 0.000, 0.400, 0.178),
    ],
)
def test_published_figures(told, muc, b_cubed, ceaf_e):
    found = coreference(sets("12345 67 89ABC"), sets(told))
    assert (round(found.muc.f1, 3), round(found.b_cubed.f1, 3), round(found.ceaf_e.f1, 3)) == (muc, b_cubed, ceaf_e)


def test_what_only_one_side_holds_counts_against_it():
    found = coreference(sets("abc"), sets("ab xy"))
    assert (found.muc.precision, found.muc.recall) == (1 / 2, 1 / 2)
    assert (found.b_cubed.precision, found.b_cubed.recall) == (1 / 2, pytest.approx(4 / 9))
    assert (found.ceaf_e.precision, found.ceaf_e.recall) == (pytest.approx(0.4), pytest.approx(0.8))


def test_nothing_told_is_nothing_right():
    assert coreference(sets("ab"), []).conll == 0
    assert coreference(sets("ab cd"), sets("ab cd")).conll == 1


ACTORS = [
    {"id": "I", "name": "Iran", "type": "state", "key": "IRN"},
    {"id": "L", "name": "Israel", "type": "state", "key": "ISR"},
]


def document(name, *days):
    sentences = [f"Israel bombed Iran on {day}." for day in days]
    text = {"doc": name, "published_at": "2025-06-20", "sentences": sentences}
    events = [
        {"s": n, "trig": "bombed", "type": "AIRSTRIKE", "status": "occurred", "time": [day, day], "num": [],
         "roles": [["ACTOR", "Israel", "L"], ["RECIPIENT", "Iran", "I"]]}
        for n, day in enumerate(days)
    ]  # fmt: skip
    return text, {"doc": name, "actors": ACTORS, "mentions": {}, "events": events}


def told(folder, clusters, docs=("x1", "x2")):
    made = [document("x1", "2025-06-13", "2025-06-14"), document("x2", "2025-06-14", "2025-06-18")]
    gold = folder / "x.gold.jsonl"
    for name, rows in (("x.texts.jsonl", [text for text, _ in made]), (gold.name, [row for _, row in made])):
        (folder / name).write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    row = {"story": "s", "docs": list(docs), "clusters": clusters}
    stories_beside(gold).write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    annotated = read_annotations(gold).documents
    return read_stories(stories_beside(gold), annotated), annotated


def test_strikes_of_two_days_are_counted_and_kept_apart(tmp_path):
    stories, annotated = told(tmp_path, [[["x1", 1], ["x2", 0]]])
    figures = measure_gold(stories)
    assert {name: (one.apart, one.strikes) for name, one in figures.items()} == {
        GOLD_CLAIMS: (5, 5),
        BY_PARTIES: (0, 5),
        BY_TRIGGER: (0, 5),
    }
    assert figures[GOLD_CLAIMS].of_many.conll == figures[GOLD_CLAIMS].of_all.conll == 1
    assert figures[BY_PARTIES].of_many.muc.recall == 1
    same = {one.document.name: extraction_of(one) for one in annotated}
    assert measure_told(stories, same) == figures[GOLD_CLAIMS]


def test_a_claim_that_gold_has_not_counts_and_a_missing_one_too(tmp_path):
    stories, annotated = told(tmp_path, [[["x1", 1], ["x2", 0]]])
    extractions = {one.document.name: extraction_of(one) for one in annotated}
    empty = {
        name: Extraction(doc_id=one.doc_id, extractor="x", extractor_version="1") for name, one in extractions.items()
    }
    nothing = measure_told(stories, empty)
    assert (nothing.of_all.conll, nothing.apart) == (0, 5)
    other = Extraction(
        doc_id=extractions["x1"].doc_id,
        extractor="x",
        extractor_version="1",
        actors=extractions["x1"].actors,
        claims=extractions["x1"].claims[:1],
    )
    part = measure_told(stories, {**extractions, "x1": other})
    assert (part.of_all.b_cubed.precision, part.of_all.b_cubed.recall) == (1, pytest.approx(2.5 / 4))


@pytest.mark.parametrize(
    ("clusters", "docs", "words"),
    [
        ([[["x1", 0], ["x3", 0]]], ("x1", "x3"), "no document 'x3'"),
        ([[["x1", 0], ["x1", 2]]], ("x1",), "no event 2 of 'x1'"),
        ([[["x1", 0], ["x2", 0]]], ("x1",), "no event 0 of 'x2'"),
        ([[["x1", 0], ["x2", 0]], [["x2", 0], ["x2", 1]]], ("x1", "x2"), "stands in two clusters"),
        ("x1", ("x1",), "is no story"),
    ],
)
def test_stories_that_do_not_fit_are_told(tmp_path, clusters, docs, words):
    with pytest.raises(UsageError, match=r"x\.stories\.jsonl line 1") as told_:
        told(tmp_path, clusters, docs)
    assert words in str(told_.value)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2025-06-19", "2025-06-19"),
        ("2025-06", "2025-06-01/2025-06-30"),
        ("2024", "2024-01-01/2024-12-31"),
        ("2025-06-13/2025-06-19", "2025-06-13/2025-06-19"),
        ("2025-02/2025-04", "2025-02-01/2025-04-30"),
    ],
)
def test_a_time_of_gold_is_an_interval(value, days):
    assert interval_of(value).value == days
    assert interval_of(None) is None
