"""What sentences count."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numbers import find_numbers


def counted(sentence):
    return [(n.kind, n.surface, n.value) for n in find_numbers(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The blast killed 28 people.", [("killed", "28", 28)]),
        ("At least 28 people were killed.", [("killed", "At least 28", 28)]),
        ("Two dozen miners died.", [("killed", "Two dozen", 24)]),
        ("The raid left nine dead.", [("killed", "nine", 9)]),
        ("The count raised the death toll to 31.", [("killed", "31", 31)]),
        ("The death toll from the strike on the capital on June 17 rose to 30.", [("killed", "30", 30)]),
        (
            "The death toll from the strikes of last week on the capital and its suburbs has risen to 31, rescuers said.",
            [("killed", "31", 31)],
        ),
        ("Nobody was killed.", [("killed", "Nobody", 0)]),
        ("Shells killed several officers.", [("killed", "several", None)]),
        ("The raid killed seven and wounded 30.", [("killed", "seven", 7), ("wounded", "30", 30)]),
        (
            "Four men were killed and hundreds injured.",
            [("killed", "Four", 4), ("wounded", "hundreds", None)],
        ),
        ("The raid claimed seven lives.", [("killed", "seven", 7)]),
        ("Five guards and 25 rebels were killed.", [("killed", "Five", 5), ("killed", "25", 25)]),
        ("The raid killed 40 miners and 11 guards.", [("killed", "40", 40), ("killed", "11", 11)]),
        ("At least 16 miners were martyred.", [("killed", "At least 16", 16)]),
        ("The mayor put the number of dead at 471.", [("killed", "471", 471)]),
        ("The garrison lost eight soldiers.", [("killed", "eight", 8)]),
        ("The slaughter of 40 worshippers went unpunished.", [("killed", "40", 40)]),
        ("The army claimed 14 soldiers had deserted.", [("soldiers", "14", 14)]),
        ("Police arrested 74 marchers.", [("arrested", "74", 74)]),
        ("The guards hold dozens of miners.", [("held", "dozens", None)]),
        ("The war has displaced 1.2 million people.", [("displaced", "1.2 million", 1.2e6)]),
        ("Gunmen abducted fourteen pupils.", [("abducted", "fourteen", 14)]),
        ("The court released 52 of them.", [("released", "52", 52)]),
        ("The province deployed 1,500 guards.", [("deployed", "1,500", 1500)]),
        ("The fleet fired 14 missiles.", [("missiles", "14", 14)]),
        ("The two states expelled six envoys each.", [("expelled", "six", 6)]),
    ],
)
def test_counts_have_the_kind_of_the_word_that_counts(sentence, expected):
    assert [n for n in counted(sentence) if n[0] not in {"people"}] == expected


@pytest.mark.parametrize(
    ("sentence", "surface", "value"),
    [
        ("It lent $1.2 billion to the port.", "$1.2 billion", 1.2e9),
        ("It lent €40 million to the port.", "€40 million", 4e7),
        ("It lent two billion euros to the port.", "two billion euros", 2e9),
        ("It lent EUR 30 million to the port.", "EUR 30 million", 3e7),
        ("It paid 400,000 roubles to the port.", "400,000 roubles", 400000),
        ("It has committed £1.1bn to the port.", "£1.1bn", 1.1e9),
        ("It lent $40m to the port.", "$40m", 4e7),
    ],
)
def test_money_is_told_by_its_currency(sentence, surface, value):
    assert counted(sentence) == [("amount", surface, value)]


def test_what_a_barrel_costs_is_a_price():
    assert counted("The league sets a $60 cap on crude.") == [("price", "$60", 60)]
    assert counted("The league froze $60 million of oil money.") == [("amount", "$60 million", 6e7)]


def test_shares_are_per_cent():
    assert counted("The duty rises to 25 percent.") == [("percent", "25 percent", 25)]
    assert counted("The duty rises to 25%.") == [("percent", "25%", 25)]


@pytest.mark.parametrize(
    "sentence",
    [
        "After 20 months of war nothing is left.",
        "He was killed in 2020 near the border.",
        "Twenty fighters killed the governor.",
        "The talks of June 13 failed.",
        "The men killed on 13 June were buried, and the 4th of July was quiet.",
        "A boy of seven died in the fire.",
        "Leyla Moran, 62, died in the fire.",
        "The fire of October 8, 2023 killed the mill.",
    ],
)
def test_numbers_that_count_no_one_acted_upon_are_left_out(sentence):
    assert [n for n in counted(sentence) if n[0] in {"killed", "wounded"}] == []


def test_a_part_of_a_count_is_not_counted_again():
    assert counted("The blast killed 12 guests, including four children.")[:1] == [("killed", "12", 12)]
    assert ("killed", "four", 4) not in counted("The blast killed 12 guests, including four children.")


words = st.sampled_from(
    ["killed", "28", "two", "dozen", "$", "million", "were", "dead", "no", "one", "wounded", "%", ","]
)


@given(st.lists(st.one_of(words, st.text(max_size=3)), max_size=30).map(" ".join))
def test_spans_quote_the_sentence_and_never_overlap(sentence):
    found = find_numbers(sentence)
    assert all(sentence[n.start : n.end] == n.surface for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
