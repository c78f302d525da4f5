"""What forbids to read an event as having happened, and what a governing word says of it."""

import pytest

from extract.reading import document_of
from kg.extract.actors import find_actors
from kg.extract.status import judge_status, veto_of
from kg.extract.tokens import read_rows, tokenise
from kg.model.words import HAPPENED_STATUSES, Status


def judged(sentence, word, etype="ATTACK"):
    document = document_of(sentence)
    tokens = tokenise(document.text, 0, len(sentence), list(find_actors(document).within(0, len(sentence))))
    i = next(i for i, t in enumerate(tokens) if t.lower == word)
    result = judge_status(tokens, i, etype, is_title=False)
    cue = " ".join(t.text for t in tokens[result.cue[0] : result.cue[1] + 1]) if result.cue else None
    return result, cue, veto_of(tokens, i)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Iran would attack Israel.", "attack"),
        ("Iran did not attack Israel.", "attack"),
        ("Iran hopes to attack Israel.", "attack"),
        ("If Iran attacked Israel, the region would burn.", "attacked"),
        ("Did Iran attack Israel?", "attack"),
        ("Israel and Iran may be days from a war.", "war"),
        ("Iran denied that it had attacked Israel.", "attacked"),
        ("Serbia will not face sanctions.", "sanctions"),
        ("The border must remain closed to them.", "closed"),
    ],
)
def test_a_veto_keeps_an_event_from_having_happened(sentence, word):
    result, _, veto = judged(sentence, word)
    assert veto is not None
    assert result.status not in HAPPENED_STATUSES
    assert result.cue is not None


@pytest.mark.parametrize("sentence", ["Iran attacked Israel.", "Iran began to attack Israel.", "Iran has attacked."])
def test_a_plain_telling_has_no_veto(sentence):
    word = "attack" if "to attack" in sentence else "attacked"
    assert judged(sentence, word)[2] is None


@pytest.mark.parametrize(
    ("sentence", "status", "cue"),
    [
        ("Iran threatened to attack Israel.", Status.THREATENED, "threatened"),
        ("Iran refused to attack Israel.", Status.REFUSED, "refused"),
        ("Iran is due to attack Israel.", Status.PLANNED, "due"),
        ("Iran is expected to attack Israel.", Status.POSSIBLE, "expected"),
        ("Iran failed to attack Israel.", Status.DENIED, "failed"),
        ("Iran offered to help attack Israel.", Status.OFFERED, "offered"),
    ],
)
def test_the_word_before_an_infinitive_gives_its_status_and_is_kept_as_the_cue(sentence, status, cue):
    result, shown, _ = judged(sentence, "attack")
    assert (result.status, shown) == (status, cue)


def test_a_denied_governor_decides_nothing():
    result, _, _ = judged("Iran has not threatened to attack Israel.", "attack")
    assert result.status not in HAPPENED_STATUSES | {Status.THREATENED} or result.probability < 0.88


def test_every_cue_of_the_table_has_a_status_that_did_not_happen():
    assert all(Status(row["status"]) not in HAPPENED_STATUSES for row in read_rows("status_cues.csv"))
