"""The main job on real files, a real ledger and a real store, in processes of their own where it matters."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from jobs.dispatches import write_dump
from kg import graph
from kg.jobs.ingest import ingest, sources_of
from kg.jobs.rebuilding import rebuild
from kg.jobs.workplace import open_workplace
from kg.model.graph import Selection


def kg(folder, *args, **environment):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    return subprocess.run(
        [sys.executable, "-m", "kg.cli", *map(str, args)],
        cwd=folder, env={**clean, **environment}, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


def documents_in(ledger):
    """How many documents another process has committed so far."""
    if not ledger.exists():
        return 0
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as opened:
        try:
            return opened.execute("SELECT count(*) FROM documents").fetchone()[0]
        except sqlite3.OperationalError:
            return 0


def graph_of(workplace):
    store = workplace.graph_store()
    try:
        return store.read(Selection())
    finally:
        store.close()


@pytest.fixture
def read_once(tmp_path):
    workplace = open_workplace(tmp_path / ".kg")
    dump = write_dump(tmp_path / "news.jsonl")
    report = ingest(workplace, sources_of(workplace, [str(dump)]))
    return workplace, dump, report


def test_the_second_time_nothing_is_written(read_once):
    workplace, dump, first = read_once
    assert first.documents_new == 5
    assert first.claims_new > 5
    assert first.written.nodes_created > 10
    before = graph.fingerprint(graph_of(workplace))
    second = ingest(workplace, sources_of(workplace, [str(dump)]))
    assert (second.documents_read, second.documents_new, second.documents_known) == (5, 0, 5)
    assert second.written.nodes_created == second.written.relationships_created == 0
    assert second.written.nodes_deleted == second.written.relationships_deleted == second.written.properties_set == 0
    assert graph.fingerprint(graph_of(workplace)) == before


def test_every_claim_stands_in_its_document(read_once):
    workplace, _, report = read_once
    with workplace.ledger() as ledger:
        claims = [(document, claim) for document, found in ledger.read() for e in found for claim in e.claims]
    assert len(claims) == report.claims_new
    for document, claim in claims:
        assert document.text[claim.start : claim.end] == claim.quote
        assert claim.start <= claim.trigger_start < claim.trigger_end <= claim.end


def test_documents_one_by_one_in_any_order_give_the_same_graph(read_once, tmp_path):
    workplace, dump, _ = read_once
    lines = dump.read_text(encoding="utf-8").splitlines()
    other = open_workplace(tmp_path / "other" / ".kg")
    for line in reversed(lines):
        (tmp_path / "one.jsonl").write_text(line + "\n", encoding="utf-8")
        ingest(other, sources_of(other, [str(tmp_path / "one.jsonl")]))
    assert graph.fingerprint(graph_of(other)) == graph.fingerprint(graph_of(workplace))


def test_much_is_published_while_it_is_read_and_gives_the_same_graph(read_once, tmp_path, monkeypatch):
    workplace, dump, _ = read_once
    monkeypatch.setattr("kg.jobs.ingest.PUBLISH_EVERY", 2)
    other = open_workplace(tmp_path / "other")
    lines = dump.read_text(encoding="utf-8").splitlines()
    held = []

    class Lines:
        name, kind, min_documents = "files", "feed", 0

        def fetch(self, *, now, cache):
            for number, line in enumerate(lines, 1):
                held.append(0 if number == 1 else len(graph_of(other).nodes))
                path = tmp_path / "line.jsonl"
                path.write_text(line, encoding="utf-8")
                (source,) = sources_of(other, [str(path)])
                yield from source.fetch(now=now, cache=cache)

    report = ingest(other, [Lines()])
    assert held[0] == held[1] == 0 < held[2] == held[3] < held[4]
    assert report.written.nodes_created - report.written.nodes_deleted == len(graph_of(other).nodes)
    assert graph.fingerprint(graph_of(other)) == graph.fingerprint(graph_of(workplace))


def test_rebuild_gives_the_same_graph_also_when_the_store_was_lost(read_once):
    import shutil

    workplace, _, _ = read_once
    before = graph.fingerprint(graph_of(workplace))
    rebuild(workplace)
    assert graph.fingerprint(graph_of(workplace)) == before
    shutil.rmtree(workplace.home / "graph")
    rebuild(workplace)
    assert graph.fingerprint(graph_of(workplace)) == before


def test_an_ingest_after_the_store_was_lost_writes_it_anew(read_once):
    import shutil

    workplace, dump, _ = read_once
    before = graph.fingerprint(graph_of(workplace))
    shutil.rmtree(workplace.home / "graph")
    ingest(workplace, sources_of(workplace, [str(dump)]))
    assert graph.fingerprint(graph_of(workplace)) == before


@pytest.mark.neo4j
def test_both_stores_hold_the_same_graph(read_once, bolt_store, neo4j_server, monkeypatch, tmp_path):
    workplace, dump, _ = read_once
    monkeypatch.setenv("KG_NEO4J_PASSWORD", neo4j_server.password)
    real = open_workplace(tmp_path / "real" / ".kg", store=bolt_store.name)
    ingest(real, sources_of(real, [str(dump)]))
    assert graph.fingerprint(graph_of(real)) == graph.fingerprint(graph_of(workplace))


def test_two_runs_of_a_job_at_once_one_of_them_ends_with_75(tmp_path):
    write_dump(tmp_path / "news.jsonl")
    command = [sys.executable, "-m", "kg.cli", "ingest", "news.jsonl"]
    runs = [
        subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) for _ in range(4)
    ]
    ended = [(run.communicate(timeout=120)[1].decode(), run.returncode) for run in runs]
    assert sorted(code for _, code in ended).count(0) >= 1
    assert all(code in (0, 75) for _, code in ended), ended
    assert any(code == 75 and "runs already" in told for told, code in ended)


def test_sigterm_ends_a_run_cleanly_and_the_next_one_completes_it(tmp_path):
    lines = [
        json.dumps({"doc": f"d{n}", "title": f"Report {n}", "published_at": "2025-06-19",
                    "text": f"Israel struck Iran on Wednesday, report {n} said. Iran warned Israel."})
        for n in range(4000)
    ]  # fmt: skip
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "kg.cli", "ingest", "many.jsonl"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        ledger = tmp_path / ".kg" / "ledger.db"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not documents_in(ledger):
            time.sleep(0.05)
        child.send_signal(signal.SIGTERM)
        _, told = child.communicate(timeout=30)
    assert child.returncode == 143, told
    workplace = open_workplace(tmp_path / ".kg")
    with workplace.ledger() as opened:
        (run,) = opened.runs(5)
        assert run.state == "cancelled"
        assert len(opened.doc_ids()) == run.documents_new < 4000


def test_schedule_once_runs_what_is_due_and_keeps_the_rhythm(tmp_path):
    write_dump(tmp_path / "news.jsonl")
    (tmp_path / "kg.toml").write_text(
        '[jobs.wire]\nevery = "1h"\n[[jobs.wire.sources]]\nkind = "jsonl"\npaths = ["news.jsonl"]\n'
        '[jobs.byhand]\n[[jobs.byhand.sources]]\nkind = "jsonl"\npaths = ["news.jsonl"]\n',
        encoding="utf-8",
    )
    assert kg(tmp_path, "schedule", "--once").returncode == 0
    assert kg(tmp_path, "schedule", "--once").returncode == 0
    runs = json.loads(kg(tmp_path, "runs", "--format", "json").stdout)
    assert [(run["job"], run["state"], run["new"]) for run in runs] == [("wire", "done", 5)]
    assert kg(tmp_path, "run", "byhand").returncode == 0


def test_the_scheduler_ends_on_sigterm(tmp_path):
    write_dump(tmp_path / "news.jsonl")
    (tmp_path / "kg.toml").write_text(
        '[jobs.wire]\nevery = "1h"\n[[jobs.wire.sources]]\nkind = "jsonl"\npaths = ["news.jsonl"]\n', encoding="utf-8"
    )
    with subprocess.Popen([sys.executable, "-m", "kg.cli", "schedule"], cwd=tmp_path) as child:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if json.loads(kg(tmp_path, "runs", "--format", "json").stdout or "[]"):
                break
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=30) == 0


def test_a_run_that_fails_keeps_what_was_read_and_says_why(tmp_path):
    write_dump(tmp_path / "news.jsonl")
    run = kg(tmp_path, "ingest", "news.jsonl", "nowhere.txt")
    assert run.returncode == 3
    (row,) = json.loads(kg(tmp_path, "runs", "--format", "json").stdout)
    assert row["state"] == "failed"
    assert "nowhere.txt" in row["error"]
