"""The answer of a model as values: whatever has not the form that was asked for is left out and counted."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.extract.llm.client import UnusableAnswerError
from kg.extract.llm.prompt import ROLES
from kg.model.ontology import event_types
from kg.model.words import Act, ActorType, Role, Status

MAX_WORDS = 400  # characters of a trigger, a role text or a name; nobody is called more
_ROLE_WORDS = {str(role): role for role in ROLES}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredActor:
    """An actor as the model tells it; only the type is checked."""

    answered_id: str
    name: str
    type: ActorType
    key: str
    of: str | None
    office: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredRole:
    """A filler; `words` is None for one that the sentence does not name."""

    role: Role
    words: str | None
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredEvent:
    """An event as the model tells it; types and statuses are known ones, no words are checked against the text.

    Attributes:
        place: Its place in the list of the answer, from 0, which `of` of other events counts in.
        speaker: Who tells it, as id and words.
    """

    place: int
    sentence: int
    trigger: str
    etype: str
    status: Status
    cue: str | None
    roles: tuple[AnsweredRole, ...]
    time_words: str | None
    time_value: str | None
    speaker: tuple[str, str | None] | None
    of: int | None
    act: Act | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the model tells of one piece.

    Attributes:
        given: Number of events in the list, also of those that are left out here.
    """

    actors: tuple[AnsweredActor, ...]
    events: tuple[AnsweredEvent, ...]
    given: int
    dropped: Counter[str]


def read_answer(content: str) -> Answer:
    """Return what a message tells; words around its JSON object, such as a fence, do not matter.

    Raises:
        UnusableAnswerError: There is no such object in it, or it lacks one of its two lists.
    """
    try:
        told = json.loads(content[content.find("{") : content.rfind("}") + 1])
    except (ValueError, RecursionError) as error:
        raise UnusableAnswerError(f"its message is no JSON ({error})") from None
    if (
        not isinstance(told, dict)
        or not isinstance(told.get("actors"), list)
        or not isinstance(told.get("events"), list)
    ):
        raise UnusableAnswerError("its message has no lists of actors and events")
    dropped: Counter[str] = Counter()
    actors = {actor.answered_id: actor for item in told["actors"] if (actor := _actor(item, dropped))}
    events = tuple(event for place, item in enumerate(told["events"]) if (event := _event(place, item, dropped)))
    return Answer(actors=tuple(actors.values()), events=events, given=len(told["events"]), dropped=dropped)


def _actor(item: object, dropped: Counter[str]) -> AnsweredActor | None:
    row = item if isinstance(item, dict) else {}
    answered_id, name, kind = _words(row.get("id")), _words(row.get("name")), _words(row.get("type"))
    if answered_id is None or name is None or kind not in set(ActorType):
        dropped["actor"] += 1
        return None
    return AnsweredActor(
        answered_id=answered_id,
        name=name,
        type=ActorType(kind),
        key=_words(row.get("key")) or name,
        of=_words(row.get("of")),
        office=_words(row.get("office")),
    )


def _event(place: int, item: object, dropped: Counter[str]) -> AnsweredEvent | None:
    row = item if isinstance(item, dict) else {}
    sentence, trigger = _number(row.get("s")), _words(row.get("trig"))
    etype, status = row.get("type"), row.get("status")
    fault = _fault_of(sentence, trigger, etype, status)
    if fault is not None or sentence is None or trigger is None:
        dropped[fault or "form"] += 1
        return None
    time, speaker, act = _row(row.get("time")), _row(row.get("said_by")), row.get("act")
    said_by = _words(speaker.get("actor"))
    return AnsweredEvent(
        place=place,
        sentence=sentence,
        trigger=trigger,
        etype=str(etype),
        status=Status(str(status)),
        cue=_words(row.get("cue")),
        roles=tuple(_roles(row.get("roles"), dropped)),
        time_words=_words(time.get("text")),
        time_value=_words(time.get("value")),
        speaker=(said_by, _words(speaker.get("text"))) if said_by else None,
        of=_number(row.get("of")),
        act=Act(act) if isinstance(act, str) and act in set(Act) else None,
    )


def _fault_of(sentence: int | None, trigger: str | None, etype: object, status: object) -> str | None:
    if sentence is None or trigger is None:
        return "form"
    if not isinstance(etype, str) or etype not in event_types():
        return "type"
    return None if isinstance(status, str) and status in set(Status) else "status"


def _roles(items: object, dropped: Counter[str]) -> Iterator[AnsweredRole]:
    for item in items if isinstance(items, list) else []:
        row = _row(item)
        role, actor = _ROLE_WORDS.get(_words(row.get("role")) or ""), _words(row.get("actor"))
        if role is None or actor is None or not (row.get("text") is None or _words(row.get("text"))):
            dropped["role"] += 1
        else:
            yield AnsweredRole(role=role, words=_words(row.get("text")), actor=actor)


def _row(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _words(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() and len(value) <= MAX_WORDS else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
