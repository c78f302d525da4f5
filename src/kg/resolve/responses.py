"""Which event answers which: a rejected offer, an accepted request, a concession under threat."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from kg.model.words import HAPPENED_STATUSES
from kg.model.world import EventCluster, Response
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


def find_responses(claims: Sequence[PartyClaim], events: Iterable[EventCluster]) -> tuple[Response, ...]:
    """Return at most one answered event for each claim that answers, the surest claim for each pair of events.

    Args:
        claims: Earliest publication first.
    """
    event_of = {claim_id: event.event_id for event in events for claim_id in event.claim_ids}
    here: defaultdict[str, list[PartyClaim]] = defaultdict(list)
    by_caller: defaultdict[str, list[PartyClaim]] = defaultdict(list)
    told = [party for party in claims if party.claim.status in HAPPENED_STATUSES]
    for party in told:
        if party.claim.etype in CALL_TYPES:
            here[party.document.doc_id].append(party)
            for side in sorted(party.actors):
                by_caller[side].append(party)
    found: dict[tuple[str, str], Response] = {}
    for answer in told:
        if answer.claim.etype not in ANSWER_TYPES:
            continue
        call, weight = _linked(answer, here[answer.document.doc_id]), 1.0
        call = call or _nearest_before(answer, here[answer.document.doc_id])
        if call is None:
            call, weight = _latest_elsewhere(answer, by_caller), ACROSS_DOCUMENTS
        if call is not None:
            _keep(found, _response(answer, call, event_of, weight))
    return tuple(found[pair] for pair in sorted(found))


def _response(answer: PartyClaim, call: PartyClaim, event_of: Mapping[str, str], weight: float) -> Response:
    return Response(
        event_id=event_of[answer.claim.claim_id],
        responds_to=event_of[call.claim.claim_id],
        claim_id=answer.claim.claim_id,
        confidence=round(answer.claim.confidence * call.claim.confidence * weight, 4),
    )


def _keep(found: dict[tuple[str, str], Response], response: Response) -> None:
    pair = (response.event_id, response.responds_to)
    if pair[0] != pair[1] and (pair not in found or found[pair].confidence < response.confidence):
        found[pair] = response


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


def _latest_elsewhere(answer: PartyClaim, by_caller: Mapping[str, list[PartyClaim]]) -> PartyClaim | None:
    return max(_calls_to(answer, by_caller), key=lambda call: (call.published or 0, call.claim.claim_id), default=None)


def _calls_to(answer: PartyClaim, by_caller: Mapping[str, list[PartyClaim]]) -> Iterator[PartyClaim]:
    """Yield the calls of other documents, at most a fortnight before the answer, that its actor was called on by."""
    if answer.published is None:
        return
    for side in sorted(answer.parties):
        calls = by_caller.get(side, [])
        first = bisect_left(calls, answer.published - MAX_DAYS_APART, key=_day)
        last = bisect_right(calls, answer.published, key=_day)
        for call in calls[first:last]:
            called_on = call.recipients | call.addressees
            if call.document.doc_id != answer.document.doc_id and answer.actors & called_on and _answers(answer, call):
                yield call


def _day(call: PartyClaim) -> int:
    return date.max.toordinal() if call.published is None else call.published
