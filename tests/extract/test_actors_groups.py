"""Institutions, organisations and unnamed groups, and the state behind them."""

import pytest

from extract.reading import Read
from kg.extract.spans import ReferenceKind
from kg.model.words import ActorType


@pytest.mark.parametrize(
    ("sentence", "words", "key", "side"),
    [
        ("The Israeli army fired.", "army", "Israel Defense Forces", "ISR"),
        ("Ghana's foreign ministry protested.", "foreign ministry", "Ghanaian foreign ministry", "GHA"),
        ("The parliament of Tunisia voted.", "parliament", "Tunisian parliament", "TUN"),
        ("The Iranian parliament voted.", "parliament", "Iranian parliament", "IRN"),
        ("Kenya protested, the foreign ministry said.", "foreign ministry", "Kenyan foreign ministry", "KEN"),
        ("Kenya mourned as police fired.", "police", "Kenya Police", "KEN"),
    ],
)
def test_institutions_take_their_state(sentence, words, key, side):
    read = Read(sentence)
    assert read.key(words) == key
    assert read.actor(key).acts_for == side


def test_the_state_before_an_institution_is_a_span_of_its_own():
    read = Read("The Israeli army fired.")
    assert read.spans("Israeli")[0].kind is ReferenceKind.DEMONYM
    assert read.spans("army")[0].kind is ReferenceKind.NAME


def test_a_government_is_its_state():
    read = Read("The Iranian government protested.")
    assert read.key("Iranian government") == "IRN"


@pytest.mark.parametrize("sentence", ["Kenya sent military aid.", "Kenya joined a customs union."])
def test_words_that_only_look_like_institutions(sentence):
    assert [actor.key for actor in Read(sentence).found.actors] == ["KEN"]


@pytest.mark.parametrize(
    ("sentence", "words", "kind"),
    [
        ("The Volta Commercial Bank closed.", "Volta Commercial Bank", ActorType.COMPANY),
        ("The Institute for Coastal Law closed.", "Institute for Coastal Law", ActorType.ORGANISATION),
        ("Shares of energy giant Petrovolta fell.", "Petrovolta", ActorType.COMPANY),
        ("Shells hit the Karsava hospital and Karsava Airport.", "Karsava Airport", ActorType.FACILITY),
    ],
)
def test_unknown_organisations(sentence, words, kind):
    read = Read(sentence)
    assert read.actor(read.key(words)).type is kind


def test_a_short_form_in_brackets_stands_for_the_long_one():
    read = Read("The Volta Commercial Bank (VCB) closed.", "Customers of VCB protested.")
    assert read.key("VCB", 0) == read.key("VCB", 1) == "Volta Commercial Bank"


@pytest.mark.parametrize(
    ("sentence", "words", "key", "side"),
    [
        ("Two Ukrainian soldiers died.", "soldiers", "soldiers UKR", "UKR"),
        ("Iran's nuclear scientists vanished.", "nuclear scientists", "nuclear scientists IRN", "IRN"),
        ("Settlers from Israel attacked.", "Settlers", "settlers ISR", "ISR"),
        ("Dozens of civilians fled Kharkiv.", "civilians", "civilians UKR", "UKR"),
        ("Hamas fighters withdrew.", "fighters", "fighters HAMAS", "HAMAS"),
    ],
)
def test_groups_are_named_by_noun_and_side(sentence, words, key, side):
    read = Read(sentence)
    actor = read.actor(read.key(words))
    assert (actor.key, actor.acts_for, actor.type) == (key, side, ActorType.GROUP)
    assert read.spans(words)[0].kind is ReferenceKind.DESCRIPTION


def test_a_group_without_any_state_has_none():
    read = Read("Protesters blocked a road.")
    assert read.actor("protesters").acts_for is None


def test_rebels_are_the_armed_group_told_last():
    read = Read("M23 took the town.", "Days later rebels left it.")
    assert read.key("rebels") == "M23"


def test_the_coalition_needs_the_one_it_fights():
    assert Read("ISIS lost the town to the Coalition.").key("Coalition") == "Global Coalition against ISIS"
    assert Read("Voters punished the Coalition.").key("Coalition") is None


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("A fire broke out in Watford on Monday.", "Watford"),
        ("Shells fell near the town of Karsava.", "Karsava"),
        ("He lives in northern Karsava.", "Karsava"),
    ],
)
def test_unknown_places(sentence, words):
    read = Read(sentence)
    assert read.actor(read.key(words)).type is ActorType.PLACE


@pytest.mark.parametrize("sentence", ["It ends in March.", "It ends in January.", "It was told in English."])
def test_what_follows_in_is_not_always_a_place(sentence):
    assert Read(sentence).found.spans == ()


def test_mediators_are_of_no_side_for_where_they_work():
    read = Read("Israel mistrusts Gaza mediators.")
    assert read.actor("mediators").acts_for is None
    assert Read("Qatari mediators left.").actor("mediators QAT").acts_for == "QAT"


def test_victims_in_a_paper_of_a_government_are_not_its_own():
    read = Read("ISIL kills people in Iraq.", "Civilians suffer; officials are appalled.", publisher="UK Government")
    assert (read.key("Civilians"), read.key("officials")) == ("civilians IRQ", "officials GBR")
