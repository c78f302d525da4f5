"""What a card says of the texts that weights were trained on."""

import json

from kg.training.card import log_of, sets_of, trained_on, write_card
from kg.training.gold import gold_rows
from training.tiny import document, write_set


def test_documents_events_and_licences_are_counted_by_set_and_together(tmp_path):
    write_set(tmp_path, "s1", [document("a", range(3)), document("b", range(2), licence=None)])
    write_set(tmp_path, "t1", [document("c", range(4), licence="CC BY 2.5")])
    told = trained_on(sets_of(gold_rows(tmp_path)), "d1")
    assert told == {
        "documents": 3,
        "events": 9,
        "sha256": "d1",
        "licences": {"own": 1, "not told": 1, "CC BY 2.5": 1},
        "sets": {
            "s1": {"documents": 2, "events": 5, "licences": {"own": 1, "not told": 1}},
            "t1": {"documents": 1, "events": 4, "licences": {"CC BY 2.5": 1}},
        },
    }


def test_seconds_stay_in_the_log_of_the_run(tmp_path):
    """They differ each time, and the same run gives the same bytes."""
    log = log_of([{"epoch": 1, "cpu_seconds": 12, "role": 0.5}])
    write_card(tmp_path, {"log": log})
    assert json.loads((tmp_path / "card.json").read_text(encoding="utf-8")) == {"log": [{"epoch": 1, "role": 0.5}]}
