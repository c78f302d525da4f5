"""Rows come back out of columns as they went in, in fewer bytes than row by row."""

import json

from hypothesis import given
from hypothesis import strategies as st

from export.page_data import rows_of
from kg.export.columns import columns
from kg.export.map_values import EventLink

VALUES = st.sampled_from([None, False, True, 0, 1, 1.0, "", "a", "null", 'b"c', [], ["a"], [""], 0.25, -1])


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(["a", "b", "__proto__"], VALUES)), max_size=12))
def test_rows_come_back_as_they_went_in(rows):
    back = rows_of(json.loads(json.dumps(columns(rows))))
    assert json.dumps(back, sort_keys=True) == json.dumps(rows, sort_keys=True)  # tells 1 from true and from 1.0


def test_a_value_that_many_rows_share_is_held_once():
    rows = [{"day": f"2025-06-{n % 3 + 10}", "n": 4, "quote": f"sentence {n}"} for n in range(300)]
    told = columns(rows)
    assert told["n"] == {"values": [4], "at": ""}
    assert told["day"]["values"] == ["2025-06-10", "2025-06-11", "2025-06-12"]
    assert told["day"]["at"] == "012" * 100
    assert told["quote"] == [row["quote"] for row in rows]
    assert len(json.dumps(told)) < len(json.dumps(rows)) / 2


def test_the_digits_are_as_wide_as_the_last_value_takes():
    rows = [{"name": f"a long name of an actor {n % 1500}"} for n in range(6000)]
    told = columns(rows)["name"]
    assert told["at"][:9] == "000001002"
    assert len(told["at"]) == 3 * 6000
    assert rows_of({"length": 6000, "name": told}) == rows


def test_no_rows_are_no_columns():
    assert columns([]) == {"length": 0}
    assert columns([{"weak": False, "n": None}]) == {"length": 1, "weak": [False], "n": [None]}


def test_values_of_classes_come_as_their_properties():
    (row,) = rows_of(columns([{"links": (EventLink(how="answered by", event=0),)}]))
    assert row == {"links": ({"how": "answered by", "event": 0},)}
