"""The rows that decide between this product and others: each is a test that a stranger can run, by the command line."""

import json
import random
from datetime import date, timedelta

import pytest

from eval.run_eval import DEV, FLOORS, PARTS, ROOT, gold_folder, read_part
from graph.test_independence import AGENCY
from jobs.dispatches import DISPATCHES
from kg.jobs.workplace import open_workplace
from resolve.edited import edited_copies
from rows.commands import drawn, exported, feed, rows, run

STORIES = tuple((name, publisher, day, text) for name, publisher, day, _, text in DISPATCHES)
ON_MONDAY = "Israel struck Iran on Monday."
ON_TUESDAY = "Israel struck Iran on Tuesday."
NIS = (
    "The United States announced sanctions on the Serbian oil company NIS in January. The US Department of the Treasury "
    "issued a special licence postponing the sanctions on NIS until July 29, NIS said on Friday. The sanctions on NIS are "
    "now due to come into effect on July 29."
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home that has read the dispatches; no test changes it."""
    home = tmp_path_factory.mktemp("rows") / ".kg"
    feed(home, *STORIES)
    return home


def test_two_strikes_stay_two(tmp_path):
    home = tmp_path / ".kg"
    feed(home, ("one", "Northern Wire", "2025-06-18", ON_MONDAY), ("two", "Harbour Press", "2025-06-18", ON_TUESDAY))
    strikes = "MATCH (e:Event) RETURN e.etype AS etype, e.t_start AS day, e.n_claims AS claims ORDER BY day"
    tie = "MATCH (x:Actor)-[t]->(y:Actor) WHERE t.event_ids IS NOT NULL RETURN x.name AS x, type(t) AS tie, y.name AS y, t.n AS n"
    two = [{"etype": "AIRSTRIKE", "day": f"2025-06-{day}", "claims": 1} for day in (16, 17)]
    once = [{"x": "Israel", "tie": "STRUCK_FROM_AIR", "y": "Iran", "n": 2}]
    assert (rows(home, strikes), rows(home, tie)) == (two, once)
    feed(home, ("copy", "Danube Agency", "2025-06-19", f"{ON_MONDAY} This is a copy."))
    assert [row["claims"] for row in rows(home, strikes)] == [2, 1]
    assert rows(home, tie) == once


def test_life_cycle(tmp_path):
    home = tmp_path / ".kg"
    feed(home, ("nis", "Danube Agency", "2025-06-27", NIS))
    (july,) = json.loads(run(home, "sanctions", "NIS", "--on", "2025-07-01", "--json"))[0]["designations"]
    (late,) = json.loads(run(home, "sanctions", "NIS", "--on", "2025-07-30", "--json"))[0]["designations"]
    assert (july["state"], july["due"], july["overdue"]) == ("announced", "2025-07-29", False)
    assert {("licensed", "2025-07-29", True), ("postponed", "2025-07-29", True)} == {
        (one["act"], one["to"], one["holds"]) for one in july["relief"]
    }
    assert (late["state"], late["due"], late["overdue"]) == ("announced", "2025-07-29", True)
    assert late["holds"] == "announced, due since 2025-07-29, no report yet"


def test_span(home):
    graph = json.loads(exported(home))
    claims = {node["id"]: node for node in graph["nodes"] if node["label"] == "Claim"}
    with open_workplace(home).ledger() as ledger:
        texts = {f"Document:{document.doc_id}": document.text for document, _ in ledger.read()}
    edges = [edge for edge in graph["edges"] if edge["type"] == "FROM"]
    assert {edge["source"] for edge in edges} == claims.keys()
    document_of = {edge["source"]: edge["target"] for edge in edges}
    for edge in edges:
        assert texts[edge["target"]][edge["start"] : edge["end"]] == claims[edge["source"]]["quote"]
    named = [edge for edge in graph["edges"] if edge["type"] == "ROLE" and "start" in edge]
    assert len(named) > len(claims)
    for edge in named:
        assert texts[document_of[edge["source"]]][edge["start"] : edge["end"]] == edge["surface"]
    told = {edge["target"].removeprefix("Event:") for edge in graph["edges"] if edge["type"] == "ASSERTS"}
    ties = [edge for edge in graph["edges"] if "event_ids" in edge]
    assert ties
    assert all(set(tie["event_ids"]) <= told for tie in ties)


@pytest.mark.parametrize(("one", "other"), [("Council of Europe", "OSCE"), ("Vladimir Putin", "Volodymyr Zelensky")])
def test_un_merge(tmp_path, one, other):
    home = tmp_path / ".kg"
    feed(home, *STORIES)
    before = exported(home)
    run(home, "merge", one, other, "--because", "to see what happens")
    assert exported(home) != before
    run(home, "undo")
    assert exported(home) == before


@pytest.mark.browser
def test_offline_file(open_page, home):
    opened = open_page(drawn(home))
    assert len(opened.page.evaluate("kgMap.drawnTies()")) > 5
    assert opened.requests == []
    assert opened.complaints == []
    assert opened.violations() == []


def test_copies(tmp_path):
    home = tmp_path / ".kg"
    first = date(2025, 6, 20)
    copies = [
        (copy.name, copy.publisher, copy.published.start.date().isoformat(), copy.text)
        for copy in edited_copies(AGENCY, 40, day=first + timedelta(days=1))
    ]
    feed(home, ("agency", "Levant Wire", first.isoformat(), "\n".join(AGENCY)), *copies)
    told = "MATCH (e:Event) RETURN e.n_docs AS documents, e.n_independent AS independent ORDER BY documents DESC"
    found = rows(home, told)
    assert found[0]["documents"] >= 30
    assert {row["independent"] for row in found} == {1}
    copied = "MATCH (d:Document)-[k:COPY_OF]->(o:Document {name: 'agency'}) RETURN d.name AS name, k.score AS score"
    scores = {row["name"]: row["score"] for row in rows(home, copied)}
    assert scores.keys() == {name for name, *_ in copies}
    assert all(0.4 <= score <= 1 for score in scores.values())
    feed(home, ("own", "Harbour Post", first.isoformat(), "Israel bombed Iran on Thursday, people in Natanz found."))
    assert rows(home, told)[0]["independent"] == 2


def test_cascade(tmp_path):
    home, other = tmp_path / "all" / ".kg", tmp_path / "without" / ".kg"
    both = (
        "both",
        "Harbour Press",
        "2025-06-19",
        "Israel struck a nuclear site in Iran on Wednesday. Russia is alarmed.",
    )
    alone = ("alone", "Danube Agency", "2025-06-27", "Serbia expelled Moldovan ambassador Ion Vasilescu on Friday.")
    feed(home, STORIES[0], both, alone)
    feed(other, STORIES[0])
    assert exported(home) != exported(other)
    documents = {
        row["name"]: row["id"] for row in rows(home, "MATCH (d:Document) RETURN d.name AS name, d.doc_id AS id")
    }
    run(home, "forget", "--document", documents["alone"], "--yes")
    told = "MATCH (e:Event {etype: 'AIRSTRIKE'}) RETURN e.n_docs AS documents"
    assert rows(home, told) == [{"documents": 2}]
    run(home, "forget", "--document", documents["both"], "--yes")
    assert rows(home, told) == [{"documents": 1}]
    assert exported(home) == exported(other)


def test_determinism(home, tmp_path):
    other = tmp_path / ".kg"
    shuffled = random.Random(7).sample(STORIES, len(STORIES))
    for story in shuffled:
        feed(other, story)
    assert exported(other) == exported(home)
    assert drawn(other).read_bytes() == drawn(home).read_bytes()
    run(other, "rebuild")
    assert exported(other) == exported(home)


def test_error_rate_beside_the_data():
    page = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    for head in ("| PLOVER type |", "| group of status |"):
        table = page[page.index(head) :].partition("\n\n")[0]
        assert " P | R | F1 |" in table
        assert len(table.splitlines()) > 8
    held = json.loads(FLOORS.read_text(encoding="utf-8"))[DEV]["gold_sha256"]
    assert f"| {DEV} | 35 | `{held}` |" in page
    if gold_folder().is_dir():
        assert read_part(DEV, gold_folder() / "dev", PARTS).digest == held
