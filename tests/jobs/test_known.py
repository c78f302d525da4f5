"""The graph as known on a day is the one that a ledger of the documents of that day gives, byte for byte."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from jobs.dispatches import DISPATCHES, write_dump
from kg.cli.main import kg
from kg.jobs.ask import query
from kg.jobs.draw import draw
from kg.jobs.ingest import ingest, sources_of
from kg.jobs.rebuilding import difference, rebuild
from kg.jobs.workplace import open_workplace
from kg.model.errors import UsageError
from kg.model.graph import Selection, WriteReport

DAYS = sorted({day for _, _, day, _, _ in DISPATCHES})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the dispatches, read into .kg by an extractor that is quick."""
    folder = tmp_path_factory.mktemp("known")
    (folder / "kg.toml").write_text("[extract]\nextractors = ['patterns']\n")
    write_dump(folder / "news.jsonl")
    workplace = open_workplace(folder / ".kg")
    ingest(workplace, sources_of(workplace, [str(folder / "news.jsonl")]))
    return folder


def exported(workplace, path, **known):
    draw(workplace, Selection(), output=path, kind="json", **known)
    return path.read_bytes()


@pytest.mark.parametrize("day", DAYS[:-1])
def test_the_graph_known_on_a_day_is_the_export_made_on_that_day(folder, tmp_path, day):
    lines = [
        line for line in (folder / "news.jsonl").read_text().splitlines() if json.loads(line)["published_at"] <= day
    ]
    (tmp_path / "then.jsonl").write_text("\n".join(lines) + "\n")
    (tmp_path / "kg.toml").write_text((folder / "kg.toml").read_text())
    then = open_workplace(tmp_path / ".kg")
    ingest(then, sources_of(then, [str(tmp_path / "then.jsonl")]))
    now = open_workplace(folder / ".kg")
    known = exported(now, tmp_path / "known.json", known_on=date.fromisoformat(day))
    assert known == exported(then, tmp_path / "then.json")
    assert known != exported(now, tmp_path / "now.json")
    asked = query(now, "MATCH (d:Document) RETURN count(d) AS n", {}, known_on=date.fromisoformat(day))
    assert asked == [{"n": len(lines)}]


def test_a_day_before_every_document_is_told(folder):
    with pytest.raises(UsageError, match="no document was known on 2001-01-01"):
        query(open_workplace(folder / ".kg"), "MATCH (d:Document) RETURN d.name", {}, known_on=date(2001, 1, 1))


def test_the_command_line_asks_and_draws_a_day(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(folder)
    text = "MATCH (d:Document) RETURN count(d) AS n"
    said = CliRunner().invoke(kg, ["ask", "-q", text, "--known-on", DAYS[0], "--format", "json"])
    assert json.loads(said.output) == [{"n": 1}]
    drawn = CliRunner().invoke(kg, ["map", "--known-on", DAYS[0], "--format", "json", "-o", str(tmp_path / "m.json")])
    assert "1 document" in drawn.output


def test_a_rebuild_can_be_told_before_it_is_made(folder, monkeypatch):
    workplace = open_workplace(folder / ".kg")
    assert difference(workplace) == ()
    with workplace.ledger() as ledger:
        doc_id = ledger.doc_ids()[0]
        ledger.put_extractions(
            doc_id,
            [type(e)(doc_id=doc_id, extractor=e.extractor, extractor_version="0") for e in ledger.extractions(doc_id)],
        )
    told = {one.name: one for one in difference(workplace)}
    assert told["Claim"].deleted
    assert not told["Claim"].created
    assert all(example.startswith("deleted clm_") for example in told["Claim"].examples)
    monkeypatch.chdir(folder)
    said = CliRunner().invoke(kg, ["rebuild", "--diff"]).output
    assert "Claim" in said
    assert difference(workplace) != ()
    written = rebuild(workplace, differing=True)
    assert written.nodes_deleted >= told["Claim"].deleted
    assert difference(workplace) == ()
    assert rebuild(workplace, differing=True) == WriteReport()
    assert rebuild(workplace).properties_set
    assert CliRunner().invoke(kg, ["rebuild", "--diff"]).output == "a rebuild would change nothing\n"
