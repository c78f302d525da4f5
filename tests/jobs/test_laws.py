"""Laws of the graph that follows the ledger, over random programs of what is done to a ledger."""

import random
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs.programs import Add, Forget, Publish, Stage, Undo, additions, judgements, programs, require_equal, rulings
from kg.graph import fingerprint
from kg.jobs.publish import INDEX, publish
from kg.model.graph import Graph, Node, Selection, WriteReport
from kg.store.embedded import open_embedded
from kg.store.ledger import Ledger

FEW, MANY = 40, 150  # both stores together 300; each of them has been seen to hold for 300
ON_ONE_STORE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


class MemoryStore:
    """A store that keeps rows by ref."""

    name = "memory"

    def __init__(self):
        self.rows = {}

    def count_nodes(self):
        return sum(isinstance(row, Node) for row in self.rows.values())

    def write(self, batch):
        for row in (*batch.nodes, *batch.relationships):
            self.rows[row.ref] = row
        for ref in (*batch.gone_relationships, *batch.gone_nodes):
            self.rows.pop(ref, None)
        return WriteReport(properties_set=len(batch))

    def read(self, _selection):
        rows = self.rows.values()
        return Graph(
            nodes=tuple(row for row in rows if isinstance(row, Node)),
            relationships=tuple(row for row in rows if not isinstance(row, Node)),
        )


def emptied(store):
    with store._connection.session() as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
    return store


@pytest.fixture(scope="module")
def embedded(tmp_path_factory):
    with closing(open_embedded(str(tmp_path_factory.mktemp("laws") / "graph"))) as store:
        store.prepare()
        yield store


@pytest.fixture
def stages(tmp_path_factory):
    """Makes stages with an empty ledger each."""
    opened = []

    def make(store):
        opened.append(Ledger.open(tmp_path_factory.mktemp("law") / "ledger.db"))
        return Stage(ledger=opened[-1], store=store)

    yield make
    for ledger in opened:
        ledger.close()


def rebuild_equals_incremental(program, stage):
    for step in program:
        step.run(stage)
    stage.publish()
    require_equal(stage)
    followed = fingerprint(stage.store.read(Selection()))
    assert followed == fingerprint(stage.world())
    assert stage.publish() == WriteReport()
    stage.ledger.path.with_name(INDEX).unlink()
    stage.ledger.mark_published(stage.store.name, "anything")
    assert stage.publish() == WriteReport()
    require_equal(stage)


@settings(deadline=None, max_examples=FEW, suppress_health_check=ON_ONE_STORE)
@given(programs())
def test_rebuild_equals_incremental(stages, program):
    rebuild_equals_incremental(program, stages(MemoryStore()))


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(deadline=None, max_examples=MANY, suppress_health_check=ON_ONE_STORE)
@given(programs())
def test_rebuild_equals_incremental_on_the_embedded_store(stages, embedded, program):
    rebuild_equals_incremental(program, stages(emptied(embedded)))


@pytest.mark.slow
@pytest.mark.neo4j
@pytest.mark.timeout(600)
@settings(deadline=None, max_examples=MANY, suppress_health_check=ON_ONE_STORE)
@given(programs())
def test_rebuild_equals_incremental_on_neo4j(stages, bolt_store, program):
    rebuild_equals_incremental(program, stages(emptied(bolt_store)))


@settings(deadline=None, max_examples=FEW, suppress_health_check=ON_ONE_STORE)
@given(st.lists(additions(), min_size=2, max_size=6, unique_by=lambda step: repr(step)), st.randoms())
def test_order_of_documents_does_not_matter(stages, added, rng):
    shuffled = list(added)
    rng.shuffle(shuffled)
    read = []
    for order in (added, shuffled):
        stage = stages(MemoryStore())
        for step in order:
            step.run(stage)
            Publish().run(stage)
        read.append((fingerprint(stage.store.read(Selection())), len({step.name for step in order})))
    assert read[0] == read[1] or len(set(map(_text, added))) < len(added)


def _text(step):
    """Two additions of one text are one document, and the first stands."""
    return step.name, tuple((told["trigger"], told["actor"], told["recipient"]) for told in step.told)


@settings(deadline=None, max_examples=FEW, suppress_health_check=ON_ONE_STORE)
@given(programs())
def test_ingest_twice_writes_nothing(stages, program):
    stage = stages(MemoryStore())
    for step in program:
        step.run(stage)
    stage.publish()
    for step in program:
        if isinstance(step, Add):
            step.run(stage)
    assert stage.publish() == WriteReport()


def fingerprint_after(stage, *steps):
    for step in steps:
        step.run(stage)
    stage.publish()
    return fingerprint(stage.store.read(Selection()))


@settings(deadline=None, max_examples=FEW, suppress_health_check=ON_ONE_STORE)
@given(programs(), judgements() | rulings())
def test_a_judgement_and_undoing_it_is_the_identity(stages, program, judged):
    stage = stages(MemoryStore())
    before = fingerprint_after(stage, *program)
    standing = stage.ledger.judgements.standing()
    fingerprint_after(stage, judged)
    for judgement in stage.ledger.judgements.standing():
        if judgement not in standing:
            Undo(stage.ledger.judgements.standing().index(judgement)).run(stage)
    assert fingerprint_after(stage) == before


@settings(deadline=None, max_examples=FEW, suppress_health_check=ON_ONE_STORE)
@given(programs(), additions())
def test_a_document_that_is_forgotten_and_comes_again_leaves_the_graph_without_it(stages, program, added):
    added = replace(added, name="epsilon")  # of no version and no copy with the others
    stage = stages(MemoryStore())
    before = fingerprint_after(stage, *program)
    fingerprint_after(stage, added)
    assert fingerprint_after(stage, Forget(len(stage.doc_ids) - 1), added) == before


@settings(deadline=None, max_examples=FEW, suppress_health_check=ON_ONE_STORE)
@given(programs(), st.integers(0, 3))
def test_a_publication_that_is_cut_off_loses_nothing(stages, program, batches):
    stage = stages(MemoryStore())
    rng = random.Random(batches)
    for step in program:
        step.run(stage)
        stops = iter([False] * rng.randint(0, batches) + [True] * 99)
        publish(stage.ledger, stage.store, min_confidence=0.6, stop=lambda stops=stops: next(stops))
    stage.publish()
    require_equal(stage)
    assert fingerprint(stage.store.read(Selection())) == fingerprint(stage.world())
