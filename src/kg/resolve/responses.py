"""Which claim answers which: a rejected offer, an accepted request, a concession under threat."""

from collections.abc import Iterable, Iterator, Sequence

from kg.model.words import HAPPENED_STATUSES
from kg.model.world import Link, LinkKind
from kg.resolve.parties import PartyClaim

ANSWER_TYPES = frozenset({"REJECT", "AGREE_TO_COOPERATE", "YIELD", "EXPRESS_SUPPORT"})
CALL_TYPES = frozenset(
    {
        "OFFER_MEDIATION",
        "OFFER_AID",
        "REQUEST",
        "REQUEST_AID",
        "REQUEST_TALKS",
        "REQUEST_DEESCALATION",
        "REQUEST_SANCTIONS",
        "REQUEST_SANCTIONS_RELIEF",
        "THREATEN_FORCE",
        "THREATEN_SANCTIONS",
        "THREATEN_RELATIONS",
    }
)
MAX_SENTENCES_APART = 3
MAX_DAYS_APART = 14
# An answer found only by who speaks to whom in another document is a guess of lesser weight.
ACROSS_DOCUMENTS = 0.5


class Responses:
    """Links an answer to the call that it answers."""

    name = "response"

    def offered(self, party: PartyClaim) -> Iterator[str]:
        """Yield, for a call, keys of its document and of each caller and week."""
        if party.claim.etype in CALL_TYPES and party.claim.status in HAPPENED_STATUSES:
            yield f"document {party.document.doc_id}"
            if party.published is not None:
                for side in party.actors:
                    yield f"{side} week {party.published // 7}"

    def wanted(self, party: PartyClaim) -> Iterator[str]:
        """Yield, for an answer, keys of its document and of each party in the weeks before it."""
        if party.claim.etype in ANSWER_TYPES and party.claim.status in HAPPENED_STATUSES:
            yield f"document {party.document.doc_id}"
            if party.published is not None:
                for side in party.parties:
                    for week in range((party.published - MAX_DAYS_APART) // 7, party.published // 7 + 1):
                        yield f"{side} week {week}"

    def link(self, party: PartyClaim, candidates: Sequence[PartyClaim]) -> tuple[Link, ...]:
        """Return a link to the call, to one of the same document if there is any."""
        here = [call for call in candidates if call.document.doc_id == party.document.doc_id]
        call, weight = _linked(party, here) or _nearest_before(party, here), 1.0
        if call is None:
            call, weight = _latest_elsewhere(party, candidates), ACROSS_DOCUMENTS
        if call is None:
            return ()
        score = round(party.claim.confidence * call.claim.confidence * weight, 4)
        claim_id, to = party.claim.claim_id, call.claim.claim_id
        return (Link(kind=LinkKind.RESPONSE_TO, claim_id=claim_id, to=to, score=score),)


def _linked(answer: PartyClaim, calls: Iterable[PartyClaim]) -> PartyClaim | None:
    """Return the call that the answer holds as its content: "rejected US calls for surrender"."""
    return next((call for call in calls if call.claim.content_of == answer.claim.claim_id), None)


def _answers(answer: PartyClaim, call: PartyClaim) -> bool:
    """Whether the answer speaks to the caller, who may not answer himself.

    A third party counts when it names the caller: Trump may reject what Putin offered to Israel and Iran.
    """
    others = answer.parties - call.actors
    if not others or not call.actors:
        return False
    if answer.parties & call.actors:
        return bool(answer.actors - call.actors)
    return not answer.recipients and bool(answer.actors & (call.recipients | call.addressees))


def _nearest_before(answer: PartyClaim, calls: Iterable[PartyClaim]) -> PartyClaim | None:
    # Inside one sentence the offer may follow its answer: "rejected an offer by Russia".
    near = [
        call
        for call in calls
        if 0 <= answer.claim.sentence_no - call.claim.sentence_no <= MAX_SENTENCES_APART and _answers(answer, call)
    ]
    return max(near, key=lambda call: (call.claim.sentence_no, call.claim.trigger_start), default=None)


def _latest_elsewhere(answer: PartyClaim, calls: Iterable[PartyClaim]) -> PartyClaim | None:
    return max(_calls_to(answer, calls), key=lambda call: (call.published or 0, call.claim.claim_id), default=None)


def _calls_to(answer: PartyClaim, calls: Iterable[PartyClaim]) -> Iterator[PartyClaim]:
    """Yield the calls of other documents, at most a fortnight before the answer, that its actor was called on by."""
    for call in calls:
        if answer.published is None or call.published is None or call.document.doc_id == answer.document.doc_id:
            continue
        called_on = call.recipients | call.addressees
        is_due = 0 <= answer.published - call.published <= MAX_DAYS_APART
        if is_due and answer.actors & called_on and _answers(answer, call):
            yield call
