"""What tests of several rooms share: a real Neo4j, a real browser, graph stores that are empty at the start of each test."""

import os

import pytest
from hypothesis import settings

from kg.store.bolt import open_bolt
from kg.store.embedded import open_embedded
from services.browser import chromium, firefox, open_page, open_shared_page  # noqa: F401  # fixtures
from services.neo4j import NoServerError, Server, running

ABSENT = pytest.StashKey[str]()

# How long an example takes says how busy the processors are, and nothing of what is tested.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """Let one worker have all tests of Neo4j, which empty the one server, and the tests of each file; slow ones first.

    A slow test goes to whichever worker is free, so that none is left with two of them at the end.
    """
    for item in items:
        if item.get_closest_marker("neo4j"):
            item.add_marker(pytest.mark.xdist_group("neo4j"))
        elif not item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.xdist_group(str(item.path)))
    yield
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory, request):
    """A Neo4j server; without one the test is skipped, or fails where CI=true."""
    try:
        with running(tmp_path_factory.mktemp("neo4j")) as server:
            yield server
    except NoServerError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI needs a real Neo4j: {error}")
        request.config.stash[ABSENT] = str(error)
        pytest.skip("no Neo4j")


@pytest.fixture(scope="session")
def neo4j_uri(neo4j_server: Server) -> str:
    """The address of a Neo4j; its password is `neo4j_server.password`."""
    return neo4j_server.uri


@pytest.fixture(scope="session")
def _embedded(tmp_path_factory):
    store = open_embedded(str(tmp_path_factory.mktemp("graph")))
    store.prepare()
    yield store
    store.close()


@pytest.fixture(scope="session")
def _bolt(neo4j_server: Server):
    store = open_bolt(neo4j_server.uri, password=neo4j_server.password)
    store.prepare()
    (found,) = store.query("MATCH (n) RETURN count(n) AS nodes", {})
    if found["nodes"]:
        store.close()
        pytest.fail(f"{store.name} holds {found['nodes']} nodes and these tests empty it; name an empty server")
    yield store
    _emptied(store).close()


def _emptied(store):
    with store._connection.session() as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
    return store


@pytest.fixture
def embedded_store(_embedded):
    """An empty embedded store with the schema in place."""
    return _emptied(_embedded)


@pytest.fixture
def bolt_store(_bolt):
    """An emptied Neo4j with the schema in place."""
    return _emptied(_bolt)


@pytest.fixture(params=["embedded_store", pytest.param("bolt_store", marks=pytest.mark.neo4j)])
def store(request):
    """An empty graph store: each of the two in turn."""
    return request.getfixturevalue(request.param)


def pytest_sessionfinish(session):
    """Hand what a worker lacks to the process that reports."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["absent"] = session.config.stash.get(ABSENT, None)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Take what a worker lacks."""
    if reason := getattr(node, "workeroutput", {}).get("absent"):
        node.config.stash[ABSENT] = reason


def pytest_terminal_summary(terminalreporter, config):
    """Say loudly that a part of the suite did not run, and how to get it."""
    if reason := config.stash.get(ABSENT, None):
        terminalreporter.write_line(f"NOT TESTED AGAINST A REAL NEO4J: {reason}", red=True, bold=True)
