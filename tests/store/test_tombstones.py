"""What is forgotten leaves a mark that tells nothing, and no byte in the files of the ledger and of the store."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.claims import Extraction, LocalActor
from kg.model.documents import Document, Sentence
from kg.model.graph import GraphBatch, Node
from kg.model.times import days
from kg.model.words import ActorType, Basis
from kg.store.embedded import open_embedded
from kg.store.ledger import Ledger
from kg.store.tombstones import Tombstone

DAY = date(2025, 6, 30)
PHRASE = "a phrase that stands nowhere else"


def document(doc_id, text="Norway sent a note.", **fields):
    told = {"name": doc_id, "source": "wire", "media_type": "text/plain", **fields}
    return Document(doc_id=doc_id, text=text, sentences=(Sentence(start=0, end=len(text)),), **told)


def extraction(doc_id, name="Norway"):
    actor = LocalActor(local_id="A1", name=name, type=ActorType.STATE, key=name)
    return Extraction(doc_id=doc_id, extractor="patterns", extractor_version="1", actors=(actor,))


def files_with(folder, phrase):
    return [path.name for path in folder.rglob("*") if path.is_file() and phrase.encode() in path.read_bytes()]


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as opened:
        yield opened


def test_what_is_forgotten_is_gone_with_its_extractions_and_does_not_come_back(ledger):
    for doc_id in ("doc_a", "doc_b"):
        ledger.add(document(doc_id), [extraction(doc_id)], run_id="r")
    changes = ledger.changes()
    ledger.forget(["doc_a"], ["https://wire.example/a"], day=DAY, why="asked for")
    assert [d.doc_id for d, _ in ledger.read()] == ["doc_b"]
    assert ledger.changes() == changes + 1
    assert not ledger.add(document("doc_a"), [extraction("doc_a")], run_id="r2")
    assert not ledger.has_document("doc_a")
    expected = Tombstone(day=DAY, reason="asked for", is_done=False)
    assert ledger.tombstones.find("doc_a") == ledger.tombstones.find("doc_x", "https://wire.example/a") == expected
    assert ledger.tombstones.find("doc_b", "https://wire.example/b") is None
    assert ledger.tombstones.is_unfinished()
    ledger.tombstones.settle()
    assert ledger.tombstones.find("doc_a") == replace(expected, is_done=True)
    assert not ledger.tombstones.is_unfinished()


def test_a_mark_tells_neither_the_document_nor_the_address(ledger, tmp_path):
    ledger.add(document("doc_secret"), [], run_id="r")
    ledger.forget(["doc_secret"], ["https://wire.example/secret"], day=DAY, why="")
    ledger.tombstones.erase_free_pages()
    assert files_with(tmp_path, "secret") == []


def test_no_byte_of_it_is_left_in_the_files_of_an_open_ledger(ledger, tmp_path):
    for no in range(200):  # so many that pages are split and freed
        doc_id = f"doc_{no}"
        text = f"{PHRASE} {no}. " * 40 if no % 3 == 0 else f"Norway sent note {no}. " * 40
        ledger.add(document(doc_id, text), [extraction(doc_id, PHRASE if no % 3 == 0 else "Norway")], run_id="r")
    ledger.put_extractions("doc_1", [extraction("doc_1", PHRASE)])
    ledger.put_extractions("doc_1", [extraction("doc_1")])  # an extraction that another has replaced
    assert files_with(tmp_path, PHRASE)
    ledger.forget([f"doc_{no}" for no in range(0, 200, 3)], (), day=DAY, why="")
    ledger.tombstones.erase_free_pages()
    assert files_with(tmp_path, PHRASE) == []
    assert len(ledger.doc_ids()) == 133


def test_a_reader_of_the_old_state_keeps_the_forgetting_unfinished(ledger, tmp_path, monkeypatch):
    from kg.model.errors import StoreError

    ledger.add(document("doc_a", PHRASE), [], run_id="r")
    reader = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM documents").fetchall()
    ledger.forget(["doc_a"], (), day=DAY, why="")
    ledger._connection.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(StoreError, match="try again"):
        ledger.tombstones.erase_free_pages()
    assert ledger.tombstones.is_unfinished()
    reader.close()
    ledger.tombstones.erase_free_pages()
    assert files_with(tmp_path, PHRASE) == []


def test_documents_of_a_source_by_the_day_they_were_fetched_else_published(ledger):
    at = datetime(2025, 6, 20, 23, 59, 59, tzinfo=UTC)
    june = days(date(2025, 6, 20), basis=Basis.EXPLICIT)
    for doc_id, told in {
        "doc_fetched": {"retrieved_at": at},
        "doc_published": {"published": june},
        "doc_fetched_later": {"retrieved_at": at.replace(day=22), "published": june},
        "doc_undated": {},
        "doc_elsewhere": {"retrieved_at": at, "source": "other"},
    }.items():
        ledger.add(document(doc_id, **told), [], run_id="r")
    assert ledger.provenance.documents_of("wire", before=date(2025, 6, 20)) == ()
    assert ledger.provenance.documents_of("wire", before=date(2025, 6, 22)) == ("doc_fetched", "doc_published")
    assert len(ledger.provenance.documents_of("wire")) == 4
    assert ledger.provenance.sources() == ("other", "wire")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"))))
def test_which_documents_lie_in_which_bytes(tmp_path_factory, links):
    with Ledger.open(tmp_path_factory.mktemp("home") / "ledger.db") as ledger:
        for sha256, doc_id in links:
            ledger.provenance.note_raw(sha256, [doc_id])
        expected = {sha256: tuple(sorted({d for s, d in links if s == sha256})) for sha256, _ in sorted(links)}
        assert ledger.provenance.raws() == expected
        for sha256 in expected:
            ledger.provenance.drop_raw(sha256)
        assert ledger.provenance.raws() == {}


def test_an_embedded_store_keeps_bytes_of_what_was_deleted_until_it_is_erased(tmp_path):
    store = open_embedded(str(tmp_path))
    store.prepare()
    claim = Node(label="Claim", key="clm_a", properties={"quote": PHRASE})
    store.write(GraphBatch(nodes=(claim,)))
    store.write(GraphBatch(gone_nodes=(claim.ref,)))
    assert files_with(tmp_path, PHRASE), "the engine wipes by itself now: erase() may go"
    other = open_embedded(str(tmp_path))
    assert store.erase()
    assert files_with(tmp_path, PHRASE) == []
    for opened in (store, other):
        assert opened.count_nodes() == 0
    kept = Node(label="Claim", key="clm_b", properties={"quote": "kept"})
    other.write(GraphBatch(nodes=(kept,)))
    assert store.count_nodes() == 1
    other.close()
    store.close()
    again = open_embedded(str(tmp_path))
    assert again.count_nodes() == 1
    again.close()
    assert files_with(tmp_path, PHRASE) == []


@pytest.mark.neo4j
def test_a_server_cannot_be_erased_from_here(bolt_store):
    bolt_store.write(GraphBatch(nodes=(Node(label="Claim", key="clm_a"),)))
    assert not bolt_store.erase()
    assert bolt_store.count_nodes() == 1
