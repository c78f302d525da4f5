"""kill -9 during ingest at random moments: whatever was cut, the next run ends with the undisturbed graph."""

import os
import random
import signal
import subprocess
import sys
import time
from itertools import count

import pytest

from jobs.dispatches import write_dump
from kg import graph
from kg.jobs.workplace import open_workplace
from kg.model.graph import Selection

KILLS = 40
SEED = 20250627


def fingerprint_of(home, store):
    opened = open_workplace(home, store=store).graph_store()
    try:
        return graph.fingerprint(opened.read(Selection()))
    finally:
        opened.close()


def ingest_command(home, store):
    command = [sys.executable, "-m", "kg.cli", "ingest", "news.jsonl", "--home", str(home)]
    return command + (["--store", store] if store else [])


def run_whole(folder, home, store):
    started = time.monotonic()
    subprocess.run(ingest_command(home, store), cwd=folder, check=True, capture_output=True, timeout=120)
    return time.monotonic() - started


def killed_while_running(folder, home, store, delay):
    """Start an ingest, kill it after `delay` seconds; True when the kill hit it while it ran."""
    with subprocess.Popen(
        ingest_command(home, store), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        try:
            child.wait(timeout=delay)
        except subprocess.TimeoutExpired:
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
            return True
    return False


def kill_and_compare(tmp_path, store, wipe):
    write_dump(tmp_path / "news.jsonl")
    seconds = run_whole(tmp_path, tmp_path / "undisturbed", store)
    expected = fingerprint_of(tmp_path / "undisturbed", store)
    rng = random.Random(SEED)
    hits = 0
    for no in count():
        home = tmp_path / f"home{no}"
        wipe()
        for _ in range(4):
            hits += killed_while_running(tmp_path, home, store, rng.uniform(0.15, 1.05) * seconds)
        seconds = min(seconds, run_whole(tmp_path, home, store))
        assert fingerprint_of(home, store) == expected, f"home {no} after {hits} kills"
        if hits >= KILLS:
            return


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_on_the_embedded_store(tmp_path):
    kill_and_compare(tmp_path, None, lambda: None)


@pytest.mark.slow
@pytest.mark.neo4j
@pytest.mark.timeout(600)
def test_killed_on_neo4j(tmp_path, bolt_store, neo4j_server, monkeypatch):
    monkeypatch.setenv("KG_NEO4J_PASSWORD", neo4j_server.password)

    def wipe():
        with bolt_store._connection.session() as session:
            session.run("MATCH (n) DETACH DELETE n").consume()

    kill_and_compare(tmp_path, neo4j_server.uri, wipe)
