"""The ledger keeps what it was given, once, and across processes that die."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from datetime import UTC, datetime

import pytest

from kg.model.claims import Extraction, LocalActor
from kg.model.documents import Document, Sentence
from kg.model.errors import StoreError
from kg.model.runs import RunReport, RunState
from kg.model.words import ActorType
from kg.store.ledger import Ledger
from kg.store.ledger_schema import MIGRATIONS

START = datetime(2025, 6, 20, 8, tzinfo=UTC)


def document(doc_id="doc_a", media_type="text/plain"):
    text = "Norway sent a note. Oslo waits."
    return Document(
        doc_id=doc_id,
        name=doc_id,
        source="files",
        media_type=media_type,
        text=text,
        sentences=(Sentence(start=0, end=19), Sentence(start=20, end=31)),
    )


def extraction(doc_id="doc_a", extractor="patterns", version="1", name="Norway"):
    actor = LocalActor(local_id="A1", name=name, type=ActorType.STATE, key="NOR")
    return Extraction(doc_id=doc_id, extractor=extractor, extractor_version=version, actors=(actor,))


def report(run_id, job="wire", state=RunState.RUNNING, hour=8):
    return RunReport(run_id=run_id, job=job, state=state, started=START.replace(hour=hour))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "ledger.db"


@pytest.fixture
def ledger(path):
    with Ledger.open(path) as opened:
        yield opened


def test_a_document_is_added_once_and_read_back_after_reopening(path):
    with Ledger.open(path) as ledger:
        assert ledger.add(document(), [extraction()], run_id="r1")
        assert not ledger.add(document(), [extraction(name="Denmark")], run_id="r2")
    with Ledger.open(path) as ledger:
        assert ledger.has_document("doc_a")
        assert ledger.document("doc_a") == document()
        assert ledger.read() == ((document(), (extraction(),)),)


def test_what_is_read_is_sorted_whatever_the_order_of_writing(ledger):
    for doc_id in ("doc_c", "doc_a", "doc_b"):
        ledger.add(document(doc_id), [extraction(doc_id, "un_list"), extraction(doc_id, "patterns")], run_id="r1")
    assert ledger.doc_ids() == ("doc_a", "doc_b", "doc_c")
    assert [(d.doc_id, [e.extractor for e in found]) for d, found in ledger.read()] == [
        (doc_id, ["patterns", "un_list"]) for doc_id in ("doc_a", "doc_b", "doc_c")
    ]


def test_media_types_are_told_of_the_documents_that_there_are(ledger):
    for doc_id, media_type in (("b", "text/plain"), ("a", "text/html"), ("c", "text/plain")):
        ledger.add(document(doc_id, media_type), [], run_id="r1")
    assert ledger.media_types({"a", "b", "d"}) == {"a": "text/html", "b": "text/plain"}


def test_an_extraction_replaces_that_of_the_same_extractor_only(ledger):
    ledger.add(document(), [extraction(), extraction(extractor="other")], run_id="r1")
    ledger.put_extractions("doc_a", [extraction(version="2", name="Denmark")])
    ((_, found),) = ledger.read()
    assert found == (extraction(extractor="other"), extraction(version="2", name="Denmark"))


def test_an_extraction_of_an_unknown_document_is_refused(ledger):
    with pytest.raises(StoreError, match="'doc_z'"):
        ledger.put_extractions("doc_z", [extraction("doc_z")])
    with pytest.raises(StoreError, match="'doc_z'"):
        ledger.document("doc_z")


def test_an_extraction_of_another_document_leaves_nothing_behind(ledger):
    with pytest.raises(ValueError, match="doc_b"):
        ledger.add(document(), [extraction(), extraction("doc_b", "other")], run_id="r1")
    assert not ledger.has_document("doc_a")


def test_stale_names_documents_without_an_extraction_of_that_version(ledger):
    ledger.add(document("doc_new"), [extraction("doc_new", version="2")], run_id="r1")
    ledger.add(document("doc_old"), [extraction("doc_old", version="1")], run_id="r1")
    ledger.add(document("doc_none"), [], run_id="r1")
    assert [d.doc_id for d in ledger.stale({"patterns": "2"})] == ["doc_none", "doc_old"]


def test_a_document_is_not_stale_for_an_extractor_that_does_not_read_it(ledger):
    ledger.add(document("doc_text"), [extraction("doc_text")], run_id="r1")
    ledger.add(document("doc_list", "application/list"), [], run_id="r1")
    reads = {"patterns": {"text/plain"}, "un_list": {"application/list"}}
    stale = ledger.stale({"patterns": "1", "un_list": "1"}, media_types=reads)
    assert [d.doc_id for d in stale] == ["doc_list"]


def test_the_ledger_may_be_written_while_stale_documents_are_taken(ledger):
    for number in range(5):
        ledger.add(document(f"doc_{number}"), [], run_id="r1")
    for stale in ledger.stale({"patterns": "1"}):
        ledger.put_extractions(stale.doc_id, [extraction(stale.doc_id)])
    assert not list(ledger.stale({"patterns": "1"}))


def test_runs_come_newest_first_also_when_the_clock_was_set_back_and_after_a_forgetting(ledger):
    for run_id, hour in (("r1", 8), ("r3", 10), ("r2", 9), ("r0", 9)):
        ledger.begin_run(report(run_id, hour=hour))
    ledger.end_run(report("r2", state=RunState.DONE, hour=9))
    ledger.tombstones.erase_free_pages()
    assert [(run.run_id, run.state) for run in ledger.runs(3)] == [
        ("r0", RunState.RUNNING),
        ("r2", RunState.DONE),
        ("r3", RunState.RUNNING),
    ]
    assert ledger.last_started("wire") == START.replace(hour=9)


def test_the_last_start_of_a_job_is_known(ledger):
    for run_id, job, hour in (("r1", "wire", 8), ("r2", "wire", 10), ("r3", "other", 11)):
        ledger.begin_run(report(run_id, job=job, hour=hour))
    assert ledger.last_started("wire") == START.replace(hour=10)
    assert ledger.last_started("never") is None


def test_a_run_begins_once_and_ends_only_after_it_began(ledger):
    ledger.begin_run(report("r1"))
    with pytest.raises(StoreError):
        ledger.begin_run(report("r1"))
    with pytest.raises(StoreError, match="'r9'"):
        ledger.end_run(report("r9"))


def test_only_the_running_runs_of_the_job_are_marked_crashed(ledger):
    for run in (report("r1"), report("r2", job="other"), report("r3")):
        ledger.begin_run(run)
    ledger.end_run(report("r3", state=RunState.DONE))
    assert ledger.mark_crashed("wire", START.replace(hour=12)) == 1
    assert ledger.mark_crashed("wire", START.replace(hour=13)) == 0
    states = {run.run_id: (run.state, run.ended) for run in ledger.runs(9)}
    assert states["r1"] == (RunState.CRASHED, START.replace(hour=12))
    assert states["r2"] == (RunState.RUNNING, None)


def test_validators_are_seen_at_once_and_kept_only_when_told(path):
    with Ledger.open(path) as ledger:
        cache = ledger.http_cache("wire")
        cache.put("https://wire.example/rss", {"etag": '"1"'})
        assert cache.get("https://wire.example/rss") == {"etag": '"1"'}
        assert ledger.http_cache("wire").get("https://wire.example/rss") == {}
        cache.keep()
        cache.put("https://wire.example/rss", {"etag": '"2"'})
    with Ledger.open(path) as ledger:
        assert ledger.http_cache("wire").get("https://wire.example/rss") == {"etag": '"1"'}
        assert ledger.http_cache("other").get("https://wire.example/rss") == {}


N1, N2, N3 = (f'["node","Actor","{key}","actor:{key}"]' for key in ("A", "B", "C"))


def test_a_row_is_in_doubt_between_intend_and_settle(ledger):
    ledger.intend("graph", [N1, N2])
    ledger.settle("graph", {N1: "h1", N2: "h2"}, [])
    ledger.intend("graph", [N2, N3])
    assert ledger.written("graph") == {N1: "h1", N2: "", N3: ""}
    ledger.settle("graph", {N3: "h3"}, [N2])
    assert ledger.written("graph") == {N1: "h1", N3: "h3"}
    assert ledger.written("bolt://127.0.0.1") == {}


def test_forgetting_one_store_leaves_the_other(ledger):
    ledger.settle("graph", {N1: "h1"}, [])
    ledger.settle("bolt://127.0.0.1", {N1: "h1"}, [])
    ledger.forget_written("graph")
    assert ledger.written("graph") == {}
    assert ledger.written("bolt://127.0.0.1") == {N1: "h1"}


def test_a_ledger_of_a_newer_kg_is_refused_and_left_alone(path):
    Ledger.open(path).close()
    with sqlite3.connect(path) as file:
        file.execute("UPDATE meta SET value = ?", (str(len(MIGRATIONS) + 1),))
    file.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer kg .*upgrade"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_a_database_of_something_else_is_refused(tmp_path):
    with sqlite3.connect(tmp_path / "music.db") as file:
        file.execute("CREATE TABLE songs (title TEXT)")
    file.close()
    with pytest.raises(StoreError, match="no ledger"):
        Ledger.open(tmp_path / "music.db")


@pytest.mark.parametrize("name", ["ledger.db", "ledger.db/below"])
def test_a_file_that_is_no_database_is_refused(tmp_path, name):
    (tmp_path / "ledger.db").write_text("no database " * 100)
    with pytest.raises(StoreError, match=r"ledger\.db"):
        Ledger.open(tmp_path / name)


def test_a_closed_ledger_says_so(path):
    ledger = Ledger.open(path)
    ledger.close()
    with pytest.raises(StoreError):
        ledger.read()


def test_two_processes_write_one_after_the_other(path, ledger):
    with Ledger.open(path) as other:
        assert ledger.add(document("doc_a"), [], run_id="r1")
        assert other.add(document("doc_b"), [], run_id="r2")
        assert not other.add(document("doc_a"), [], run_id="r2")
    assert len(ledger.read()) == 2


KILLED = textwrap.dedent("""
    import sys
    from pathlib import Path
    from kg.model.claims import Extraction
    from kg.model.documents import Document
    from kg.store.ledger import Ledger

    ledger = Ledger.open(Path(sys.argv[1]))
    for number in range(100_000):
        doc_id = f"doc_{number}"
        told = Document(doc_id=doc_id, name="n", source="s", media_type="text/plain", text="t" * 3000, sentences=())
        found = [Extraction(doc_id=doc_id, extractor=name, extractor_version="1") for name in ("a", "b")]
        ledger.add(told, found, run_id="r")
        print(doc_id, flush=True)
""")


def test_after_a_kill_every_acknowledged_document_is_whole(path):
    child = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True)
    acknowledged = [child.stdout.readline().strip() for _ in range(25)]
    os.kill(child.pid, signal.SIGKILL)
    acknowledged += child.stdout.read().split()
    child.wait()
    child.stdout.close()
    with Ledger.open(path) as ledger:
        kept = {told.doc_id: [e.extractor for e in found] for told, found in ledger.read()}
    assert set(acknowledged) <= set(kept)
    assert set(map(tuple, kept.values())) == {("a", "b")}


def test_every_change_of_documents_and_extractions_is_counted(ledger):
    assert ledger.changes() == 0
    ledger.add(document(), [extraction()], run_id="r1")
    ledger.add(document(), [extraction()], run_id="r2")
    assert ledger.changes() == 1
    ledger.put_extractions("doc_a", [extraction(version="2")])
    assert ledger.changes() == 2


def test_what_a_store_holds_in_full_is_forgotten_with_its_rows(ledger):
    assert ledger.published("graph") is None
    ledger.mark_published("graph", "1 changes")
    assert (ledger.published("graph"), ledger.published("other")) == ("1 changes", None)
    ledger.forget_written("graph")
    assert ledger.published("graph") is None


def test_the_owners_of_a_row_are_told_whatever_their_names(ledger):
    beginning = '["relationship","PRECEDES","Event","E","Event","F",'
    units = ("life:A|B", 'life:A,"B', "life:C|D")
    keys = [f"{beginning}{json.dumps(unit)}]" for unit in units]
    other = '["relationship","PRECEDES","Event","E","Event","FF","life:A|B"]'
    ledger.settle("graph", dict.fromkeys([*keys, other], "h1"), [])
    ledger.settle("other", {keys[0]: "h1"}, [])
    told = ledger.units("graph")
    assert told.owners(beginning) == tuple(sorted(units))
    assert told.written(["life:C|D"]) == {keys[2]: "h1"}
    ledger.settle("graph", {keys[1]: "h2"}, [keys[0]])
    assert told.owners(beginning) == tuple(sorted(units[1:]))
    assert ledger.written("graph") == {keys[1]: "h2", keys[2]: "h1", other: "h1"}
    assert ledger.written("other") == {keys[0]: "h1"}


def test_nodes_are_counted_once_they_are_known_to_be_there(ledger):
    ledger.intend("graph", [N1, N2])
    ledger.settle("graph", {N1: "h1", '["relationship","R","Actor","A","Actor","B","tie:A|B"]': "h2"}, [])
    ledger.settle("other", {N3: "h3"}, [])
    assert ledger.units("graph").count_nodes() == 1
    assert ledger.units("graph").in_doubt() == ("actor:B",)


def test_addresses_that_an_older_kg_kept_in_clear_are_gone(path):
    with Ledger.open(path) as opened:
        cache = opened.http_cache("wire")
        cache.put("https://example.org/arrest-of-somebody", {"etag": "1"})
        cache.keep()
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE meta SET value = '5' WHERE key = 'format'")
        file.commit()
    with Ledger.open(path) as opened:
        assert opened.http_cache("wire").get("https://example.org/arrest-of-somebody") == {}
