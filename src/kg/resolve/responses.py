"""Which claim answers which: a rejected offer, an accepted request, a concession under threat.

An answer names what it answers: "rejected the offer", "agreed to the talks", "gave in to the demand". Without such a
word a rejection is as often one of a charge or of a finding, and an agreement one with somebody else.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from kg.model.words import HAPPENED_STATUSES
from kg.model.world import Link, LinkKind
from kg.resolve.parties import PartyClaim
from kg.resolve.retrospect import looks_back

_ANSWERS = frozenset({"REJECT", "YIELD"})
# Of these only some verbs answer: "promised", "offered" and "thanked" begin something new.
_PERHAPS_ANSWERS = frozenset({"AGREE_TO_COOPERATE", "EXPRESS_SUPPORT"})
_AGREES = re.compile(r"agree|accept|consent|assent|approv|welcom|endors|said yes|green light", re.IGNORECASE)
MAX_SENTENCES_APART = 3
MAX_DAYS_APART = 14
# An answer found only by who speaks to whom in another document is a guess of lesser weight.
ACROSS_DOCUMENTS = 0.5
CHARS_AROUND = 60  # of the answering verb, within which the word for the call stands
CHARS_BEFORE_CHARGE, CHARS_AFTER_CHARGE = 30, 40
_OF_A_CHARGE = re.compile(
    r"accus|alleg|assert|fantas|\bcharge[sd]?\b|\bclaim|\bfinding|\bfigures?\b|\breports?\b|\bden(?:y|ies|ied|ial)\b"
    r"|\bany (?:part|role|hand|link)\b|\bslander|\blie[sd]?\b|\bfiction|\bnonsense|\bbaseless|\bfabricat|\bblame"
    r"|\bcriticism",
    re.IGNORECASE,
)


@cache
def _words_for_calls() -> dict[str, re.Pattern[str]]:
    """Return, for each type of call, the words by which an answer names it."""
    text = files("kg.resolve").joinpath("data", "call_words.csv").read_text(encoding="utf-8")
    return {
        row["call"]: re.compile(r"\b(?:" + "|".join(row["words"].split()) + ")", re.IGNORECASE)
        for row in csv.DictReader(text.splitlines())
    }


class Responses:
    """Links an answer to the call that it answers."""

    name = "response"

    def offered(self, party: PartyClaim) -> Iterator[str]:
        """Yield, for a call, keys of its document and of each caller and week."""
        if _is_call(party):
            yield f"document {party.document.doc_id}"
            if party.published is not None:
                for side in party.actors:
                    yield f"{side} week {party.published // 7}"

    def wanted(self, party: PartyClaim) -> Iterator[str]:
        """Yield, for an answer, keys of its document and of each party in the weeks before it."""
        if not _is_answer(party):
            return
        yield f"document {party.document.doc_id}"
        if party.published is not None:
            for side in party.parties:
                for week in range((party.published - MAX_DAYS_APART) // 7, party.published // 7 + 1):
                    yield f"{side} week {week}"

    def link(self, party: PartyClaim, candidates: Sequence[PartyClaim]) -> tuple[Link, ...]:
        """Return a link to the call, to one of the same document if there is any."""
        if not _is_answer(party):
            return ()
        here = [call for call in candidates if call.document.doc_id == party.document.doc_id]
        call, weight = _linked(party, here) or _nearest_before(party, here), 1.0
        if call is None:
            call, weight = _latest_elsewhere(party, candidates), ACROSS_DOCUMENTS
        if call is None:
            return ()
        score = round(party.claim.confidence * call.claim.confidence * weight, 4)
        claim_id, to = party.claim.claim_id, call.claim.claim_id
        return (Link(kind=LinkKind.RESPONSE_TO, claim_id=claim_id, to=to, score=score),)


def _is_call(party: PartyClaim) -> bool:
    return party.claim.status in HAPPENED_STATUSES and party.claim.etype in _words_for_calls()


def _is_answer(party: PartyClaim) -> bool:
    claim = party.claim
    if claim.status not in HAPPENED_STATUSES:
        return False
    verb = claim.quote[claim.trigger_start - claim.start : claim.trigger_end - claim.start]
    return claim.etype in _ANSWERS or (claim.etype in _PERHAPS_ANSWERS and bool(_AGREES.search(verb)))


def _linked(answer: PartyClaim, calls: Iterable[PartyClaim]) -> PartyClaim | None:
    """Return the call that the answer holds as its content: "rejected US calls for surrender"."""
    return next((call for call in calls if call.claim.content_of == answer.claim.claim_id), None)


def _answers(answer: PartyClaim, call: PartyClaim) -> bool:
    """Whether the answer names the call and speaks to the caller, who may not answer himself.

    A third party counts when it names the caller: Trump may reject what Putin offered to Israel and Iran. Where the
    sentence itself says whose call it was ("which Moscow had offered"), nothing more is asked.
    """
    others = answer.parties - call.actors
    if not others or not call.actors or not _names(answer, call):
        return False
    if looks_back(answer, call):
        return bool(answer.actors - call.actors)
    if answer.parties & call.actors:
        return bool(answer.actors - call.actors)
    return not answer.recipients and bool(answer.actors & (call.recipients | call.addressees))


def _names(answer: PartyClaim, call: PartyClaim) -> bool:
    """Whether the sentence of the answer has a word for the call near the answering verb, and none for a charge."""
    claim = answer.claim
    first, last = claim.trigger_start - claim.start, claim.trigger_end - claim.start
    if claim.etype == "REJECT":
        around = claim.quote[max(0, first - CHARS_BEFORE_CHARGE) : last + CHARS_AFTER_CHARGE]
        if _OF_A_CHARGE.search(around):
            return False
    elif _is_after(call, answer) and not looks_back(answer, call):
        return False
    word = _words_for_calls()[call.claim.etype]
    before, after = claim.quote[max(0, first - CHARS_AROUND) : first], claim.quote[last : last + CHARS_AROUND]
    return bool(word.search(before) or word.search(after))


def _is_after(call: PartyClaim, answer: PartyClaim) -> bool:
    is_here = call.document.doc_id == answer.document.doc_id
    return is_here and call.claim.trigger_start > answer.claim.trigger_start


def _nearest_before(answer: PartyClaim, calls: Iterable[PartyClaim]) -> PartyClaim | None:
    # Inside one sentence the offer may follow its answer: "rejected an offer by Russia".
    near = [
        call
        for call in calls
        if 0 <= answer.claim.sentence_no - call.claim.sentence_no <= _sentences_apart(call) and _answers(answer, call)
    ]
    return max(near, key=lambda call: (call.claim.sentence_no, call.claim.trigger_start), default=None)


def _sentences_apart(call: PartyClaim) -> int:
    """Return how far a call reaches: of a request for anything whatever, words like "demand" tell little."""
    return 1 if call.claim.etype == "REQUEST" else MAX_SENTENCES_APART


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
