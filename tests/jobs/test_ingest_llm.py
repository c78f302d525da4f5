"""A run whose extractor asks an endpoint that fails: documents are told as skipped, stored, and read the next time."""

import json
import os
import signal

import pytest

from extract.model_server import actor, event, raw, serving_model, told
from jobs.dispatches import DISPATCHES, write_dump
from kg.jobs.ingest import ingest, sources_of
from kg.jobs.workplace import open_workplace
from kg.model.errors import SettingsError

DOWN = raw('{"error": {"message": "no such key"}}', 401)
STRUCK = event(
    0, "strike", "ATTACK", ("ACTOR", "Israel", "A1"), ("RECIPIENT", "Iran", "A2")
)  # stands in none of the dispatches: it is dropped
OFFERED = event(1, "offered", "OFFER_MEDIATION", ("ACTOR", "Russian President Vladimir Putin", "A3"),
                ("RECIPIENT", "Israel", "A1"), ("RECIPIENT", "Iran", "A2"))  # fmt: skip
GOOD = told(
    OFFERED, STRUCK,
    actors=[actor("A1", "Israel", key="ISR"), actor("A2", "Iran", key="IRN"), actor("A3", "Vladimir Putin", "person")],
)  # fmt: skip


@pytest.fixture
def at(tmp_path, monkeypatch):
    """Return a workplace whose kg.toml names a server, and the sources of the dispatches."""
    monkeypatch.delenv("KG_LLM_API_KEY", raising=False)
    dump = write_dump(tmp_path / "news.jsonl")

    def open_at(server, extractors, **settings):
        table = {"url": server.url, "model": "test-model", "cache": str(tmp_path / "answers"), "retries": 0, **settings}
        lines = [f"{key} = {json.dumps(value)}" for key, value in table.items()]
        text = "\n".join([f"[extract]\nextractors = {json.dumps(extractors)}", "[extract.llm]", *lines])
        (tmp_path / "kg.toml").write_text(text, encoding="utf-8")
        workplace = open_workplace(tmp_path / ".kg")
        return workplace, sources_of(workplace, [str(dump)])

    return open_at


def extractions(workplace):
    with workplace.ledger() as ledger:
        return [{found.extractor: len(found.claims) for found in extractions} for _, extractions in ledger.read()]


def test_what_a_model_could_not_read_is_skipped_stored_and_read_by_the_next_run(at):
    with serving_model(DOWN) as server:
        report = ingest(*at(server, ["patterns", "llm"]))
        assert len(server.asked) == 1
    assert (report.state, report.documents_new, len(report.skipped)) == ("done", 5, 5)
    assert {skipped.locator for skipped in report.skipped} == {doc for doc, *_ in DISPATCHES}
    assert all("llm: http://127.0.0.1:" in skipped.reason for skipped in report.skipped)
    assert "answered 401 Unauthorized: no such key; put a key that it takes into the environment: KG_LLM_API_KEY" in (
        report.skipped[0].reason
    )
    with serving_model(GOOD) as server:
        workplace, sources = at(server, ["patterns", "llm"])
        assert all(set(found) == {"patterns"} for found in extractions(workplace))
        report = ingest(workplace, sources)
        assert len(server.asked) == 5
        assert (report.documents_known, report.skipped) == (5, ())
        found = extractions(workplace)
        assert all(set(one) == {"patterns", "llm"} for one in found)
        assert sorted(one["llm"] for one in found) == [0, 0, 0, 0, 1]
        ingest(workplace, sources)
        assert len(server.asked) == 5


def test_a_model_alone_that_fails_leaves_no_empty_extraction(at):
    with serving_model(DOWN) as server:
        workplace, sources = at(server, ["llm"])
        ingest(workplace, sources)
        assert extractions(workplace) == [{}] * 5
        with workplace.ledger() as ledger:
            changes = ledger.changes()
        again = ingest(workplace, sources)
        assert len(again.skipped) == 5
        with workplace.ledger() as ledger:
            assert ledger.changes() == changes
    with serving_model(GOOD) as server:
        workplace, sources = at(server, ["llm"])
        ingest(workplace, sources)
        assert [set(one) for one in extractions(workplace)] == [{"llm"}] * 5


def test_another_model_reads_all_documents_again(at):
    with serving_model(GOOD) as server:
        ingest(*at(server, ["llm"]))
        ingest(*at(server, ["llm"], model="newer-model"))
        assert [body["model"] for body in server.asked] == ["test-model"] * 5 + ["newer-model"] * 5


def test_sigterm_while_all_is_read_again_ends_after_the_document_in_hand(at):
    def terminate(handler):
        os.kill(os.getpid(), signal.SIGTERM)
        GOOD(handler)

    with serving_model(GOOD) as server:
        ingest(*at(server, ["llm"]))
    with serving_model(GOOD, terminate, GOOD) as server:
        report = ingest(*at(server, ["llm"], model="newer-model"))
        assert (report.state, len(server.asked)) == ("cancelled", 2)
        report = ingest(*at(server, ["llm"], model="newer-model"))
        assert (report.state, len(server.asked)) == ("done", 5)


@pytest.mark.parametrize(
    ("settings", "told_words"),
    [
        ({"api_key": "sk-1234567890"}, "KG_LLM_API_KEY"),
        ({"colour": "red"}, "colour"),
        ({"retries": "many"}, "retries"),
        ({"url": "https://me:sk-1234567890@llm.example"}, "url must carry no user name"),
        ({"options": "hot"}, "options"),
    ],
)
def test_settings_that_it_does_not_take(at, settings, told_words):
    with serving_model(DOWN) as server, pytest.raises(SettingsError, match=r"\[extract.llm\]") as error:
        ingest(*at(server, ["llm"], **settings))
    assert told_words in str(error.value)
    assert "sk-1234567890" not in str(error.value)
