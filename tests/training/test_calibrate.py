"""When a claim is right, and a probability that fits how often claims are."""

import numpy as np
import pytest

from extract.reading import document_of
from kg.extract.actors import find_actors
from kg.extract.patterns import PatternsExtractor
from kg.extract.reading import sides_of
from kg.training.calibrate import _logistic, _told, is_right

ACTORS = [
    {"id": "I", "name": "Iran", "type": "state", "key": "IRN"},
    {"id": "M", "name": "Abbas Araqchi", "type": "person", "key": "Abbas Araqchi", "of": "IRN"},
    {"id": "S", "name": "Israel", "type": "state", "key": "ISR"},
    {"id": "U", "name": "United States", "type": "state", "key": "USA"},
]


def judged(sentence, kind, roles, status="occurred", s=0):
    """Tell whether the one claim of a sentence is right beside one annotated event."""
    document = document_of(sentence)
    (claim,) = PatternsExtractor().extract(document).claims
    event = {"s": s, "type": kind, "status": status, "roles": [[role, None, actor] for role, actor in roles]}
    return is_right(claim, sides_of(find_actors(document)), list(_told({"actors": ACTORS, "events": [event]})))


def test_a_claim_is_right_when_type_both_sides_and_status_are():
    assert judged("Iran attacked Israel.", "ATTACK", [("ACTOR", "I"), ("RECIPIENT", "S")])
    assert judged("Iran attacked Israel.", "DRONE_STRIKE", [("ACTOR", "M"), ("RECIPIENT", "S")])


@pytest.mark.parametrize(
    ("kind", "roles", "status", "s"),
    [
        ("MEET", [("ACTOR", "I"), ("RECIPIENT", "S")], "occurred", 0),
        ("ATTACK", [("ACTOR", "S"), ("RECIPIENT", "I")], "occurred", 0),
        ("ATTACK", [("ACTOR", "I"), ("RECIPIENT", "U")], "occurred", 0),
        ("ATTACK", [("ACTOR", "I")], "occurred", 0),
        ("ATTACK", [("ACTOR", "I"), ("RECIPIENT", "S")], "denied", 0),
        ("ATTACK", [("ACTOR", "I"), ("RECIPIENT", "S")], "occurred", 1),
    ],
)
def test_a_claim_is_wrong_when_one_of_them_is(kind, roles, status, s):
    assert not judged("Iran attacked Israel.", kind, roles, status, s)


def test_who_meets_whom_has_no_direction():
    assert judged("Iran met with Israel.", "MEET", [("ACTOR", "S"), ("RECIPIENT", "I")])
    assert judged("Iran met with Israel.", "MEET", [("ACTOR", "S"), ("ACTOR", "I")])
    assert not judged("Iran met with Israel.", "MEET", [("ACTOR", "U"), ("ACTOR", "I")])


def test_the_fitted_probabilities_are_the_shares_that_are_right():
    chance = np.random.default_rng(3)
    evidence = chance.normal(size=(4000, 2))
    right = (chance.random(4000) < 1 / (1 + np.exp(-(0.5 + 1.5 * evidence[:, 0])))).astype(float)
    bias, weights = _logistic(evidence, right)
    assert bias == pytest.approx(0.5, abs=0.15)
    assert weights[0] == pytest.approx(1.5, abs=0.2)
    assert weights[1] == pytest.approx(0.0, abs=0.15)
    probable = 1 / (1 + np.exp(-(bias + evidence @ np.array(weights))))
    assert probable.mean() == pytest.approx(right.mean(), abs=1e-3)


def test_evidence_that_parts_right_from_wrong_gives_no_endless_weights():
    evidence = np.array([[-1.0]] * 20 + [[1.0]] * 20)
    bias, (weight,) = _logistic(evidence, np.array([0.0] * 20 + [1.0] * 20))
    assert abs(bias) < 0.01
    assert 1 < weight < 10
