"""Tags of words: verbs by their neighbours, contractions, actors as single tokens."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.reading import document_of
from kg.extract.actors import find_actors
from kg.extract.tokens import inflect, read_rows, singular, tokenise, verb_forms, word_list


def tags(sentence):
    document = document_of(sentence)
    spans = list(find_actors(document).within(0, len(sentence)))
    return [(t.text, t.tag) for t in tokenise(document.text, 0, len(sentence), spans)]


@pytest.mark.parametrize(
    ("sentence", "word", "tag"),
    [
        ("Israel attacks Iran.", "attacks", "verb"),
        ("Israeli attacks on Iran went on.", "attacks", "noun"),
        ("The attacks by Iran went on.", "attacks", "noun"),
        ("Iran wants to strike Israel.", "strike", "verb"),
        ("A strike on Iran followed.", "strike", "noun"),
        ("Iran was struck by Israel.", "struck", "verb"),
        ("Iran agreed to the deal.", "agreed", "verb"),
        ("The shelling of Kyiv went on.", "shelling", "noun"),
        ("Russia is shelling the town.", "shelling", "verb"),
        ("Russia would not talk.", "would", "modal"),
    ],
)
def test_a_word_is_a_verb_or_a_noun_by_what_stands_around_it(sentence, word, tag):
    assert dict(tags(sentence))[word] == tag


def test_a_negation_is_parted_from_its_verb_and_a_possessive_from_its_name():
    assert ("n't", "neg") in tags("Iran didn't attack.")
    assert ("'s", "own") in tags("Iran's army attacked.")


def test_an_actor_is_one_token_and_parts_of_a_hyphenated_pair_are_two():
    assert [text for text, tag in tags("Israel-Iran talks began.") if tag == "actor"] == ["Israel", "Iran"]


@given(st.text(max_size=80))
def test_tokens_stand_in_order_and_show_their_text(text):
    tokens = tokenise(text, 0, len(text), ())
    assert all(text[t.start : t.end] == t.text and t.tag for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("agree", ["agree", "agrees", "agreed", "agreed", "agreeing"]),
        ("deny", ["deny", "denies", "denied", "denied", "denying"]),
        ("accuse", ["accuse", "accuses", "accused", "accused", "accusing"]),
        ("attack", ["attack", "attacks", "attacked", "attacked", "attacking"]),
    ],
)
def test_a_regular_verb_is_inflected_by_its_ending(base, forms):
    assert [form for form, _ in inflect(base)] == forms


def test_an_irregular_form_leads_to_its_base():
    assert verb_forms()["struck"][0] == "strike"
    assert verb_forms()["banned"][0] == "ban"


def test_plurals_lose_their_ending():
    assert [singular(w) for w in ("missiles", "allies", "crises", "gas", "sanctions")] == [
        "missile", "ally", "crise", "gas", "sanction",
    ]  # fmt: skip


def test_the_tables_hold_each_verb_once_and_every_list_has_words():
    bases = [row["base"] for row in read_rows("verbs.csv")]
    assert len(bases) == len(set(bases))
    assert all(word_list(row["name"]) for row in read_rows("word_lists.csv"))
