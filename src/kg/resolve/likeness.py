"""How likely a claim tells of the event of another: log odds, a sum of weighted signs from `data/likeness_weights.csv`.

The weights are fitted on 46 stories of gold by `tests/resolve/fit_likeness.py`: they make it likeliest that each claim
chooses, of those that it may be linked to, one of its own event, or none.
"""

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from kg.model.ontology import SANCTION_TYPES, event_types
from kg.model.words import Status
from kg.resolve.parties import PartyClaim

_FACTS = frozenset({Status.OCCURRED, Status.ALLEGED, Status.DENIED, Status.ONGOING})
_OPEN = frozenset({Status.PLANNED, Status.POSSIBLE})
_MAX_SHARED_WORDS = 0.6
_MAX_SENTENCES = 8  # sentences farther apart are as far as these


@cache
def _weights() -> dict[str, float]:
    text = files("kg.resolve").joinpath("data", "likeness_weights.csv").read_text(encoding="utf-8")
    return {row["sign"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}


@cache
def _standing_types() -> frozenset[str]:
    return frozenset(files("kg.resolve").joinpath("data", "standing_types.txt").read_text(encoding="utf-8").split())


def days_of(party: PartyClaim) -> tuple[int, int]:
    """Return the first and the last day on which an event can lie, as ordinals; all days where nothing is known."""
    time = party.time
    first, last = (time.first_day, time.last_day) if time else (None, None)
    return (first or date.min).toordinal(), (last or date.max).toordinal()


def is_whole(party: PartyClaim) -> bool:
    """Whether both ends are known: who acts and upon whom, or two of those who do it together."""
    if event_types()[party.claim.etype].reciprocal:
        return len(party.actors) > 1
    return bool(party.actors and party.recipients)


def likeness(some: PartyClaim, other: PartyClaim) -> float:
    """Return the log odds that two claims whose types, parties and dates agree tell of one event."""
    weights = _weights()
    return weights["bias"] + sum(weights[sign] * value for sign, value in signs(some, other).items())


def signs(some: PartyClaim, other: PartyClaim) -> dict[str, float]:
    """Return what speaks for or against one event, by its name in the file of weights; in either order the same."""
    is_here = some.document.doc_id == other.document.doc_id
    statuses = {some.claim.status, other.claim.status}
    is_equal = some.actors == other.actors and some.recipients == other.recipients
    is_title = 0 in (some.claim.sentence_no, other.claim.sentence_no)
    apart = min(abs(some.claim.sentence_no - other.claim.sentence_no), _MAX_SENTENCES)
    return {
        "same_status": len(statuses) == 1,
        "open_and_fact": bool(statuses & _OPEN) and bool(statuses & _FACTS),
        "words": min(some.shared_words(other), _MAX_SHARED_WORDS),
        "trigger": some.trigger_stem == other.trigger_stem,
        "equal_parties": is_equal,
        "equal_ends": is_equal and is_whole(some),
        "missing_actor": bool(some.actors) != bool(other.actors),
        "missing_recipient": bool(some.recipients) != bool(other.recipients),
        "same_person": bool(some.persons & other.persons),
        "other_person": bool(some.persons and other.persons) and not some.persons & other.persons,
        "both_dated": some.time is not None and other.time is not None,
        "same_days": some.time is not None and other.time is not None and days_of(some) == days_of(other),
        "things_shared": bool(some.things & other.things),
        "things_disjoint": bool(some.things and other.things) and not some.things & other.things,
        "title": is_title,
        "own_title": is_title and is_here,
        "sentences_apart": apart / _MAX_SENTENCES if is_here else 0,
        "next_day": not is_here and _is_next_day(some, other),
        "narrower_type": some.claim.etype != other.claim.etype,
        "speech_act": event_types()[some.claim.etype].speech_act,
        "sanction_act": some.claim.etype in SANCTION_TYPES,
        "standing": some.claim.etype in _standing_types(),
    }


def _is_next_day(some: PartyClaim, other: PartyClaim) -> bool:
    return some.published is not None and other.published is not None and abs(some.published - other.published) <= 1
