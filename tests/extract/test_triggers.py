"""Tables that triggers are read from, and fixed expressions."""

import re
from dataclasses import replace

import pytest

from extract.reading import document_of
from kg.extract.actors import find_actors
from kg.extract.bars import ENCODER
from kg.extract.linear import WeightTable, weight_table
from kg.extract.tokens import read_rows, tokenise
from kg.extract.told_types import TypeWeights
from kg.extract.triggers import NO_EVENT, SentenceTriggers, SentenceWords
from kg.model.ontology import event_types
from kg.model.words import Status


def found(sentence):
    document = document_of(sentence)
    actors = find_actors(document)
    tokens = tokenise(document.text, 0, len(sentence), list(actors.within(0, len(sentence))))
    words = SentenceWords(tokens, {a.local_id: a.type for a in actors.actors}, is_title=False)
    return {(t.etype, sentence[tokens[t.index].start : tokens[t.last].end]) for t in SentenceTriggers(words).alone()}


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("The sanctions on Iran will take effect in May.", ("IMPOSE_SANCTIONS", "take effect")),
        ("Washington agreed to delay sanctions on Serbia.", ("GRANT_SANCTIONS_RELIEF", "delay")),
        ("Israel decided to take him out.", ("KILL", "take him out")),
        ("Iran blew up the talks with Israel.", ("BREAK_RELATIONS", "blew up")),
        ("Iranian drones hit a hospital in Israel.", ("DRONE_STRIKE", "hit")),
        ("Iranian missiles hit a hospital in Israel.", ("MISSILE_STRIKE", "hit")),
        ("Israel wants the West to ease all the existing ones.", ("EASE_SANCTIONS", "ease")),
        ("Israel sent negotiators to Doha.", ("VISIT", "sent")),
        ("Norway offered to mediate between Israel and Iran.", ("OFFER_MEDIATION", "offered")),
        ("Israel sent 200 soldiers to Doha.", ("DEPLOY_FORCES", "sent")),
    ],
)
def test_fixed_expressions_and_weapons_name_their_type(sentence, trigger):
    assert trigger in found(sentence)


def test_weather_sport_and_trifles_name_no_event():
    assert not found("The weather in Iran was mild on Monday and the parks were full.")


def test_tables_name_known_types_only():
    types = set(event_types())
    plovers = {kind.plover for kind in event_types().values()}
    assert set(weight_table("trigger_weights").classes) == types | {NO_EVENT}
    assert set(weight_table("status_weights").classes) == {str(s) for s in Status}
    assert {row["type"] for row in read_rows("expressions.csv")} <= types
    assert {row["type"] for row in read_rows("instruments.csv")} <= types
    assert {p for row in read_rows("number_homes.csv") for p in row["types"].split()} <= plovers | types


def test_every_expression_marks_its_trigger():
    assert all("trigger" in re.compile(row["pattern"]).groupindex for row in read_rows("expressions.csv"))


def test_weights_add_up_to_probabilities():
    table = WeightTable(("no", "yes"), {"a": ((1, 100),), "b": ((0, 300),)})
    assert table.probabilities([]) == [0.5, 0.5]
    assert table.probabilities(["a"])[1] == pytest.approx(0.731, abs=0.001)
    assert table.probabilities(["a", "a"]) == table.probabilities(["a"])
    assert table.strongest(["a", "b"], "no") == "b"
    assert table.strongest(["c"], "no") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The measure was aimed at throttling the flow of money to Moscow.",
        "Peskov recalled the dinner with the Ukrainian singer.",
    ],
)
def test_violence_and_rupture_need_a_word_of_their_own(sentence):
    violent = {"ASSAULT", "COERCE", "SANCTION"}
    assert not {etype for etype, _ in found(sentence) if event_types()[etype].plover in violent}


def test_shares_of_plain_words_are_percents():
    rows = read_rows("plain_words.csv")
    assert rows
    assert all(0 < int(row["percent"]) <= 100 for row in rows)


def sentence_triggers(sentence, said, bars):
    """Return how a sentence is read when the encoder says of words, by their text, what `said` holds."""
    document = document_of(sentence)
    tokens = tokenise(document.text, 0, len(sentence), [])
    classes = weight_table("trigger_weights").classes
    rows = {}
    for i, token in enumerate(tokens):
        odds = said.get(token.text, {})
        rows[i] = [odds.get(c, 0.0) for c in classes]
        rows[i][classes.index(NO_EVENT)] = 1 - sum(rows[i])
    return SentenceTriggers(SentenceWords(tokens, {}, is_title=False), bars, rows.get), tokens


BARS = replace(ENCODER, event=0.45, mediation=0.25, told=0.31, event_share=1.0)
PLAIN = TypeWeights(bias=0.0, sentence=1.0, document=0.0)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"met": {"MEET": 0.9}}, [("met", "MEET")]),
        ({"met": {"MEET": 0.2}, "talks": {"NEGOTIATE": 0.25}}, [("talks", "NEGOTIATE")]),
        ({"met": {"MEET": 0.6}, "talks": {"NEGOTIATE": 0.6}}, [("met", "MEET"), ("talks", "NEGOTIATE")]),
        ({"met": {"MEET": 0.45, "AGREE_TO_COOPERATE": 0.4}}, [("met", "MEET"), ("met", "AGREE_TO_COOPERATE")]),
        ({"met": {"MEET": 0.2, "AGREE_TO_COOPERATE": 0.2, "REQUEST": 0.2}}, []),
        ({"met": {"MEDIATE": 0.28}}, [("met", "MEDIATE")]),
        ({"met": {"MEET": 0.28}}, []),
    ],
)
def test_words_tell_together_what_their_sentence_tells(said, told):
    triggers, tokens = sentence_triggers("They met and had talks on Monday.", said, BARS)
    assert [(tokens[t.index].text, t.etype) for t in triggers.together(lambda _: 0.0, PLAIN)] == told


def test_a_document_full_of_an_event_tells_it_sooner():
    triggers, _ = sentence_triggers("They met on Monday.", {"met": {"MEET": 0.28}}, BARS)
    weights = TypeWeights(bias=0.2, sentence=1.0, document=0.3)
    assert not list(triggers.together(lambda _: 0.0, weights))
    assert [t.etype for t in triggers.together(lambda _: 0.5, weights)] == ["MEET"]


def test_a_word_beside_the_surest_must_be_plain_for_violence():
    said = {"kill": {"KILL": 0.9}, "answer": {"ATTACK": 0.6}, "attack": {"ATTACK": 0.6}}
    triggers, tokens = sentence_triggers("They may kill, he will not answer, and an attack would follow.", said, BARS)
    told = [tokens[t.index].text for t in triggers.together(lambda _: 0.0, PLAIN)]
    assert told == ["kill", "attack"]
