"""A ledger that an older kg wrote goes on as if this one had written it.

`format_1/ledger.sql` is the dump of a ledger of format 1 that kg 0.1.0 made of `format_1/news` and published, `{store}`
standing for the folder of its graph. A format that is released later gets a folder of its own; none is ever changed.
"""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg import graph
from kg.jobs.forget import Wanted, forget
from kg.jobs.ingest import ingest, sources_of
from kg.jobs.publish import world
from kg.jobs.rebuilding import rebuild
from kg.jobs.workplace import open_workplace
from kg.model.documents import MediaType
from kg.model.errors import StoreError
from kg.model.graph import Selection
from kg.store.ledger_schema import MIGRATIONS

FORMAT_1 = Path(__file__).parent / "format_1"
RETRIEVED = datetime(2025, 6, 27, 12, tzinfo=UTC)


def home_of(folder, monkeypatch):
    """A workplace beside the news of the fixture, from where their names count."""
    shutil.copytree(FORMAT_1, folder)
    monkeypatch.chdir(folder)
    return open_workplace(folder / ".kg")


def old_home(folder, monkeypatch):
    workplace = home_of(folder, monkeypatch)
    workplace.home.mkdir()
    dump = (folder / "ledger.sql").read_text("utf-8").replace("{store}", workplace.target)
    with closing(sqlite3.connect(workplace.home / "ledger.db")) as file:
        file.executescript(dump)
    for raw in workplace_raws(folder):
        workplace.raw().put(raw)
    return workplace


def workplace_raws(folder):
    """The raw bytes that the older kg kept: a file, or a line of a dump."""
    news = folder / "news"
    return [(news / "page.txt").read_bytes(), *(news / "dump.jsonl").read_bytes().splitlines()]


def read_news(workplace):
    return ingest(workplace, sources_of(workplace, ["news"], retrieved_at=RETRIEVED))


def fingerprint_of(workplace):
    with closing(workplace.graph_store()) as store:
        return graph.fingerprint(store.read(Selection()))


@pytest.mark.parametrize("publish", [rebuild, read_news])
def test_a_ledger_of_format_1_gives_the_graph_of_a_fresh_one(tmp_path, monkeypatch, publish):
    fresh = home_of(tmp_path / "fresh", monkeypatch)
    read_news(fresh)
    old = old_home(tmp_path / "old", monkeypatch)
    if publish is rebuild:
        ingest(old, ())  # reads anew what the extractors of today read otherwise
    publish(old)
    with fresh.ledger() as made:  # an older kg did not keep which records a version of a list holds
        versions = {document.doc_id for document, _ in made.read() if document.media_type == MediaType.UN_LIST}
        lacking = versions if publish is rebuild else set()
        expected = graph.fingerprint(world(made, fresh.settings.min_confidence, without=lacking))
    assert len(versions) == 1
    assert fingerprint_of(old) == expected
    report = read_news(old)
    assert (report.documents_new, report.documents_known, report.skipped) == (len(lacking), 7 - len(lacking), ())
    with old.ledger() as migrated, fresh.ledger() as made:
        assert migrated.read() == made.read()
    with (
        closing(sqlite3.connect(old.home / "ledger.db")) as some,
        closing(sqlite3.connect(fresh.home / "ledger.db")) as other,
    ):
        assert schema_of(some) == schema_of(other)
        assert some.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() == (str(len(MIGRATIONS)),)


def schema_of(file):
    return {name: " ".join(sql.split()) for name, sql in file.execute("SELECT name, sql FROM sqlite_master") if sql}


def test_raw_bytes_that_format_1_kept_without_a_note_are_forgotten_too(tmp_path, monkeypatch):
    old = old_home(tmp_path / "old", monkeypatch)
    with old.ledger() as ledger:
        serbia = next(d for d, _ in ledger.read() if "Serbia asked" in d.text)
    kept = len(old.raw().hashes())
    report = forget(old, Wanted(doc_id=serbia.doc_id))
    assert (report.raw_files, report.unknown_raws) == (1, 0)
    assert len(old.raw().hashes()) == kept - 1
    assert not any(b"Belgrade" in path.read_bytes() for path in old.home.rglob("*") if path.is_file())


def test_a_ledger_of_a_newer_kg_is_refused_by_every_command_and_left_as_it_is(tmp_path, monkeypatch):
    old = old_home(tmp_path / "old", monkeypatch)
    path = old.home / "ledger.db"
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE meta SET value = ? WHERE key = 'format'", (str(len(MIGRATIONS) + 1),))
        file.commit()
    before = path.read_bytes()
    for command in (read_news, rebuild, lambda home: forget(home, Wanted(source="files"))):
        with pytest.raises(StoreError, match=r"written by a newer kg .*upgrade kg"):
            command(old)
    assert path.read_bytes() == before
