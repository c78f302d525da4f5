"""Judgements are added and marked, never changed: what somebody decided can always be read again."""

from datetime import UTC, datetime

import pytest

from kg.model.errors import UsageError
from kg.model.judgements import Judgement, Reason, Undone, Verdict
from kg.store.ledger import Ledger

AT = datetime(2025, 6, 20, 8, tzinfo=UTC)


def judgement(left="raw_a", right="raw_b", verdict=Verdict.POSITIVE):
    return Judgement(
        judgement_id="",
        left=left,
        right=right,
        verdict=verdict,
        by="ada",
        at=AT,
        because="the same voice",
        score=0.83,
        reasons=(Reason(feature="name", score=0.95, told="Araqchi ~ Araghchi"),),
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.db"


def test_a_judgement_is_read_back_as_it_was_given_with_an_id_of_its_own(path):
    with Ledger.open(path) as ledger:
        added = [ledger.judgements.add(judgement()), ledger.judgements.add(judgement())]
    with Ledger.open(path) as ledger:
        assert ledger.judgements.standing() == tuple(added)
    assert added[0].judgement_id != added[1].judgement_id
    assert (added[0].because, added[0].reasons) == (judgement().because, judgement().reasons)


def test_an_undone_judgement_stays_readable_and_no_longer_stands(path):
    undone_at = AT.replace(hour=9)
    with Ledger.open(path) as ledger:
        first, second = (ledger.judgements.add(judgement(right=right)) for right in ("raw_b", "raw_c"))
        mark = Undone(judgement_id=first.judgement_id, by="bob", at=undone_at)
        ledger.judgements.undo(mark)
        assert ledger.judgements.standing() == (second,)
        assert ledger.judgements.all() == ((first, mark), (second, None))


@pytest.mark.parametrize(("times", "told"), [(0, "no judgement is called"), (1, "undone already")])
def test_undoing_what_is_not_there_changes_nothing(path, times, told):
    with Ledger.open(path) as ledger:
        added = ledger.judgements.add(judgement())
        mark = Undone(judgement_id=added.judgement_id if times else "jdg_none", by="bob", at=AT)
        for _ in range(times):
            ledger.judgements.undo(mark)
        before = ledger.changes(), ledger.judgements.all()
        with pytest.raises(UsageError, match=told):
            ledger.judgements.undo(mark)
        assert (ledger.changes(), ledger.judgements.all()) == before


def test_each_judgement_and_each_undoing_changes_what_decides_the_graph(path):
    with Ledger.open(path) as ledger:
        seen = [ledger.changes()]
        added = ledger.judgements.add(judgement())
        seen.append(ledger.changes())
        ledger.judgements.undo(Undone(judgement_id=added.judgement_id, by="bob", at=AT))
        seen.append(ledger.changes())
    assert len(set(seen)) == len(seen)
