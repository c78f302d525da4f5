"""What came of a promise: the later claim that tells of its deed, or that shows it failed.

A promise is what is planned, offered, requested or threatened: the event told with such a status, or the speech act
itself where its sentence tells no event for its content.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

from kg.model.ontology import event_types
from kg.model.words import HAPPENED_STATUSES, Status
from kg.model.world import Link, LinkKind
from kg.resolve.parties import PartyClaim, Sides, agree_on_recipients
from kg.resolve.retrospect import looks_back, may_be_looked_back_on, may_look_back

PROMISED_STATUSES = frozenset({Status.PLANNED, Status.OFFERED, Status.REQUESTED, Status.THREATENED})

# Days from a promise without a day of its own to the deed that it is thought to have led to.
MAX_DAYS_AFTER = 60
# Days between the day that was promised and the day of the deed: delays, time zones, "at the weekend".
MAX_DAYS_OFF = 2
# A deed known to a wider interval than a fortnight is background and shows nothing.
MAX_DEED_DAYS = 14
# A claim without a date is taken as news of its day, which a headline mostly is, with less certainty.
UNDATED = 0.5

# Share of the words of the shorter sentence that the other has too, where only one end is known.
MIN_SHARED_WORDS = 0.25

# Speech acts that promise or ask for something that other types of event can show as done.
SPOKEN = frozenset(
    {
        "OFFER_MEDIATION",
        "OFFER_AID",
        "THREATEN_FORCE",
        "THREATEN_SANCTIONS",
        "THREATEN_RELATIONS",
        "REQUEST_AID",
        "REQUEST_SANCTIONS_RELIEF",
        "REQUEST_TALKS",
        "REQUEST_DEESCALATION",
    }
)
_TALKS = frozenset({"NEGOTIATE", "MEET"})
# What talks are about: promised, it breaks when the talks fail.
_OF_TALKS = frozenset({"DECLARE_CEASEFIRE", "OBSERVE_CEASEFIRE", "SIGN_AGREEMENT", "MEDIATE", "OFFER_MEDIATION"})
_FAILED_TALKS = "failed talks"
# Talks that fail are held; what is called off is not.
_FAILED = re.compile(
    r"fail(?:ed|s|ure|ing)? (?:to|in)\b|without (?:an? |any )?(?:\w+ )?(?:agreement|deal|accord|result|breakthrough)"
    r"|without (?:any )?(?:progress|outcome)|\bno (?:\w+ )?(?:agreement|deal|accord|breakthrough|progress)\b"
    r"|collapse[ds]?\b|br(?:o|ea)ke? (?:down|up)\b|f[ae]ll apart|deadlock|stalemate|empty-handed|inconclusive",
    re.IGNORECASE,
)
_CALLED_OFF = re.compile(
    r"call(?:ed|s|ing)? off|cancel(?:led|ed|s|ling)?\b|postpone[ds]?\b|put (?:off|on hold)|scrap(?:ped|s)\b"
    r"|shelve[ds]?\b|f[ae]ll through",
    re.IGNORECASE,
)
CHARS_BEFORE, CHARS_AFTER = 40, 90  # of the words that name the event, within which such a cue counts

MONTH = 28  # days, for looking up

Days = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """The types of event that keep a promise, done by those who promised or by those who were asked."""

    deeds: frozenset[str]
    by_asked: bool


@cache
def _kept_by(etype: str) -> _Kept:
    text = files("kg.resolve").joinpath("data", "fulfilling_types.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        if row["promise"] == etype:
            return _Kept(deeds=frozenset(row["deeds"].split()), by_asked=row["ends"] == "asked")
    is_act = event_types()[etype].speech_act
    return _Kept(deeds=frozenset() if is_act else frozenset({etype}), by_asked=False)


class Outcomes:
    """Links a promise to the first claim that tells of its deed, and to the first that shows it failed."""

    name = "outcome"

    def offered(self, party: PartyClaim) -> Iterator[str]:
        """Yield, for what was done or failed, keys of its kind, ends and month; for a content one of its speech act."""
        if party.claim.content_of:
            yield f"content of {party.claim.content_of}"
        if may_look_back(party):
            yield _sentence(party)
        for kind, day in _shown(party):
            for ends in _ends(party.parties, party.actors if _has_one_end(party) else ()):
                yield f"{kind} {ends} month {day // MONTH}"

    def wanted(self, party: PartyClaim) -> Iterator[str]:
        """Yield, for a promise, keys of what would keep or break it in the months after it."""
        if not _is_promise(party):
            return
        if not _is_told_as_promised(party):
            yield f"content of {party.claim.claim_id}"
        if may_be_looked_back_on(party):
            yield _sentence(party)
        kinds = {event_types()[deed].plover for deed in _kept_by(party.claim.etype).deeds}
        if party.claim.etype in _OF_TALKS:
            kinds.add(_FAILED_TALKS)
        for kind in sorted(kinds):
            for ends in _ends(party.parties | _doers(party)):
                for month in _months(party):
                    yield f"{kind} {ends} month {month}"

    def link(self, party: PartyClaim, candidates: Sequence[PartyClaim]) -> tuple[Link, ...]:
        """Return at most one link to what keeps the promise and one to what breaks it."""
        if not _is_promise(party) or any(c.claim.content_of == party.claim.claim_id for c in candidates):
            return ()
        kept = [(_days_off(party, c), c) for c in candidates if _keeps(party, c)]
        broken = [((c.published or 0), c) for c in candidates if _breaks(party, c)]
        found = []
        for kind, shown in ((LinkKind.FULFILLED_BY, kept), (LinkKind.FAILED_BY, broken)):
            if shown:
                _, best = min(shown, key=lambda pair: (pair[0], pair[1].order))
                found.append(_link(kind, party, best))
        return tuple(found)


def _sentence(party: PartyClaim) -> str:
    return f"sentence {party.document.doc_id} {party.claim.sentence_no}"


def _link(kind: LinkKind, promise: PartyClaim, shown: PartyClaim) -> Link:
    weight = UNDATED if kind is LinkKind.FULFILLED_BY and shown.time is None else 1.0
    score = round(promise.claim.confidence * shown.claim.confidence * weight, 4)
    return Link(kind=kind, claim_id=promise.claim.claim_id, to=shown.claim.claim_id, score=score)


def _is_told_as_promised(party: PartyClaim) -> bool:
    """Whether the event itself is told as promised, not a speech act that promises."""
    return party.claim.status in PROMISED_STATUSES


def _is_promise(party: PartyClaim) -> bool:
    if party.published is None or not _doers(party):
        return False
    claim = party.claim
    return _is_told_as_promised(party) or (claim.status in HAPPENED_STATUSES and claim.etype in SPOKEN)


def _is_for_the_asked(promise: PartyClaim) -> bool:
    return not _is_told_as_promised(promise) and _kept_by(promise.claim.etype).by_asked


def _doers(promise: PartyClaim) -> Sides:
    return promise.recipients | promise.addressees if _is_for_the_asked(promise) else promise.actors


def _made(promise: PartyClaim) -> int:
    """Return the day on which the promise was given, as far as its claim tells."""
    told, days = promise.published or 0, None if _is_told_as_promised(promise) else _days(promise)
    return min(told, days[0]) if days else told


def _due(promise: PartyClaim) -> Days | None:
    """Return the first and the last day for which it is promised."""
    days = _days(promise) if _is_told_as_promised(promise) else None
    return days if days and days[1] >= _made(promise) and days[1] - days[0] <= MAX_DAYS_AFTER else None


def _months(promise: PartyClaim) -> Iterator[int]:
    made, due = _made(promise), _due(promise)
    spans = [(made, made + MAX_DAYS_AFTER)]
    if due:
        spans.append((due[0] - MAX_DAYS_OFF, due[1] + MAX_DAYS_AFTER))
    yield from sorted({month for first, last in spans for month in range(first // MONTH, last // MONTH + 1)})


def _ends(parties: Sides, alone: Iterable[str] = ()) -> Iterator[str]:
    """Yield each two of the parties, and who stands alone: nobody keeps a promise of two ends by himself."""
    yield from (f"{some}|{other}" for some, other in combinations(sorted(parties), 2))
    yield from sorted(parties if len(parties) == 1 else alone)


def _has_one_end(party: PartyClaim) -> bool:
    return not party.recipients and not event_types()[party.claim.etype].reciprocal


def _days(party: PartyClaim) -> Days | None:
    """Return the first and the last day of an event with a beginning, as ordinals."""
    if party.time is None or party.time.first_day is None:
        return None
    return party.time.first_day.toordinal(), (party.time.last_day or party.time.first_day).toordinal()


def _done(party: PartyClaim) -> Days | None:
    """Return the days of what was done; a headline without a date tells what is no day old."""
    if party.claim.status not in HAPPENED_STATUSES or party.published is None or _is_failure(party):
        return None
    if party.time is None:
        return (party.published - 1, party.published) if party.claim.sentence_no == 0 else None
    days = _days(party)
    return days if days and days[1] - days[0] <= MAX_DEED_DAYS and days[0] <= party.published + 1 else None


def _shown(party: PartyClaim) -> Iterator[tuple[str, int]]:
    """Yield the kinds of key and the day under which a claim is found as what keeps or breaks a promise."""
    if party.published is None:
        return
    kind = event_types()[party.claim.etype].plover
    if _is_failure(party):
        yield kind, party.published
    elif days := _done(party):
        yield kind, days[0]
    if _is_failed_talk(party):
        yield _FAILED_TALKS, party.published


def _is_failure(party: PartyClaim) -> bool:
    """Whether the claim tells that the event did not or will not take place."""
    status = party.claim.status
    if status is Status.DENIED:
        return party.claim.content_of is None  # "asked that no blood be shed" tells of nothing that failed
    return status is Status.REFUSED or (status is not Status.POSSIBLE and _near_trigger(party, _CALLED_OFF))


def _is_failed_talk(party: PartyClaim) -> bool:
    claim = party.claim
    return claim.etype in _TALKS and claim.status in HAPPENED_STATUSES and _near_trigger(party, _FAILED)


def _near_trigger(party: PartyClaim, cue: re.Pattern[str]) -> bool:
    claim = party.claim
    first, last = claim.trigger_start - claim.start, claim.trigger_end - claim.start
    return bool(cue.search(claim.quote[max(0, first - CHARS_BEFORE) : last + CHARS_AFTER]))


def _is_told_with(promise: PartyClaim, shown: PartyClaim) -> bool:
    """Whether a sentence tells a deed, or that it failed, and goes on that it had been promised by those who act."""
    doers = _doers(promise)
    return bool(doers & shown.actors) and looks_back(shown, promise) and agree_on_recipients(promise, shown)


def _keeps(promise: PartyClaim, deed: PartyClaim) -> bool:
    if _is_told_with(promise, deed):
        is_done = deed.claim.status in HAPPENED_STATUSES and not _is_failure(deed)
        return is_done and deed.claim.etype in _kept_by(promise.claim.etype).deeds
    days, made, due = _done(deed), _made(promise), _due(promise)
    if days is None or deed.claim.etype not in _kept_by(promise.claim.etype).deeds:
        return False
    if (deed.published or 0) < (promise.published or 0) or not _same_ends(promise, deed):
        return False
    return days[0] >= made and _is_near(days, due) if due else made < days[0] <= made + MAX_DAYS_AFTER


def _is_near(days: Days, due: Days) -> bool:
    return days[0] <= due[1] + MAX_DAYS_OFF and days[1] >= due[0] - MAX_DAYS_OFF


def _days_off(promise: PartyClaim, deed: PartyClaim) -> int:
    days, due = _done(deed), _due(promise)
    return abs((days[0] if days else 0) - (due[0] if due else _made(promise)))


def _breaks(promise: PartyClaim, shown: PartyClaim) -> bool:
    if _is_told_with(promise, shown):
        return _is_failure(shown) and shown.claim.etype in _broken_by(promise)
    told, made, due = shown.published, _made(promise), _due(promise)
    if told is None or not made < told <= (due[1] if due else made) + MAX_DAYS_AFTER:
        return False
    if shown.document.doc_id == promise.document.doc_id:
        return False
    if promise.claim.etype in _OF_TALKS and _is_failed_talk(shown):
        return len(shown.parties) >= 2 and shown.parties <= promise.parties
    if not _is_failure(shown) or shown.claim.etype not in _broken_by(promise):
        return False
    days = _days(shown)
    return (not due or not days or _is_near(days, due)) and _same_ends(promise, shown)


def _broken_by(promise: PartyClaim) -> frozenset[str]:
    """Return the types that break it when told as not done: who will not meet in person may negotiate all the same."""
    etype = promise.claim.etype
    return frozenset({etype}) if _is_told_as_promised(promise) else _kept_by(etype).deeds


def _same_ends(promise: PartyClaim, deed: PartyClaim) -> bool:
    """Whether the sides of the promise stand at the same ends of the deed."""
    if promise.claim.status is Status.OFFERED and promise.mediators and not promise.mediators & deed.mediators:
        return False  # somebody else mediated
    is_reciprocal = event_types()[deed.claim.etype].reciprocal
    if _is_for_the_asked(promise):
        asked = _doers(promise)
        if is_reciprocal:
            return asked <= deed.parties and len((asked | promise.actors) & deed.parties) >= 2
        return bool(asked & deed.actors and deed.recipients & promise.actors)
    if is_reciprocal or event_types()[promise.claim.etype].reciprocal:
        return len(promise.parties) >= 2 and promise.parties <= deed.parties and bool(deed.actors & promise.parties)
    if not promise.actors or not _one_holds_the_other(promise.actors, deed.actors):
        return False
    if promise.recipients or deed.recipients:
        return _one_holds_the_other(promise.recipients, deed.recipients)
    if promise.things and deed.things:
        return bool(promise.things & deed.things)
    return promise.shared_words(deed) >= MIN_SHARED_WORDS


def _one_holds_the_other(some: Sides, others: Sides) -> bool:
    return bool(some and others) and (some <= others or others <= some)
