"""Words that stand for both parties at once."""

import pytest

from extract.reading import Read

WAR = "Kenya and Ghana traded fire on Monday."


@pytest.mark.parametrize(
    ("sentence", "first", "second"),
    [
        ("Oman urged both sides to stop.", "both", "sides"),
        ("The two countries signed a truce.", "two", "countries"),
        ("The belligerents met in Muscat.", "The", "belligerents"),
        ("The warring parties met in Muscat.", "warring", "parties"),
        ("Neither side answered.", "Neither", "side"),
        ("The two agreed to a pause.", "The", "two"),
    ],
)
def test_each_party_has_one_word_of_the_phrase(sentence, first, second):
    read = Read(WAR, sentence)
    assert {read.key(first), read.key(second)} == {"KEN", "GHA"}


def test_both_alone_is_one_of_the_parties():
    assert Read(WAR, "Both denied it.").key("Both") in {"KEN", "GHA"}


def test_two_presidents_are_the_persons_of_the_two_sides():
    read = Read(
        "Russian President Vladimir Putin called US President Donald Trump.", "The two presidents agreed to meet."
    )
    assert {read.key("two"), read.key("presidents")} == {"Vladimir Putin", "Donald Trump"}


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Two men were killed.", "men"),
        ("Fighting went on on both sides of the river.", "sides"),
        ("Both Kenya and Oman agreed.", "Both"),
        ("The two Omani ships left.", "two"),
    ],
)
def test_other_numbers_are_no_parties(sentence, word):
    read = Read(WAR, sentence)
    assert read.key(word) not in {"KEN", "GHA"}


def test_a_document_of_one_party_has_no_pair():
    assert Read("Kenya waits.", "Both sides agreed.").spans("Both") == []


def test_who_does_something_to_both_is_neither():
    told = "Oman met Kenya, Oman met Ghana, and Oman met farmers of Oman."
    read = Read(WAR, told, "Oman thanked the two countries.")
    assert {read.key("two"), read.key("countries")} == {"KEN", "GHA"}


def test_the_two_may_be_followed_by_a_clause():
    read = Read(WAR, "Messages went between the two until Monday.")
    assert {read.key("the"), read.key("two")} == {"KEN", "GHA"}


def test_two_companies_are_those_told_last():
    read = Read("Ghana fined energy giant Gazprom and energy giant Rosneft.", "Kenya had listed both firms.")
    assert [read.key("both"), read.key("firms")] == ["Gazprom", "Rosneft"]


def test_a_hyphen_makes_another_word():
    assert Read(WAR, "Oman has a two-party system.").spans("party") == []
