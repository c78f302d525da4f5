"""Entries that a newer version of a sanctions list lacks: delisted, whatever the order in which versions come."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs.programs import Stage, require_equal
from jobs.test_laws import MemoryStore
from kg import documents
from kg.extract.un_list import UnListExtractor
from kg.graph import fingerprint
from kg.jobs.delistings import dropped_numbers, note_drops
from kg.model.documents import MediaType
from kg.model.graph import Selection
from kg.sources.un_list import list_records
from kg.store.index import Index
from kg.store.ledger import Ledger
from rows.commands import rows, run

RECORD = """<ENTITY><FIRST_NAME>ZENDA SHIPPING {n}</FIRST_NAME><UN_LIST_TYPE>Ruritania</UN_LIST_TYPE>
<REFERENCE_NUMBER>RUe.{n:03}</REFERENCE_NUMBER><LISTED_ON>2019-03-04</LISTED_ON></ENTITY>"""
LIST = '<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="{day}T00:00:01Z"><ENTITIES>{records}</ENTITIES></CONSOLIDATED_LIST>'


def list_of(day, numbers):
    return LIST.format(day=day, records="".join(RECORD.format(n=n) for n in numbers))


def read(day, numbers, where="list.xml"):
    raws = list_records(BytesIO(list_of(day, numbers).encode()), source="un", locator=where)
    return [document for raw in raws for document in documents.read(raw)]


def version(day, numbers):
    return read(day, numbers)[-1]


def told(*versions):
    found = dropped_numbers(versions)
    names = {one.doc_id: one.published.first_day.isoformat() for one in versions}
    return {names[doc_id]: (since.isoformat(), sorted(numbers)) for doc_id, (since, numbers) in found.items()}


JUNE, JULY, AUGUST = "2025-06-20", "2025-07-01", "2025-08-01"


def test_the_last_document_of_a_list_names_what_it_holds():
    one = version(JUNE, [2, 1])
    assert one.media_type == MediaType.UN_LIST
    assert "<REFERENCE_NUMBERS>RUe.001 RUe.002</REFERENCE_NUMBERS>" in one.text
    assert UnListExtractor().extract(one).claims == ()


@pytest.mark.parametrize(
    ("versions", "dropped"),
    [
        ([(JUNE, [1, 2, 3]), (JULY, [1, 3])], {JULY: (JUNE, ["RUe.002"])}),
        ([(JUNE, [1, 2, 3]), (JULY, [1, 2, 3]), (AUGUST, [1, 3])], {AUGUST: (JULY, ["RUe.002"])}),
        ([(JUNE, [1, 2, 3]), (JULY, [1, 3]), (AUGUST, [1, 3])], {JULY: (JUNE, ["RUe.002"])}),
        ([(JUNE, [1, 2, 3]), (JULY, [1, 3]), (AUGUST, [1, 2, 3])], {}),  # back again: an error of the list
        ([(JUNE, [1, 2, 3]), (JULY, [1])], {}),  # an excerpt
        ([(JUNE, [1, 2, 3, 4]), (JULY, [1]), (AUGUST, [1, 3, 4])], {AUGUST: (JUNE, ["RUe.002"])}),
        ([(JUNE, [1, 2, 3]), (JUNE, [1, 3])], {}),  # of one moment neither is the newer
        ([(JUNE, [1, 2]), (JULY, [1, 2, 3])], {}),
    ],
)
def test_what_is_dropped_between_versions(versions, dropped):
    made = [version(day, numbers) for day, numbers in versions]
    assert told(*made) == told(*reversed(made)) == dropped


@pytest.fixture
def home(tmp_path):
    source = f'kind = "un_list"\npath = "{tmp_path}/list.xml"\n'
    (tmp_path / "kg.toml").write_text(f"[jobs.lists]\n[[jobs.lists.sources]]\n{source}", encoding="utf-8")
    return tmp_path / ".kg"


def read_list(home, day, numbers):
    (home.parent / "list.xml").write_text(list_of(day, numbers), encoding="utf-8")
    run(home, "run", "lists")


def holds(home, day, *options):
    answer = json.loads(run(home, "sanctions", "RUe.002", "--on", day, "--json", *options))
    (designation,) = answer[0]["designations"]
    return designation["holds"]


def test_a_party_that_the_list_lacks_is_delisted_by_its_day_and_listed_again_when_that_version_is_forgotten(home):
    read_list(home, JUNE, [1, 2, 3])
    assert holds(home, AUGUST) == "in_force"
    read_list(home, JULY, [1, 3])
    assert holds(home, "2025-06-20").startswith("in_force")
    assert holds(home, AUGUST) == "ended"
    assert holds(home, AUGUST, "--known-on", "2025-06-30") == "in_force"
    told = "MATCH (c:Claim {act: 'lifted'})-[:FROM]->(d:Document) RETURN d.doc_id AS doc_id, d.title AS title, c.t_start AS first, c.t_end AS last, c.t_basis AS basis, c.effective_from AS effective, c.quote AS quote"
    (claim,) = rows(home, told)
    doc_id = claim.pop("doc_id")
    assert claim == {
        "title": "UN list of 2025-07-01T00:00:01Z: 2 records",
        "first": JUNE,
        "last": JULY,
        "basis": "relative-to-publication",
        "effective": JULY,
        "quote": "<DATE_GENERATED>2025-07-01T00:00:01Z</DATE_GENERATED>",
    }
    run(home, "forget", "--document", doc_id, "--yes")
    assert holds(home, AUGUST) == "in_force"


NUMBERS = st.lists(st.integers(1, 4), min_size=1, max_size=4, unique=True)


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.tuples(st.sampled_from([JUNE, JULY, AUGUST]), NUMBERS), min_size=2, max_size=4), st.randoms())
def test_versions_in_any_order_and_forgotten_ones_give_one_graph(tmp_path_factory, versions, rng):
    texts = {}
    for number, (day, numbers) in enumerate(versions):
        for document in read(day, numbers, where=f"list{number}.xml"):
            texts.setdefault(document.doc_id, document)
    prints = []
    for _ in range(2):
        order = list(texts.values())
        rng.shuffle(order)
        with Ledger.open(tmp_path_factory.mktemp("list") / "ledger.db") as ledger:
            stage = Stage(ledger=ledger, store=MemoryStore())
            for document in order:
                found = [UnListExtractor().extract(document)] if document.media_type == MediaType.UN_RECORD else []
                ledger.add(document, found, run_id="r")
                if rng.random() < 0.4:
                    stage.publish()
            stage.publish()
            require_equal(stage)
            prints.append(fingerprint(stage.store.read(Selection())))
            ledger.forget([rng.choice(order).doc_id], [], day=datetime(2025, 9, 1, tzinfo=UTC).date(), why="a test")
            stage.publish()
            require_equal(stage)
    assert prints[0] == prints[1]


class ReadsTold(Ledger):
    """A ledger that takes note of the documents that are read from it."""

    def document(self, doc_id):
        self.read_ids = {*getattr(self, "read_ids", ()), doc_id}
        return super().document(doc_id)

    def find(self, doc_id):
        self.read_ids = {*getattr(self, "read_ids", ()), doc_id}
        return super().find(doc_id)


def test_of_what_changed_only_the_documents_of_lists_are_read(tmp_path):
    lists = [*read(JUNE, [1, 2, 3], "june.xml"), *read(JULY, [1, 3], "july.xml")]
    with ReadsTold.open(tmp_path / "ledger.db") as ledger, Index.open(None) as index:
        for document in lists:
            for n in range(3):
                text = replace(document, doc_id=f"text_{n}_{document.doc_id}", media_type="text/plain")
                ledger.add(text, [], run_id="r")
        assert note_drops(ledger, index, set(ledger.doc_ids())) == set()
        assert not hasattr(ledger, "read_ids")
        for document in lists:
            ledger.add(document, [], run_id="r")
        assert note_drops(ledger, index, set(ledger.doc_ids())) == {lists[-1].doc_id}
        assert ledger.read_ids == {one.doc_id for one in lists}
