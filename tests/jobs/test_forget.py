"""What is forgotten leaves no byte, takes what rested on it alone, and is not brought back by any source."""

import gzip
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import graph
from kg.cli.main import kg
from kg.jobs.forget import Wanted, forget, plan_forgetting
from kg.jobs.ingest import ingest, run_job, sources_of
from kg.jobs.judging import split
from kg.jobs.rebuilding import difference
from kg.jobs.workplace import open_workplace
from kg.model.errors import UsageError
from kg.model.graph import Selection, WriteReport

STRIKE = ("strike", "Northern Wire", "2025-06-19", "Israel struck a nuclear site in Iran on Wednesday.")
AGAIN = (
    "again",
    "Harbour Press",
    "2025-06-20",
    "Israel struck a nuclear site near Natanz in Iran on Wednesday, it said.",
)
ALONE = ("alone", "Danube Agency", "2025-06-27", "Serbia expelled Moldovan ambassador Ion Vasilescu on Friday.")
TALKS = ("talks", "Danube Agency", "2025-06-28", "Qatar hosted talks between Israel and Hamas in Doha on Friday.")
PHRASE = "Vasilescu"


def write_news(path, *stories):
    lines = [
        json.dumps({"doc": name, "publisher": publisher, "published_at": day, "text": text, "url": url_of(name)})
        for name, publisher, day, text in stories
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def url_of(name):
    return f"https://news.example/{name}"


def home_of(folder, *stories, settings=""):
    """A workplace that has read the stories."""
    folder.mkdir(exist_ok=True)
    (folder / "kg.toml").write_text(f"[extract]\nextractors = ['patterns']\n{settings}", encoding="utf-8")
    workplace = open_workplace(folder / ".kg")
    if stories:
        ingest(workplace, sources_of(workplace, [write_news(folder / "news.jsonl", *stories)]))
    return workplace


def id_of(workplace, name):
    with workplace.ledger() as ledger:
        return next(document.doc_id for document, _ in ledger.read() if document.name == name)


def read_graph(workplace):
    with closing(workplace.graph_store()) as store:
        return store.read(Selection())


def files_with(home, phrase):
    """The files that hold a phrase, raw bytes unpacked."""
    found = []
    for path in sorted(home.rglob("*")):
        if path.is_file():
            content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            if phrase.encode() in content:
                found.append(path.relative_to(home).parts[0])
    return found


def test_no_byte_of_it_is_left_and_the_rest_is_as_if_it_had_never_been(tmp_path):
    workplace = home_of(tmp_path / "a", STRIKE, AGAIN, ALONE, TALKS)
    assert set(files_with(workplace.home, PHRASE)) == {"graph", "index.db", "ledger.db", "raw"}
    wanted = Wanted(doc_id=id_of(workplace, "alone"))
    before = read_graph(workplace)
    planned = plan_forgetting(workplace, wanted)
    assert graph.fingerprint(read_graph(workplace)) == graph.fingerprint(before)
    assert files_with(workplace.home, PHRASE)
    done = forget(workplace, wanted, because="he asked")
    assert done == planned
    assert (done.documents, done.raw_files, done.nodes["Document"]) == (("alone",), 1, 1)
    assert done.nodes["Event"] >= 1
    assert done.nodes["Actor"] >= 2  # Serbia, Moldova and the ambassador stand nowhere else
    assert files_with(workplace.home, PHRASE) == []
    without = read_graph(home_of(tmp_path / "b", STRIKE, AGAIN, TALKS))
    assert graph.fingerprint(read_graph(workplace)) == graph.fingerprint(without)


def test_what_a_second_source_tells_stays(tmp_path):
    workplace = home_of(tmp_path, STRIKE, AGAIN)
    strikes = [n for n in read_graph(workplace).nodes if n.label == "Event" and n.properties["n_docs"] == 2]
    assert strikes
    forget(workplace, Wanted(url=url_of("strike") + "?utm_source=x#top"))
    left = [n for n in read_graph(workplace).nodes if n.label == "Event"]
    assert [n.properties["n_docs"] for n in left if n.properties["etype"] == strikes[0].properties["etype"]] == [1]


def test_no_source_brings_it_back_and_the_run_tells_why(tmp_path):
    workplace = home_of(tmp_path, STRIKE, ALONE)
    forget(workplace, Wanted(doc_id=id_of(workplace, "alone")), because="he  asked\nfor it")
    expected = graph.fingerprint(read_graph(workplace))
    rewritten = ("alone", "Danube Agency", "2025-06-28", f"{ALONE[3]} A correction was added.")
    elsewhere = ("other", "Other Wire", "2025-06-28", ALONE[3])
    again = write_news(tmp_path / "again.jsonl", ALONE, rewritten, TALKS)
    copied = write_news(tmp_path / "copied.jsonl", elsewhere)
    report = ingest(workplace, sources_of(workplace, [again, copied]))
    assert (report.documents_read, report.documents_new) == (4, 1)
    assert len(report.skipped) == 3
    assert all(item.reason.endswith(": he asked for it") for item in report.skipped)
    assert {item.locator for item in report.skipped} == {"alone", "other"}
    assert files_with(workplace.home, PHRASE) == []
    forget(workplace, Wanted(doc_id=id_of(workplace, "talks")))
    assert graph.fingerprint(read_graph(workplace)) == expected


def test_a_page_with_a_forgotten_story_gives_its_other_stories_and_is_not_kept(tmp_path):
    page = Path(__file__).parent / "format_1" / "news" / "page.txt"
    workplace = home_of(tmp_path)
    ingest(workplace, sources_of(workplace, [str(page)]))
    with workplace.ledger() as ledger:
        serbia, qatar = sorted((d for d, _ in ledger.read()), key=lambda d: d.segment_no)
    assert forget(workplace, Wanted(doc_id=serbia.doc_id)).raw_files == 1
    assert files_with(workplace.home, "Belgrade") == []
    (tmp_path / "page.txt").write_text(page.read_text("utf-8") + "\nDOWNLOAD THE APP\n", encoding="utf-8")
    report = ingest(workplace, sources_of(workplace, [str(tmp_path / "page.txt")]))
    assert (report.documents_known, report.documents_new, len(report.skipped)) == (1, 0, 1)
    with workplace.ledger() as ledger:
        assert ledger.doc_ids() == (qatar.doc_id,)
    assert files_with(workplace.home, "Belgrade") == []


def test_everything_of_a_source_goes_and_another_graph_of_this_machine_with_it(tmp_path):
    workplace = home_of(tmp_path, STRIKE, ALONE)
    other = open_workplace(workplace.home, store=str(tmp_path / "second"))
    ingest(other, ())
    assert files_with(tmp_path / "second", PHRASE)
    (tmp_path / ".kg" / "maps").mkdir()
    (tmp_path / ".kg" / "maps" / "map.html").write_text("a map")
    report = forget(workplace, Wanted(source="files"))
    assert len(report.documents) == 2
    assert report.maps == (tmp_path / ".kg" / "maps" / "map.html",)
    assert read_graph(workplace).nodes == read_graph(other).nodes == ()
    assert files_with(tmp_path / "second", PHRASE) == files_with(workplace.home, PHRASE) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--document", "doc_0"], "holds no document doc_0; kg ask documents"),
        (["--url", "https://news.example/nowhere"], "holds no url"),
        (["--url", "ftp://news.example/x"], "is no http(s) URL"),
        (["--source", "file"], "nearest first: files"),
        ([], "one of --document ID, --url URL, --source NAME"),
        (["--source", "files", "--url", "https://news.example/strike"], "one of --document"),
    ],
)
def test_what_is_not_there_is_named_and_nothing_changes(tmp_path_factory, options, message):
    workplace = once(tmp_path_factory)
    before = (workplace.home / "ledger.db").read_bytes()
    result = CliRunner().invoke(kg, ["forget", *options, "--yes", "--home", str(workplace.home)])
    assert isinstance(result.exception, UsageError)
    assert message in str(result.exception)
    assert (workplace.home / "ledger.db").read_bytes() == before


def test_a_judgement_keeps_no_name_that_only_the_forgotten_document_told(tmp_path):
    other = ("other", "Harbour Press", "2025-06-29", ALONE[3].replace(PHRASE, "Vasilesco"))
    third = ("third", "Harbour Press", "2025-06-30", ALONE[3].replace(PHRASE, "Vasilesko"))
    workplace = home_of(tmp_path, ALONE, other, third)
    split(workplace, "Ion Vasilescu", "Ion Vasilesco", "two men")
    split(workplace, "Ion Vasilesco", "Ion Vasilesko", "two others")
    told = [reason.told for judgement in judgements_of(workplace) for reason in judgement.reasons]
    assert sum(PHRASE in words for words in told) == 1
    kept = judgements_of(workplace)[1]
    forget(workplace, Wanted(doc_id=id_of(workplace, "alone")))
    assert files_with(workplace.home, PHRASE) == []
    first, second = judgements_of(workplace)
    assert (first.reasons, first.score, first.because) == ((), None, "two men")
    assert second == kept
    assert kept.reasons


def judgements_of(workplace):
    with workplace.ledger() as ledger:
        return ledger.judgements.standing()


def once(factory, kept={}):  # noqa: B006  # one home for all that change nothing
    if not kept:
        kept["home"] = home_of(factory.mktemp("once"), STRIKE)
    return kept["home"]


def test_what_is_forgotten_already_says_when_and_why_and_ends_with_2(tmp_path):
    workplace = home_of(tmp_path, STRIKE, ALONE)
    doc_id = id_of(workplace, "alone")
    command = [sys.executable, "-m", "kg.cli", "forget", "--home", str(workplace.home), "--because", "he asked"]
    unsure = subprocess.run([*command, "--document", doc_id], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert unsure.returncode == 2
    assert "would go: 1 document" in unsure.stdout
    assert "--yes" in unsure.stderr
    for options, code in ((["--document", doc_id], 0), (["--document", doc_id], 2), (["--url", url_of("alone")], 2)):
        done = subprocess.run([*command, *options, "--yes"], capture_output=True, text=True)
        assert done.returncode == code, done.stderr
    assert "(he asked); nothing is left of it" in done.stderr


def test_a_source_is_kept_as_long_as_kg_toml_says(tmp_path):
    job = '[jobs.wire]\n[[jobs.wire.sources]]\nkind = "files"\nname = "wire"\nkeep_days = 30\n'
    job += f'paths = ["{tmp_path}/news.jsonl"]\n'
    workplace = home_of(tmp_path, settings=job)
    write_news(tmp_path / "news.jsonl", STRIKE, ALONE)
    ingest(workplace, sources_of(workplace, [write_news(tmp_path / "own.jsonl", TALKS)]))
    report = run_job(workplace, "wire")  # their days are long over: read and forgotten in one run
    assert (report.documents_new, report.documents_forgotten) == (2, 2)
    with workplace.ledger() as ledger:
        assert [document.name for document, _ in ledger.read()] == ["talks"]
        assert not ledger.tombstones.is_unfinished()
    assert files_with(workplace.home, PHRASE) == []
    again = run_job(workplace, "wire")
    assert (again.documents_new, again.documents_forgotten, again.written) == (0, 0, WriteReport())
    assert {item.reason.partition(": ")[2] for item in again.skipped} == {
        "kept for 30 days, as kg.toml says of source 'wire'"
    }


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_at_any_moment_it_is_completed_by_the_next_try(tmp_path):
    rng = random.Random(20250627)
    expected = graph.fingerprint(read_graph(home_of(tmp_path / "expected", STRIKE, AGAIN, TALKS)))
    seconds, hits = 6.0, 0
    for no in range(8):
        workplace = home_of(tmp_path / f"home{no}", STRIKE, AGAIN, ALONE, TALKS)
        command = [sys.executable, "-m", "kg.cli", "forget", "--url", url_of("alone"), "--yes"]
        command += ["--home", str(workplace.home)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
            try:
                child.wait(timeout=rng.uniform(0.1, 0.9) * seconds)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                hits += 1
        started = time.monotonic()
        if no % 2:  # whatever runs next completes it
            with workplace.ledger() as ledger:
                was_forgotten = ledger.tombstones.find(url_of("alone")) is not None
            ingest(workplace, ())
        else:
            was_forgotten = True
            done = subprocess.run(command, capture_output=True, text=True)
            assert done.returncode == 0 or "nothing is left of it" in done.stderr
            seconds = min(seconds, time.monotonic() - started)
        if was_forgotten:
            assert files_with(workplace.home, PHRASE) == []
            assert graph.fingerprint(read_graph(workplace)) == expected
    assert hits >= 3


SANCTION = ("sanction", "Danube Agency", "2025-06-27", "The United States imposed sanctions on Serbia's NIS on Friday.")


def test_a_graph_that_is_written_for_the_first_time_knows_nothing_of_what_goes(tmp_path):
    workplace = home_of(tmp_path, STRIKE, SANCTION)
    assert any(node.label == "Designation" for node in read_graph(workplace).nodes)
    other = open_workplace(workplace.home, store=str(tmp_path / "second"))
    forget(other, Wanted(doc_id=id_of(workplace, "sanction")))
    without = graph.fingerprint(read_graph(home_of(tmp_path / "b", STRIKE)))
    assert graph.fingerprint(read_graph(other)) == graph.fingerprint(read_graph(workplace)) == without


def test_a_copied_home_forgets_by_itself(tmp_path):
    workplace = home_of(tmp_path / "a", STRIKE, SANCTION)
    wanted = Wanted(doc_id=id_of(workplace, "sanction"))
    before = graph.fingerprint(read_graph(workplace))
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    copied = open_workplace(tmp_path / "b" / ".kg")
    assert difference(copied) == ()
    done = forget(copied, wanted)
    assert done.nodes["Designation"] == 1
    assert graph.fingerprint(read_graph(workplace)) == before
    assert graph.fingerprint(read_graph(copied)) == graph.fingerprint(read_graph(home_of(tmp_path / "c", STRIKE)))


def test_a_graph_that_was_emptied_is_not_emptied_again_by_the_next_try(tmp_path):
    workplace = home_of(tmp_path, STRIKE, AGAIN, ALONE, TALKS)
    expected = graph.fingerprint(read_graph(home_of(tmp_path / "expected", STRIKE, AGAIN, TALKS)))
    with workplace.ledger() as ledger, closing(workplace.graph_store()) as store:
        ledger.forget([id_of(workplace, "alone")], [], day=date(2025, 6, 27), why="he asked")
        store.erase()  # killed after it: the graph is empty, and noted as written anew up to nothing
        ledger.forget_written(store.name)
        ledger.tombstones.note_erased(store.name)
        with store._connection.session() as session:
            session.run("CREATE (:Remark {text: 'of the user'})").consume()
    report = ingest(workplace, ())
    assert report.written.nodes_created > 0
    assert graph.fingerprint(read_graph(workplace)) == expected
    with workplace.ledger() as ledger, closing(workplace.graph_store()) as store:
        assert list(store.query("MATCH (r:Remark) RETURN r.text AS text", {})) == [{"text": "of the user"}]
        assert not ledger.tombstones.is_unfinished()
        ledger.forget([id_of(workplace, "talks")], [], day=date(2025, 6, 28), why="she asked")
        assert not ledger.tombstones.is_erased(store.name)
