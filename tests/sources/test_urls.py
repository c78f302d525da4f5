import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.errors import SourceError
from kg.sources.addresses import is_public_address
from kg.sources.urls import cache_key, canonical_url, checked_url, joined_url, printable_url

SHARED_TABLE = Path(__file__).parents[2] / "../shared/data/sources/url_canonical.csv"
CANONICAL = [
    ("https://News.Example.org:443/a/./b/../c?utm_campaign=x&B=2&a=1#part", "https://news.example.org/a/c?B=2&a=1"),
    ("https://example.org/a?gclid=1", "https://example.org/a"),
    ("https://example.org/%7eme/%e2%82%ac", "https://example.org/~me/%E2%82%AC"),
    ("https://example.org//twice", "https://example.org//twice"),
    ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
    ("https://example.org/s;jsessionid=0A1B?x=1", "https://example.org/s?x=1"),
    ("https://example.org", "https://example.org/"),
]


@pytest.mark.parametrize(("url", "expected"), CANONICAL)
def test_canonical_url(url, expected):
    assert canonical_url(url) == expected
    assert canonical_url(expected) == expected


@pytest.mark.skipif(not SHARED_TABLE.exists(), reason="the shared table is not there")
def test_canonical_url_agrees_with_the_shared_table():
    with SHARED_TABLE.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    for row in rows:
        if row["expected_canonical"] == "REJECT":
            with pytest.raises(SourceError):
                canonical_url(row["input"])
        else:
            assert canonical_url(row["input"]) == row["expected_canonical"], row["note"]


@pytest.mark.parametrize(
    "url", ["", "example.org/a", "//example.org/a", "mailto:a@example.org", "https://u:p@example.org/", "http://[::1"]
)
def test_what_is_no_public_http_url_is_refused(url):
    with pytest.raises(SourceError):
        checked_url(url)


def test_checked_url_keeps_the_query_as_it_was_written():
    assert checked_url("https://example.org/a?b=2&a=%2Fx&utm_source=rss#top") == (
        "https://example.org/a?b=2&a=%2Fx&utm_source=rss"
    )


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("https://me:word@example.org/a", "https://example.org/a"),
        ("https://example.org/a?Access_Token=abc&id=1#x", "https://example.org/a?Access_Token=***&id=1#x"),
        ("https://example.org/a?x-amz-signature=abc", "https://example.org/a?x-amz-signature=***"),
        ("https://example.org/a?key=abc&monkey=1", "https://example.org/a?key=***&monkey=1"),
        ("https://example.org/a?token", "https://example.org/a?token"),
        ("https://example.org/me@home", "https://example.org/me@home"),
    ],
)
def test_printable_url_hides_secrets_only(url, printed):
    assert printable_url(url) == printed


def test_cache_keys_differ_and_hold_no_address():
    keys = {cache_key(f"https://example.org/arrest-of-somebody?token={token}") for token in ("tok1", "tok2")}
    assert len(keys) == 2
    assert not any(told in key for key in keys for told in ("tok", "example", "somebody"))
    assert cache_key("https://example.org/a?id=1") == cache_key("https://example.org/a?id=1")


def test_links_are_joined_to_the_page():
    assert joined_url("https://example.org/a/b", "../c?d=1") == "https://example.org/c?d=1"
    with pytest.raises(SourceError):
        joined_url("https://example.org/", "http://[::1")


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_public_addresses(address):
    assert is_public_address(address)


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "fe80::1%eth0", "224.0.0.1", "ff02::1", "100.64.0.1", "::ffff:8.8.8.8", "2002:808:808::", "x", ""],
)
def test_addresses_that_are_not_public(address):
    assert not is_public_address(address)


@given(st.integers(min_value=0, max_value=2**32 - 1))
def test_nat64_form_is_as_public_as_the_ipv4_address(number):
    import ipaddress

    inside = ipaddress.IPv4Address(number)
    outside = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + number)
    assert is_public_address(str(outside)) == is_public_address(str(inside))


@given(st.text(max_size=60))
def test_any_text_is_a_url_or_refused(text):
    try:
        checked = checked_url(text)
    except SourceError:
        return
    assert checked.startswith(("http://", "https://"))
    assert canonical_url(canonical_url(checked)) == canonical_url(checked)


@given(st.text(alphabet="abc=&%?#@:/;.", max_size=40))
def test_canonical_form_of_a_canonical_form_is_itself(tail):
    try:
        canonical = canonical_url(f"https://example.org/{tail}")
    except SourceError:
        return
    assert canonical_url(canonical) == canonical
