"""Where an end cannot stand."""

import pytest

from kg.extract.links import Link
from kg.extract.role_bars import is_barred
from kg.extract.tokens import read_rows
from kg.model.words import Role


def link(mode, side, preposition="", verbs=0, boundary=""):
    return Link(mode, side, preposition, "head", verbs, boundary, 0)


@pytest.mark.parametrize(
    ("role", "etype", "where", "barred"),
    [
        (Role.RECIPIENT, "AIRSTRIKE", link("noun", "L"), True),
        (Role.RECIPIENT, "AIRSTRIKE", link("noun", "R", "on"), False),
        (Role.RECIPIENT, "ATTACK", link("noun", "R", "by"), True),
        (Role.ACTOR, "ATTACK", link("noun", "R", "by"), False),
        (Role.ACTOR, "ATTACK", link("noun", "R", "on"), True),
        (Role.ACTOR, "ATTACK", link("finite", "L"), False),
        (Role.ACTOR, "ATTACK", link("finite", "L", "against"), True),
        (Role.ACTOR, "NEGOTIATE", link("noun", "R", "with"), False),
        (Role.RECIPIENT, "GRANT_SANCTIONS_RELIEF", link("infinitive", "R", "on", 1, "colon"), True),
        (Role.RECIPIENT, "GRANT_SANCTIONS_RELIEF", link("infinitive", "R", "on", 0), False),
    ],
)
def test_an_end_is_barred_where_it_mostly_is_one_of_another_clause(role, etype, where, barred):
    assert is_barred(role, etype, where) is barred


def test_every_row_names_a_role_a_kind_and_a_side():
    for row in read_rows("role_bars.csv"):
        assert Role(row["role"]) in {Role.ACTOR, Role.RECIPIENT}
        assert row["kind"] in {"n", "v", "p"}
        assert row["side"] in {"L", "R"}
        assert row["verbs"] == "any" or set(row["verbs"].split()) <= {"0", "1", "2"}
