import pytest

from graph.made import Story, read_all
from kg.model.world import LinkKind
from kg.resolve import resolve

MADE = "2025-06-20"


def told(trigger, etype, status="occurred", *, day=MADE, name="promise", title=True, **parts):
    """A document with a headline of its own and then one claim, which `title=False` makes the headline."""
    story = Story(name, day)
    if title:
        story.tell("tested", "TEST_WEAPON", actor="Ukraine")
    story.tell(trigger, etype, status, **parts)
    return story


def later(trigger, etype, status="occurred", *, day="2025-06-27", name="outcome", **parts):
    return told(trigger, etype, status, day=day, name=name, **parts)


def outcomes(*stories):
    """Triples: the promise, how it ended, and the trigger that shows it."""
    read = read_all(*stories)
    trigger = {
        claim.claim_id: document.text[claim.trigger_start : claim.trigger_end]
        for document, extractions in read
        for extraction in extractions
        for claim in extraction.claims
    }
    return {
        (trigger[link.claim_id], link.kind.value, trigger[link.to])
        for link in resolve(read).links
        if link.kind in (LinkKind.FULFILLED_BY, LinkKind.FAILED_BY)
    }


STRIKE = {"actor": "Israel", "recipient": "Iran"}
TALKS = {"actor": "Russia,Ukraine"}


@pytest.mark.parametrize("status", ["planned", "offered", "requested", "threatened"])
def test_what_is_told_as_promised_is_kept_by_the_deed(status):
    promise = told("strike", "AIRSTRIKE", status, **STRIKE)
    assert outcomes(promise, later("struck", "AIRSTRIKE", on="2025-06-25", **STRIKE)) == {
        ("strike", "fulfilled_by", "struck")
    }


@pytest.mark.parametrize("status", ["conditional", "possible", "alleged", "denied", "refused", "occurred"])
def test_what_is_not_promised_is_not_kept(status):
    promise = told("strike", "AIRSTRIKE", status, **STRIKE)
    assert outcomes(promise, later("struck", "AIRSTRIKE", on="2025-06-25", **STRIKE)) == set()


@pytest.mark.parametrize(
    ("promise", "deed"),
    [
        (("attack", "ATTACK", STRIKE), ("shelled", "SHELLING", STRIKE)),
        (("meet", "MEET", TALKS), ("talked", "NEGOTIATE", TALKS)),
        (("meet", "MEET", TALKS), ("flew", "VISIT", {"actor": "Russia", "recipient": "Ukraine"})),
        (("truce", "DECLARE_CEASEFIRE", TALKS), ("held fire", "OBSERVE_CEASEFIRE", TALKS)),
        (("lift", "EASE_SANCTIONS", STRIKE), ("licensed", "GRANT_SANCTIONS_RELIEF", STRIKE)),
    ],
)
def test_another_type_may_keep_it_too(promise, deed):
    (said, etype, ends), (done, done_type, done_ends) = promise, deed
    planned = told(said, etype, "planned", **ends)
    assert outcomes(planned, later(done, done_type, on="2025-06-25", **done_ends)) == {(said, "fulfilled_by", done)}


@pytest.mark.parametrize(
    ("etype", "ends", "deed", "deed_ends"),
    [
        ("OFFER_MEDIATION", {"actor": "Qatar", "recipient": "Israel,Iran"}, "MEDIATE", None),
        ("OFFER_AID", {"actor": "Qatar", "recipient": "Ukraine"}, "PROVIDE_HUMANITARIAN_AID", None),
        ("THREATEN_FORCE", STRIKE, "MISSILE_STRIKE", None),
        ("THREATEN_SANCTIONS", STRIKE, "IMPOSE_SANCTIONS", None),
        ("THREATEN_RELATIONS", STRIKE, "BREAK_RELATIONS", None),
        ("REQUEST_AID", {"actor": "Ukraine", "recipient": "Qatar"}, "PROVIDE_MILITARY_AID",
         {"actor": "Qatar", "recipient": "Ukraine"}),
        ("REQUEST_SANCTIONS_RELIEF", {"actor": "Serbia", "recipient": "United States"}, "GRANT_SANCTIONS_RELIEF",
         {"actor": "United States", "recipient": "Serbia"}),
        ("REQUEST_TALKS", {"actor": "Qatar", "recipient": "Russia,Ukraine"}, "NEGOTIATE", TALKS),
        ("REQUEST_DEESCALATION", {"actor": "Qatar", "addressee": "Russia,Ukraine"}, "DECLARE_CEASEFIRE", TALKS),
    ],
)  # fmt: skip
def test_a_speech_act_without_content_is_kept_by_what_it_is_about(etype, ends, deed, deed_ends):
    act = told("spoke", etype, **ends)
    assert outcomes(act, later("did", deed, on="2025-06-25", **(deed_ends or ends))) == {
        ("spoke", "fulfilled_by", "did")
    }


def test_a_speech_act_leaves_it_to_its_content():
    story = Story("promise", MADE)
    act = story.tell("vowed", "THREATEN_FORCE", **STRIKE)
    story.tell("hit", "AIRSTRIKE", "threatened", of=act, same_sentence=True, **STRIKE)
    assert outcomes(story, later("struck", "AIRSTRIKE", on="2025-06-25", **STRIKE)) == {
        ("hit", "fulfilled_by", "struck")
    }


@pytest.mark.parametrize(
    "ends",
    [
        {"actor": "Iran", "recipient": "Israel"},  # the other way round
        {"actor": "Israel", "recipient": "Hamas"},
        {"actor": "Israel"},
        {"recipient": "Iran"},
    ],
)
def test_other_sides_keep_nothing(ends):
    promise = told("strike", "AIRSTRIKE", "threatened", **STRIKE)
    assert outcomes(promise, later("struck", "AIRSTRIKE", on="2025-06-25", **ends)) == set()


def test_all_who_were_to_meet_have_to_be_there():
    promise = told("meet", "MEET", "planned", actor="Russia,Ukraine,United States")
    assert outcomes(promise, later("met", "MEET", on="2025-06-25", **TALKS)) == set()
    with_more = later("met", "MEET", on="2025-06-25", actor="Russia,Ukraine,United States,Qatar")
    assert outcomes(promise, with_more) == {("meet", "fulfilled_by", "met")}


def test_another_mediator_does_not_keep_an_offer_to_mediate():
    offer = told("truce", "DECLARE_CEASEFIRE", "offered", mediator="Russia", actor="Israel,Iran")
    by_qatar = later("agreed", "DECLARE_CEASEFIRE", on="2025-06-24", mediator="Qatar", actor="Israel,Iran")
    by_russia = later("agreed", "DECLARE_CEASEFIRE", on="2025-06-24", mediator="Russia,Qatar", actor="Israel,Iran")
    assert outcomes(offer, by_qatar) == set()
    assert outcomes(offer, by_russia) == {("truce", "fulfilled_by", "agreed")}


@pytest.mark.parametrize(
    ("on", "is_kept"),
    [
        ("2025-06-19", False),  # before it was promised
        ("2025-06-20", False),  # on the same day nobody can tell which came first
        ("2025-06-21", True),
        ("2025-08-19", True),
        ("2025-08-20", False),  # after 60 days
        ("2025-06-21/2025-07-05", True),
        ("2025-06-21/2025-07-06", False),  # known to more than a fortnight: background
    ],
)
def test_a_deed_comes_after_the_promise_within_sixty_days(on, is_kept):
    promise = told("strike", "AIRSTRIKE", "threatened", **STRIKE)
    assert bool(outcomes(promise, later("struck", "AIRSTRIKE", day="2025-08-25", on=on, **STRIKE))) is is_kept


@pytest.mark.parametrize(
    ("on", "is_kept"),
    [("2025-06-27", False), ("2025-06-28", True), ("2025-07-02", True), ("2025-07-03", False)],
)
def test_a_deed_promised_for_a_day_comes_within_two_days_of_it(on, is_kept):
    promise = told("meet", "MEET", "planned", on="2025-06-30", place="Doha", **TALKS)
    assert bool(outcomes(promise, later("talked", "NEGOTIATE", day="2025-07-05", on=on, **TALKS))) is is_kept


@pytest.mark.parametrize(("day", "is_kept"), [("2025-06-21", False), ("2025-06-22", True)])
def test_a_headline_without_a_date_tells_what_is_no_day_old(day, is_kept):
    promise = told("strike", "AIRSTRIKE", "threatened", **STRIKE)
    assert bool(outcomes(promise, later("struck", "AIRSTRIKE", day=day, title=False, **STRIKE))) is is_kept
    assert outcomes(promise, later("struck", "AIRSTRIKE", day=day, **STRIKE)) == set()


def test_the_first_deed_counts_or_the_one_nearest_to_the_promised_day():
    first = later("raided", "AIRSTRIKE", on="2025-06-24", name="first", **STRIKE)
    second = later("bombed", "AIRSTRIKE", on="2025-06-27", name="second", **STRIKE)
    assert outcomes(told("strike", "AIRSTRIKE", "threatened", **STRIKE), second, first) == {
        ("strike", "fulfilled_by", "raided")
    }
    due = told("strike", "AIRSTRIKE", "planned", on="2025-06-26", **STRIKE)
    assert ("strike", "fulfilled_by", "bombed") in outcomes(due, first, second)


def test_without_a_day_of_publication_nothing_is_kept():
    promise = told("strike", "AIRSTRIKE", "threatened", day=None, **STRIKE)
    assert outcomes(promise, later("struck", "AIRSTRIKE", on="2025-06-25", **STRIKE)) == set()


def test_one_end_alone_needs_the_same_thing_or_like_words():
    plan = told("deploy", "DEPLOY_FORCES", "planned", actor="Russia", place="Tehran")
    there = later("deployed", "DEPLOY_FORCES", on="2025-06-25", actor="Russia", place="Tehran")
    elsewhere = later("deployed", "DEPLOY_FORCES", on="2025-06-25", actor="Russia", place="Doha")
    alike = later("deployed", "DEPLOY_FORCES", on="2025-06-25", actor="Russia", more="two brigades northwards")
    other = later("deployed", "DEPLOY_FORCES", on="2025-06-25", actor="Russia", more="several ships without any notice")
    assert outcomes(plan, there) == {("deploy", "fulfilled_by", "deployed")}
    assert outcomes(plan, elsewhere) == set()
    plan = told("deploy", "DEPLOY_FORCES", "planned", actor="Russia", more="another two brigades along the border")
    assert outcomes(plan, alike) == {("deploy", "fulfilled_by", "deployed")}
    assert outcomes(plan, other) == set()


@pytest.mark.parametrize("status", ["denied", "refused"])
def test_what_is_told_as_not_done_breaks_a_promise(status):
    request = told("release", "RELEASE", "requested", **STRIKE)
    assert outcomes(request, later("free", "RELEASE", status, **STRIKE)) == {("release", "failed_by", "free")}


@pytest.mark.parametrize("words", ["were called off", "was cancelled", "has been postponed", "fell through"])
@pytest.mark.parametrize("status", ["planned", "occurred"])
def test_a_plan_that_is_called_off_fails_however_that_is_told(words, status):
    plan = told("meet", "MEET", "planned", on="2025-06-25", **TALKS)
    assert outcomes(plan, later("meeting", "MEET", status, more=words, **TALKS)) == {("meet", "failed_by", "meeting")}


@pytest.mark.parametrize(
    "words", ["failed to make progress", "ended without agreement", "brought no deal", "broke down", "collapsed"]
)
def test_talks_that_fail_break_what_they_were_about(words):
    request = told("truce", "DECLARE_CEASEFIRE", "requested", **TALKS)
    assert outcomes(request, later("talks", "NEGOTIATE", on="2025-06-25", more=words, **TALKS)) == {
        ("truce", "failed_by", "talks")
    }


def test_talks_that_fail_break_an_offer_to_mediate_between_their_parties():
    offer = told("offered", "OFFER_MEDIATION", actor="Qatar", recipient="Russia,Ukraine")
    failed = later("talks", "NEGOTIATE", on="2025-06-25", more="ended without a breakthrough", **TALKS)
    assert outcomes(offer, failed) == {("offered", "failed_by", "talks")}


def test_talks_of_others_and_calls_break_nothing():
    request = told("truce", "DECLARE_CEASEFIRE", "requested", **TALKS)
    with_third = later("talks", "NEGOTIATE", on="2025-06-25", more="broke down", actor="Russia,Ukraine,United States")
    call = later("telephoned", "CALL", on="2025-06-25", more="without agreement", **TALKS)
    assert outcomes(request, with_third) == outcomes(request, call) == set()


def test_talks_that_fail_are_talks_nevertheless():
    plan = told("meet", "MEET", "planned", **TALKS)
    assert outcomes(plan, later("talks", "NEGOTIATE", on="2025-06-25", more="failed to make progress", **TALKS)) == {
        ("meet", "fulfilled_by", "talks")
    }


def test_only_a_later_document_can_tell_that_a_promise_failed():
    request = told("release", "RELEASE", "requested", **STRIKE)
    assert outcomes(request, later("free", "RELEASE", "refused", day=MADE, **STRIKE)) == set()
    request.tell("free", "RELEASE", "refused", **STRIKE)
    assert outcomes(request) == set()


def test_a_refusal_of_another_type_breaks_nothing():
    plan = told("talks", "NEGOTIATE", "planned", **TALKS)
    assert outcomes(plan, later("meet", "MEET", "refused", **TALKS)) == set()
    assert outcomes(plan, later("sit down", "NEGOTIATE", "refused", **TALKS)) == {("talks", "failed_by", "sit down")}


def test_a_request_not_to_do_it_is_no_sign_that_it_failed():
    vow = told("pay", "ATTACK", "threatened", **STRIKE)
    plea = later("asked", "REQUEST", actor="Qatar", recipient="Israel")
    plea.tell("shed blood", "ATTACK", "denied", of=1, **STRIKE)
    assert outcomes(vow, plea) == set()


def test_what_failed_on_another_day_was_another_plan():
    plan = told("meet", "MEET", "planned", on="2025-06-25", **TALKS)
    assert outcomes(plan, later("meeting", "MEET", "denied", day="2025-07-09", on="2025-07-08", **TALKS)) == set()


def test_a_promise_may_be_broken_by_one_and_kept_by_another_telling():
    promise = told("strike", "AIRSTRIKE", "threatened", **STRIKE)
    struck = later("struck", "AIRSTRIKE", on="2025-06-25", **STRIKE)
    denied = later("raid", "AIRSTRIKE", "denied", day="2025-06-29", name="denial", **STRIKE)
    assert outcomes(promise, struck, denied) == {
        ("strike", "fulfilled_by", "struck"),
        ("strike", "failed_by", "raid"),
    }


@pytest.mark.parametrize(
    ("status", "kind"), [("occurred", "fulfilled_by"), ("denied", "failed_by"), ("refused", "failed_by")]
)
@pytest.mark.parametrize(
    ("deed", "spoken", "ends"),
    [
        ("PROVIDE_HUMANITARIAN_AID", "OFFER_AID", {"recipient": "Ukraine"}),
        ("AIRSTRIKE", "THREATEN_FORCE", {}),
        ("IMPOSE_SANCTIONS", "THREATEN_SANCTIONS", {"recipient": "Ukraine"}),
    ],
)
def test_a_deed_told_with_the_promise_before_it_needs_no_date(status, kind, deed, spoken, ends):
    story = told("did", deed, status, actor="Russia", **ends)
    story.tell("promised", spoken, actor="Russia", recipient="Ukraine", goes_on="what", on="2025-05-01/2025-05-31")
    assert outcomes(story) == set()
    story.told[-1]["goes_on"] = "as it had"
    assert outcomes(story) == {("promised", kind, "did")}
    story.told[-1]["recipient"] = "Iran"
    assert outcomes(story) == ({("promised", kind, "did")} if not ends else set())


def test_what_was_asked_for_before_is_done_by_those_who_were_asked():
    story = told("agreed", "DECLARE_CEASEFIRE", actor="Ukraine")
    story.tell("demanded", "REQUEST_DEESCALATION", actor="Russia", recipient="Ukraine", goes_on="to what Moscow had")
    assert outcomes(story) == set()
    story.told[-1]["goes_on"] = "to the ceasefire that Moscow had"
    assert outcomes(story) == {("demanded", "fulfilled_by", "agreed")}


def test_talks_that_did_not_take_place_fail_the_plan_of_them():
    plan = told("talks", "NEGOTIATE", "planned", on="2025-06-23", **TALKS)
    words = "that was due on Monday did not take place"
    assert outcomes(plan, later("meeting", "NEGOTIATE", on="2025-06-23", more=words, **TALKS)) == {
        ("talks", "failed_by", "meeting")
    }
