"""The store follows the ledger, also when an extractor changes its mind."""

from jobs.dispatches import write_dump
from kg import graph
from kg.jobs.ingest import ingest, sources_of
from kg.jobs.publish import publish, world
from kg.jobs.workplace import open_workplace
from kg.model.claims import Extraction
from kg.model.graph import Selection


def test_a_new_extraction_is_published_and_what_rested_on_the_old_one_goes(tmp_path):
    workplace = open_workplace(tmp_path / ".kg")
    ingest(workplace, sources_of(workplace, [str(write_dump(tmp_path / "news.jsonl"))]))
    store = workplace.graph_store()
    with workplace.ledger() as ledger:
        before = store.read(Selection())
        doc_id = ledger.doc_ids()[0]
        claims = sum(node.label == "Claim" and node.owner == doc_id for node in world(ledger).nodes)
        assert claims
        assert publish(ledger, store).nodes_created == publish(ledger, store).nodes_deleted == 0
        ledger.put_extractions(doc_id, [Extraction(doc_id=doc_id, extractor="patterns", extractor_version="blind")])
        report = publish(ledger, store)
        after = store.read(Selection())
        assert report.nodes_deleted >= claims
        assert len(after.nodes) == len(before.nodes) - report.nodes_deleted + report.nodes_created
        assert graph.fingerprint(after) == graph.fingerprint(world(ledger))
    ingest(workplace, sources_of(workplace, [str(tmp_path / "news.jsonl")]))
    assert graph.fingerprint(store.read(Selection())) == graph.fingerprint(before)
    store.close()
