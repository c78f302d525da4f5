from io import BytesIO

import pytest

from kg.sources.xml_reading import XmlError, head_of, local_name, records

LAUGHS = b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><r><item>&b;</item></r>'
EXTERNAL = b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r><item/></r>'
FILE_ENTITY = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><item>&x;</item></r>'
PARAMETER = b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]><r><item/></r>'
NETSCAPE = (
    b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.example/rss-0.91.dtd"'
)


@pytest.mark.parametrize("xml", [LAUGHS, EXTERNAL, FILE_ENTITY, PARAMETER])
def test_document_types_are_refused(xml):
    with pytest.raises(XmlError, match="DOCTYPE"):
        head_of(xml)


def test_document_type_of_old_feeds_is_read_if_it_declares_nothing():
    assert head_of(NETSCAPE + b"><rss/>").name == "rss"
    with pytest.raises(XmlError, match="DOCTYPE"):
        head_of(NETSCAPE + b' [<!ENTITY a "b">]><rss/>')


def test_records_expand_no_entity_and_read_no_file():
    for xml in (LAUGHS, FILE_ENTITY):
        for item in records(BytesIO(xml), ("item",)):
            assert "".join(item.itertext()) in {"&b;", "&x;", ""}


def test_head_tells_root_and_attributes_from_the_beginning_alone():
    head = head_of(b'<?xml version="1.0"?><!-- a --><x:list xmlns:x="urn:x" x:day="1" n="2"><x:item>unfinished')
    assert (head.name, dict(head.attributes)) == ("list", {"day": "1", "n": "2"})


@pytest.mark.parametrize("text", [b"", b"plain text", b"{}", b"<", b"\0\0\0"])
def test_head_of_what_is_no_xml_is_an_error(text):
    with pytest.raises(XmlError):
        head_of(text)


def test_records_of_any_namespace_come_whole_and_are_freed():
    xml = b'<l xmlns:n="urn:n"><t>head</t><item>1<a/></item><n:item>2</n:item><item>3</item></l>'
    texts, last = [], None
    for item in records(BytesIO(xml), ("item",)):
        texts.append((local_name(item.tag), item.text))
        last = item
        assert item.getroottree().getroot().findtext("t") == "head"
    assert texts == [("item", "1"), ("item", "2"), ("item", "3")]
    assert last is not None
    assert last.text is None


def test_memory_stays_flat_over_many_records():
    xml = b"<l>" + b"<item><a>x</a></item>" * 50_000 + b"</l>"
    # The parser takes chunks of 32 KiB, some 1,500 of these records, and what was yielded is gone.
    assert max(len(item.getparent()) for item in records(BytesIO(xml), ("item",))) < 5_000


def test_depth_bomb_is_refused():
    with pytest.raises(XmlError, match="depth"):
        list(records(BytesIO(b"<a>" * 100_000), ("item",)))


def test_many_attributes_do_no_harm():
    attributes = b" ".join(b'a%d="1"' % number for number in range(50_000))
    assert len(list(records(BytesIO(b"<l><item " + attributes + b"/></l>"), ("item",)))) == 1


def test_broken_xml_names_the_line():
    with pytest.raises(XmlError, match="line 3"):
        list(records(BytesIO(b"<l>\n<item/>\n<item></l>"), ("item",)))


def test_lenient_reading_goes_on():
    xml = b"<l><item>a &nbsp; b & c</item><item>2</item>"
    assert len(list(records(BytesIO(xml), ("item",), recover=True))) == 2
