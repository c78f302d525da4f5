from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import made
from graph.made import ACTORS, Story, read_all
from kg.model.told import told_claims
from kg.resolve import resolve


def clusters(*stories):
    """The events as sets of triggers, so that assertions can be read."""
    read = read_all(*stories)
    trigger = {
        claim.claim_id: document.text[claim.trigger_start : claim.trigger_end]
        for document, extractions in read
        for extraction in extractions
        for claim in extraction.claims
    }
    return {frozenset(trigger[c] for c in event.claim_ids) for event in resolve(read).events}


def strike(story, trigger, **told):
    story.tell(trigger, "AIRSTRIKE", **({"actor": "Israel", "recipient": "Iran"} | told))


def pair(first, second, *, days=("2025-06-20", "2025-06-21")):
    """Two documents with one claim each: (etype, status, more)."""
    stories = []
    for number, (day, (etype, status, told)) in enumerate(zip(days, (first, second), strict=True)):
        story = Story(f"story {number}", day)
        story.tell("filler", "TEST_WEAPON", actor="Ukraine", recipient="Ukraine")
        story.tell(f"did{number}", etype, status, **told)
        stories.append(story)
    return frozenset({"did0", "did1"}) in clusters(*stories)


RAID = {"actor": "Israel", "recipient": "Iran", "on": "2025-06-19"}


def test_one_strike_told_by_two_documents_is_one_event():
    assert pair(("AIRSTRIKE", "occurred", RAID), ("AIRSTRIKE", "occurred", RAID))


@pytest.mark.parametrize(
    "other",
    [
        ("AIRSTRIKE", "occurred", RAID | {"on": "2025-06-20"}),  # two strikes on two days stay two
        ("MISSILE_STRIKE", "occurred", RAID),
        ("AIRSTRIKE", "occurred", RAID | {"actor": "Iran", "recipient": "Israel"}),
        ("AIRSTRIKE", "occurred", RAID | {"recipient": "Qatar"}),
        ("AIRSTRIKE", "threatened", {"actor": "Israel", "recipient": "Iran"}),
        ("AIRSTRIKE", "conditional", {"actor": "Israel", "recipient": "Iran"}),
    ],
)
def test_what_differs_stays_apart(other):
    assert not pair(("AIRSTRIKE", "occurred", RAID), other)


AT_HOME = ACTORS | {
    "Palestine": made.actor("Palestine", "PSE", "state"),
    "Sudan": made.actor("Sudan", "SDN", "state"),
    "RSF": made.actor("RSF", type_="armed_group"),
}


@pytest.mark.parametrize(
    ("some", "other", "are_one"),
    [
        (("AIRSTRIKE", "Israel", "Hamas"), ("AIRSTRIKE", "Israel", "Palestine"), True),
        (("NEGOTIATE", "Israel,Hamas", None), ("NEGOTIATE", "Israel,Palestine", None), True),
        (("AIRSTRIKE", "Sudan", "RSF"), ("AIRSTRIKE", "Sudan", "Sudan"), False),  # at war with its own state
        (("AIRSTRIKE", "RSF", None), ("AIRSTRIKE", "Sudan", None), False),
        (("AIRSTRIKE", "Israel", "Hamas"), ("AIRSTRIKE", "Israel", "Iran"), False),
    ],
)
def test_whom_it_befalls_may_be_told_as_an_armed_group_or_as_its_state(some, other, are_one):
    stories = []
    for number, (etype, actors, recipient) in enumerate((some, other)):
        story = Story(f"s{number}", "2025-06-20", actors=AT_HOME)
        story.tell("filler", "TEST_WEAPON", actor="Ukraine", recipient="Ukraine")
        story.tell(f"raid{number}", etype, actor=actors, recipient=recipient, on="2025-06-19")
        stories.append(story)
    assert (frozenset({"raid0", "raid1"}) in clusters(*stories)) is are_one


@pytest.mark.parametrize(("speaker", "are_one"), [(None, True), ("Vladimir Putin", True), ("Qatar", False)])
def test_what_is_offered_by_nobody_known_may_be_what_somebody_offered(speaker, are_one):
    stories = [Story(name, "2025-06-19") for name in ("one", "other")]
    for story, by in zip(stories, ("Vladimir Putin", speaker), strict=True):
        of = {"of": story.tell(f"act{story.name}", "OFFER_MEDIATION", actor=by, recipient="Iran")} if by else {}
        story.tell(f"mediate{story.name}", "MEDIATE", "offered", actor="Russia", recipient="Iran,Israel", **of)
    assert (frozenset({"mediateone", "mediateother"}) in clusters(*stories)) is are_one


DAYS = [(date(2025, 6, 16) + timedelta(days=n)).isoformat() for n in range(4)]
WHEN = st.one_of(
    st.none(), st.sampled_from(DAYS), st.lists(st.sampled_from(DAYS), min_size=2, max_size=2, unique=True).map(sorted)
)
TOLD = st.tuples(
    WHEN,
    st.sampled_from(
        [("Israel", "Iran"), ("Israel", None), (None, "Iran"), ("Israel,United States", "Iran"), (None, None)]
    ),
    st.sampled_from(["AIRSTRIKE", "ATTACK", "MISSILE_STRIKE"]),
    st.sampled_from(["occurred", "alleged", "denied", "ongoing"]),
)


@given(st.lists(st.lists(TOLD, min_size=1, max_size=4), min_size=1, max_size=5))
def test_whatever_else_is_told_strikes_of_two_days_or_two_kinds_stay_two(documents):
    stories = []
    for number, claims in enumerate(documents):
        story = Story(f"s{number}", DAYS[number % 4])
        for when, (actor, recipient), etype, status in claims:
            on = "/".join(when) if isinstance(when, list) else when
            story.tell("hit", etype, status, actor=actor, recipient=recipient, on=on)
        stories.append(story)
    read = read_all(*stories)
    claim_of = {told.claim.claim_id: told.claim for told in told_claims(read)}
    for event in resolve(read).events:
        claims = [claim_of[claim_id] for claim_id in event.claim_ids]
        times = [(claim.time.start, claim.time.end) for claim in claims if claim.time]
        assert not times or max(start for start, _ in times) < min(end for _, end in times)
        assert len({claim.etype for claim in claims} - {"ATTACK"}) <= 1


def test_a_report_that_counts_both_strikes_joins_neither_to_the_other():
    first, second, both = Story("a", "2025-06-18"), Story("b", "2025-06-20"), Story("c", "2025-06-21")
    strike(first, "struck Natanz", on="2025-06-17", object="Natanz")
    strike(second, "struck Tehran", on="2025-06-19", place="Tehran")
    strike(both, "strikes on two days", on="2025-06-17/2025-06-19")
    strike(both, "raids")
    found = clusters(first, second, both)
    assert not [event for event in found if {"struck Natanz", "struck Tehran"} <= event]


def test_an_attack_in_one_report_may_be_the_airstrike_of_another():
    told = RAID | {"object": "Natanz"}
    assert pair(("AIRSTRIKE", "occurred", told), ("ATTACK", "occurred", told))
    assert pair(("ATTACK", "occurred", told), ("AIRSTRIKE", "occurred", told))


def test_a_death_toll_that_grows_is_of_one_event():
    assert pair(("AIRSTRIKE", "occurred", RAID | {"killed": 3}), ("AIRSTRIKE", "occurred", RAID | {"killed": 15}))


@pytest.mark.parametrize("status", ["denied", "alleged"])
def test_a_denial_or_an_allegation_tells_of_the_same_event(status):
    assert pair(("AIRSTRIKE", "occurred", RAID), ("AIRSTRIKE", status, RAID))


def test_officials_and_their_state_are_one_party():
    pact = {"on": "2025-01-17"}
    assert pair(
        ("SIGN_AGREEMENT", "occurred", pact | {"actor": "Vladimir Putin,Iran"}),
        ("SIGN_AGREEMENT", "occurred", pact | {"actor": "Russia,Iran"}),
    )


def test_a_reciprocal_event_has_parties_in_no_order():
    talks = {"on": "2025-06-19"}
    assert pair(
        ("NEGOTIATE", "occurred", talks | {"actor": "Russia,Ukraine"}),
        ("NEGOTIATE", "occurred", talks | {"actor": "Ukraine", "recipient": "Russia"}),
    )


def test_a_missing_end_is_no_other_end():
    assert pair(("AIRSTRIKE", "occurred", RAID), ("AIRSTRIKE", "occurred", {"recipient": "Iran", "on": "2025-06-19"}))


def test_months_apart_undated_claims_are_two_events():
    told = ("AIRSTRIKE", "occurred", {"actor": "Israel", "recipient": "Iran"})
    assert not pair(told, told, days=("2025-01-20", "2025-06-21"))


def test_one_sentence_tells_two_events():
    story = Story("s")
    strike(story, "struck")
    strike(story, "hit", same_sentence=True)
    assert clusters(story) == {frozenset({"struck"}), frozenset({"hit"})}


def test_a_speech_act_is_never_its_own_content():
    story = Story("s")
    act = story.tell("threatened", "THREATEN_FORCE", actor="Iran", recipient="Israel")
    story.tell("threat", "THREATEN_FORCE", actor="Iran", recipient="Israel", of=act)
    assert clusters(story) == {frozenset({"threatened"}), frozenset({"threat"})}


def test_contents_join_contents_of_acts_of_the_same_parties_only():
    def offered(name, who):
        story = Story(name, "2025-06-20")
        act = story.tell(f"offers{name}", "OFFER_MEDIATION", actor=who, recipient="Israel,Iran")
        story.tell(f"talks{name}", "NEGOTIATE", "offered", actor="Israel,Iran", of=act)
        return story

    found = clusters(offered("a", "Russia"), offered("b", "Vladimir Putin"), offered("c", "Qatar"))
    assert frozenset({"talksa", "talksb"}) in found
    assert frozenset({"talksc"}) in found


def test_the_earliest_claim_names_the_event():
    late, early, undated = Story("late", "2025-06-22"), Story("early", "2025-06-20"), Story("undated", None)
    for story in (late, early, undated):
        strike(story, "hit", on="2025-06-19")
    read = read_all(late, early, undated)
    (event,) = resolve(read).events
    assert event.event_id == read[1][1][0].claims[0].claim_id
    assert event.claim_ids[-1] == read[2][1][0].claims[0].claim_id


def test_claims_without_parties_stay_in_their_document():
    stories = [Story("one", "2025-06-20"), Story("two", "2025-06-20")]
    for story in stories:
        story.tell("struck", "AIRSTRIKE", on="2025-06-19")
    assert len(resolve(read_all(*stories)).events) == 2


def undated(name):
    story = Story(name, None)
    story.tell("offered to mediate", "OFFER_MEDIATION", actor="Vladimir Putin", recipient="Israel,Iran")
    return story


def dated(name, day, **told):
    story = Story(name, day)
    story.tell("offered to mediate", "OFFER_MEDIATION", **({"actor": "Russia", "recipient": "Israel,Iran"} | told))
    return story


def test_a_document_without_any_date_tells_of_the_only_event_that_it_can_mean():
    assert len(resolve(read_all(undated("x"), dated("a", "2025-06-19"))).events) == 1


def test_of_two_events_that_it_could_mean_it_tells_of_neither():
    assert len(resolve(read_all(undated("x"), dated("a", "2025-06-19"), dated("b", "2025-01-19"))).events) == 3


def test_without_a_date_the_parties_must_be_the_same():
    assert len(resolve(read_all(undated("x"), dated("a", "2025-06-19", recipient="Iran"))).events) == 2
