"""A sentence tells of a type by all of its words together, and sooner where the rest of the document does."""

import pytest

from kg.extract.told_types import DocumentTypes, TypeWeights, sentence_odds, word_odds

CLASSES = ("NONE", "ATTACK", "CALL", "MEET", "NEGOTIATE")


def odds(*probabilities):
    return word_odds(CLASSES, (1 - sum(probabilities), *probabilities), 0)


def test_event_types_of_one_plover_type_speak_for_it_together():
    word = odds(0.3, 0.1, 0.25, 0.15)
    assert word.best == "ATTACK"
    assert word.main == "CONSULT"
    assert word.meanings["CONSULT"].etype == "MEET"
    assert word.meanings["CONSULT"].type_probability == 0.25
    assert word.probability("CONSULT") == pytest.approx(0.5)
    assert word.probability("AID") == 0
    assert word.event == pytest.approx(0.8)


def test_a_word_that_names_no_event_means_nothing():
    assert odds(0.0004, 0.0003, 0.0, 0.0) is None


def test_two_doubtful_words_tell_what_neither_tells_alone():
    told = sentence_odds([odds(0.3, 0.0, 0.0, 0.0), odds(0.3, 0.2, 0.0, 0.0)])
    assert told == pytest.approx({"ASSAULT": 0.51, "CONSULT": 0.2})
    assert sentence_odds([]) == {}


def test_the_rest_of_a_document_is_all_but_the_sentence_itself():
    about = DocumentTypes([{"ASSAULT": 0.9}, {"ASSAULT": 0.3, "CONSULT": 0.4}, {}])
    assert about.elsewhere(0, "ASSAULT") == pytest.approx(0.15)
    assert about.elsewhere(1, "ASSAULT") == pytest.approx(0.45)
    assert about.elsewhere(1, "CONSULT") == 0
    assert about.elsewhere(2, "AID") == 0
    assert DocumentTypes([{"ASSAULT": 0.9}]).elsewhere(0, "ASSAULT") == 0


def test_doubt_is_settled_by_the_document():
    weights = TypeWeights(bias=0.2, sentence=0.9, document=0.25)
    seldom, often = weights.probability(0.3, 0.0), weights.probability(0.3, 0.5)
    assert 0 < seldom < 0.31 < often < 1
    assert 0 < weights.probability(0.0, 0.0) < weights.probability(1.0, 1.0) < 1
