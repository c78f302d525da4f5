"""The whole of find_actors: laws that hold for every document, and names, seats and persons one by one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.reading import Read, document_of
from kg.extract.actors import find_actors
from kg.extract.spans import NAMING_KINDS, ReferenceKind
from kg.model.words import ActorType

PIECES = (
    "Iran",
    "Israel's",
    "the Kremlin",
    "said",
    "on",
    "Monday",
    "that",
    "it",
    "he",
    "would",
    "Moscow",
    "in",
    "President",
    "Vladimir Putin",
    "Mr",
    "Okonkwo",
    "foreign minister",
    "the",
    "army",
    "two",
    "Ukrainian",
    "soldiers",
    "U.S.",
    "us",
    "we",
    '"',
    "”",
    "“",
    ",",
    ";",
    ".",
    "\n",
    "NATO",
    "the company",
    "which",
    "Georgia",
    "GENEVA (AP)",
    "’s",
    "é",
    "al-",
    "–",
)


@st.composite
def texts(draw):
    return [
        " ".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14)))
        for _ in range(draw(st.integers(1, 4)))
    ]


@given(texts(), st.sampled_from(["2025-06-18", "2019-01-01", None]))
@settings(deadline=None)
def test_laws_of_every_document(sentences, published):
    document = document_of(*sentences, published=published)
    found = find_actors(document)
    assert found == find_actors(document)
    ids = {actor.local_id for actor in found.actors}
    keys = {actor.key for actor in found.actors}
    end = 0
    for span in found.spans:
        assert end <= span.start < span.end <= len(document.text)
        assert span.local_id in ids
        assert 0 < span.score <= 1
        sentence = document.sentences[document.sentence_no(span.start)]
        assert sentence.start <= span.start < span.end <= sentence.end
        end = span.end
    assert len({(actor.type, actor.raw_id) for actor in found.actors}) == len(found.actors)
    assert all(actor.acts_for in keys for actor in found.actors if actor.acts_for)


def test_a_document_without_words_has_no_actors():
    assert find_actors(document_of("...")).actors == ()


def test_states_are_read_from_names_demonyms_and_seats():
    read = Read("Tehran rejected the offer that American envoys had carried to Iran.")
    assert [read.key("Tehran"), read.key("American"), read.key("Iran")] == ["IRN", "USA", "IRN"]
    assert read.spans("Tehran")[0].kind is ReferenceKind.METONYM
    assert read.spans("American")[0].kind is ReferenceKind.DEMONYM


@pytest.mark.parametrize(
    ("sentence", "words", "key"),
    [
        ("The envoys met in Moscow on Friday.", "Moscow", "Moscow"),
        ("He flew to Tehran for talks.", "Tehran", "Tehran"),
        ("Shells fell on central Kyiv.", "Kyiv", "Kyiv"),
        ("They met in Cairo and Amman.", "Amman", "Amman"),
        ("Moscow has accused Kyiv of delay.", "Kyiv", "UKR"),
        ("Qatar spoke to the mediators in Washington and Cairo.", "Washington", "USA"),
        ("Qatar spoke to the mediators in Washington and Cairo.", "Cairo", "EGY"),
        ("The authorities in Vilnius summoned nobody.", "Vilnius", "LTU"),
        ("The markets in Vilnius fell.", "Vilnius", "Vilnius"),
        ("A treaty between Moscow and Tehran was signed.", "Tehran", "IRN"),
        ("Its ties with Tehran are old.", "Tehran", "IRN"),
        ("Moscow's answer came late.", "Moscow", "RUS"),
        ("Brussels warned that NATO and the European Union would answer.", "Brussels", "EU"),
        ("The commissioners gathered in Brussels at the European Union.", "Brussels", "Brussels"),
    ],
)
def test_a_capital_is_its_side_or_a_mere_place(sentence, words, key):
    assert Read(sentence).key(words) == key


def test_a_palace_that_is_visited_is_a_facility():
    read = Read("The guest was received at the White House, and the White House called it a success.")
    assert [read.key("White House", 0), read.key("White House", 1)] == ["White House", "USA"]
    assert read.actor("White House").type is ActorType.FACILITY


def test_the_place_of_a_dateline_is_no_mention_but_tells_the_state():
    read = Read("NEW DELHI, Oct 30 - Washington and India have agreed, the foreign ministry said.")
    assert read.key("NEW DELHI") is None
    assert read.actor("Ministry of External Affairs").acts_for == "IND"


@pytest.mark.parametrize(
    ("sentence", "words", "key"),
    [
        ("The Israel-Iran truce holds.", "Iran", "IRN"),
        ("A US-brokered truce holds.", "US", "USA"),
        ("The U.S. and the U.K. agreed.", "U.S.", None),
        ("An Iranian-backed militia fired.", "Iranian", "IRN"),
        ("They told us nothing.", "us", None),
        ("Cranes and a turkey crossed the border of chad.", "turkey", None),
    ],
)
def test_hyphens_dots_and_capitals(sentence, words, key):
    assert Read(sentence).key(words) == key


def test_dotted_short_forms_end_before_the_last_dot_or_after_it():
    read = Read("The U.S. warned Iran, and the U.K. agreed.")
    assert {actor.key for actor in read.found.actors} == {"USA", "IRN", "GBR"}


def test_a_family_name_that_is_a_state_is_no_state():
    read = Read("Michael Jordan came to Amman, and Jordan's king received him.")
    assert read.key("Jordan") == "JOR"
    assert len(read.spans("Jordan")) == 1
    assert read.key("Michael Jordan") == "Michael Jordan"


def test_a_speaking_country_is_not_an_acting_one():
    assert Read("The town is Russian-speaking.").found.spans == ()


def test_an_ambiguous_demonym_takes_the_state_of_the_document():
    assert Read("North Korea fired again.", "Korean officers gave no reason.").key("Korean") == "PRK"
    assert Read("South Korea answered.", "Korean officers gave no reason.").key("Korean") == "KOR"


def test_office_holders_act_for_their_side_on_the_day():
    early = Read("Kaja Kallas spoke.", published="2023-02-01")
    late = Read("Kaja Kallas spoke.", published="2025-02-01")
    assert early.actor("Kaja Kallas").acts_for == "EST"
    assert late.actor("Kaja Kallas").acts_for == "EU"
    assert "EU" in {actor.key for actor in late.found.actors}


def test_spellings_of_one_person_have_one_key():
    keys = {Read(f"{name} spoke.").found.actors[0].raw_id for name in ("Volodymyr Zelenskyy", "Volodymyr Zelensky")}
    assert len(keys) == 1


def test_the_state_behind_the_actors_is_listed_after_the_named_ones():
    read = Read("Vladimir Putin spoke.")
    assert [actor.key for actor in read.found.actors] == ["Vladimir Putin", "RUS"]


def test_mentions_are_names_and_no_pronouns():
    read = Read("Iran said that it would not yield, and the two soldiers left.")
    kinds = {span.kind for span in read.found.spans}
    assert ReferenceKind.PRONOUN in kinds
    assert len(read.found.mentions) == sum(span.kind in NAMING_KINDS for span in read.found.spans)


def test_possessives_are_marked_and_their_ending_lies_outside():
    read = Read("Iran’s answer and the rebels' offer came late; its army waited.")
    assert read.spans("Iran")[0].is_possessive
    assert read.spans("rebels")[0].is_possessive
    assert read.spans("its")[0].is_possessive
    assert not Read("Iran answered.").spans("Iran")[0].is_possessive


def test_a_name_with_an_article_does_not_hide_a_longer_name():
    read = Read("Israel sent troops to the West Bank.")
    assert read.key("West Bank") is not None
    assert read.spans("the West") == []
