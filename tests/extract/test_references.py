"""Pronouns and definite descriptions, and the actors that they stand for."""

import pytest

from extract.reading import Read


@pytest.mark.parametrize(
    ("sentences", "words", "key"),
    [
        (["Iran said it would answer."], "it", "IRN"),
        (["Kenya protested; Ghana replied that it had waited."], "it", "GHA"),
        (["Kenya protested.", "It recalled its envoy."], "It", "KEN"),
        (["Emmanuel Macron spoke.", "He left."], "He", "Emmanuel Macron"),
        (["Kaja Kallas met Emmanuel Macron.", "He left."], "He", "Emmanuel Macron"),
        (["Emmanuel Macron met Kaja Kallas.", "She left."], "She", "Kaja Kallas"),
        (["Emmanuel Macron spoke.", "Marco Rubio wrote to him."], "him", "Emmanuel Macron"),
        (["Settlers from Israel attacked.", "They left."], "They", "settlers ISR"),
        (["Hezbollah, which denies it, left."], "which", "HEZBOLLAH"),
        (["Gazprom owns a share.", "The company said nothing."], "company", "Gazprom"),
        (["Hamas answered.", "The group said nothing."], "group", "HAMAS"),
        (["Qatar mediates.", "A salvo hit the Gulf state."], "Gulf state", "QAT"),
        (["Qatar mediates.", "A salvo hit the wealthy Gulf state."], "Gulf state", "QAT"),
        (["A salvo left the Islamic republic."], "Islamic republic", "IRN"),
        (["Kenya protested.", "The country waits."], "country", "KEN"),
        (["Kenya and Kenyan traders protested.", "The government waits."], "government", "KEN"),
    ],
)
def test_what_a_reference_stands_for(sentences, words, key):
    assert Read(*sentences).key(words) == key


@pytest.mark.parametrize(
    ("sentences", "words"),
    [
        (["Iran waits.", "It is necessary to wait."], "It"),
        (["He left."], "He"),
        (["Kenya waits.", "The company left."], "company"),
        (["Kenya waits.", "We shall see."], "We"),
        (["Iran waits.", "A country is a country."], "country"),
        (["Emmanuel Macron spoke."] + ["Rain fell."] * 6 + ["He left."], "He"),
    ],
)
def test_what_stands_for_nobody(sentences, words):
    assert Read(*sentences).key(words) is None


def test_we_and_i_in_a_quotation_are_the_speaker_and_his_side():
    read = Read('"I said that we shall answer," Abbas Araghchi said on Monday.')
    assert (read.key("I"), read.key("we")) == ("Abbas Araghchi", "IRN")


def test_a_quotation_goes_on_over_sentences():
    read = Read("“I have spoken,” Abbas Araghchi said. “We shall answer.", "We shall not wait.”")
    assert read.key("We", 1) == "IRN"


def test_a_colon_hands_over_to_the_speaker():
    read = Read("Minister Ama Owusu of Ghana said:", "I welcome this.", "We shall help.")
    assert (read.key("I"), read.key("We")) == ("Ama Owusu", "GHA")


def test_we_of_an_official_publisher_is_its_side():
    assert Read("We welcome the truce.", publisher="UK Government").key("We") == "GBR"
    assert Read("We welcome the truce.", publisher="Times of India").key("We") is None


def test_he_is_not_somebody_known_as_a_woman():
    read = Read("Spokeswoman Robin Vance spoke.", "He left.")
    assert read.key("He") is None


def test_capital_us_is_no_pronoun():
    read = Read('"Help US farmers and help us," Abbas Araghchi said.')
    assert (read.key("US"), read.key("us")) == ("USA", "IRN")


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The Government of Iraq waits.", "Government"),
        ("Iraq's brutal rulers left, and Iraq's government waits.", "government"),
    ],
)
def test_a_government_is_that_of_the_state_beside_it(sentence, words):
    assert Read("We welcome the news.", sentence, publisher="UK Government").key(words) == "IRQ"


def test_a_publisher_does_not_call_itself_the_regime():
    read = Read("We condemn Syria.", "The regime must stop.", publisher="UK Government")
    assert read.key("regime") == "SYR"


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("Israel spoke to Oman as Russia widens its war.", "RUS"),
        ("France sent money to Russia following its war.", "RUS"),
        ("Israel spoke to Oman about its war.", "ISR"),
    ],
)
def test_its_belongs_to_the_subject_of_its_own_clause(sentence, key):
    assert Read(sentence).key("its") == key


@pytest.mark.parametrize(
    ("sentences", "words", "key"),
    [
        (["Kenya and Ghana fight.", "Kenya attacked its rival."], "rival", "GHA"),
        (["Kenya and Ghana fight.", "Kenya's rival waits."], "rival", "GHA"),
        (["Kenya and Ghana fight.", "Kenya asked the other side to stop."], "side", "GHA"),
        (["Hezbollah fired rockets.", "The Lebanese movement said nothing."], "movement", "HEZBOLLAH"),
        (["Hezbollah fired rockets.", "The same militia left."], "militia", "HEZBOLLAH"),
    ],
)
def test_rivals_and_movements_of_a_state(sentences, words, key):
    assert Read(*sentences).key(words) == key


@pytest.mark.parametrize(
    ("sentences", "words"),
    [
        (["Kenya waits.", "The enemy waits too."], "enemy"),
        (["Kenya and Ghana fight.", "No side answered."], "side"),
        (["Hezbollah fired rockets.", "A Kenyan movement said nothing."], "movement"),
    ],
)
def test_other_rivals_and_movements_are_nobody(sentences, words):
    assert Read(*sentences).key(words) is None


@pytest.mark.parametrize(
    ("sentences", "words", "key"),
    [
        (["Ghana waits.", "After its first raid, Kenya withdrew."], "its", "KEN"),
        (["Ghana waits.", "As it had threatened, the Kremlin withdrew."], "it", "RUS"),
        (["Ghana waits.", "Ghana left after its raid, Kenya said."], "its", "GHA"),
        (["Ghana waits.", "After its raid on the town, troops and tanks, Kenya withdrew."], "its", "GHA"),
        (["Emmanuel Macron spoke.", "In her speech, Kaja Kallas agreed."], "her", "Kaja Kallas"),
        (["Kaja Kallas spoke.", "In her speech, Emmanuel Macron was praised."], "her", "Kaja Kallas"),
    ],
)
def test_a_pronoun_before_the_subject_waits_for_it(sentences, words, key):
    assert Read(*sentences).key(words) == key


def test_i_in_a_paper_of_a_government_is_who_speaks_in_it():
    sentences = ("Minister Tobias Ellwood welcomes the truce", "I welcome the truce.")
    assert Read(*sentences, publisher="UK Government").key("I") == "Tobias Ellwood"
    assert Read("I welcome the truce.", publisher="UK Government").key("I") == "GBR"
    assert Read(*sentences, publisher="Times of India").key("I") is None


@pytest.mark.parametrize(
    ("sentences", "words", "key"),
    [
        (["Ghana hit Hezbollah.", "Ghana will defeat this terrorist organisation."], "organisation", "HEZBOLLAH"),
        (["Ghana hit Hezbollah.", "Ghana left this organisation."], "organisation", None),
        (["Belavia is a company.", "Ghana fined energy giant Gazprom.", "The trader protested."], "trader", "Gazprom"),
        (["Kenya, Kenyan farmers and Ghana protest.", "Ghana said its government waits."], "government", "GHA"),
        (["Kenya and the State of Texas agreed."], "State", None),
    ],
)
def test_nouns_with_a_word_that_tells_more(sentences, words, key):
    assert Read(*sentences).key(words) == key
