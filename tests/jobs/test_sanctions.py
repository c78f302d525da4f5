"""`kg sanctions` on the packaged sample: what a compliance officer reads, on each day that matters."""

import json

import pytest
from click.testing import CliRunner

from kg.cli.main import kg
from kg.jobs.ask import ask
from kg.jobs.demo import read_sample
from kg.jobs.workplace import open_workplace

NIS_ON = {
    "2025-01-10": "ANNOUNCED, NOT IN FORCE: due on 2025-02-25",
    "2025-03-01": "ANNOUNCED, NOT KNOWN TO BE IN FORCE: due since 2025-02-25, no report yet",
    "2025-06-27": "ANNOUNCED, NOT IN FORCE: licensed until 2025-07-29, postponed until 2025-06-27, due on",
    "2025-07-01": "ANNOUNCED, NOT IN FORCE: licensed until 2025-07-29, due on 2025-07-29",
    "2025-07-30": "ANNOUNCED, NOT KNOWN TO BE IN FORCE: due since 2025-07-29, no report yet",
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    workplace = open_workplace(tmp_path_factory.mktemp("sample") / ".kg")
    read_sample(workplace)
    return workplace


def told(workplace, *asked):
    result = CliRunner().invoke(kg, ["sanctions", *asked, "--home", str(workplace.home)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def record(workplace, *asked):
    return json.loads(told(workplace, *asked, "--json"))


@pytest.mark.parametrize(("day", "headline"), NIS_ON.items())
def test_what_holds_for_nis_stands_in_the_first_line(sample, day, headline):
    lines = [line.strip() for line in told(sample, "NIS", "--on", day).splitlines()]
    assert lines[lines.index("United States") + 1].startswith(headline)


def test_the_licence_is_told_with_its_days_and_whether_it_holds(sample):
    text = told(sample, "NIS", "--on", "2025-07-01")
    assert "specific licence, 2025-06-27 to 2025-07-29: holds" in text
    assert "postponed, 2025-04-28 to 2025-06-27: over" in text
    assert "specific licence, 2025-06-27 to 2025-07-29: over" in told(sample, "NIS", "--on", "2025-07-30")


def test_the_acts_that_decide_the_state_are_marked(sample):
    lines = told(sample, "NIS", "--on", "2025-07-01").splitlines()
    marked = [line for line in lines if line.startswith("* ")]
    assert len(marked) == 2
    assert any("licensed, done" in line and "until 2025-07-29" in line for line in marked)


def test_every_sentence_stands_in_its_document_with_its_day(sample):
    (nis,) = record(sample, "NIS", "--on", "2025-07-01")
    sentences = [s for d in nis["designations"] for a in d["acts"] for s in a["sentences"]]
    with sample.ledger() as ledger:
        texts = " ".join(document.text for document, _ in ledger.read())
    assert len(sentences) > 5
    assert all(s["quote"] in texts and s["reported"] and s["publisher"] and s["status"] for s in sentences)


def test_the_answer_says_how_far_what_is_known_reaches(sample):
    assert "nothing is known after 2025-06-27" in told(sample, "NIS", "--on", "2025-07-01")
    assert "nothing is known after" not in told(sample, "NIS", "--on", "2025-06-27")


def test_what_became_known_later_is_ignored(sample):
    (then,) = record(sample, "NIS", "--on", "2025-07-01", "--known-on", "2025-05-01")
    (usa,) = then["designations"]
    assert (usa["state"], usa["overdue"], usa["due"]) == ("announced", True, "2025-06-27")
    assert {s["reported"] for a in usa["acts"] for s in a["sentences"]} == {"2025-01-10", "2025-04-28"}
    (before,) = record(sample, "NIS", "--on", "2025-07-01", "--known-on", "2024-12-31")
    assert before["designations"] == []


def test_a_term_that_ran_out_is_no_report_of_an_end(sample):
    def europe(day):
        (russia,) = record(sample, "RUS", "--on", day)
        return next(d for d in russia["designations"] if d["authority"] == "European Union")

    assert (europe("2026-01-31")["state"], europe("2026-01-31")["until"]) == ("in_force", "2026-01-31")
    assert (europe("2026-02-01")["state"], europe("2026-02-01")["by_dates_alone"]) == ("ended", True)
    assert "RUN OUT BY ITS DATES: no report yet of whether it was prolonged" in told(
        sample, "RUS", "--on", "2026-02-01"
    )


@pytest.mark.parametrize("named", ["XRe.001", "UN:XRe.001", "xre.001", "pars meridian lines"])
def test_a_listed_target_is_found_by_number_and_alias(sample, named):
    (listed,) = record(sample, named, "--on", "2025-06-27")
    (un,) = listed["designations"]
    assert (un["authority"], un["state"], un["since"], un["evidence"]) == (
        "United Nations",
        "in_force",
        "2025-03-14",
        "list",
    )
    assert un["programmes"] == ["Iran"]
    assert [a["act"] for a in un["acts"]] == ["imposed", "amended"]


def test_the_listed_one_and_the_one_of_the_news_are_two_until_somebody_judges(sample):
    text = told(sample, "Pars Meridian Shipping Company", "--on", "2025-06-30")
    assert "2 actors bear that name" in text
    assert "list alone" in text
    assert "news alone, no list" in text


def test_the_stored_state_is_that_of_the_command_on_the_day_of_the_newest_document(sample):
    for row in ask(sample, "sanctions-leads", {}):
        for answer in record(sample, row["actor_id"], "--on", "2025-06-27"):
            assert row["state"] in {d["state"] for d in answer["designations"]}


@pytest.mark.parametrize("day", NIS_ON)
def test_the_question_and_the_command_say_the_same(sample, day):
    (nis,) = record(sample, "NIS", "--on", day)
    (row,) = ask(sample, "sanctions-on", {"target": "NIS", "day": day})
    assert [row["holds"]] == [d["holds"] for d in nis["designations"]]


def test_of_an_actor_without_sanctions_it_says_so_and_clears_nobody(sample):
    text = told(sample, "Qatar", "--on", "2025-06-30")
    assert "Nothing that was read by then tells of sanctions on it. That is no clearance" in " ".join(text.split())


@pytest.mark.parametrize(("asked", "words"), [("Rusia", "near are: Russia"), ("zzzz", "none has a name like it")])
def test_an_unknown_target_is_named_with_names_near_it(sample, asked, words):
    result = CliRunner().invoke(kg, ["sanctions", asked, "--home", str(sample.home)])
    assert type(result.exception).__name__ == "UsageError"
    assert asked in str(result.exception)
    assert words in str(result.exception)


def test_a_day_that_is_none_is_refused(sample):
    result = CliRunner().invoke(kg, ["sanctions", "NIS", "--on", "2025-02-30", "--home", str(sample.home)])
    assert result.exit_code == 2
    assert "2025-02-30" in result.output
