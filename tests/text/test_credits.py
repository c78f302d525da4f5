"""Whose word a sentence or a document passes on."""

import pytest

from kg.text.credits import credit_in, home_of
from kg.text.tables import use_facts
from resolve.edited import document

AFP = "agence france presse"


@pytest.mark.parametrize(
    ("sentence", "credited"),
    [
        ("Israel bombed Natanz on Friday, according to AFP.", AFP),
        ("According to Agence France-Presse, which cited a source close to the case, he was held.", AFP),
        ("Israel bombed Natanz, AFP reported.", AFP),
        ("Israel bombed Natanz, the news agency AFP said.", AFP),
        ("Israel bombed Natanz, Reuters has reported.", "reuters"),
        ("Lavrov told the BBC that talks go on.", "bbc"),
        ("In an interview with CBS taped on Monday Zelensky thanked Washington.", "cbs news"),
        ("Peskov told the state agency Tass on Sunday that no order was given.", "tass"),
        ("Lukashenko told the state agency Svetla that the curbs would go.", "svetla"),
        ("Iran's semi-official Tasnim news agency said the talks had begun.", "tasnim"),
        ("A deal is near, according to a report in the Washington Post.", "washington post"),
        ("The talks failed, Hurriyet Daily News reported.", "hurriyet daily news"),
        ("According to Nigerien state television, jets have been moved.", "nigerien state television"),
        ("According to Yonhap, quoting the news agency KCNA, troops are on alert.", "kcna"),
        ("Kyiv hailed it, Meridian Wire reported.", "meridian wire"),
        ("Netanyahu told reporters that the war goes on.", None),
        ("According to the Israeli army, four rockets fell.", None),
        ("The IAEA reported higher radiation.", None),
        ("OFAC said it would consider a licence.", None),
        ("Israel bombed the building of the state television in Tehran.", None),
        ("Iran arrested two reporters of Reuters on Monday.", None),
        ("He told lawmakers that Reuters would lose its licence.", None),
        ("Twelve people were killed, local media reported.", None),
    ],
)
def test_credits_in_a_sentence(sentence, credited):
    assert credit_in(sentence) == credited


BODY = "Israel bombed Natanz on Friday."


@pytest.mark.parametrize(
    ("lines", "publisher", "home"),
    [
        ([BODY], None, "made"),
        ([BODY], "The Levant Post", "levant post"),
        ([BODY], "AFP", AFP),
        (["Bombs on Natanz", f"TEHRAN, June 20 (AFP) - {BODY}"], "Levant Post", AFP),
        (["Bombs on Natanz", f"TEHRAN (Nordwest Agency) — {BODY}"], "Levant Post", "nordwest agency"),
        ([f"(Reuters) - {BODY}"], None, "reuters"),
        ([BODY, "Source: Reuters"], "Levant Post", "reuters"),
        ([BODY, "Sources: the ministry of defence."], "Levant Post", "levant post"),
        (["Bombs on Natanz", f"TEHRAN, June 20 (LNA) - {BODY}"], "Levant News Agency", "levant news agency"),
        ([BODY, "He spoke with Grossi (IAEA) - twice."], "Levant Post", "levant post"),
    ],
)
def test_who_tells_a_document(lines, publisher, home):
    told = document(lines, name="made", publisher=publisher)
    assert home_of(told, told) == home


def test_a_copy_is_told_by_whom_its_original_is_told():
    original = document([BODY], name="first", publisher="AFP")
    copy = document([BODY, "It rained."], name="second", publisher="Levant Post")
    assert home_of(copy, original) == AFP
    assert home_of(copy, document([BODY], name="first")) == "first"


def test_a_user_names_a_medium_of_his_own(tmp_path):
    sentence = "The bridge is closed, Lakeside Eye reported."
    assert credit_in(sentence) is None
    (tmp_path / "publishers.csv").write_text("name,kind,reliability,names\nLakeside Eye,medium,E,lakeside.example\n")
    try:
        use_facts(tmp_path)
        assert credit_in(sentence) == "lakeside eye"
    finally:
        use_facts(tmp_path / "no such folder")
