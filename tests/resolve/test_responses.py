import pytest

from graph.made import Story, read_all
from kg.model.world import LinkKind
from kg.resolve import resolve


def answers(*stories):
    """Pairs of triggers: (answer, what it answers)."""
    read = read_all(*stories)
    trigger = {
        claim.claim_id: document.text[claim.trigger_start : claim.trigger_end]
        for document, extractions in read
        for extraction in extractions
        for claim in extraction.claims
    }
    links = resolve(read).links
    return {(trigger[link.claim_id], trigger[link.to]) for link in links if link.kind is LinkKind.RESPONSE_TO}


def talk(*told, name="s", day="2025-06-20"):
    """Each tuple: trigger, or trigger|words that follow it; type, who, whom, and the status if not `occurred`."""
    story = Story(name, day)
    for words, etype, who, whom, *status in told:
        trigger, _, more = words.partition("|")
        story.tell(trigger, etype, *status, actor=who, recipient=whom, more=more)
    return story


OFFER = ("offered", "OFFER_MEDIATION", "Vladimir Putin", "Israel,Iran")
FILLER = ("tested", "TEST_WEAPON", "Ukraine", "Ukraine")


REPLY = ("rejected|the offer", "REJECT", "Israel", "Russia")


@pytest.mark.parametrize(
    "answer",
    [
        REPLY,
        ("rejected|his offer", "REJECT", "Donald Trump", "Russia"),  # a third party that names the offerer
        ("turned down|any mediation", "REJECT", "Iran", None),  # an addressee, whom the sentence does not name
        ("welcomed|the initiative", "EXPRESS_SUPPORT", "Iran", "Vladimir Putin"),
        ("agreed|to the proposal", "AGREE_TO_COOPERATE", "Iran,Russia", None),
        ("yielded|and took the good offices", "YIELD", "Iran", "Russia"),
    ],
)
def test_an_offer_is_answered(answer):
    assert answers(talk(OFFER, answer)) == {(answer[0].partition("|")[0], "offered")}


@pytest.mark.parametrize(
    "other",
    [
        ("rejected|the offer", "REJECT", "Russia", "Ukraine"),  # the offerer himself, about something else
        ("rejected|the offer", "REJECT", "Donald Trump", "Ukraine"),
        ("rejected|the offer", "REJECT", "Donald Trump", None),
        ("rejected|the offer", "REJECT", "Israel", "Russia", "possible"),
        ("rejected|the offer", "REJECT", "Israel", "Russia", "denied"),
        ("condemned|the offer", "CONDEMN", "Israel", "Russia"),
    ],
)
def test_other_words_are_no_answer(other):
    assert answers(talk(OFFER, other)) == set()


@pytest.mark.parametrize(
    "other",
    [
        ("rejected|the resolution", "REJECT", "Israel", "Russia"),  # another thing
        ("rejected|the claim that it had asked for the offer", "REJECT", "Israel", "Russia"),  # a charge
        ("denied|any part in the offer", "REJECT", "Israel", "Russia"),
        ("thanked|for the offer", "EXPRESS_SUPPORT", "Israel", "Russia"),
        ("offered|help with the proposal", "AGREE_TO_COOPERATE", "Israel,Russia", None),  # something new
    ],
)
def test_who_does_not_take_up_the_offer_by_name_answers_something_else(other):
    assert answers(talk(OFFER, other)) == set()


def test_an_agreement_does_not_answer_what_is_asked_after_it_in_the_same_sentence():
    story = Story("s")
    story.tell("agreed", "AGREE_TO_COOPERATE", actor="Iran,Russia", more="to the request")
    story.tell("asked", "REQUEST", actor="Russia", recipient="Iran", same_sentence=True)
    assert answers(story) == set()


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        (("threatened", "THREATEN_FORCE", "Israel", "Iran"), ("gave in|to the threat", "YIELD", "Iran", "Israel")),
        (("threatened", "THREATEN_SANCTIONS", "Israel", "Iran"), ("defied|the ultimatum", "REJECT", "Iran", "Israel")),
        (("warned", "WARN", "Israel", "Iran"), ("shrugged off|the warning", "REJECT", "Iran", "Israel")),
        (("urged", "REQUEST_TALKS", "Qatar", "Iran"), ("accepted|the invitation", "AGREE_TO_COOPERATE", "Iran,Qatar", None)),
        (("begged", "REQUEST_AID", "Ukraine", "Qatar"), ("declined|the appeal", "REJECT", "Qatar", "Ukraine")),
        (("applied", "REQUEST_SANCTIONS_RELIEF", "Serbia", "United States"), ("threw out|the request", "REJECT", "United States", "Serbia")),
    ],
)  # fmt: skip
def test_requests_and_threats_are_answered_like_offers(call, answer):
    assert answers(talk(call, answer)) == {(answer[0].partition("|")[0], call[0])}


def test_an_answer_comes_after_and_is_near():
    assert answers(talk(REPLY, FILLER, OFFER)) == set()
    assert answers(talk(OFFER, FILLER, FILLER, REPLY)) == {("rejected", "offered")}
    assert answers(talk(OFFER, FILLER, FILLER, FILLER, REPLY)) == set()


def test_a_request_for_anything_whatever_is_answered_in_the_next_sentence_or_not_at_all():
    asked, reply = ("asked", "REQUEST", "Russia", "Israel"), ("rejected|the demand", "REJECT", "Israel", "Russia")
    assert answers(talk(asked, reply)) == {("rejected", "asked")}
    assert answers(talk(asked, FILLER, reply)) == set()


def test_the_nearest_call_is_the_one_that_is_answered():
    urged = ("urged", "REQUEST_DEESCALATION", "Russia", "Israel")
    reply = ("rejected|the proposal", "REJECT", "Israel", "Russia")
    assert answers(talk(OFFER, urged, reply)) == {("rejected", "urged")}


def test_a_call_that_is_the_content_of_its_rejection_is_answered_by_it():
    story = Story("s")
    act = story.tell("rejected", "REJECT", actor="Iran", recipient="United States")
    story.tell("calls", "REQUEST_DEESCALATION", actor="United States", recipient="Iran", of=act, same_sentence=True)
    assert answers(story) == {("rejected", "calls")}


@pytest.mark.parametrize(("day", "is_answer"), [("2025-07-04", True), ("2025-07-05", False), ("2025-06-19", False)])
def test_another_document_answers_within_a_fortnight(day, is_answer):
    offer = talk(OFFER)
    reply = talk(REPLY, name="reply", day=day)
    assert bool(answers(offer, reply)) is is_answer


def test_another_document_answers_only_for_the_addressee():
    reply = talk(("rejected|the offer", "REJECT", "Donald Trump", "Russia"), name="reply", day="2025-06-21")
    assert answers(talk(OFFER), reply) == set()


def test_a_denied_offer_is_not_answered():
    assert answers(talk((*OFFER, "denied"), REPLY)) == set()


def test_without_a_day_nothing_is_answered_across_documents():
    assert answers(talk(OFFER), talk(REPLY, name="reply", day=None)) == set()
    assert answers(talk(OFFER, day=None), talk(REPLY, name="reply")) == set()


def test_the_latest_call_of_other_documents_is_the_one_that_is_answered():
    early = talk(("asked", "REQUEST_TALKS", "Russia", "Israel"), name="early", day="2025-06-10")
    late = talk(("urged", "REQUEST", "Russia", "Israel"), name="late", day="2025-06-18")
    reply = talk(("rejected|the call", "REJECT", "Israel", "Russia"), name="reply", day="2025-06-20")
    assert answers(early, late, reply) == {("rejected", "urged")}


@pytest.mark.parametrize(
    ("goes_on", "more", "is_answer"),
    [
        ("the mediation which Russia had", "in June", True),
        ("any mediation", "by Russia", True),
        ("it because an initiative was being", "by Russia", False),
        ("mediation and said that Russia had", "it", False),
        ("mediation", "in Doha by Monday", False),
        ("the mediation and said that Qatar", "its own", False),
        ("a report that Russia had", "mediation", False),  # a report is rejected, no offer
    ],
)
def test_a_sentence_that_tells_whose_offer_it_was_needs_no_more(goes_on, more, is_answer):
    story = Story("s", "2025-06-20")
    story.tell("rejected", "REJECT", actor="Donald Trump", recipient="Israel,Iran")
    story.tell("offered", "OFFER_MEDIATION", actor="Russia", recipient="Israel,Iran", goes_on=goes_on, more=more)
    assert answers(story) == ({("rejected", "offered")} if is_answer else set())
