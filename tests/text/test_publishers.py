"""The names of one publisher are one, and a user's judgement of it stands before the packaged one."""

from dataclasses import replace

import pytest

from kg.model.errors import SettingsError
from kg.model.words import Reliability
from kg.text.facts import PUBLISHERS
from kg.text.publishers import media_names, publisher_named, publisher_of
from kg.text.tables import packaged_rows_of, use_facts, with_facts, with_publishers
from resolve.edited import document


@pytest.fixture
def judged(tmp_path):
    """A function that takes a table of publishers into use; afterwards none is."""
    folder = tmp_path / "facts"
    folder.mkdir()

    def take(text):
        (folder / PUBLISHERS).write_text(text)
        use_facts(folder)

    yield take
    use_facts(tmp_path / "no such folder")


@pytest.mark.parametrize("name", ["AFP", "Agence France-Presse", "afp.com", "agence france presse"])
def test_names_and_addresses_of_one_publisher_are_one(name):
    assert publisher_named(name).key == "agence france presse"
    assert publisher_named(name).reliability is Reliability.B


def test_an_unknown_publisher_cannot_be_judged():
    told = publisher_named("The Konkan Observer")
    assert (told.name, told.key, told.reliability) == ("The Konkan Observer", "konkan observer", Reliability.F)
    assert publisher_named("Konkan Observer").key == told.key


def test_a_name_is_never_empty():
    assert publisher_named("The ").key == "the"
    assert publisher_named("???").key == "???"


def test_a_document_without_publisher_has_that_of_its_address():
    told = document(["It rained."], name="made")
    assert publisher_of(told) is None
    assert publisher_of(replace(told, url="https://www.reuters.com/world/x")).key == "reuters"
    assert publisher_of(replace(told, url="https://lake.example/x")).key == "lake example"


def test_every_packaged_row_is_sound():
    rows = list(packaged_rows_of(PUBLISHERS))
    names = [name for row in rows for name in (row["names"].split(";"))]
    assert len(set(names)) == len(names)
    assert all(row["name"] in row["names"].split(";") for row in rows)
    assert {row["reliability"] for row in rows} <= set(Reliability)
    assert "Reuters" in media_names()
    assert "OFAC" not in media_names()


def test_a_judgement_of_the_user_wins_and_documents_are_not_read_again_for_it(judged):
    assert with_publishers(with_facts("2")) == "2"
    judged("name,kind,reliability,names\nReuters,medium,E,Reuters;Reuters Wire\nLake Eye,medium,A,lake.example\n")
    assert publisher_named("Reuters Wire").reliability is Reliability.E
    assert publisher_named("lake.example").reliability is Reliability.A
    assert publisher_named("AFP").reliability is Reliability.B
    assert with_facts("2") == "2"
    first = with_publishers("2")
    assert first.startswith("2+publishers.")
    judged("name,kind,reliability\nReuters,medium,D\n")
    assert with_publishers("2") not in ("2", first)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Lake Eye,medium,G", "reliability is 'G'; write one of A, B, C, D, E, F"),
        ("Lake Eye,medium,", "reliability is ''; it may not be empty"),
        ("Lake Eye,blog,C", "kind is 'blog'; write one of medium, office"),
        (",medium,C", "name is ''"),
    ],
)
def test_a_wrong_row_is_named(judged, row, told):
    with pytest.raises(SettingsError, match=r"publishers\.csv, row 2") as error:
        judged(f"name,kind,reliability\n{row}\n")
    assert told in str(error.value)
