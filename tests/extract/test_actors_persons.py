"""Persons: by title and name, by family name, by what stands behind a comma; and the side that they act for."""

import pytest

from extract.reading import Read
from kg.extract.spans import ReferenceKind
from kg.model.words import ActorType


@pytest.mark.parametrize(
    ("sentence", "name", "side"),
    [
        ("Qatari foreign ministry spokesman Hamad Alnasr said so.", "Hamad Alnasr", "QAT"),
        ("Iran's deputy oil minister Behnam Foruhar resigned.", "Behnam Foruhar", "IRN"),
        ("Behnam Foruhar, the Iranian deputy oil minister, resigned.", "Behnam Foruhar", "IRN"),
        ("The minister of trade of Ghana, Kofi Asante, resigned.", "Kofi Asante", "GHA"),
        ("Hamas spokesman Nidal Farouq denied it.", "Nidal Farouq", "HAMAS"),
        ("Nidal Farouq of the US State Department denied it.", "Nidal Farouq", "USA"),
        ("UN envoy Ilse Brandt left Sanaa.", "Ilse Brandt", "UN"),
        ("Peru expelled the journalist Rosa Quispe.", "Rosa Quispe", None),
        ("Exiled opposition leader Ivan Kozlov of Belarus spoke.", "Ivan Kozlov", None),
    ],
)
def test_the_side_of_somebody_unknown(sentence, name, side):
    actor = Read(sentence).actor(name)
    assert actor.type is ActorType.PERSON
    assert actor.acts_for == side


def test_a_title_without_a_state_takes_that_of_the_document():
    read = Read("Armenia and Armenian exporters complain.", "Foreign Minister Aram Petrosian wrote to Paris.")
    assert read.actor("Aram Petrosian").acts_for == "ARM"


def test_later_mentions_by_family_name_are_the_same_person():
    read = Read("Spokeswoman Ilse Brandt denied it.", "Brandt left, and Brandt's deputy stayed.")
    assert read.key("Brandt", 0) == read.key("Brandt", 1) == "Ilse Brandt"


def test_a_middle_initial_makes_no_other_person():
    read = Read("Adviser Peter J. Lindqvist resigned.", "Peter Lindqvist gave no reason.")
    assert [actor.key for actor in read.found.actors] == ["Peter Lindqvist"]


def test_two_words_are_a_person_if_the_second_comes_back_alone():
    read = Read("The court heard Oyelaran Babatunde on Monday.", "Babatunde was released.")
    assert read.key("Oyelaran Babatunde") == read.key("Babatunde") == "Oyelaran Babatunde"


def test_two_capitalised_words_alone_are_nobody():
    assert Read("The court read the Codex Regius on Monday.").found.actors == ()


def test_a_bare_family_name_is_the_holder_of_an_office_on_the_day():
    assert Read("Macron spoke.").key("Macron") == "Emmanuel Macron"
    assert Read("Macron spoke.", published="1999-01-01").key("Macron") is None


def test_a_family_name_inside_a_longer_name_is_somebody_else():
    read = Read("Singer Esther Putin performed.")
    assert read.key("Esther Putin") == "Esther Putin"
    assert "Vladimir Putin" not in {actor.key for actor in read.found.actors}


def test_particles_belong_to_the_name():
    assert Read("Commander Yahya bin Rashid was killed.").key("Yahya bin Rashid") == "Yahya bin Rashid"
    assert Read("Spokesman Majed al-Ansari said so.").actor("Majed al-Ansari").acts_for == "QAT"


def test_an_administration_is_its_state():
    read = Read("The Biden administration objected.", published="2023-05-05")
    assert read.key("Biden administration") == "USA"


def test_a_licence_is_no_general():
    assert Read("General License 88 allows it.").found.actors == ()


@pytest.mark.parametrize(
    ("sentences", "words", "key"),
    [
        (["The Russian leader smiled."], "leader", "Vladimir Putin"),
        (["The US president smiled."], "president", "Donald Trump"),
        (["Qatar's emir smiled."], "emir", "Tamim bin Hamad Al Thani"),
        (["Spokesman Nidal Farouq spoke.", "The spokesman gave no reason."], "spokesman", "Nidal Farouq"),
        (["Iran's deputy oil minister, Behnam Foruhar, resigned."], "deputy oil minister", "Behnam Foruhar"),
        (["Behnam Foruhar, Iran's deputy oil minister, resigned."], "deputy oil minister", "Behnam Foruhar"),
    ],
)
def test_an_office_stands_for_its_holder(sentences, words, key):
    read = Read(*sentences)
    assert read.key(words) == key
    assert read.spans(words)[0].kind is ReferenceKind.DESCRIPTION


def test_an_unknown_holder_is_an_actor_of_the_state():
    read = Read("The Tongan fisheries minister resigned.")
    actor = read.actor("fisheries minister TON") if read.key("fisheries minister") else read.actor("minister TON")
    assert (actor.type, actor.acts_for) == (ActorType.PERSON, "TON")


def test_a_title_before_a_name_is_no_span_of_its_own():
    read = Read("US Secretary of State Marco Rubio spoke.")
    assert [read.document.text[s.start : s.end] for s in read.found.spans] == ["US", "Marco Rubio"]


def test_an_office_without_a_state_is_that_of_the_publisher():
    read = Read(
        "Foreign Secretary Welcomes Truce",
        "The Foreign Secretary spoke.",
        "Foreign Secretary Ama Lind spoke.",
        publisher="UK Government",
    )
    assert read.key("Foreign Secretary") == read.key("Foreign Secretary", 1) == read.key("Ama Lind") == "Ama Lind"


def test_a_governor_of_a_place_acts_for_its_country():
    read = Read("Anke Voss, the mayor of Istanbul, resigned.")
    assert read.actor("Anke Voss").acts_for == "TUR"


def test_a_spokesman_without_a_side_takes_that_of_the_document():
    read = Read("Kenya denied it.", "A Kenyan ship left.", "A spokesman, Otieno Mbeki, said so.")
    assert read.actor("Otieno Mbeki").acts_for == "KEN"


def test_a_name_followed_by_who_is_a_person():
    assert Read("Police seized Qwerdel Moravnik, who had fled.").key("Qwerdel Moravnik") == "Qwerdel Moravnik"
