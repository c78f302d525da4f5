"""Bad input at the command line: one line that names thing, value and way out, a documented exit code, no traceback."""

import http.server
import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

STORY = "Iran fires missiles at Israel\nIran launched several missiles against Israel on Monday, the army said.\n"


def kg(folder, *args, **environment):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    return subprocess.run(
        [sys.executable, "-m", "kg.cli", *map(str, args)],
        cwd=folder, env={**clean, **environment}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def refused(run, code, *told):
    assert run.returncode == code, (run.returncode, run.stdout, run.stderr)
    assert "Traceback" not in run.stderr
    for words in told:
        assert words in run.stderr, run.stderr
    return run


@pytest.fixture
def story(tmp_path):
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    return tmp_path


def test_an_empty_file_is_skipped_and_named(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    refused(kg(tmp_path, "ingest", "empty.txt"), 4, "empty.txt", "empty")


def test_a_binary_file_is_skipped_and_named(tmp_path):
    (tmp_path / "photo.txt").write_bytes(bytes(range(256)) * 40)
    refused(kg(tmp_path, "ingest", "photo.txt"), 4, "photo.txt", "binary")


def test_a_text_of_50_mb_is_skipped_with_its_limit(tmp_path):
    (tmp_path / "huge.txt").write_bytes(b"Iran struck Israel. " * (50 * 2**20 // 20))
    refused(kg(tmp_path, "ingest", "huge.txt"), 4, "huge.txt", "20")


def test_one_bad_file_does_not_hide_the_good_one(story):
    (story / "empty.txt").write_bytes(b"")
    run = refused(kg(story, "ingest", "empty.txt", "story.txt"), 0, "empty.txt")
    assert "1 new" in run.stdout


def test_a_missing_path_is_named(tmp_path):
    refused(kg(tmp_path, "ingest", "nowhere.txt"), 3, "nowhere.txt")


def test_a_truncated_list_gives_nothing(tmp_path):
    whole = "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME>"
    (tmp_path / "un.xml").write_text(whole, encoding="utf-8")
    refused(kg(tmp_path, "ingest", "un.xml"), 4, "un.xml", "0 records")
    asked = kg(tmp_path, "ask", "-q", "MATCH (n) RETURN count(n) AS n", "--format", "json")
    assert '"n": 0' in asked.stdout


def test_another_encoding_is_recognised(tmp_path):
    text = "Орбан посетил Киев\nПремьер-министр Венгрии прибыл в Киев во вторник для переговоров.\n"
    (tmp_path / "cp1251.txt").write_bytes(text.encode("cp1251"))
    assert "Орбан посетил Киев" in kg(tmp_path, "extract", "cp1251.txt").stdout


def test_bytes_that_contradict_their_declared_encoding_are_named(tmp_path):
    (tmp_path / "broken.txt").write_bytes(b"\xef\xbb\xbf" + b"Iran \xff\xfe\xff struck. " * 50)
    refused(kg(tmp_path, "ingest", "broken.txt"), 4, "broken.txt")


def test_an_unknown_question_offers_near_names(tmp_path):
    refused(kg(tmp_path, "ask", "mediaton"), 2, "mediaton", "mediation")


def test_a_missing_parameter_is_named(tmp_path):
    refused(kg(tmp_path, "ask", "sanction-life"), 2, "target")


def test_an_unknown_parameter_is_named(tmp_path):
    refused(kg(tmp_path, "ask", "sanction-life", "target=NIS", "colour=red"), 2, "colour")


def test_a_write_through_ask_is_refused(story):
    kg(story, "ingest", "story.txt")
    refused(kg(story, "ask", "-q", "MATCH (n) DETACH DELETE n"), 6)
    asked = kg(story, "ask", "-q", "MATCH (d:Document) RETURN count(d) AS n", "--format", "json")
    assert '"n": 1' in asked.stdout


@pytest.mark.parametrize(
    ("cypher", "told"),
    [
        ("MATCH (n RETURN n", "the query cannot be answered"),
        ("MATCH (n:Actor) RETURN m.name", "not defined"),
    ],
)
def test_a_query_that_is_malformed_ends_with_2(story, cypher, told):
    kg(story, "ingest", "story.txt")
    refused(kg(story, "ask", "-q", cypher), 2, told, "docs/data-model.md")


def test_no_rows_of_a_label_or_tie_that_does_not_exist_say_so(story):
    kg(story, "ingest", "story.txt")
    run = refused(kg(story, "ask", "-q", "MATCH (a:Aktor)-[t:STRUCK]->(b:Actor {name: 'a:Xyz'}) RETURN a.name"), 0)
    assert run.stdout == "no rows\n"
    assert "'Aktor' (near are: Actor)" in run.stderr
    assert "'STRUCK' (near are: STRUCK_FROM_AIR, STRUCK_WITH_DRONES, STRUCK_WITH_MISSILES)" in run.stderr
    assert "Xyz" not in run.stderr
    assert not kg(story, "ask", "-q", "MATCH (a:State {name: 'X'})-[:ONLY_SAID|ACTOR]-(b) RETURN a.name").stderr


def test_a_bad_key_of_kg_toml_is_named(tmp_path):
    (tmp_path / "kg.toml").write_text('[jobs.wire]\nevry = "1h"\n', encoding="utf-8")
    refused(kg(tmp_path, "run", "wire"), 2, "kg.toml", "jobs.wire")


def test_an_unknown_job_is_named_with_those_that_exist(tmp_path):
    refused(kg(tmp_path, "run", "wire"), 2, "'wire'", "none")


def test_neo4j_that_is_down_is_named(story):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"bolt://127.0.0.1:{probe.getsockname()[1]}"
    refused(kg(story, "ingest", "story.txt", KG_STORE=address, KG_NEO4J_PASSWORD="x" * 12), 5, address)


@pytest.mark.neo4j
def test_a_wrong_password_is_told_without_showing_it(story, neo4j_uri):
    run = kg(story, "ingest", "story.txt", KG_STORE=neo4j_uri, KG_NEO4J_PASSWORD="not-the-password")
    refused(run, 5, "KG_NEO4J_PASSWORD")
    assert "not-the-password" not in run.stderr + run.stdout


def test_a_scheme_that_no_store_answers_to(story):
    refused(kg(story, "ingest", "story.txt", "--store", "mysql://127.0.0.1"), 2, "mysql")


def test_a_map_of_an_empty_graph_says_what_to_do(tmp_path):
    refused(kg(tmp_path, "map"), 2, "ingest")
    assert not list(tmp_path.glob("**/*.html"))


def test_a_map_of_an_unknown_actor_names_it(story):
    kg(story, "ingest", "story.txt")
    refused(kg(story, "map", "Atlantis"), 2, "Atlantis")


def test_an_unknown_format_lists_what_is_installed(story):
    refused(kg(story, "map", "--format", "pptx"), 2, "pptx", "graphml")


def test_a_time_that_is_none_is_named(story):
    refused(kg(story, "ingest", "story.txt", "--retrieved-at", "yesterday"), 2, "yesterday")


def test_a_home_that_cannot_be_made_is_named(story):
    refused(kg(story, "ingest", "story.txt", "--home", story / "story.txt" / "home"), 5, "story.txt")


def test_a_cut_answer_says_so(story):
    kg(story, "ingest", "story.txt")
    run = kg(story, "ask", "-q", "MATCH (n) RETURN n.name AS name", "--limit", "2", "--format", "csv")
    assert len(run.stdout.splitlines()) == 3
    assert "first 2 rows" in run.stderr


def test_days_in_the_wrong_order_are_no_window(story):
    refused(kg(story, "map", "--from", "2025-06-30", "--to", "2025-06-01"), 2, "2025-06-30", "exchange them")


def test_the_last_run_is_told_in_full(story):
    (story / "empty.txt").write_bytes(b"")
    kg(story, "ingest", "empty.txt", "story.txt")
    shown = kg(story, "runs", "--last").stdout
    for told in ("done", "ingest", "empty.txt", "reason"):
        assert told in shown
    (run,) = json.loads(kg(story, "runs", "--last", "--format", "json").stdout)
    assert (run["read"], [one["skipped"] for one in run["skipped"]]) == (1, ["empty.txt"])
    kg(story, "ingest", "story.txt")
    assert "nothing was skipped" in kg(story, "runs", "--last").stdout


def test_doctor_does_not_stumble_over_a_home_that_is_missing(tmp_path):
    run = kg(tmp_path, "doctor", "--home", tmp_path / "not" / "there" / ".kg")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "ok   store" in run.stdout


class _LoginPage(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"<!doctype html><html><head><title>Sign in</title></head><body><form>Password</form></body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def login_page():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _LoginPage)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_login_page_instead_of_a_feed_is_told(tmp_path, login_page):
    address = f"http://127.0.0.1:{login_page}/rss"
    run = kg(tmp_path, "ingest", "--feed", address, KG_TEST_ALLOW_LOOPBACK_PORTS=str(login_page))
    refused(run, 3, address, "web page")


def test_a_private_address_is_not_fetched(tmp_path):
    refused(kg(tmp_path, "ingest", "http://127.0.0.1/"), 3, "127.0.0.1", "not a public address")


@pytest.mark.parametrize(
    "command", ["ingest", "extract", "ask", "map", "run", "schedule", "runs", "rebuild", "doctor", "demo"]
)
def test_every_command_has_help(tmp_path, command):
    run = kg(tmp_path, command, "--help")
    assert run.returncode == 0
    assert "Usage:" in run.stdout
    assert not list(Path(tmp_path).iterdir())
