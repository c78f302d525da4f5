"""The embedded folder: shared between processes, whole after a kill, closed without a trace."""

import builtins
import os
import signal
import socket
import stat
import subprocess
import sys
import textwrap

import pytest

from kg.model.errors import StoreError, StoreLockedError
from kg.model.graph import GraphBatch, Node, NodeRef, Relationship, Selection
from kg.store import embedded
from kg.store.embedded import open_embedded

EVERYTHING = Selection()


def source(key):
    return Node(label="Source", key=key, properties={"name": key})


def child(code, *arguments):
    """Start Python; its warnings are errors."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(code), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


OWNER = """
    import sys
    from kg.model.graph import GraphBatch, Node
    from kg.store.embedded import open_embedded

    store = open_embedded(sys.argv[1])
    store.prepare()
    store.write(GraphBatch(nodes=(Node(label="Source", key="owner"),)))
    print("ready", flush=True)
    sys.stdin.readline()
    print(store.count_nodes(), flush=True)
"""


def test_a_folder_keeps_the_graph_and_its_secrets_are_the_users_own(tmp_path):
    store = open_embedded(str(tmp_path / "deep" / "graph"))
    store.prepare()
    store.write(GraphBatch(nodes=(source("wire"),)))
    store.close()
    assert store.name == str(tmp_path / "deep" / "graph")
    for name in ("password", "bolt.json"):
        assert stat.S_IMODE((tmp_path / "deep" / "graph" / name).stat().st_mode) == 0o600
    store = open_embedded(str(tmp_path / "deep" / "graph"))
    assert store.read(EVERYTHING).nodes == (source("wire"),)
    store.close()


def test_one_process_opens_a_folder_twice_and_the_last_one_closes_it(tmp_path):
    first, second = open_embedded(str(tmp_path)), open_embedded(str(tmp_path))
    first.prepare()
    first.write(GraphBatch(nodes=(source("wire"),)))
    first.close()
    first.close()
    assert second.count_nodes() == 1
    second.close()
    assert tmp_path not in embedded._ENGINES._running


def test_a_second_process_shares_the_folder_and_becomes_the_owner_when_the_first_ends(tmp_path):
    with child(OWNER, tmp_path) as owner:
        assert owner.stdout.readline() == "ready\n"
        store = open_embedded(str(tmp_path))
        assert store.write(GraphBatch(nodes=(source("client"),))).nodes_created == 1
        assert tmp_path not in embedded._ENGINES._running
        assert owner.communicate("\n") == ("2\n", "")  # it did not close its store, and ended without a word
        assert owner.returncode == 0
        assert store.count_nodes() == 2
        assert store.write(GraphBatch(nodes=(source("later"),))).nodes_created == 1
        assert tmp_path in embedded._ENGINES._running
        store.close()


def test_a_folder_whose_owner_does_not_answer_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "ANSWER_SECONDS", 0.2)
    with child(OWNER, tmp_path) as owner:
        assert owner.stdout.readline() == "ready\n"
        (tmp_path / "bolt.json").unlink()
        with pytest.raises(StoreLockedError, match=r"held by another process .*--store"):
            open_embedded(str(tmp_path))
        owner.communicate("\n")


def test_a_machine_without_an_engine_is_told_the_two_ways_out(tmp_path, monkeypatch):
    real = builtins.__import__

    def without_engines(name, *arguments, **named):
        if name.startswith("arcadedb"):
            raise ImportError(name)
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without_engines)
    with pytest.raises(StoreError, match=r"KG_STORE .* Neo4j.*kg\[jvm\]"):
        open_embedded(str(tmp_path))


def test_a_path_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "graph").write_text("x")
    with pytest.raises(StoreError, match="graph cannot be used as a graph store"):
        open_embedded(str(tmp_path / "graph"))


def test_a_lost_password_is_told_with_the_way_out(tmp_path):
    store = open_embedded(str(tmp_path))
    store.close()
    (tmp_path / "password").write_text("x" * 32)
    with pytest.raises(StoreError, match="rebuild"):
        open_embedded(str(tmp_path))
    assert tmp_path not in embedded._ENGINES._running


def test_it_listens_on_loopback_only(tmp_path):
    store = open_embedded(str(tmp_path))
    try:
        listening = subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        pytest.skip("no ss on this machine")
    finally:
        store.close()
    own = [line.split()[3] for line in listening.splitlines() if f"pid={os.getpid()}," in line]
    assert own
    assert {address.rpartition(":")[0] for address in own} <= {"127.0.0.1", "[::ffff:127.0.0.1]", "[::1]"}


def test_a_port_that_others_took_is_no_end(tmp_path, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ports = iter([taken.getsockname()[1]])
        real = embedded._free_port
        monkeypatch.setattr(embedded, "_free_port", lambda: next(ports, None) or real())
        store = open_embedded(str(tmp_path))
        assert store.count_nodes() == 0
        store.close()


WRITER = """
    import sys
    from kg.model.graph import GraphBatch, Node, NodeRef, Relationship
    from kg.store.embedded import open_embedded

    store = open_embedded(sys.argv[1])
    store.prepare()
    for number in range(100_000):
        nodes = [Node(label="Source", key="hub")]
        nodes += [Node(label="Document", key=f"{number}-{i}", properties={"title": "t" * 500}) for i in range(20)]
        hub = NodeRef(label="Source", key="hub")
        joined = [Relationship(type="PUBLISHED_BY", start=node.ref, end=hub) for node in nodes[1:]]
        store.write(GraphBatch(nodes=tuple(nodes), relationships=tuple(joined)))
        print(number, flush=True)
"""


@pytest.mark.parametrize("batches", [1, 7, 30])
def test_after_a_kill_every_acknowledged_batch_is_whole_and_no_other_is_there_in_part(tmp_path, batches):
    with child(WRITER, tmp_path) as writer:
        acknowledged = [writer.stdout.readline() for _ in range(batches)]
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged += writer.stdout.read().splitlines()
    store = open_embedded(str(tmp_path))
    kept = store.read(EVERYTHING)
    titles = [node.key.partition("-")[0] for node in kept.nodes if node.label == "Document"]
    joined = [relationship.start.key.partition("-")[0] for relationship in kept.relationships]
    assert {number.strip() for number in acknowledged} <= set(titles)
    assert {titles.count(number) for number in titles} == {joined.count(number) for number in titles} == {20}
    again = GraphBatch(
        nodes=(source("hub"), Node(label="Document", key="new")),
        relationships=(
            Relationship(
                type="PUBLISHED_BY", start=NodeRef(label="Document", key="new"), end=NodeRef(label="Source", key="hub")
            ),
        ),
    )
    assert store.write(again).relationships_created == 1
    store.close()
