"""A page that was corrected counts as it stands now, and as it stood for whoever asks for an earlier day."""

import json
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from kg import graph
from kg.jobs.forget import Wanted, forget
from kg.jobs.ingest import ingest, sources_of
from kg.jobs.known import known_on
from kg.jobs.publish import world
from kg.jobs.workplace import open_workplace
from kg.model.graph import Selection

TITLE = "Israel strikes a site in Iran"
FIRST = "Israel struck a nuclear site in Iran on Wednesday. Qatar expelled the Iranian ambassador on Thursday."
SECOND = "Israel struck a nuclear site in Iran on Wednesday. Qatar recalled its ambassador from Iran on Thursday."
OTHER = "Iran denied that Israel had struck a nuclear site on Wednesday. Egypt condemned the strike."


def told(workplace, text, day, *, name="story", publisher="Northern Wire"):
    """Read a story as its page told it when it was fetched on a day of June 2025."""
    folder = workplace.home.parent
    line = {"doc": f"{name}{day}", "publisher": publisher, "published_at": "2025-06-20", "title": TITLE, "text": text}
    line["url"] = f"https://wire.example/{name}?utm_source=feed{day}"
    path = folder / f"{name}{day}.jsonl"
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    report = ingest(workplace, sources_of(workplace, [str(path)], retrieved_at=datetime(2025, 6, day, tzinfo=UTC)))
    assert report.documents_new == 1


def home_of(folder):
    folder.mkdir(exist_ok=True)
    (folder / "kg.toml").write_text("[extract]\nextractors = ['patterns']\n", encoding="utf-8")
    return open_workplace(folder / ".kg")


def read_graph(workplace):
    with closing(workplace.graph_store()) as store:
        return store.read(Selection())


def etypes(found):
    return {node.properties["etype"] for node in found.nodes if node.label == "Event"}


@pytest.fixture(scope="module")
def corrected(tmp_path_factory):
    """A page as of the 20th, read again on the 25th, beside a story that did not change."""
    workplace = home_of(tmp_path_factory.mktemp("corrected"))
    told(workplace, FIRST, 20)
    told(workplace, OTHER, 21, name="other", publisher="Harbour Press")
    told(workplace, SECOND, 25)
    return workplace


def test_the_newer_version_counts_and_the_older_stays_with_its_end(corrected):
    found = read_graph(corrected)
    assert "EXPEL" not in " ".join(etypes(found))
    by_document = {}
    asserting = {r.start.key for r in found.relationships if r.type == "ASSERTS"}
    claims = {node.key: node.properties for node in found.nodes if node.label == "Claim"}
    names = {node.key: node.properties["name"] for node in found.nodes if node.label == "Document"}
    for relationship in found.relationships:
        if relationship.type == "FROM":
            claim = relationship.start.key
            days = (claims[claim].get("known_from"), claims[claim].get("known_to"), claim in asserting)
            by_document.setdefault(names[relationship.end.key], set()).add(days)
    assert by_document == {
        "story20": {(date(2025, 6, 20), date(2025, 6, 25), False)},
        "other21": {(date(2025, 6, 20), None, True)},
        "story25": {(date(2025, 6, 25), None, True)},
    }
    with corrected.ledger() as ledger:
        assert len(ledger.doc_ids()) == 3
        assert graph.fingerprint(found) == graph.fingerprint(world(ledger, corrected.settings.min_confidence))


def test_a_day_before_the_correction_knows_the_page_as_it_stood(corrected, tmp_path):
    before = home_of(tmp_path / "before")
    told(before, FIRST, 20)
    told(before, OTHER, 21, name="other", publisher="Harbour Press")
    with corrected.ledger() as ledger:
        known = known_on(ledger, corrected.settings.min_confidence, date(2025, 6, 24))
        after = known_on(ledger, corrected.settings.min_confidence, date(2025, 6, 25))
    assert graph.fingerprint(known) == graph.fingerprint(read_graph(before))
    assert graph.fingerprint(after) == graph.fingerprint(read_graph(corrected))
    assert etypes(known) != etypes(after)


def test_what_comes_late_takes_its_place_between_versions(corrected, tmp_path):
    late = home_of(tmp_path / "late")
    told(late, SECOND, 25)
    told(late, OTHER, 21, name="other", publisher="Harbour Press")
    told(late, FIRST, 20)
    assert graph.fingerprint(read_graph(late)) == graph.fingerprint(read_graph(corrected))


def test_when_the_newer_version_is_forgotten_the_older_stands_again(tmp_path):
    workplace, alone = home_of(tmp_path / "both"), home_of(tmp_path / "alone")
    for home in (workplace, alone):
        told(home, FIRST, 20)
    told(workplace, SECOND, 25)
    with workplace.ledger() as ledger:
        newer = next(document.doc_id for document, _ in ledger.read() if document.name == "story25")
    forget(workplace, Wanted(doc_id=newer))
    assert graph.fingerprint(read_graph(workplace)) == graph.fingerprint(read_graph(alone))


def test_a_copy_of_what_was_replaced_is_counted_on_its_own(tmp_path):
    workplace = home_of(tmp_path)
    long = " ".join(f"{FIRST} The talks in round {no} were held without a word to the press." for no in range(6))
    told(workplace, long, 20)
    told(workplace, f"{long} It was told by phone.", 21, name="copy", publisher="Harbour Press")
    copies = [r for r in read_graph(workplace).relationships if r.type == "COPY_OF"]
    assert len(copies) == 1
    told(workplace, "Nothing was struck, Iran said on Friday, and Egypt condemned the rumour.", 25)
    assert [r for r in read_graph(workplace).relationships if r.type == "COPY_OF"] == []
    with workplace.ledger() as ledger:
        assert graph.fingerprint(read_graph(workplace)) == graph.fingerprint(
            world(ledger, workplace.settings.min_confidence)
        )
        original = next(document.doc_id for document, _ in ledger.read() if document.name == "story20")
    forget(workplace, Wanted(doc_id=original))
    with workplace.ledger() as ledger:
        assert graph.fingerprint(read_graph(workplace)) == graph.fingerprint(
            world(ledger, workplace.settings.min_confidence)
        )


def test_when_an_original_is_forgotten_its_copy_is_one_no_more(tmp_path):
    workplace = home_of(tmp_path)
    long = " ".join(f"{FIRST} The talks in round {no} were held without a word to the press." for no in range(6))
    told(workplace, long, 20)
    told(workplace, f"{long} It was told by phone.", 21, name="copy", publisher="Harbour Press")
    with workplace.ledger() as ledger:
        original = next(document.doc_id for document, _ in ledger.read() if document.name == "story20")
    forget(workplace, Wanted(doc_id=original))
    found = read_graph(workplace)
    assert [r for r in found.relationships if r.type == "COPY_OF"] == []
    with workplace.ledger() as ledger:
        assert graph.fingerprint(found) == graph.fingerprint(world(ledger, workplace.settings.min_confidence))
