"""Nouns behind a possessive pronoun are of the side that the pronoun stands for."""

import pytest

from extract.reading import Read

FIGHT = "Kenya, Kenyan officials and Kenyan farmers protested."


@pytest.mark.parametrize(
    ("sentence", "words", "key"),
    [
        ("Ghana recalled its diplomats.", "diplomats", "diplomats GHA"),
        ("Ghana recalled its thousand soldiers.", "soldiers", "soldiers GHA"),
        ("Ghana said that its navy had left.", "navy", "Ghanaian Navy"),
    ],
)
def test_the_owner_decides_over_the_document(sentence, words, key):
    assert Read(FIGHT, sentence).key(words) == key


def test_a_side_beside_the_noun_stays():
    assert Read("Ghana thanked its Kenyan soldiers.").key("soldiers") == "soldiers KEN"


def test_a_transcript_names_the_speaker_by_a_label():
    read = Read(
        "Spokeswoman Maria Zakharova took questions.", "ZAKHAROVA: We deny it.", "QUESTION: Why?", "ZAKHAROVA: I did."
    )
    assert (read.key("We"), read.key("I")) == ("RUS", "Maria Zakharova")


def test_inspectors_are_those_of_the_organisation():
    read = Read("The IAEA sent inspectors to Iran on Monday.", "The IAEA said that inspectors had left.")
    assert read.key("inspectors", 1) == "inspectors IAEA"


def test_a_court_without_a_state_is_one_of_the_document():
    read = Read("Kenya arrested a trader.", "Kenyan police said that a court had sentenced him.")
    assert read.actor(read.key("court")).acts_for == "KEN"
