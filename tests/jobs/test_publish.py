"""The store follows the ledger, also when an extractor changes its mind, or the user the bar of the weak, or both are
there: an extractor and the one that supersedes it."""

from collections import defaultdict
from contextlib import closing

from jobs.dispatches import write_dump
from kg import graph
from kg.jobs.ingest import ingest, sources_of
from kg.jobs.publish import publish, supersedes, world
from kg.jobs.workplace import open_workplace
from kg.model.claims import Extraction
from kg.model.graph import Selection, WriteReport


def test_a_new_extraction_is_published_and_what_rested_on_the_old_one_goes(tmp_path):
    workplace = open_workplace(tmp_path / ".kg")
    ingest(workplace, sources_of(workplace, [str(write_dump(tmp_path / "news.jsonl"))]))
    store, bar = workplace.graph_store(), workplace.settings.min_confidence
    with workplace.ledger() as ledger:
        before = store.read(Selection())
        doc_id = ledger.doc_ids()[0]
        claims = sum(node.label == "Claim" and node.owner == f"doc:{doc_id}" for node in world(ledger, bar).nodes)
        assert claims
        assert publish(ledger, store, min_confidence=bar) == WriteReport()
        ledger.put_extractions(doc_id, [Extraction(doc_id=doc_id, extractor="encoder", extractor_version="blind")])
        report = publish(ledger, store, min_confidence=bar)
        after = store.read(Selection())
        assert report.nodes_deleted >= claims
        assert len(after.nodes) == len(before.nodes) - report.nodes_deleted + report.nodes_created
        assert graph.fingerprint(after) == graph.fingerprint(world(ledger, bar))
    ingest(workplace, sources_of(workplace, [str(tmp_path / "news.jsonl")]))
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


def home_of(folder, extractor):
    """A workplace whose kg.toml names one extractor."""
    folder.mkdir(exist_ok=True)
    (folder / "kg.toml").write_text(f"[extract]\nextractors = ['{extractor}']\n")
    return open_workplace(folder / ".kg")


def told_by(workplace):
    """Which extractors the claims of each document in the store come from."""
    with closing(workplace.graph_store()) as store:
        found = store.read(Selection())
    extractor = {node.ref: node.properties["extractor"] for node in found.nodes if node.label == "Claim"}
    told = defaultdict(set)
    for relationship in found.relationships:
        if relationship.type == "FROM":
            told[relationship.end.key].add(extractor[relationship.start])
    return found, dict(told)


def test_nothing_is_told_twice_once_the_encoder_has_read_what_patterns_had_read(tmp_path):
    news = [str(write_dump(tmp_path / "news.jsonl"))]
    for extractor in ("patterns", "encoder"):
        workplace = home_of(tmp_path / "old", extractor)
        ingest(workplace, sources_of(workplace, news))
    with workplace.ledger() as ledger:
        assert all([e.extractor for e in found] == ["encoder", "patterns"] for _, found in ledger.read())
    fresh = home_of(tmp_path / "fresh", "encoder")
    ingest(fresh, sources_of(fresh, news))
    (old, told), (new, _) = told_by(workplace), told_by(fresh)
    assert graph.fingerprint(old) == graph.fingerprint(new)
    assert {name for names in told.values() for name in names} == {"encoder"}


def test_a_document_that_only_the_superseded_extractor_has_read_is_still_told(tmp_path):
    lines = write_dump(tmp_path / "news.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "one.jsonl").write_text(lines[0])
    workplace = home_of(tmp_path / "home", "patterns")
    ingest(workplace, sources_of(workplace, [str(tmp_path / "news.jsonl")]))
    ingest(workplace, sources_of(workplace, [str(tmp_path / "one.jsonl")]), extractors=("encoder",))
    found, told = told_by(workplace)
    (first,) = (node.key for node in found.nodes if node.label == "Document" and node.properties["name"] == "a1")
    assert told.pop(first) == {"encoder"}
    assert len(told) == len(lines) - 1
    assert set().union(*told.values()) == {"patterns"}


def test_only_what_was_read_by_both_counts_as_superseded():
    assert supersedes(("encoder", "patterns", "un_list")) == {"encoder": frozenset({"patterns"})}
    assert supersedes(("encoder", "un_list")) == supersedes(("patterns", "no such extractor")) == {}
