"""Numbers as news writes them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.number_words import MAX_NUMBER, number_pattern, parse_number

NUMBER = re.compile(number_pattern(), re.IGNORECASE)


@pytest.mark.parametrize(
    ("surface", "value"),
    [
        ("28", 28),
        ("1,200", 1200),
        ("57,970", 57970),
        ("3.5", 3.5),
        ("1.2 billion", 1.2e9),
        ("300 million", 3e8),
        ("24K", 24000),
        ("twenty-three", 23),
        ("fifty two", 52),
        ("a hundred", 100),
        ("a dozen", 12),
        ("two dozen", 24),
        ("half a million", 5e5),
        ("one hundred and five thousand", 105000),
        ("two thousand and five", 2005),
        ("a million", 1e6),
        ("thousand", 1000),
    ],
)
def test_exact_numbers(surface, value):
    found = NUMBER.fullmatch(surface)
    assert found
    assert parse_number(surface) == value


@pytest.mark.parametrize(
    "surface", ["dozens", "hundreds", "several", "tens of thousands", "a few dozen", "hundreds of thousands"]
)
def test_vague_numbers_have_no_value(surface):
    assert NUMBER.fullmatch(surface)
    assert parse_number(surface) is None


def test_absurd_numbers_have_no_value():
    assert parse_number("9" * 400) is None
    assert parse_number("hundred " * 300) is None


@pytest.mark.parametrize("text", ["often", "attend", "phone", "millionaire", "stone", "tenth"])
def test_numbers_are_not_looked_for_inside_words(text):
    assert re.search(rf"\b{NUMBER.pattern}\b", text, re.IGNORECASE) is None


@given(st.integers(0, 10**12))
def test_figures_with_and_without_commas_are_the_same_number(number):
    assert parse_number(str(number)) == parse_number(f"{number:,}") == number


@given(st.text(max_size=60))
def test_any_match_has_a_value_in_range_or_none(text):
    for found in NUMBER.finditer(text):
        value = parse_number(found[0])
        assert value is None or 0 <= value <= MAX_NUMBER
