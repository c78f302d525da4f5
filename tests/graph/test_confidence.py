"""Origins, not documents, make an event surer; no score is told without its bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.confidence import (
    CONFIDENCE_CAP,
    TRUST,
    Telling,
    event_confidence,
    joint_confidence,
    origins_of,
    score_interval,
)
from kg.model.words import Reliability

probabilities = st.floats(0, 1)
names = st.sampled_from(["one", "two", "three", "four"])
tellings = st.builds(
    Telling,
    doc_id=st.sampled_from(["d1", "d2", "d3", "d4", "d5"]),
    home=names,
    credit=st.none() | names,
    quote=st.integers(0, 9).map(lambda n: f"sentence {n}"),
    confidence=probabilities,
    supports=st.booleans(),
)


def told(doc_id, home=None, credit=None, quote=None, confidence=0.5, *, supports=True):
    return Telling(
        doc_id=doc_id,
        home=home or doc_id,
        credit=credit,
        quote=quote or f"{doc_id} has its own words",
        confidence=confidence,
        supports=supports,
    )


def n_origins(*tellings):
    return len(set(origins_of(tellings).values()))


def test_papers_that_credit_one_agency_are_one_origin_with_it():
    assert n_origins(told("a", credit="afp"), told("b", credit="afp"), told("c", home="afp")) == 1


def test_two_reports_of_their_own_are_two():
    assert n_origins(told("a"), told("b")) == 2


def test_a_document_is_one_origin_whatever_it_credits():
    assert n_origins(told("a", credit="afp"), told("a", credit="dpa")) == 1
    assert origins_of([told("a", credit="afp"), told("a")]) == {"a": "a"}


def test_who_repeats_a_sentence_has_the_origin_of_the_first():
    said = told("b", quote="It fell."), told("c", quote="IT FELL")
    assert origins_of([told("a", quote="It fell."), *said]) == {"a": "a", "b": "a", "c": "a"}


def test_confidence_by_hand():
    trust = TRUST[Reliability.F]
    assert event_confidence([told("a")]) == pytest.approx(0.5 * trust)
    both = 1 - (1 - 0.5 * trust) * (1 - 0.5 * trust) ** 0.5
    assert event_confidence([told("a"), told("b")]) == pytest.approx(both, abs=1e-4)
    assert event_confidence([told("a"), told("a", confidence=0.4), told("b", home="a")]) == pytest.approx(0.5 * trust)


def test_a_source_that_is_judged_better_makes_an_event_surer():
    sure = {home: event_confidence([told("a", home=home)]) for home in ("agence france presse", "unheard of", "tass")}
    assert sure["agence france presse"] > sure["unheard of"] > sure["tass"]
    credited = event_confidence([told("a", home="agence france presse", credit="tass")])
    assert credited == sure["tass"]


def test_a_denial_makes_nothing_surer():
    alone = event_confidence([told("a")])
    assert event_confidence([told("a"), told("b", confidence=0.9, supports=False)]) == alone
    assert event_confidence([told("b", confidence=0.9, supports=False)]) > 0


@given(st.lists(tellings, min_size=1, max_size=8))
def test_doubling_every_document_changes_nothing(said):
    copies = [
        Telling(
            doc_id=f"copy of {t.doc_id}", home=t.home, credit=t.credit, quote=t.quote,
            confidence=t.confidence, supports=t.supports,
        )
        for t in said
    ]  # fmt: skip
    assert event_confidence([*said, *copies]) == event_confidence(said)
    assert set(origins_of([*said, *copies]).values()) == set(origins_of(said).values())


@given(st.lists(probabilities, max_size=8), probabilities)
def test_a_further_origin_never_makes_it_less_sure(words, further):
    assert joint_confidence([*words, further]) >= joint_confidence(words)
    assert joint_confidence([*words, further]) >= min(CONFIDENCE_CAP, round(further, 4)) - 1e-9
    assert 0 <= joint_confidence(words) <= CONFIDENCE_CAP


@given(st.lists(tellings, max_size=8))
def test_there_are_never_more_origins_than_documents(said):
    assert len(set(origins_of(said).values())) <= len({t.doc_id for t in said})


@pytest.mark.parametrize(
    ("score", "certain", "doubtful", "interval"),
    [
        (-10.0, 2, 0, (-20.0, -20.0)),
        (-10.0, 2, 1, (-30.0, -20.0)),
        (5.2, 1, 2, (5.2, 15.6)),
        (7.0, 0, 1, (0.0, 7.0)),
        (-7.0, 0, 1, (-7.0, 0.0)),
        (0.0, 3, 3, (0.0, 0.0)),
    ],
)
def test_score_interval(score, certain, doubtful, interval):
    assert score_interval(score, certain=certain, doubtful=doubtful) == interval


def test_trust_falls_from_a_to_e():
    assert set(TRUST) == set(Reliability)
    letters = [TRUST[Reliability(letter)] for letter in "ABCDE"]
    assert letters == sorted(letters, reverse=True)
    assert all(0 < trust <= 1 for trust in TRUST.values())
