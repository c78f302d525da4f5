"""The tables of names: what they hold, how they are looked up, and that they agree with one another."""

import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.words import ActorType
from kg.text.gazetteer import NameKind, gazetteer
from kg.text.tables import cue_words, items_of, rows_of, words_in
from kg.text.words import fold_phrase, joints, words_of


def longest(text, at=0):
    words = words_of(text, 0, len(text))
    return gazetteer().longest(text, words, joints(text, words), at)


def keys(text, at=0):
    match = longest(text, at)
    return [reading.subject.key for reading in match.readings] if match else []


@pytest.mark.parametrize(
    ("text", "key", "length"),
    [
        ("Iran", "IRN", 1),
        ("Islamic Republic of Iran", "IRN", 4),
        ("U.S. officials", "USA", 2),
        ("US officials", "USA", 1),
        ("Erdoğan said", "Recep Tayyip Erdogan", 1),
        ("Côte d'Ivoire", "CIV", 3),
        ("Democratic Republic of the Congo", "COD", 5),
        ("Israel-Iran truce", "ISR", 1),
        ("Kurdistan Workers' Party", "PKK", 3),
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky", 2),
        ("Abbas Araqchi", "Abbas Araghchi", 2),
        ("Hezbollah", "HEZBOLLAH", 1),
        ("Strait of Hormuz", "Strait of Hormuz", 3),
    ],
)
def test_longest_name_at_a_word(text, key, length):
    match = longest(text)
    assert match is not None
    assert match.length == length
    assert key in [reading.subject.key for reading in match.readings]


@pytest.mark.parametrize("text", ["they told us", "a turkey farm", "fine china", "who said so"])
def test_a_word_without_its_capital_is_no_name(text):
    assert all(not keys(text, at) for at in range(len(text.split())))


def test_a_name_does_not_run_over_a_comma():
    assert keys("Bosnia, and Herzegovina too") == ["BIH"]
    assert longest("Bosnia, and Herzegovina too").length == 1


def test_a_full_stop_joins_only_initials_and_abbreviations():
    text = "St. Petersburg. Moscow"
    words = words_of(text, 0, len(text))
    assert joints(text, words) == (True, False, False)


def test_seats_palaces_and_demonyms_are_told_apart():
    kinds = {name: gazetteer().readings(name)[0].kind for name in ("Moscow", "Kremlin", "Russian", "Putin", "Russia")}
    assert kinds == {
        "Moscow": NameKind.SEAT,
        "Kremlin": NameKind.PALACE,
        "Russian": NameKind.DEMONYM,
        "Putin": NameKind.SURNAME,
        "Russia": NameKind.NAME,
    }


def test_a_string_of_several_subjects_gives_them_all():
    assert {"PRK", "KOR"} <= set(keys("Korean"))
    assert all(reading.needs_context for reading in longest("Korean").readings)


def test_every_state_has_a_demonym_and_a_country_code():
    for row in rows_of("states.csv"):
        if row["type"] == "state":
            assert len(row["key"]) == 3
            assert row["key"].isupper()
            assert row["demonyms"], row["key"]


def test_every_side_of_an_organisation_or_a_person_is_a_subject():
    known = gazetteer()
    for table in ("organisations.csv", "office_holders.csv"):
        missing = {row["of"] for row in rows_of(table) if row["of"] and known.subject(row["of"]) is None}
        assert not missing, table


def test_no_unmarked_name_stands_for_two_organisations():
    owner: dict[str, str] = {}
    for row in rows_of("organisations.csv"):
        for name, marks in items_of(row["names"]):
            if not marks:
                assert owner.setdefault(fold_phrase(name), row["key"]) == row["key"], name


def test_every_row_has_the_columns_of_its_table():
    for table in resources.files("kg.text").joinpath("data").iterdir():
        if table.name.endswith(".csv"):
            rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))
            assert {len(row) for row in rows} == {len(rows[0])}, table.name


def test_types_of_the_tables_are_actor_types():
    for table in ("states.csv", "organisations.csv", "places.csv", "institutions.csv", "organisation_words.csv"):
        for row in rows_of(table):
            ActorType(row["type"])


def test_word_lists_are_read_in_lower_case():
    assert "monday" in words_in("never_names.txt")
    assert "flew" in cue_words("travel")
    with pytest.raises(KeyError):
        cue_words("no such cue")


@given(st.text(max_size=80))
def test_words_are_where_they_say(text):
    words = words_of(text, 0, len(text))
    assert all(text[word.start : word.end] == word.text for word in words)
    assert len(joints(text, words)) == len(words)


@given(st.text(alphabet="IranUS .-'é\n,", max_size=40))
def test_a_match_stays_inside_the_words(text):
    words = words_of(text, 0, len(text))
    for at in range(len(words)):
        match = longest(text, at)
        assert match is None or (1 <= match.length <= len(words) - at and match.readings)
