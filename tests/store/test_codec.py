"""The JSON of the ledger gives back exactly what went in."""

import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model.claims import (
    Claim,
    Extraction,
    LocalActor,
    Mention,
    Number,
    RoleFiller,
    SanctionDetail,
    Speaker,
)
from kg.model.documents import Document, Sentence
from kg.model.errors import StoreError
from kg.model.graph import WriteReport
from kg.model.runs import RunReport, RunState, Skipped
from kg.model.times import UNANCHORED, Interval
from kg.model.words import Act, ActorType, Basis, ContentKind, Precision, Role, SentenceKind, Status
from kg.store.codec import dumps, loads

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
texts = st.text(max_size=12)
names = st.text(string.ascii_letters, min_size=1, max_size=6)
maybe = lambda inner: st.none() | inner  # noqa: E731
offsets = st.integers(0, 10_000)
moments = st.datetimes(timezones=st.just(UTC))
floats = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def intervals(draw):
    start = draw(maybe(st.integers(0, 10**10).map(lambda seconds: EPOCH + timedelta(seconds=seconds))))
    length = draw(maybe(st.integers(1, 10**9)))
    end = (start or EPOCH) + timedelta(seconds=length) if length else None
    return Interval(
        start=start, end=end, precision=draw(st.sampled_from(Precision)), basis=draw(st.sampled_from(Basis))
    )


def tuples(inner):
    return st.lists(inner, max_size=3).map(tuple)


fillers = st.builds(RoleFiller, role=st.sampled_from(Role), actor=names, surface=maybe(texts), start=maybe(offsets))
sanctions = st.builds(
    SanctionDetail,
    act=st.sampled_from(Act),
    measures=tuples(texts),
    effective=maybe(st.dates()),
    programme=maybe(texts),
)
numbers = st.builds(Number, kind=names, surface=texts, value=maybe(floats), start=offsets, end=offsets)
claims = st.builds(
    Claim,
    claim_id=names,
    doc_id=names,
    etype=names,
    status=st.sampled_from(Status),
    start=offsets,
    end=offsets,
    quote=texts,
    trigger_start=offsets,
    trigger_end=offsets,
    sentence_no=offsets,
    roles=tuples(fillers),
    extractor=names,
    extractor_version=names,
    confidence=floats,
    time=maybe(intervals()),
    content_kind=maybe(st.sampled_from(ContentKind)),
    speaker=maybe(st.builds(Speaker, actor=names, verb=maybe(texts))),
    numbers=tuples(numbers),
    sanction=maybe(sanctions),
)
extractions = st.builds(
    Extraction,
    doc_id=names,
    extractor=names,
    extractor_version=names,
    actors=tuples(
        st.builds(
            LocalActor, local_id=names, name=texts, type=st.sampled_from(ActorType), key=names, aliases=tuples(texts)
        )
    ),
    mentions=tuples(st.builds(Mention, start=offsets, end=offsets, actor=names)),
    claims=tuples(claims),
)
SENTENCES = "One. Two. Three. " * 4


@st.composite
def sentence_rows(draw):
    """Return sentences in the order of SENTENCES, none inside another."""
    places = sorted(draw(st.lists(st.integers(0, len(SENTENCES)), max_size=6)))
    kinds = st.sampled_from(SentenceKind)
    return tuple(
        Sentence(start=start, end=end, kind=draw(kinds)) for start, end in zip(places[::2], places[1::2], strict=False)
    )


documents = st.builds(
    Document,
    doc_id=names,
    name=texts,
    source=names,
    media_type=names,
    text=st.sampled_from([SENTENCES, SENTENCES + "half a pair \ud83d, Тегеран, \u2028 \x00"]),
    sentences=sentence_rows(),
    published=maybe(intervals()),
    retrieved_at=maybe(moments),
    raw_offsets=tuples(st.tuples(offsets, offsets)),
)


@given(documents)
@settings(max_examples=60)
def test_a_document_comes_back_as_it_was(document):
    assert loads(Document, dumps(document)) == document


@given(extractions)
@settings(max_examples=60)
def test_an_extraction_comes_back_as_it_was(extraction):
    back = loads(Extraction, dumps(extraction))
    assert back == extraction
    assert dumps(back) == dumps(extraction)


def test_words_come_back_as_members_of_their_sets():
    filler = RoleFiller(role=Role.MEDIATOR, actor="A1")
    assert type(loads(RoleFiller, dumps(filler)).role) is Role


def test_an_unanchored_time_is_kept_although_both_ends_are_none():
    assert loads(Interval, dumps(UNANCHORED)) == UNANCHORED


def test_a_run_report_comes_back_with_its_counters():
    report = RunReport(
        run_id="r1",
        job="wire",
        state=RunState.DONE,
        started=datetime(2025, 6, 20, tzinfo=UTC),
        written=WriteReport(nodes_created=3),
        skipped=(Skipped(locator="a.txt", reason="empty"),),
    )
    assert loads(RunReport, dumps(report)) == report


def test_a_field_that_an_older_kg_did_not_write_takes_its_default():
    assert loads(RoleFiller, '{"role": "HOST", "actor": "A1"}').link_score == 1.0


@pytest.mark.parametrize(
    "text",
    ['{"role": "HOST"}', '{"role": "KING", "actor": "A1"}', '{"role": "HOST", "actor": "A1", "new": 1}', "[1]", "{"],
)
def test_a_text_of_another_version_is_refused_in_one_line(text):
    with pytest.raises(StoreError, match="another version of kg") as refused:
        loads(RoleFiller, text)
    assert "\n" not in str(refused.value)


def test_a_number_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        dumps(Number(kind="killed", surface="many", value=float("inf"), start=0, end=4))
