"""SIGTERM while a run only waits, and what a run that could not begin or end leaves behind: real processes, servers."""

import os
import re
import signal
import subprocess
import sys
import threading
import time

import pytest

from kg.jobs.ingest import run_job
from kg.jobs.locks import held
from kg.jobs.runs import runs
from kg.jobs.workplace import open_workplace
from kg.model.errors import SettingsError, SourceError, StoreError
from sources.web_server import reply, serving

STORY = "Iran struck Israel on Friday, officials said. The story has number {} and is told in two sentences."


@pytest.fixture
def web():
    with serving() as server:
        yield server


@pytest.fixture
def home_of(tmp_path, web, monkeypatch):
    monkeypatch.setenv("KG_TEST_ALLOW_LOOPBACK_PORTS", str(web.port))

    def of(*lines, head=""):
        source = "\n".join(lines)
        text = f'{head}[extract]\nextractors = ["patterns"]\n[jobs.wire]\n[[jobs.wire.sources]]\n{source}\n'
        (tmp_path / "kg.toml").write_text(text, encoding="utf-8")
        return open_workplace(tmp_path / ".kg")

    return of


def started(workplace):
    command = [sys.executable, "-m", "kg.cli", "run", "wire", "--home", str(workplace.home)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)


def documents_of(workplace):
    with workplace.ledger() as ledger:
        return ledger.doc_ids()


def waited(holds):
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def rss_of(*pages):
    items = "".join(f"<item><title>{page}</title><link>{page}</link></item>" for page in pages)
    return reply(200, f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>')


def page_of(number):
    return reply(200, STORY.format(number), content_type="text/plain")


def test_sigterm_does_not_wait_for_a_server_and_what_came_before_is_not_fetched_again(home_of, web):
    release = threading.Event()
    pages = [web.on("/a", page_of(1)), web.on("/b", lambda _: release.wait(60))]
    workplace = home_of('kind = "feed"', f'urls = ["{web.on("/rss", rss_of(*pages))}"]')
    for _ in range(2):
        web.requests.clear()
        with started(workplace) as child:
            waited(lambda: "/b" in web.paths())
            child.send_signal(signal.SIGTERM)
            child.communicate(timeout=10)  # a third of what the server was given
        assert child.returncode == 143
    release.set()
    assert web.paths() == ["/rss", "/b"]
    second, first = runs(workplace, 5)
    assert (first.state, first.documents_new, first.written.nodes_created) == ("cancelled", 1, 0)
    assert second.state == "cancelled"
    assert second.written.nodes_created > 0  # a run that never ends keeps nothing out of the graph
    web.on("/b", page_of(2))
    assert run_job(workplace, "wire").documents_new == 1


def test_sigterm_does_not_wait_for_another_publication(home_of, web):
    workplace = home_of('kind = "page"', f'urls = ["{web.on("/a", page_of(1))}"]')
    with held(workplace.locks, "publish"), started(workplace) as child:
        waited(lambda: documents_of(workplace))
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=10)
    assert child.returncode == 143
    assert run_job(workplace, "wire").written.nodes_created > 0


def test_what_is_as_it_was_counts_for_the_fewest_documents(home_of, web):
    pages = [web.on(path, page_of(path)) for path in ("/a", "/b")]
    feed = web.on("/rss", rss_of(*pages), rss_of(*pages), rss_of(pages[0]))
    workplace = home_of('kind = "feed"', f'urls = ["{feed}"]', "min_documents = 2")
    assert [run_job(workplace, "wire").documents_new for _ in range(2)] == [2, 0]
    with pytest.raises(SourceError, match="has 1 documents where at least 2 are expected"):
        run_job(workplace, "wire")


@pytest.mark.parametrize(
    ("head", "line", "error", "told"),
    [
        ("", 'url = "https://wire.example/rss"', SettingsError, "takes no url"),
        ('store = "bolt://127.0.0.1:1"\n', 'urls = ["https://wire.example/rss"]', StoreError, "does not answer"),
    ],
)
def test_a_run_that_could_not_begin_is_told(home_of, head, line, error, told):
    workplace = home_of('kind = "feed"', line, head=head)
    with pytest.raises(error, match=told):
        run_job(workplace, "wire")
    (run,) = runs(workplace, 5)
    assert run.state == "failed"
    assert re.match(f"{error.__name__}: .*{told}", run.error)


def test_a_server_that_asked_to_be_left_alone_is_not_asked_by_the_next_run(home_of, web):
    feed = web.on("/rss", rss_of(web.on("/a", page_of(1))), reply(429, retry_after="3600"))
    workplace = home_of('kind = "feed"', f'urls = ["{feed}"]', "min_documents = 1")
    assert run_job(workplace, "wire").documents_new == 1
    with pytest.raises(SourceError, match="429 Too Many Requests"):
        run_job(workplace, "wire")
    web.requests.clear()
    report = run_job(workplace, "wire")
    assert web.requests == []
    assert (report.state, [item.locator for item in report.skipped]) == ("done", [feed])
    assert report.skipped[0].reason.startswith("not asked before 20")
