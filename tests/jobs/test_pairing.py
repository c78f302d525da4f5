"""Who is who as the index follows the ledger, held against who is who by all that documents show."""

from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.made import Story, actor
from kg.jobs.identities import identity_of, known_of
from kg.jobs.publish import indexed
from kg.resolve.pairs import MAX_BLOCK, is_sure
from kg.store.ledger import Ledger

# Vowels do not count for the keys that like names share: all of these lie under one key.
NAMES = tuple(f"B{a}d{b} M{c}r{d}" for a, b, c, d in product("aeiou", repeat=4))
CROWD = NAMES[: MAX_BLOCK - 2]
AT = date(2025, 7, 21)
WORK = (None, "senator", "singer")


@pytest.fixture
def ledgers(tmp_path_factory):
    opened = []

    def make():
        opened.append(Ledger.open(tmp_path_factory.mktemp("pairing") / "ledger.db"))
        return opened[-1]

    yield make
    for ledger in opened:
        ledger.close()


def add(ledger, number, people):
    told = {key: actor(key, key, "state") for key in ("FRA", "USA")}
    for name, home, work in people:
        told[name] = actor(name, country=home, acts_for=home if work else None, office=work)
    story = Story(f"story {number}", actors=told)
    for name, _, _ in people:
        story.tell("spoke", "ACCUSE", actor=name)
    document, extractions = story.read()
    ledger.add(document, extractions, run_id="r")
    return document.doc_id


def require_equal(ledger):
    judgements = ledger.judgements.standing()
    with indexed(ledger) as (index, _):
        noted, known = identity_of(index), known_of(index, judgements)
        expected = known.identity
        assert (noted.actor_ids, noted.types, noted.shared) == (expected.actor_ids, expected.types, expected.shared)
        sure = {(p.left, p.right, p.score) for p in known.likely if is_sure(p, known.seen[p.left], known.seen[p.right])}
        assert set(index.alike.all_sure()) == sure
        return len(known.likely), len(sure), len(expected.shared)


people = st.tuples(
    st.sampled_from(NAMES[:6] + NAMES[-6:]), st.sampled_from([None, "FRA", "USA"]), st.sampled_from(WORK)
)
additions = st.lists(people, min_size=1, max_size=5, unique_by=lambda one: one[0])


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(additions | st.integers(0, 9), min_size=1, max_size=8), st.booleans())
def test_who_is_one_by_rule_follows_what_documents_show(ledgers, program, has_crowd):
    ledger, doc_ids = ledgers(), []
    if has_crowd:
        doc_ids.append(add(ledger, "crowd", [(name, "FRA", None) for name in CROWD]))
        require_equal(ledger)
    for number, step in enumerate(program):
        if isinstance(step, list):
            doc_ids.append(add(ledger, number, step))
        elif doc_ids:
            ledger.forget([doc_ids[step % len(doc_ids)]], [], day=AT, why="a test")
        require_equal(ledger)


def test_a_name_that_becomes_common_merges_nobody_and_a_rare_one_again_does(ledgers):
    ledger = ledgers()
    add(ledger, "few", [(name, "FRA", None) for name in CROWD])
    _, few, _ = require_equal(ledger)
    others = [(name, "FRA", None) for name in NAMES[-3:]]
    doc_id = add(ledger, "more", others)
    likely, many, _ = require_equal(ledger)
    ledger.forget([doc_id], [], day=AT, why="a test")
    assert few > 0
    assert (likely, many) == (0, 0)
    assert require_equal(ledger)[1] == few


def test_people_of_two_homes_and_two_lines_of_work_are_told_apart_and_brought_together_again(ledgers):
    ledger = ledgers()
    add(ledger, "one", [(NAMES[0], "FRA", "senator")])
    doc_id = add(ledger, "two", [(NAMES[0], "USA", "singer")])
    assert require_equal(ledger)[2] == 1
    ledger.forget([doc_id], [], day=AT, why="a test")
    assert require_equal(ledger)[2] == 0
