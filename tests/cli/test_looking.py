"""`kg why` and `kg actor` on the small world of tests/cypher/circle.py, read as a person and as a program would."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from cypher.circle import circle, circle_home
from graph.made import events
from kg.cli.main import kg
from kg.model.errors import UsageError
from kg.model.judgements import Judgement, Verdict

GRAPH = circle()
ACTOR_IDS = {node.properties["name"]: node.key for node in GRAPH.nodes if node.label == "Actor"}
RAW_ID_OF_PUTIN = next(
    r.properties["raw_id"] for r in GRAPH.relationships if r.type == "ROLE" and r.end.key == ACTOR_IDS["Vladimir Putin"]
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    workplace = circle_home(tmp_path_factory.mktemp("looking") / ".kg")
    with workplace.ledger() as ledger:
        ledger.judgements.add(
            Judgement(
                judgement_id="",
                left=RAW_ID_OF_PUTIN,
                right="raw_other@doc_1",
                verdict=Verdict.NEGATIVE,
                by="ana",
                at=datetime(2025, 7, 1, tzinfo=UTC),
                because="another man of that name",
            )
        )
    return str(workplace.home)


def shown(home, *words):
    result = CliRunner().invoke(kg, [*words, "--home", home], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def refused(home, *words):
    result = CliRunner().invoke(kg, [*words, "--home", home])
    assert isinstance(result.exception, UsageError)
    return str(result.exception)


def test_what_stands_behind_a_tie_fits_a_terminal_and_tells_deeds_before_words(home):
    text = shown(home, "why", "israel", "IRN")
    assert max(map(len, text.splitlines())) <= 100
    first = text.splitlines()[0]
    assert first.startswith("Israel and Iran: ")
    assert first.endswith("3 events, 2 happened, 1 only said; 6 claims in 4 documents")
    assert text.index("HAPPENED") < text.index("AIRSTRIKE") < text.index("ONLY SAID") < text.index("MISSILE_STRIKE")
    for told in (
        "“2: Israel, Iran hit (beta).”",
        "Beta Daily · 2025-06-22 · beta",
        "characters ",
        "confidence ",
        "made 1",
    ):
        assert told in text


def test_contradictions_stand_side_by_side_with_what_each_says(home):
    text = shown(home, "why", events(GRAPH, "MISSILE_STRIKE")[0].key)
    at = text.index("they contradict each other: occurrence")
    row = text[at:].splitlines()[1]
    assert row.count("|") == 1
    assert [part.strip()[:9] for part in row.split("|")] == ["1. occurr", "2. denied"]
    assert "denied · said by Iran (“said”) · 2025-06-19 (day, explicit)" in text


def test_an_offer_shows_its_content_and_its_answer(home):
    text = shown(home, "why", "Vladimir Putin", "Israel", "--type", "offered-mediation-to")
    text = " ".join(text.split())
    assert "is about (offered) MEDIATE by Russia, no date, unknown" in text
    assert "answered by REJECT by Donald Trump, 2025-06-21, occurred: “1: Donald Trump, Vladimir Putin rejected" in text
    assert "actor: Vladimir Putin for Russia" in text


def test_any_claim_names_its_event_and_the_start_of_a_type_is_enough(home):
    strike = events(GRAPH, "AIRSTRIKE")[0].key
    claims = [r.start.key for r in GRAPH.relationships if r.type == "ASSERTS" and r.end.key == strike]
    assert len(claims) == 3
    assert len({shown(home, "why", claim) for claim in claims}) == 1
    struck = json.loads(shown(home, "why", "Israel", "Iran", "--type", "struck", "--json"))
    assert {event["etype"] for event in struck} == {"AIRSTRIKE", "MISSILE_STRIKE"}


def test_a_program_gets_all_that_a_person_sees(home):
    (event,) = json.loads(shown(home, "why", events(GRAPH, "MISSILE_STRIKE")[0].key, "--json"))
    assert (event["occurrence"], event["claims"][1]["says"], event["claims"][1]["known_from"]) == (
        "disputed",
        "Iran",
        "2025-06-22",
    )
    assert [role["role"] for role in event["claims"][0]["roles"]] == ["ACTOR", "RECIPIENT"]
    assert event["contradictions"][0]["on_what"] == "occurrence"
    card = json.loads(shown(home, "actor", "Russia", "--json"))[0]
    assert (card["actor_id"], card["evidence"]["documents"], card["offices"][0]["holder"]) == (
        "RUS",
        2,
        "Vladimir Putin",
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["why", "Israel"], r"two actors: kg why Israel Iran"),
        (["why", "Israel", "Atlantis"], "no actor of the graph is called 'Atlantis'"),
        (["why", "Israel", "Irann"], "near are: Iran"),
        (["why", "Israel", "Israel"], "is both sides"),
        (["why", "Israel", "Serbia"], "no event joins Israel and Serbia"),
        (["why", "Israel", "Iran", "--type", "STRUK_FROM_AIR"], "near are: STRUCK_FROM_AIR"),
        (["why", "Israel", "Iran", "--type", "SIGNED_WITH"], "no event of type SIGNED_WITH"),
        (["why", "clm_nowhere"], "holds no event or claim 'clm_nowhere'"),
        (["actor", "Atlantis"], "no actor of the graph is called 'Atlantis'"),
        (["actor", "Putin"], "near are: Vladimir Putin"),
        (["actor", "PUTIN, Vladimir"], "near are: Vladimir Putin"),
        (["sanctions", "PUTIN, Vladimir"], "near are: Vladimir Putin"),
        (["sanctions", "Srbije Industrija"], "near are: Naftna Industrija Srbije"),
    ],
)
def test_what_is_not_there_is_named_with_the_way_out(home, words, message):
    assert message in refused(home, *words)


def test_a_name_of_several_lists_them_and_the_id_tells_them_apart(home):
    told = refused(home, "actor", "ali karimi")
    assert "names 2 actors" in told
    for name in ("Ali Karimi", "ALI KARIMI"):
        assert ACTOR_IDS[name] in told
        assert shown(home, "actor", ACTOR_IDS[name]).startswith(f"{name}  person")
    for number in (ACTOR_IDS["ALI KARIMI"], "UN:QDi.999", "qdi.999"):
        assert "list UN:QDi.999" in shown(home, "actor", number)


def test_the_card_of_a_state_tells_who_acts_for_it_and_its_dealings(home):
    text = shown(home, "actor", "russia")
    assert max(map(len, text.splitlines())) <= 100
    assert "Vladimir Putin, president, seen 2025-06-19 to 2025-06-22" in text
    rows = {line.split("  ")[1]: line.split() for line in text.splitlines() if line.startswith("  ")}
    assert rows["Israel"][1:] == ["2", "1", "1", "2025-06-18", "2025-06-19"]  # happened, cooperation, only said
    assert rows["United States"][2:] == ["1", "1", "2025-06-21", "2025-06-21"]  # happened, conflict


def test_the_card_of_an_official_tells_whom_it_acts_for_and_what_people_decided(home):
    text = shown(home, "actor", "Vladimir Putin")
    assert "president of Russia, seen 2025-06-19 to 2025-06-22" in text
    assert "2025-07-01 negative with raw_other@doc_1 by ana: another man of that name" in text


def test_the_card_of_a_sanctioned_company_tells_its_designations(home):
    text = shown(home, "actor", "Naftna Industrija Srbije")
    assert text.startswith("NIS  company, SRB")
    assert "United States: announced (told by news)" in text
