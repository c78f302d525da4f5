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
    story = Story(name, day)
    for trigger, etype, who, whom, *status in told:
        story.tell(trigger, etype, *status, actor=who, recipient=whom)
    return story


OFFER = ("offered", "OFFER_MEDIATION", "Vladimir Putin", "Israel,Iran")
FILLER = ("tested", "TEST_WEAPON", "Ukraine", "Ukraine")


@pytest.mark.parametrize(
    "answer",
    [
        ("rejected", "REJECT", "Israel", "Russia"),
        ("rejected", "REJECT", "Donald Trump", "Russia"),  # a third party that names the offerer
        ("rejected", "REJECT", "Iran", None),  # an addressee, whom the sentence does not name
        ("welcomed", "EXPRESS_SUPPORT", "Iran", "Vladimir Putin"),
        ("agreed", "AGREE_TO_COOPERATE", "Iran,Russia", None),
        ("accepted", "YIELD", "Iran", "Russia"),
    ],
)
def test_an_offer_is_answered(answer):
    assert answers(talk(OFFER, answer)) == {(answer[0], "offered")}


@pytest.mark.parametrize(
    "other",
    [
        ("rejected", "REJECT", "Russia", "Ukraine"),  # the offerer himself, about something else
        ("rejected", "REJECT", "Donald Trump", "Ukraine"),
        ("rejected", "REJECT", "Donald Trump", None),
        ("rejected", "REJECT", "Israel", "Russia", "possible"),
        ("rejected", "REJECT", "Israel", "Russia", "denied"),
        ("condemned", "CONDEMN", "Israel", "Russia"),
    ],
)
def test_other_words_are_no_answer(other):
    assert answers(talk(OFFER, other)) == set()


def test_an_answer_comes_after_and_is_near():
    reply = ("rejected", "REJECT", "Israel", "Russia")
    assert answers(talk(reply, FILLER, OFFER)) == set()
    assert answers(talk(OFFER, FILLER, FILLER, reply)) == {("rejected", "offered")}
    assert answers(talk(OFFER, FILLER, FILLER, FILLER, reply)) == set()


def test_the_nearest_call_is_the_one_that_is_answered():
    urged = ("urged", "REQUEST_DEESCALATION", "Russia", "Israel")
    assert answers(talk(OFFER, urged, ("rejected", "REJECT", "Israel", "Russia"))) == {("rejected", "urged")}


def test_a_call_that_is_the_content_of_its_rejection_is_answered_by_it():
    story = Story("s")
    act = story.tell("rejected", "REJECT", actor="Iran", recipient="United States")
    story.tell("calls", "REQUEST_DEESCALATION", actor="United States", recipient="Iran", of=act, same_sentence=True)
    assert answers(story) == {("rejected", "calls")}


@pytest.mark.parametrize(("day", "is_answer"), [("2025-07-04", True), ("2025-07-05", False), ("2025-06-19", False)])
def test_another_document_answers_within_a_fortnight(day, is_answer):
    offer = talk(OFFER)
    reply = talk(("rejected", "REJECT", "Israel", "Russia"), name="reply", day=day)
    assert bool(answers(offer, reply)) is is_answer


def test_another_document_answers_only_for_the_addressee():
    reply = talk(("rejected", "REJECT", "Donald Trump", "Russia"), name="reply", day="2025-06-21")
    assert answers(talk(OFFER), reply) == set()


def test_a_denied_offer_is_not_answered():
    assert answers(talk((*OFFER, "denied"), ("rejected", "REJECT", "Israel", "Russia"))) == set()


def test_without_a_day_nothing_is_answered_across_documents():
    reply = ("rejected", "REJECT", "Israel", "Russia")
    assert answers(talk(OFFER), talk(reply, name="reply", day=None)) == set()
    assert answers(talk(OFFER, day=None), talk(reply, name="reply")) == set()


def test_the_latest_call_of_other_documents_is_the_one_that_is_answered():
    early = talk(("asked", "REQUEST_TALKS", "Russia", "Israel"), name="early", day="2025-06-10")
    late = talk(("urged", "REQUEST", "Russia", "Israel"), name="late", day="2025-06-18")
    reply = talk(("rejected", "REJECT", "Israel", "Russia"), name="reply", day="2025-06-20")
    assert answers(early, late, reply) == {("rejected", "urged")}
