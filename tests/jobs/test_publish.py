"""The store follows the ledger, also when an extractor changes its mind, or the user the bar of the weak."""

from jobs.dispatches import write_dump
from kg import graph
from kg.jobs.ingest import ingest, sources_of
from kg.jobs.publish import publish, world
from kg.jobs.workplace import open_workplace
from kg.model.claims import Extraction
from kg.model.graph import Selection, WriteReport


def test_a_new_extraction_is_published_and_what_rested_on_the_old_one_goes(tmp_path):
    workplace = open_workplace(tmp_path / ".kg")
    ingest(workplace, sources_of(workplace, [str(write_dump(tmp_path / "news.jsonl"))]), extractors=("patterns",))
    store, bar = workplace.graph_store(), workplace.settings.min_confidence
    with workplace.ledger() as ledger:
        before = store.read(Selection())
        doc_id = ledger.doc_ids()[0]
        claims = sum(node.label == "Claim" and node.owner == doc_id for node in world(ledger, bar).nodes)
        assert claims
        assert publish(ledger, store, min_confidence=bar) == WriteReport()
        ledger.put_extractions(doc_id, [Extraction(doc_id=doc_id, extractor="encoder", extractor_version="blind")])
        report = publish(ledger, store, min_confidence=bar)
        after = store.read(Selection())
        assert report.nodes_deleted >= claims
        assert len(after.nodes) == len(before.nodes) - report.nodes_deleted + report.nodes_created
        assert graph.fingerprint(after) == graph.fingerprint(world(ledger, bar))
    ingest(workplace, sources_of(workplace, [str(tmp_path / "news.jsonl")]), extractors=("patterns",))
    assert graph.fingerprint(store.read(Selection())) == graph.fingerprint(before)
    store.close()


def marks_of_weak(workplace):
    """The values of `weak` in the store, each checked against the bar of kg.toml."""
    store = workplace.graph_store()
    found = store.read(Selection())
    store.close()
    told = [r.properties for r in (*found.nodes, *found.relationships) if "weak" in r.properties]
    assert all(p["weak"] is (p["confidence"] < workplace.settings.min_confidence) for p in told)
    return {p["weak"] for p in told}


def test_another_bar_in_kg_toml_marks_the_graph_anew(tmp_path):
    news = [str(write_dump(tmp_path / "news.jsonl"))]
    marks = []
    for bar in (0.0, 1.0):
        (tmp_path / "kg.toml").write_text(f"[extract]\nextractors = ['patterns']\nmin_confidence = {bar}\n")
        workplace = open_workplace(tmp_path / ".kg")
        report = ingest(workplace, sources_of(workplace, news))
        assert (report.documents_new > 0) == (bar == 0.0)
        marks.append(marks_of_weak(workplace))
    assert marks == [{False}, {True}]
    again = ingest(workplace, sources_of(workplace, news))
    assert again.written == WriteReport()
