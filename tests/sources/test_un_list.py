from io import BytesIO
from pathlib import Path
from tracemalloc import get_traced_memory, start, stop

import pytest
from lxml import etree

from kg.model.documents import MediaType
from kg.model.errors import SettingsError, SourceError
from kg.sources.un_list import UnListSource, canonical_record, list_records
from sources.web_server import NOW, DictCache, conditional, reply, serving

SHARED = Path(__file__).parents[2] / "../shared/data"
LIST = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2025-06-20T00:00:01.000Z">
<INDIVIDUALS>
<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ANNA </FIRST_NAME><SECOND_NAME>O'HARA</SECOND_NAME><THIRD_NAME/>
<UN_LIST_TYPE>Ruritania</UN_LIST_TYPE><REFERENCE_NUMBER>RUi.001</REFERENCE_NUMBER><LISTED_ON>2019-03-04</LISTED_ON>
<COMMENTS1>First line
  second &amp; last.</COMMENTS1>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME> </ALIAS_NAME></INDIVIDUAL_ALIAS>
<NATIONALITY><VALUE>Ruritania</VALUE><VALUE>Graustark</VALUE></NATIONALITY></INDIVIDUAL>
</INDIVIDUALS>
<ENTITIES><ENTITY><FIRST_NAME>ZENDA SHIPPING</FIRST_NAME><REFERENCE_NUMBER/></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>"""
RECORD = """<INDIVIDUAL>
  <DATAID>1</DATAID>
  <FIRST_NAME>ANNA</FIRST_NAME>
  <SECOND_NAME>O'HARA</SECOND_NAME>
  <UN_LIST_TYPE>Ruritania</UN_LIST_TYPE>
  <REFERENCE_NUMBER>RUi.001</REFERENCE_NUMBER>
  <LISTED_ON>2019-03-04</LISTED_ON>
  <COMMENTS1>First line second &amp; last.</COMMENTS1>
  <NATIONALITY>
    <VALUE>Ruritania</VALUE>
    <VALUE>Graustark</VALUE>
  </NATIONALITY>
</INDIVIDUAL>
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "list.xml"
    path.write_text(LIST)
    return path


def fetched(source, cache=None):
    return list(source.fetch(now=NOW, cache=cache or DictCache()))


def test_each_record_is_a_raw_document_of_readable_xml(path):
    person, company, version = fetched(UnListSource(name="un", path=str(path)))
    assert person.content.decode("utf-8") == RECORD
    assert (person.locator, person.media_type) == (f"{path}#RUi.001", MediaType.UN_RECORD)
    assert person.title == "UN list: ANNA O'HARA (RUi.001)"
    assert person.publisher == "United Nations Security Council"
    assert person.published_at == "2025-06-20T00:00:01.000Z"
    assert person.retrieved_at is None
    assert company.locator == f"{path}#record-2"
    assert company.title == "UN list: ZENDA SHIPPING (record-2)"
    assert (version.locator, version.media_type) == (f"{path}#2025-06-20T00:00:01.000Z", MediaType.UN_LIST)
    assert version.title == "UN list of 2025-06-20T00:00:01.000Z: 1 records"
    assert "  <REFERENCE_NUMBERS>RUi.001</REFERENCE_NUMBERS>\n" in version.content.decode("utf-8")


def test_canonical_record_is_canonical():
    again = canonical_record(etree.fromstring(RECORD))
    assert again == RECORD


def test_snapshot_that_must_give_something(path):
    source = UnListSource(name="un", path=str(path))
    assert (source.kind, source.min_documents) == ("snapshot", 1)


@pytest.mark.parametrize("share", [0.5, 0.9, 0.99])
def test_cut_list_gives_nothing_and_says_how_far_it_got(path, share):
    path.write_text(LIST[: int(len(LIST) * share)])
    given = []
    with pytest.raises(SourceError, match=r"list\.xml: is not a whole UN list: line \d+: .* \d records were read"):
        given.extend(UnListSource(name="un", path=str(path)).fetch(now=NOW, cache=DictCache()))
    assert given == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<html><body>Log in</body></html>", "begins with <html>"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><CONSOLIDATED_LIST/>', "DOCTYPE"),
        ("", "no XML element|line"),
    ],
)
def test_what_is_no_un_list_is_an_error(path, text, told):
    path.write_text(text)
    with pytest.raises(SourceError, match=told):
        fetched(UnListSource(name="un", path=str(path)))


def test_missing_file_is_an_error(tmp_path):
    with pytest.raises(SourceError, match="gone: cannot be read"):
        fetched(UnListSource(name="un", path=str(tmp_path / "gone")))


def test_list_is_read_from_one_place():
    for places in ({}, {"path": "a", "url": "https://example.org/"}):
        with pytest.raises(SettingsError, match="one of the two"):
            UnListSource(name="un", **places)


def test_list_from_an_address_is_fetched_once_while_it_stays_the_same():
    with serving() as web:
        url = web.on("/list.xml", conditional(LIST, etag='"1"', content_type="text/xml"))
        source = UnListSource(name="un", url=url, allow_loopback_ports=web.ports)
        cache = DictCache()
        raws = fetched(source, cache)
        assert [raw.locator for raw in raws] == [f"{url}#RUi.001", f"{url}#record-2", f"{url}#2025-06-20T00:00:01.000Z"]
        assert {(raw.url, raw.retrieved_at) for raw in raws} == {(url, NOW)}
        assert not source.not_modified
        assert fetched(source, cache) == []
        assert source.not_modified


def test_cut_answer_is_not_remembered():
    with serving() as web:
        url = web.on("/list.xml", reply(200, LIST[:-30], etag='"1"', content_type="text/xml"))
        cache = DictCache()
        with pytest.raises(SourceError, match="not a whole UN list"):
            fetched(UnListSource(name="un", url=url, allow_loopback_ports=web.ports), cache)
        assert cache.kept == {}


def test_memory_stays_flat_over_a_long_list():
    record = LIST[LIST.index("<INDIVIDUAL>") : LIST.index("</INDIVIDUALS>")]
    stream = BytesIO(f"<CONSOLIDATED_LIST>{record * 20_000}</CONSOLIDATED_LIST>".encode())
    start()
    try:
        assert sum(1 for _ in list_records(stream, source="un", locator="list")) == 20_000
        assert get_traced_memory()[1] < 5_000_000
    finally:
        stop()


@pytest.mark.skipif(not SHARED.exists(), reason="the shared lists are not there")
@pytest.mark.parametrize(
    ("name", "count", "generated"),
    [
        ("sources/un_consolidated_min.xml", 2, "2026-02-27T00:00:09.554Z"),
        ("lists/UN_consolidated_2026-02-27.xml", 1003, "2026-02-27T00:00:09.554Z"),
    ],
)
def test_real_list_is_read_whole(name, count, generated):
    raws = fetched(UnListSource(name="un", path=str(SHARED / name)))
    assert len(raws) == count + 1
    assert len({raw.locator for raw in raws}) == count + 1
    assert {raw.published_at for raw in raws} == {generated}
    assert not any("record-" in raw.locator or "no name" in (raw.title or "") for raw in raws)
    for raw in raws:
        assert canonical_record(etree.fromstring(raw.content)).encode("utf-8") == raw.content
