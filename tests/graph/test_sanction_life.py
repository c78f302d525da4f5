"""The life of a sanction, day by day: each act alone, what only dates lead to, and laws that hold for any acts."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.made import Story, sanction
from kg.graph.events import event_of_claims
from kg.graph.sanction_acts import SanctionAct, Telling, sanction_act
from kg.graph.sanction_life import holes_of, periods, present_state, state
from kg.model.claims import SanctionDetail
from kg.model.told import told_claims
from kg.model.words import Act, Status

IMPOSE, EXTEND, EASE, RELIEF = "IMPOSE_SANCTIONS", "EXTEND_SANCTIONS", "EASE_SANCTIONS", "GRANT_SANCTIONS_RELIEF"


def day(text):
    return date.fromisoformat(text) if text else None


def act(name, etype, on=None, told="2025-06-27", status="occurred", **detail):
    """One act by one claim: the day on which it took place, the day on which it was reported."""
    for word in ("effective", "until"):
        detail[word] = day(detail.get(word))
    return SanctionAct(
        event_id=f"{name} {on} {told} {detail}",
        etype=etype,
        tellings=(
            Telling(
                claim_id=f"{name} {on} {told}",
                status=Status(status),
                detail=SanctionDetail(act=Act(name), **detail),
                first_day=day(on),
                last_day=day(on),
                reported=day(told),
                known_from=day(told),
            ),
        ),
    )


ANNOUNCED = act("announced", IMPOSE, "2025-01-10", "2025-01-10", effective="2025-02-25")
APRIL = act("licensed", RELIEF, "2025-04-28", "2025-04-28", until="2025-06-27", licence="specific")
JUNE = act("licensed", RELIEF, "2025-06-27", until="2025-07-29", licence="specific")
DUE = act("announced", IMPOSE, "2025-07-29", status="planned", effective="2025-07-29")
NIS = [ANNOUNCED, APRIL, JUNE, DUE]


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2025-01-09", "unknown"),
        ("2025-01-10", "announced, due on 2025-02-25"),
        ("2025-02-26", "announced, due since 2025-02-25, no report yet"),
        ("2025-04-28", "announced, licensed until 2025-06-27, due on 2025-06-27"),
        ("2025-06-27", "announced, licensed until 2025-06-27, licensed until 2025-07-29, due on 2025-07-29"),
        ("2025-07-01", "announced, licensed until 2025-07-29, due on 2025-07-29"),
        ("2025-07-29", "announced, licensed until 2025-07-29, due on 2025-07-29"),
        ("2025-07-30", "announced, due since 2025-07-29, no report yet"),
    ],
)
def test_what_holds_for_nis_on_each_day(on, words):
    assert state(NIS, day(on)).words == words


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ("2025-01-01", "unknown"),
        ("2025-01-10", "announced, due since 2025-02-25, no report yet"),
        ("2025-04-28", "announced, due since 2025-06-27, no report yet"),
        ("2025-06-27", "announced, licensed until 2025-07-29, due on 2025-07-29"),
    ],
)
def test_what_could_be_known_of_the_first_of_july(known, words):
    assert state(NIS, day("2025-07-01"), day(known)).words == words


IN_FORCE = act("imposed", IMPOSE, "2025-01-10", "2025-01-10")


@pytest.mark.parametrize(
    ("acts", "on", "words"),
    [
        ([act("imposed", IMPOSE, "2025-06-20", effective="2025-07-29")], "2025-06-27", "announced, due on 2025-07-29"),
        ([act("imposed", IMPOSE, "2025-06-20", effective="2025-07-29")], "2025-08-01", "in_force, by its dates, no report yet"),
        ([ANNOUNCED, act("entered_into_force", IMPOSE, "2025-02-25", "2025-02-26")], "2025-02-26", "in_force"),
        ([*NIS, act("entered_into_force", IMPOSE, "2025-07-30", "2025-07-30")], "2025-07-30", "in_force"),
        ([*NIS, act("lifted", EASE, "2025-07-10", "2025-07-10")], "2025-07-11", "ended"),
        ([IN_FORCE, act("extended", EXTEND, "2025-06-26", until="2026-01-31")], "2026-01-31", "in_force, until 2026-01-31"),
        ([IN_FORCE, act("extended", EXTEND, "2025-06-26", until="2026-01-31")], "2026-02-01", "ended, by its dates, no report yet"),
        (
            [act("imposed", IMPOSE, "2024-07-26", until="2025-07-31"), act("extended", EXTEND, "2025-06-26")],
            "2026-02-01",
            "in_force",  # prolonged, and nothing tells for how long
        ),
        ([IN_FORCE, JUNE], "2025-07-01", "in_force, licensed until 2025-07-29"),
        ([IN_FORCE, JUNE], "2025-07-30", "in_force"),
        ([JUNE], "2025-07-01", "in_force, presumed from the relief, licensed until 2025-07-29"),
        ([JUNE, DUE], "2025-07-01", "announced, licensed until 2025-07-29, due on 2025-07-29"),
        ([JUNE, DUE], "2025-07-30", "announced, due since 2025-07-29, no report yet"),
        ([act("postponed", RELIEF, "2025-06-27", until="2025-07-29")], "2025-07-30", "announced, due since 2025-07-29, no report yet"),
        ([IN_FORCE, act("postponed", RELIEF, "2025-06-26")], "2025-06-27", "in_force"),
        ([ANNOUNCED, act("postponed", RELIEF, "2025-02-20")], "2025-06-01", "announced, postponed without an end told, due on 2025-02-25"),
        ([ANNOUNCED, JUNE, act("extended", EXTEND, "2025-07-20", until="2025-08-30")], "2025-08-01", "announced, licensed until 2025-08-30, due on 2025-08-30"),
        ([IN_FORCE, act("suspended", EASE, "2025-06-01", until="2025-07-01")], "2025-06-02", "suspended"),
        ([IN_FORCE, act("suspended", EASE, "2025-06-01", until="2025-07-01")], "2025-07-02", "in_force, by its dates, no report yet"),
        ([IN_FORCE, act("lifted", EASE, "2025-06-20", effective="2025-07-01")], "2025-06-27", "in_force, until 2025-06-30"),
        ([IN_FORCE, act("lifted", EASE, "2025-06-20", effective="2025-07-01")], "2025-07-01", "ended, by its dates, no report yet"),
        ([act("announced", IMPOSE, "2025-01-10", status="planned")], "2025-06-27", "announced"),
        ([IN_FORCE, act("announced", EASE, status="planned")], "2025-06-27", "in_force"),
        ([act("proposed", RELIEF, status="requested")], "2025-06-27", "unknown"),
        ([act("proposed", IMPOSE, status="requested")], "2025-06-27", "proposed"),
        ([act("proposed", IMPOSE, status="conditional")], "2025-06-27", "unknown"),
        ([act("proposed", IMPOSE, status="requested", told="2025-06-01"), act("refused", IMPOSE, status="refused")], "2025-06-27", "refused"),
        ([ANNOUNCED, act("refused", IMPOSE, status="refused")], "2025-01-11", "announced, due on 2025-02-25"),
    ],
)  # fmt: skip
def test_each_act_does_what_it_does(acts, on, words):
    assert state(acts, day(on)).words == words
    assert state(reversed(acts), day(on)).words == words


def test_a_partial_easing_leaves_the_other_measures_in_force():
    acts = [
        act("imposed", IMPOSE, "2025-01-10", measures=("asset freeze", "travel ban")),
        act("widened", EXTEND, "2025-02-10", measures=("export control",)),
        act("eased", EASE, "2025-06-10", measures=("travel ban",)),
    ]
    assert state(acts, day("2025-03-01")).measures == ("asset freeze", "export control", "travel ban")
    eased = state(acts, day("2025-06-27"))
    assert (eased.words, eased.measures) == ("in_force", ("asset freeze", "export control"))


def test_since_is_the_day_of_the_report_only_where_nothing_else_is_told():
    dated, undated = state([IN_FORCE], day("2025-06-27")), state([act("imposed", IMPOSE)], day("2025-06-27"))
    assert (dated.since, dated.is_since_told) == (day("2025-01-10"), True)
    assert (undated.since, undated.is_since_told) == (day("2025-06-27"), False)


def test_a_licence_never_starts_before_the_day_on_which_it_was_given():
    granted = act("licensed", RELIEF, "2025-06-27", effective="2025-01-01", until="2025-07-29")
    assert [(hole.first, hole.last) for hole in holes_of([granted])] == [(day("2025-06-27"), day("2025-07-29"))]


def test_counted_extensions_are_told_and_no_acts_are_made_of_them():
    counted = act("postponed", RELIEF, "2025-06-27", until="2025-07-29", reported_count=4)
    assert counted.reported_count == 4
    assert len(holes_of([counted])) == 1


def test_a_disputed_act_changes_nothing():
    disputed = SanctionAct(
        event_id="e",
        etype=IMPOSE,
        tellings=(*IN_FORCE.tellings, *act("imposed", IMPOSE, "2025-01-10", status="denied").tellings),
    )
    assert state([disputed], day("2025-06-27")).words == "unknown"
    assert state([disputed], day("2025-06-27"), day("2025-01-31")).words == "in_force"


def test_what_no_longer_stands_is_known_only_until_then():
    (told,) = IN_FORCE.tellings
    replaced = SanctionAct(
        event_id="e",
        etype=IMPOSE,
        tellings=(Telling(claim_id="c", status=told.status, detail=told.detail, known_from=told.known_from, known_to=day("2025-03-01")),),
    )  # fmt: skip
    assert state([replaced], day("2025-06-27"), day("2025-02-28")).words == "in_force"
    assert state([replaced], day("2025-06-27"), day("2025-03-01")).words == "unknown"


def test_an_act_of_an_event_is_known_only_as_long_as_its_document_stands():
    story = Story("old version", "2025-02-01")
    story.tell("imposed sanctions on", IMPOSE, actor="United States", recipient="NIS", sanction=sanction("imposed"))
    document, extractions = story.read()
    older = replace(document, known_to=day("2025-03-01"))
    of_event = sanction_act(event_of_claims("e", told_claims([(older, extractions)])))
    known = [state([of_event], day("2025-06-27"), day(on)).words for on in ("2025-02-28", "2025-03-01")]
    assert known == ["in_force", "unknown"]


DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31)).map(date.isoformat)
ACTS = st.builds(
    act,
    st.sampled_from([a.value for a in Act]),
    st.sampled_from([IMPOSE, EXTEND, EASE, RELIEF]),
    st.none() | DAYS,
    DAYS,
    st.sampled_from([s.value for s in Status]),
    effective=st.none() | DAYS,
    until=st.none() | DAYS,
    licence=st.sampled_from([None, "specific"]),
    measures=st.sampled_from([(), ("asset freeze",), ("travel ban",)]),
)
LIVES = st.lists(ACTS, max_size=7, unique_by=lambda a: a.event_id)
ANY_DAY = st.dates(date(2024, 12, 1), date(2026, 2, 1))

law = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@law
@given(LIVES, ANY_DAY, st.randoms())
def test_the_order_in_which_acts_come_does_not_matter(acts, on, random):
    shuffled = list(acts)
    random.shuffle(shuffled)
    assert state(shuffled, on) == state(acts, on)
    assert periods(shuffled) == periods(acts)


@law
@given(LIVES, ANY_DAY, ANY_DAY)
def test_what_became_known_later_is_ignored(acts, on, known):
    by_then = [a for a in acts if a.tellings[0].known_from <= known]
    assert state(acts, on, known) == state(by_then, on)


@law
@given(LIVES, ANY_DAY)
def test_the_stored_periods_say_on_any_day_what_the_fold_says(acts, on):
    begun = [standing for standing in periods(acts) if standing.day <= on]
    assert (begun[-1].words if begun else "unknown") == state(acts, on).words


@law
@given(LIVES)
def test_the_present_state_is_that_of_the_day_of_the_newest_document(acts):
    newest = max((a.tellings[0].reported for a in acts), default=date.min)
    assert present_state(acts) == state(acts, newest)


@law
@given(LIVES, ANY_DAY)
def test_holes_cover_the_day_and_a_state_does_not_begin_after_it(acts, on):
    standing = state(acts, on)
    assert all(hole.covers(on) for hole in standing.holes)
    assert standing.since is None or standing.since <= on
    assert standing.due is None or standing.state == "announced"
    assert standing.until is None or standing.state != "in_force" or standing.until >= on
