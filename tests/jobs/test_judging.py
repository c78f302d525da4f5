"""Merging, splitting and undoing by command: the graph follows, comes back, and refuses what cannot be."""

from contextlib import closing
from datetime import date

import pytest

from cypher.circle import stories
from graph.made import Story, actor
from jobs.judged import told, workplace_with
from kg import graph
from kg.jobs.judging import Bench, listed, merge, split, undo
from kg.jobs.publish import indexed, publish, world
from kg.jobs.review import question_of
from kg.model.errors import UsageError
from kg.model.graph import Selection, WriteReport
from kg.model.judgements import Verdict
from kg.store.ledger import Ledger

WHY = "the same register number"


@pytest.fixture
def workplace(tmp_path):
    return workplace_with(tmp_path, *told())


def published(workplace):
    """The fingerprint of the store after publishing, which is that of the ledger."""
    bar = workplace.settings.min_confidence
    with workplace.ledger() as ledger, closing(workplace.graph_store()) as store:
        store.prepare()
        publish(ledger, store, min_confidence=bar)
        found = store.read(Selection())
        assert graph.fingerprint(found) == graph.fingerprint(world(ledger, bar))
    return graph.fingerprint(found), found


def actors(found):
    return {str(node.properties["name"]): node for node in found.nodes if node.label == "Actor"}


def state_of(workplace):
    with workplace.ledger() as ledger:
        return ledger.changes(), ledger.judgements.all()


def test_a_merge_makes_one_actor_of_two_and_undoing_it_gives_the_bytes_of_before(workplace):
    before, found = published(workplace)
    assert {"Adria Cargo", "Adriatic Lines"} <= actors(found).keys()
    decided = merge(workplace, "Adria Cargo", "Adriatic Lines", WHY)
    assert decided.judgement.verdict is Verdict.POSITIVE
    assert decided.judgement.because == WHY
    assert decided.written != WriteReport()
    merged, found = published(workplace)
    (company,) = [node for node in actors(found).values() if node.properties["type"] == "company"]
    assert {company.properties["name"], *company.properties["aliases"]} == {"Adria Cargo", "Adriatic Lines"}
    assert merged != before
    undone = undo(workplace, None)
    assert undone.judgement == decided.judgement
    assert published(workplace)[0] == before
    assert [row["undone"] is None for row in listed(workplace)] == [False]


def test_a_split_parts_what_the_rule_had_merged_and_undoing_it_gives_the_bytes_of_before(workplace):
    before, found = published(workplace)
    assert "Pavel Sorrokin" not in actors(found)  # a spelling of Pavel Sorokin, by rule
    split(workplace, "Pavel Sorokin", "Pavel Sorrokin", "two senators")
    assert {"Pavel Sorokin", "Pavel Sorrokin"} <= actors(published(workplace)[1]).keys()
    undo(workplace, None)
    assert published(workplace)[0] == before


@pytest.mark.parametrize("name", ["Vera Lind", "Israel"])
def test_a_name_in_one_document_can_be_split_from_the_same_name_elsewhere(workplace, name):
    before, _ = published(workplace)
    split(workplace, f"{name}@third", name, "another one")
    after, found = published(workplace)
    namesakes = [n for n in found.nodes if n.label == "Actor" and n.properties["name"] == name]
    assert len(namesakes) == 2
    undo(workplace, None)
    assert published(workplace)[0] == before != after


def test_what_one_document_means_by_a_state_can_be_another_state(workplace):
    merge(workplace, "Israel@third", "Iran", "taken for the other")
    with workplace.ledger() as ledger:
        rows = [r for r in world(ledger, 0.0).relationships if r.type == "ROLE" and r.properties["surface"] == "Israel"]
    assert sorted(row.end.key for row in rows) == ["IRN", "IRN", "ISR", "ISR"]


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ("Iran", "Israel", "two states"),
        ("Iran", "Vera Lind", "person"),
        ("Vera Lind", "Vera Lind", "one actor already"),
        ("Pavel Sorokin", "Pavel Sorrokin", "by rule"),
        ("Vera Lindt", "Iran", "did you mean Vera Lind"),
        ("act_000000000000000000000000", "Iran", "no actor is called"),
        ("Iran@fourth", "Israel", "no document that speaks of"),
        ("Qatar", "Israel", "no actor is called"),
        ("Adria Cargo@first", "Adriatic Lines", "no document that speaks of"),
    ],
)
def test_a_merge_that_cannot_be_changes_nothing(workplace, one, other, message):
    before = state_of(workplace)
    with pytest.raises(UsageError, match=message):
        merge(workplace, one, other, WHY)
    assert state_of(workplace) == before


@pytest.mark.parametrize("number", ["UN:QDi.999", "QDi.999"])
def test_an_entry_of_a_list_is_named_by_its_number(tmp_path, number):
    with pytest.raises(UsageError, match="ALI KARIMI and NIS cannot be one: person and"):
        merge(workplace_with(tmp_path, *stories()), number, "NIS", WHY)


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ("Vera Lind", "Adria Cargo", "nothing to split"),
        ("Vera Lind", "Vera Lind", "from itself"),
        ("Nobody Known", "Iran", "no actor is called"),
    ],
)
def test_a_split_of_what_was_never_one_changes_nothing(workplace, one, other, message):
    before = state_of(workplace)
    with pytest.raises(UsageError, match=message):
        split(workplace, one, other, WHY)
    assert state_of(workplace) == before


def test_a_judgement_against_another_is_refused_with_the_id_of_the_other(workplace):
    first = merge(workplace, "Adria Cargo", "Adriatic Lines", WHY).judgement
    before = state_of(workplace)
    with pytest.raises(UsageError, match=first.judgement_id):
        split(workplace, "Adria Cargo", "Adriatic Lines", "no")
    with pytest.raises(UsageError, match=first.judgement_id):
        merge(workplace, "Adria Cargo", "Adriatic Lines", WHY)
    assert state_of(workplace) == before
    undo(workplace, first.judgement_id)
    with pytest.raises(UsageError, match="undone already"):
        undo(workplace, first.judgement_id)
    with pytest.raises(UsageError, match="no judgement stands"):
        undo(workplace, None)
    with pytest.raises(UsageError, match="kg judgements"):
        undo(workplace, "jdg_0")


def test_a_name_of_several_actors_is_refused_with_their_ids(workplace):
    split(workplace, "Vera Lind@third", "Vera Lind", "another one")
    found = merge(workplace, "Vera Lind", "Pavel Sorokin", WHY)  # the name alone is that of everywhere else
    assert found.judgement.verdict is Verdict.POSITIVE


def test_what_is_open_is_told_best_first_and_not_again_after_an_answer(workplace):
    with workplace.ledger() as ledger, indexed(ledger) as opened:
        bench = Bench(ledger, *opened)
        assert bench.conflicts() == ()
        (pair, *_) = bench.open_pairs()
        left, right = bench.known.seen[pair.left], bench.known.seen[pair.right]
        assert {"Pavel Ivan Sorokin"} < {left.key, right.key}
        bench.judge(Verdict.UNSURE, left, right, "cannot tell")
        assert pair not in bench.open_pairs()
        assert Bench(ledger, *opened).open_pairs() == bench.open_pairs()


def test_a_circle_of_sides_is_a_named_conflict_until_its_document_goes(tmp_path):
    ring = {n: actor(n, type_="organisation", acts_for=side) for n, side in (("Alfa", "Beta"), ("Beta", "Alfa"))}
    story = Story("round", actors=ring)
    story.tell("met", "MEET", actor="Alfa,Beta")
    workplace = workplace_with(tmp_path, story, told()[0])
    published(workplace)
    with workplace.ledger() as ledger:
        with indexed(ledger) as opened:
            (conflict,) = Bench(ledger, *opened).conflicts()
        assert (conflict.kind, conflict.told) == ("acts_for", "round: Alfa acts for Beta acts for Alfa")
        ledger.forget([story.read()[0].doc_id], [], day=date(2025, 7, 1), why="test")
        with indexed(ledger) as opened:
            assert Bench(ledger, *opened).conflicts() == ()


def test_judging_reads_no_document_but_those_of_the_pair(workplace, monkeypatch):
    published(workplace)
    read = []
    find = Ledger.find
    monkeypatch.setattr(Ledger, "find", lambda ledger, doc_id: read.append(doc_id) or find(ledger, doc_id))
    with workplace.ledger() as ledger, indexed(ledger) as opened:
        bench = Bench(ledger, *opened)
        bench.find("Adria Cargo")
        assert read == []
        question_of(bench, bench.open_pairs()[0])
        assert len(set(read)) == 2
