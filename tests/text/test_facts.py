"""A user's own facts stand before the packaged tables; what is wrong in them is told with file, row and value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.errors import SettingsError
from kg.model.words import ActorType
from kg.text.facts import TABLES, read_facts
from kg.text.gazetteer import NameKind, gazetteer
from kg.text.office_holders import holder_on, term_on
from kg.text.tables import packaged_rows_of, rows_of, use_facts, with_facts


@pytest.fixture
def facts(tmp_path):
    """A function that writes a table of facts and takes it into use; afterwards no facts are in use."""
    folder = tmp_path / "facts"
    folder.mkdir()

    def take(table, text, encoding="utf-8"):
        (folder / table).write_text(text, encoding=encoding)
        use_facts(folder)
        return folder

    yield take
    use_facts(tmp_path / "no such folder")


def keys(name):
    return [reading.subject.key for reading in gazetteer().readings(name)]


def test_without_facts_the_packaged_tables_stand_alone(tmp_path):
    use_facts(tmp_path / "no such folder")
    assert all(list(rows_of(table)) == list(packaged_rows_of(table)) for table in TABLES)
    assert with_facts("2") == "2"


def test_a_new_office_holder_stands_beside_the_others(facts):
    assert not gazetteer().readings("Ilmari Koskela")
    before = holder_on("FIN", ("foreign minister",), date(2026, 1, 5))
    facts(
        "office_holders.csv",
        "name,of,office,start,aliases\nIlmari Koskela,FIN,foreign minister,2026-11,Koskela\n",
    )
    assert [reading.kind for reading in gazetteer().readings("Koskela")] == [NameKind.SURNAME]
    assert term_on("Ilmari Koskela", date(2026, 11, 20)).acts_for == "FIN"
    assert holder_on("FIN", ("foreign minister",), date(2026, 11, 20)) == "Ilmari Koskela"
    assert holder_on("FIN", ("foreign minister",), date(2026, 1, 5)) == before
    assert keys("Vladimir Putin") == ["Vladimir Putin"]


def test_a_row_of_the_same_key_replaces_the_packaged_one(facts):
    packaged = next(r for r in packaged_rows_of("office_holders.csv") if r["of"] == "FIN" and not r["end"])
    told = {**packaged, "end": "2026-10-31"}
    facts("office_holders.csv", ",".join(told) + "\n" + ",".join(f'"{cell}"' for cell in told.values()) + "\n")
    same = [r for r in rows_of("office_holders.csv") if (r["name"], r["office"]) == (told["name"], told["office"])]
    assert same == [told]
    assert holder_on("FIN", (told["office"],), date(2026, 11, 20)) != told["name"]


def test_a_spelling_of_the_user_replaces_every_packaged_reading_of_it(facts):
    assert keys("Korean") == ["PRK", "KOR"] or keys("Korean") == ["KOR", "PRK"]
    assert "EU" in keys("Union")
    facts("organisations.csv", "key,name,type,names\nKorean Union,Korean Union,group,the Korean;the Union|context\n")
    assert keys("Korean") == keys("Union") == ["Korean Union"]
    assert gazetteer().subject("EU").type is ActorType.IGO
    assert "EU" in keys("European Union")


def test_two_rows_of_the_user_for_one_spelling_are_two_readings(facts):
    facts("places.csv", "name,type,country,aliases\nLake One,place,FIN,Long Lake\nLake Two,place,SWE,Long Lake\n")
    assert keys("Long Lake") == ["Lake One", "Lake Two"]


def test_states_are_replaced_whole_with_their_adjectives(facts):
    row = next(r for r in packaged_rows_of("states.csv") if r["key"] == "FIN")
    facts("states.csv", f"key,name,type,country,names,demonyms\nFIN,Suomi,state,FIN,Suomi;{row['names']},Suomalainen\n")
    assert keys("Suomi") == keys("Finland") == ["FIN"]
    assert gazetteer().demonym("FIN") == "Suomalainen"
    assert not keys("Finnish")
    assert len(list(rows_of("states.csv"))) == len(list(packaged_rows_of("states.csv")))


def test_facts_may_rest_on_one_another(facts):
    folder = facts(
        "organisations.csv", "key,name,type,country,names\nLF,Lakeside Front,armed_group,MLI,Lakeside Front\n"
    )
    (folder / "office_holders.csv").write_text("name,of,office\nMoussa Issoufou Ba,LF,group leader\n")
    use_facts(folder)
    assert term_on("Moussa Issoufou Ba", None).acts_for == "LF"


def test_the_version_tells_the_facts_apart_and_nothing_else(facts):
    text = "name,type,country\nLake One,place,FIN\n"
    folder = facts("places.csv", text)
    first = with_facts("2")
    assert first.startswith("2+facts.")
    assert len(first) == len("2+facts.") + 8
    facts("places.csv", text.replace("\n", "\r\n"), encoding="utf-8-sig")  # as a spreadsheet saves it
    (folder / "README.md").write_text("where these rows come from")
    use_facts(folder)
    assert with_facts("2") == first
    facts("places.csv", text.replace("FIN", "SWE"))
    assert with_facts("2") not in (first, "2")
    facts("places.csv", "name,type,country\n")
    assert with_facts("2") == "2"


OFFICES = "office_holders.csv"


@pytest.mark.parametrize(
    ("table", "text", "told"),
    [
        ("stats.csv", "key\nFIN\n", ("no table is called 'stats.csv'", "states.csv")),
        ("Places.csv", "name,type\nA,place\n", ("no table is called 'Places.csv'",)),
        ("places.csv", "", ("row 1", "column 'name' is missing", "name,type,country,aliases")),
        ("places.csv", "name;type\nA;place\n", ("row 1", "column 'name;type' is unknown", "name,type,country,aliases")),
        ("places.csv", "name,type,kind\nA,place,x\n", ("row 1", "column 'kind' is unknown")),
        ("places.csv", "name,type,name\nA,place,A\n", ("row 1", "column 'name' is unknown or there twice")),
        ("places.csv", "name,country\nA,FIN\n", ("row 1", "column 'type' is missing")),
        ("places.csv", "name,type\nA,place\nB,lake\n", ("row 3", "type is 'lake'", "facility, place")),
        ("places.csv", "name,type\nA,state\n", ("row 2", "type is 'state'", "facility, place")),
        ("places.csv", "name,type\n  ,place\n", ("row 2", "name is ''", "may not be empty")),
        ("places.csv", "name,type\nA,place\nA,facility\n", ("row 3", "name is 'A'", "row 2 has the same name")),
        ("places.csv", "name,type\nA,place,FIN\n", ("row 2", "not the cells of the header")),
        ("places.csv", "name,type\nA\n", ("row 2", "not the cells of the header")),
        ("places.csv", "name,type,country\nA,place,Finland\n", ("row 2", "country is 'Finland'", "ISO 3166 alpha-3")),
        ("places.csv", "name,type,aliases\nA,place,B|exact\n", ("row 2", "aliases is 'B|exact'", "case, context")),
        ("places.csv", "name,type,aliases\nA,place,B;?\n", ("row 2", "aliases is '?'", "that is no name")),
        ("places.csv", "name,type,aliases\nA,place,the |context\n", ("row 2", "that is no name")),
        ("places.csv", 'name,type\n"A,place\n', ("row", "cells parted by commas")),
        ("places.csv", "name,type\nA\0,place\n", ("row 2", "name is 'A\\x00'", "control characters")),
        ("places.csv", 'name,type,aliases\nA,place,"B\nC"\n', ("row 3", "aliases is 'B\\nC'", "on one line")),
        (
            "organisations.csv",
            "key,name,type,of,names\nA,A,company,Suomi,A\n",
            ("row 2", "of is 'Suomi'", "key of no row"),
        ),
        ("organisations.csv", "key,name,type,names\nA,A,firm,A\n", ("row 2", "type is 'firm'", "armed_group")),
        ("states.csv", "key,name,type,names\nZZZ,Zed,state,\n", ("row 2", "names is ''", "may not be empty")),
        (OFFICES, "name,office\nA B,minister of foreign affairs\n", ("row 2", "office is", "foreign minister")),
        (OFFICES, "name,office,start\nA B,other,1 May 2026\n", ("row 2", "start is '1 May 2026'", "2026-11-05")),
        (OFFICES, "name,office,end\nA B,other,2026-13\n", ("row 2", "end is '2026-13'")),
        (OFFICES, "name,office,start,end\nA B,other,2026-11,2025\n", ("row 2", "end is '2025'", "before the start")),
        (OFFICES, "name,of,office\nA B,Nowhere,other\n", ("row 2", "of is 'Nowhere'", "key of no row")),
    ],
)
def test_what_is_wrong_is_refused_with_file_and_row_and_the_facts_in_use_stay(facts, tmp_path, table, text, told):
    facts("places.csv", "name,type\nLake One,place\n")
    before = with_facts("2")
    with pytest.raises(SettingsError) as refused:
        facts(table, text)
    assert all(words in str(refused.value) for words in (str(tmp_path / "facts" / table), *told)), str(refused.value)
    assert with_facts("2") == before


def test_what_is_no_text_or_no_folder_is_refused(tmp_path):
    (tmp_path / "places.csv").write_bytes(b"name,type\nZ\xfcrich,place\n")
    with pytest.raises(SettingsError, match=r"places\.csv cannot be read: .*; save it as CSV in UTF-8"):
        use_facts(tmp_path)
    with pytest.raises(SettingsError, match="it must be a folder"):
        use_facts(tmp_path / "places.csv")
    (tmp_path / "places.csv").unlink()
    (tmp_path / "states.csv").mkdir()
    with pytest.raises(SettingsError, match=r"states\.csv cannot be read"):
        use_facts(tmp_path)


def test_every_packaged_table_would_pass_as_facts(tmp_path):
    from importlib import resources

    for table in TABLES:
        packaged = resources.files("kg.text").joinpath("data", table).read_text(encoding="utf-8")
        (tmp_path / table).write_text(packaged, encoding="utf-8")
    found = read_facts(tmp_path, packaged_rows_of)
    assert {table: list(rows) for table, rows in found.rows.items()} == {t: list(packaged_rows_of(t)) for t in TABLES}


@given(st.sampled_from(sorted(TABLES)), st.text(max_size=60))
def test_any_text_is_taken_or_refused(tmp_path_factory, table, text):
    folder = tmp_path_factory.mktemp("facts")
    (folder / table).write_text(",".join(next(packaged_rows_of(table))) + "\n" + text, "utf-8", errors="replace")
    refused = table
    try:
        read_facts(folder, packaged_rows_of)
    except SettingsError as error:
        refused = str(error)
    assert table in refused
