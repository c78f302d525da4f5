"""Laws of the values that every room relies on."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.documents import Document, Sentence
from kg.model.errors import UsageError
from kg.model.graph import Node, NodeRef, Relationship, WriteReport
from kg.model.ids import ID_HEX_DIGITS, content_id, fold
from kg.model.ontology import SANCTION_TYPES, event_type, event_types
from kg.model.schema import ACTOR_LABELS, ONLY_SAID, node_schemas, relationship_schemas
from kg.model.times import UNANCHORED, Interval, days
from kg.model.words import ActorType, Basis, Precision

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\x1f")), max_size=5), st.lists(st.text(alphabet=st.characters(exclude_characters="\x1f")), max_size=5))  # fmt: skip
def test_ids_differ_when_their_parts_do(left, right):
    same = [p or "" for p in left] == [p or "" for p in right] or (
        not any(left) and not any(right) and len(left) + len(right) < 2
    )
    assert (content_id("x", *left) == content_id("x", *right)) == same


def test_an_id_is_short_and_does_not_depend_on_the_run():
    assert content_id("doc", "Iran struck Israel.") == "doc_" + content_id("", "Iran struck Israel.")[1:]
    assert len(content_id("doc", "a")) == len("doc_") + ID_HEX_DIGITS


@given(st.text())
def test_fold_is_idempotent_and_blind_to_case(name):
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Recep Tayyip Erdoğan", "recep tayyip ERDOGAN"),
        ("Al-Shabaab", "al shabaab"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
    ],
)
def test_fold_joins_spellings(left, right):
    assert fold(left) == fold(right)


def test_fold_keeps_names_of_other_scripts_apart():
    assert fold("Москва") != fold("Киев")
    assert fold("北京") == "北京"
    assert fold("!!!") == "!!!"


@given(DAYS, st.integers(min_value=0, max_value=400))
def test_days_hold_their_first_and_last(first, more):
    last = first + timedelta(days=more)
    interval = days(first, last, basis=Basis.EXPLICIT)
    assert (interval.first_day, interval.last_day) == (first, last)
    assert interval.value == (str(first) if more == 0 else f"{first}/{last}")


def test_an_interval_is_in_utc_and_ends_after_it_starts():
    noon = datetime(2025, 6, 27, 12, tzinfo=UTC)
    with pytest.raises(ValueError, match="UTC"):
        Interval(
            start=noon.astimezone(timezone(timedelta(hours=3))), end=None, precision=Precision.DAY, basis=Basis.EXPLICIT
        )
    with pytest.raises(ValueError, match="ends after"):
        Interval(start=noon, end=noon, precision=Precision.DAY, basis=Basis.EXPLICIT)


def test_what_is_unanchored_has_no_value():
    assert UNANCHORED.value is None
    assert UNANCHORED.first_day is None


def test_a_half_open_interval_has_the_day_that_is_known():
    since = Interval(start=datetime(2025, 6, 13, tzinfo=UTC), end=None, precision=Precision.DAY, basis=Basis.EXPLICIT)
    assert since.value == "2025-06-13"


def test_every_offset_has_its_sentence():
    document = Document(
        doc_id="d", name="d", source="s", media_type="text/plain", text="One. Two. Three.",
        sentences=(Sentence(start=0, end=4), Sentence(start=5, end=9), Sentence(start=10, end=16)),
    )  # fmt: skip
    assert [document.sentence_no(offset) for offset in (0, 3, 4, 5, 9, 10, 15, 99)] == [0, 0, 0, 1, 1, 2, 2, 2]


def test_the_ontology_is_whole():
    types = event_types()
    assert len(types) == 70
    assert len({t.tie for t in types.values()}) == len(types)
    assert set(types) >= SANCTION_TYPES
    for t in types.values():
        assert t.sign == (0 if t.plover == "REQUEST" else (1 if t.score > 0 else -1))
        assert ("conflict" in t.quad) == (t.sign <= 0)
        assert -10 <= t.score <= 10
        assert t.definition
    with pytest.raises(UsageError, match="SMITE"):
        event_type("SMITE")


def test_every_actor_type_has_a_label_but_places():
    assert set(ActorType) - set(ACTOR_LABELS) == {ActorType.PLACE}


def test_every_end_of_a_relationship_is_a_label():
    labels = set(node_schemas())
    for schema in relationship_schemas().values():
        assert {*schema.starts, *schema.ends} <= labels, schema.type
    assert relationship_schemas()[ONLY_SAID].keys == ("etype", "occurrence")


def test_nothing_outside_the_schema_becomes_a_node_or_relationship():
    with pytest.raises(TypeError, match="colour"):
        Node(label="Actor", key="IRN", properties={"colour": "green"})
    with pytest.raises(TypeError, match="Admin"):
        Node(label="Actor", key="IRN", extra_labels=("Admin",))
    actor, claim = NodeRef(label="Actor", key="IRN"), NodeRef(label="Claim", key="c")
    with pytest.raises(TypeError, match="joins"):
        Relationship(type="ROLE", start=actor, end=claim, properties={"role": "ACTOR"})
    with pytest.raises(TypeError, match="role"):
        Relationship(type="ROLE", start=claim, end=actor)
    with pytest.raises(KeyError):
        Relationship(type="LIKES", start=claim, end=actor)


def test_write_reports_add_up():
    one = WriteReport(nodes_created=1, properties_set=2)
    assert one + one == WriteReport(nodes_created=2, properties_set=4)
