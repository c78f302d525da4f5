"""Ties as a table that other programs open."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from export.sample_graph import GraphDraft, sample_graph
from export.world_graph import world_graph
from kg.export import to_networkx
from kg.export.table import COLUMNS, CsvExporter
from kg.model.graph import NodeRef


def rows_of(graph, folder, **options):
    path = folder / "ties.csv"
    CsvExporter().write(graph, path, options)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.mark.parametrize("make", [sample_graph, world_graph])
def test_there_is_one_row_for_each_edge(make, tmp_path):
    rows, edges = rows_of(make(), tmp_path), to_networkx(make()).edges(data=True)
    assert tuple(rows[0]) == COLUMNS
    told = sorted((row["source"], row["target"], row["kind"], row["event_id"]) for row in rows)
    assert told == sorted((s, t, d["kind"], d.get("event_id", "")) for s, t, d in edges)


def test_a_row_tells_who_did_what_and_the_sentence(tmp_path):
    [row] = [row for row in rows_of(sample_graph(), tmp_path) if row["event_id"] == "e08" and row["target"] == "ISR"]
    assert {name: row[name] for name in ("source", "source_name", "source_acts_for", "target_name", "status")} == {
        "source": "act_putin", "source_name": "Vladimir Putin", "source_acts_for": "RUS", "target_name": "Israel",
        "status": "happened",
    }  # fmt: skip
    assert (row["etype"], row["sign"], row["score"], row["happened"]) == ("OFFER_MEDIATION", "1", "2.5", "true")
    told = [n for n in sample_graph().nodes if n.label == "Claim" and n.properties["quote"] == row["quote"]]
    assert "e08c0" in {claim.key for claim in told}
    assert row["publisher"]
    assert row["url"].startswith("https://")


def test_a_state_of_affairs_has_its_sentence_too(tmp_path):
    draft = GraphDraft()
    draft.actor("A", "A", "company")
    draft.actor("B", "B", "company")
    paper = draft.document("d", "Paper")
    event = draft.event("e", "CONDEMN", "ACTOR=A;RECIPIENT=B")
    claim = draft.claim("c", event, paper, "A, which owns B, condemned it.", "condemned")
    ends = (NodeRef(label="Actor", key="A"), NodeRef(label="Actor", key="B"))
    draft.join("OWNS", *ends, claim_ids=(claim.key,))
    owns = [row for row in rows_of(draft.graph(), tmp_path) if row["kind"] == "structure"]
    assert [(row["etype"], row["quote"], row["publisher"]) for row in owns] == [
        ("OWNS", "A, which owns B, condemned it.", "Paper")
    ]


def test_quotes_stay_out_when_told_so(tmp_path):
    rows = rows_of(sample_graph(), tmp_path, quotes="no")
    assert {row["quote"] for row in rows} == {""}
    assert {row["publisher"] for row in rows} > {""}


@settings(max_examples=60, deadline=None)
@given(
    text=st.sampled_from(["=", "+", "-", "@", "\t", "\r", "a"]).flatmap(lambda c: st.text(max_size=20).map(c.__add__))
)
def test_no_text_is_a_formula_and_none_is_lost(text, tmp_path_factory):
    draft = GraphDraft()
    draft.actor("A", text)
    draft.actor("B", "B")
    draft.event("e", "CONDEMN", "ACTOR=A;RECIPIENT=B")
    [row] = rows_of(draft.graph(), tmp_path_factory.mktemp("any"))
    told = row["source_name"]
    assert told[0] not in "=+-@\t\r"
    assert told.removeprefix("'") == text.encode("utf-8", "replace").decode()
    assert row["sign"] == "-1"


def test_two_writings_are_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        CsvExporter().write(sample_graph(), tmp_path / name, {"title": name})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
