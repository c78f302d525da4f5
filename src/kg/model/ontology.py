"""The event types, generated from `data/event_types.csv`.

PLOVER types, modes and scores are those of PLOVER 2.0 (CC BY-SA 4.0, credited in NOTICE); our own types are
finer and each maps to one of them.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.model.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One type of event.

    Attributes:
        score: What the event weighs if it happened, -10 (mass violence) to 10 (material help); PLOVER 2.0.
        sign: -1 conflict, 0 neutral (requests), 1 cooperation.
        quad: "verbal cooperation", "material cooperation", "verbal conflict" or "material conflict".
        reciprocal: All parties are ACTOR and there is no RECIPIENT (talks, treaties, ceasefires).
        speech_act: The event is an utterance that may have another event as its content.
        tie: Type of the aggregated relationship between two actors, told from the actor's side.
    """

    name: str
    plover: str
    plover_mode: str | None
    cameo: str
    score: float
    sign: int
    quad: str
    reciprocal: bool
    speech_act: bool
    tie: str
    definition: str


MEDIATION_TYPES = frozenset({"MEDIATE", "OFFER_MEDIATION"})
SANCTION_TYPES = frozenset({"IMPOSE_SANCTIONS", "EXTEND_SANCTIONS", "EASE_SANCTIONS", "GRANT_SANCTIONS_RELIEF"})


@cache
def event_types() -> dict[str, EventType]:
    """Return every event type by name, in the order of the file."""
    text = files("kg.model").joinpath("data", "event_types.csv").read_text(encoding="utf-8")
    return {
        row["type"]: EventType(
            name=row["type"],
            plover=row["plover"],
            plover_mode=row["plover_mode"] or None,
            cameo=row["cameo"],
            score=float(row["score"]),
            sign=int(row["sign"]),
            quad=row["quad"],
            reciprocal=row["reciprocal"] == "1",
            speech_act=row["speech_act"] == "1",
            tie=row["tie"],
            definition=row["definition"],
        )
        for row in csv.DictReader(text.splitlines())
    }


def event_type(name: str) -> EventType:
    """Return one event type.

    Raises:
        UsageError: No type has that name.
    """
    try:
        return event_types()[name]
    except KeyError:
        raise UsageError(f"{name!r} is no event type; the ontology page (docs/ontology.md) lists them") from None
