"""Addresses of Neo4j servers: what is refused before a connection, and what is told when there is none."""

import socket

import pytest

from kg.model.errors import StoreError, UsageError
from kg.store.bolt import open_bolt


@pytest.mark.parametrize("target", ["bolt://", "bolt://host:port", "neo4j://127.0.0.1:7687/graph", "bolt://h:1?x=1"])
def test_what_is_no_address_is_named(target):
    with pytest.raises(UsageError, match=r"bolt://HOST:PORT"):
        open_bolt(target)


def test_an_address_with_a_password_is_refused_without_showing_it():
    with pytest.raises(UsageError) as refused:
        open_bolt("bolt://neo4j:s3cret@127.0.0.1:7687")
    assert "s3cret" not in str(refused.value)
    assert "KG_NEO4J_PASSWORD" in str(refused.value)


@pytest.mark.parametrize(
    ("target", "tls"), [("bolt://192.0.2.1:7687", r"bolt\+s://"), ("neo4j://db.example", r"neo4j\+s://")]
)
def test_a_password_is_not_sent_to_another_machine_in_the_clear(target, tls):
    with pytest.raises(StoreError, match=tls):
        open_bolt(target, password="s3cret")


def test_a_server_that_is_not_there_is_told_in_one_line():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(StoreError, match=rf"bolt://127\.0\.0\.1:{port} does not answer .*KG_STORE") as failed:
        open_bolt(f"bolt://127.0.0.1:{port}", password="x")
    assert "\n" not in str(failed.value)


@pytest.mark.neo4j
@pytest.mark.parametrize("password", ["wrong", None])
def test_a_wrong_password_is_told_without_showing_it(neo4j_uri, password):
    with pytest.raises(StoreError, match="KG_NEO4J_PASSWORD") as refused:
        open_bolt(neo4j_uri, password=password)
    assert "wrong" not in str(refused.value)


@pytest.mark.neo4j
def test_a_closed_connection_is_opened_anew(bolt_store, neo4j_server):
    store = open_bolt(neo4j_server.uri.replace("bolt", "neo4j"), password=neo4j_server.password)
    try:
        assert store.name == neo4j_server.uri.replace("bolt", "neo4j")
        assert store.count_nodes() == 0
    finally:
        store.close()
