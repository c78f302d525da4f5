"""Which document replaces which: told by real documents of pages, aggregators, dumps and lists."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import read
from kg.model.documents import MediaType, RawDocument
from kg.sources.un_list import list_records
from kg.store.versions import superseded

DAY = datetime(2025, 6, 20, 9, tzinfo=UTC)
URL = "https://wire.example/world/strike-on-the-port"
STRIKE = (
    "Drones hit the port at night\n"
    "Two drones hit the grain terminal of the port on Thursday night, the regional governor said. "
    "{toll} people were killed and a warehouse burnt down. The army said that it had shot down six other drones. "
    "Shipping was resumed on Friday morning after divers had searched the harbour basin for mines."
)
TALKS = (
    "Ministers meet in the capital\n"
    "The foreign ministers of both countries met in the capital on Friday for talks about the exchange of prisoners. "
    "A joint statement is expected in the evening, a spokeswoman said. The last such meeting was held in spring."
)


def page(text, *, after=0, url=URL, source="wire", media_type=MediaType.TEXT):
    """The one document of a page that was fetched so many days after the first."""
    raw = RawDocument(
        source=source,
        locator=url or "a file",
        media_type=media_type,
        content=text.encode(),
        retrieved_at=None if after is None else DAY + timedelta(days=after),
        url=url,
    )
    (document,) = read(raw)
    return document


def replaced(*documents):
    return superseded(documents, lambda document: document.url)


def test_a_corrected_page_replaces_what_it_said_before():
    first, second = page(STRIKE.format(toll="Three")), page(STRIKE.format(toll="Five"), after=2)
    assert replaced(first, second) == {first.doc_id: (second.doc_id, date(2025, 6, 22))}


def test_three_versions_follow_one_another_in_any_order():
    versions = [page(STRIKE.format(toll=toll), after=no) for no, toll in enumerate(("Three", "Four", "Five"))]
    expected = {
        versions[0].doc_id: (versions[1].doc_id, date(2025, 6, 21)),
        versions[1].doc_id: (versions[2].doc_id, date(2025, 6, 22)),
    }
    for seed in range(6):
        random.Random(seed).shuffle(versions)
        assert replaced(*versions) == expected


@pytest.mark.parametrize(
    "other",
    [
        {"url": "https://wire.example/world/other"},
        {"url": None},
        {"source": "another wire"},
        {"after": None},
        {"after": 0},
    ],
)
def test_another_address_or_source_or_no_later_time_replaces_nothing(other):
    told = {"after": 1, **other}
    assert replaced(page(STRIKE.format(toll="Three")), page(STRIKE.format(toll="Five"), **told)) == {}


def test_a_front_page_with_another_story_each_day_replaces_nothing():
    assert replaced(page(STRIKE.format(toll="Three")), page(TALKS, after=1)) == {}


def test_a_text_written_anew_under_its_old_title_is_a_newer_version():
    title = STRIKE.splitlines()[0]
    anew = f"{title}\nNobody was hurt, the governor now says; the first report spoke of another harbour altogether."
    first, second = page(STRIKE.format(toll="Three")), page(anew, after=1)
    assert set(replaced(first, second)) == {first.doc_id}


def aggregator(*stories, after):
    told = []
    for text in stories:
        title, _, body = text.partition("\n")
        told += [title, title, "Alpha Wire", "time2 hours ago", "• Alpha Wire", title, body]
    raw = RawDocument(
        source="reader",
        locator="https://reader.example/today",
        media_type=MediaType.TEXT,
        content="\n".join(told).encode(),
        retrieved_at=DAY + timedelta(days=after),
        url="https://reader.example/today",
    )
    return read(raw)


def test_a_story_that_moved_on_its_page_replaces_its_own_older_version_and_no_other():
    strike, talks = STRIKE.format(toll="Three"), TALKS
    before = aggregator(strike, talks, after=0)
    after = aggregator(talks + " It was put off.", strike.replace("Three", "Nine"), after=1)
    assert [document.segment_no for document in (*before, *after)] == [0, 1, 0, 1]
    assert replaced(*before, *after) == {
        before[0].doc_id: (after[1].doc_id, date(2025, 6, 21)),
        before[1].doc_id: (after[0].doc_id, date(2025, 6, 21)),
    }


UN_LIST = """<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2025-06-20T00:00:00Z"><INDIVIDUALS>
<INDIVIDUAL><FIRST_NAME>ABDUL</FIRST_NAME><SECOND_NAME>{name}</SECOND_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>
<REFERENCE_NUMBER>QDi.001</REFERENCE_NUMBER></INDIVIDUAL>
<INDIVIDUAL><FIRST_NAME>ABDUL</FIRST_NAME><SECOND_NAME>KARIM</SECOND_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>
<REFERENCE_NUMBER>QDi.002</REFERENCE_NUMBER></INDIVIDUAL>
</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>"""


def records_of(name, after):
    from io import BytesIO

    where = "https://lists.example/un.xml"
    raws = list_records(
        BytesIO(UN_LIST.format(name=name).encode()),
        source="un",
        locator=where,
        url=where,
        retrieved_at=DAY + timedelta(days=after),
    )
    return [document for raw in raws for document in read(raw)]


def test_a_changed_record_of_a_list_replaces_the_record_of_its_number_alone():
    before, after = records_of("RAHIM", 0), records_of("RAHEEM", 1)
    assert before[1].doc_id == after[1].doc_id
    changed = {document.doc_id: document for document in (*before, *after)}.values()
    assert replaced(*changed) == {before[0].doc_id: (after[0].doc_id, date(2025, 6, 21))}


@given(st.lists(st.tuples(st.sampled_from(["Three", "Four", "Five", "Six"]), st.integers(0, 3)), max_size=6))
def test_what_replaces_is_always_newer_and_never_replaced_in_a_circle(told):
    documents = {
        document.doc_id: document for toll, after in told for document in [page(STRIKE.format(toll=toll), after=after)]
    }
    versions = replaced(*documents.values())
    for old, (new, day) in versions.items():
        assert documents[new].retrieved_at > documents[old].retrieved_at
        assert day == documents[new].retrieved_at.date()
    newest = max((document.retrieved_at for document in documents.values()), default=None)
    assert {d.doc_id for d in documents.values() if d.retrieved_at == newest}.isdisjoint(versions)
    assert len(versions) == sum(document.retrieved_at < newest for document in documents.values())
