"""What is wrong with an annotation: each fault names the thing, the value and the way out."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum

from kg.jobs.evaluation.scoring import ROLES
from kg.jobs.evaluation.telling import place_of
from kg.model.ontology import event_types
from kg.model.words import Act, ActorType, Role, Status

MAX_SHOWN = 60  # characters of a value or a sentence in a message
_DAY = r"\d{4}(-\d{2}(-\d{2})?)?"
_DAYS = re.compile(rf"{_DAY}(/{_DAY})?")


def faults_of(row: Mapping[str, object], sentences: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the annotation of a document that has these sentences."""
    for key, wanted in (("actors", list), ("mentions", dict), ("events", list)):
        if not isinstance(row.get(key, wanted()), wanted):
            yield f"{key}: {_shown(row[key])} is no JSON {'object' if wanted is dict else 'list'}"
            return
    actors, events = _list(row, "actors"), _list(row, "events")
    yield from _actor_faults(actors)
    ids = {a["id"] for a in actors if isinstance(a, dict) and isinstance(a.get("id"), str)}
    mentions = row.get("mentions", {})
    if isinstance(mentions, dict):
        yield from _mention_faults(mentions, sentences, ids)
    for number, event in enumerate(events):
        where = f"event {number}"
        if isinstance(event, dict):
            yield from (f"{where}: {fault}" for fault in _event_faults(event, number, len(events), sentences, ids))
        else:
            yield f"{where}: {_shown(event)} is no JSON object"


def _list(row: Mapping[str, object], key: str) -> list[object]:
    value = row.get(key)
    return value if isinstance(value, list) else []


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}..."


def _word_fault(what: str, value: object, words: Collection[str] | type[StrEnum]) -> Iterator[str]:
    if not isinstance(value, str) or value not in set(words):
        yield f"{what} {_shown(value)} is none of {', '.join(words)}"


def _actor_faults(actors: Sequence[object]) -> Iterator[str]:
    seen: set[str] = set()
    for number, actor in enumerate(actors):
        if not isinstance(actor, dict) or not isinstance(actor.get("id"), str):
            yield f"actor {number}: {_shown(actor)} is no JSON object with an id"
            continue
        where = f"actor {actor['id']}"
        yield from (f"{where}: {fault}" for fault in _word_fault("type", actor.get("type"), ActorType))
        for key in ("name", "key"):
            if not isinstance(actor.get(key), str) or not actor[key].strip():
                yield f"{where}: its {key} is {_shown(actor.get(key))}; write a text"
        if not isinstance(actor.get("of"), str | None):
            yield f"{where}: 'of' is {_shown(actor['of'])}; write the key of whom it acts for, or null"
        if actor["id"] in seen:
            yield f"{where}: the id stands twice; one id is one actor"
        seen.add(actor["id"])


def _mention_faults(mentions: Mapping[str, object], sentences: Sequence[str], ids: Collection[str]) -> Iterator[str]:
    for key, rows in mentions.items():
        where = f"mentions of sentence {key}"
        if not (key.isdecimal() and int(key) < len(sentences)):
            yield f"{where}: the text has the sentences 0 to {len(sentences) - 1}"
        elif not isinstance(rows, list):
            yield f"{where}: {_shown(rows)} is no list of [text, actor id]"
        else:
            for row in rows:
                if not isinstance(row, list) or len(row) < 2:
                    yield f"{where}: {_shown(row)} is no [text, actor id]"
                    continue
                yield from (f"{where}: {fault}" for fault in _text_fault("mention", row[0], sentences[int(key)]))
                yield from (f"{where}: {fault}" for fault in _actor_fault(f"mention {_shown(row[0])}", row[1], ids))


def _text_fault(what: str, text: object, sentence: str) -> Iterator[str]:
    if not isinstance(text, str) or not text:
        yield f"{what} {_shown(text)} is no text; write the exact words of the sentence"
    elif place_of(sentence, text)[0] < 0:
        yield f"{what} {_shown(text)} does not stand in the sentence {_shown(sentence)}; write its exact words"


def _actor_fault(what: str, actor: object, ids: Collection[str]) -> Iterator[str]:
    if not isinstance(actor, str) or actor not in ids:
        yield f"{what} has the actor {_shown(actor)}, which is not among the actors of the document; add it there"


def _event_faults(
    event: Mapping[str, object], number: int, events: int, sentences: Sequence[str], ids: Collection[str]
) -> Iterator[str]:
    s = event.get("s")
    if not isinstance(s, int) or isinstance(s, bool) or not 0 <= s < len(sentences):
        yield f"'s' is {_shown(s)}; the text has the sentences 0 to {len(sentences) - 1}"
        return
    sentence = sentences[s]
    yield from _text_fault("trig", event.get("trig"), sentence)
    etype = event.get("type")
    if not isinstance(etype, str) or etype not in event_types():
        yield f"type {_shown(etype)} is no event type; docs/ontology.md lists them"
    yield from _word_fault("status", event.get("status"), Status)
    yield from _role_faults(event, sentence, ids)
    yield from _time_faults(event.get("time"), sentence)
    said_by = event.get("said_by")
    if said_by is not None:
        yield from _filler_faults("said_by", said_by, sentence, ids)
    for link in ("of", "same"):
        other = event.get(link)
        if other is not None and not (isinstance(other, int) and 0 <= other < events and other != number):
            yield f"{link!r} is {_shown(other)}; write the number of another event of the document, from 0"
    for row in _list(event, "num"):
        if isinstance(row, list) and len(row) == 3:
            yield from _text_fault(f"num {_shown(row[0])}", row[1], sentence)
        else:
            yield f"num {_shown(row)} is no [kind, text, value]"
    sanction = event.get("sanction")
    if sanction is not None:
        act = sanction.get("act") if isinstance(sanction, dict) else sanction
        yield from _word_fault("act of the sanction", act, Act)


def _role_faults(event: Mapping[str, object], sentence: str, ids: Collection[str]) -> Iterator[str]:
    roles = _list(event, "roles")
    names = set()
    for row in roles:
        if not isinstance(row, list) or len(row) < 3:
            yield f"role {_shown(row)} is no [ROLE, text or null, actor id]"
            continue
        role, text, actor = row[:3]
        names.add(str(role))
        yield from _word_fault("role", role, ROLES)
        if role != Role.OBJECT or actor is not None:
            yield from _filler_faults(str(role), [text, actor], sentence, ids)
        elif text is not None:
            yield from _text_fault(str(role), text, sentence)
    if not names & {Role.ACTOR, Role.RECIPIENT}:
        yield "neither ACTOR nor RECIPIENT is given; an event needs one of the two, with null for a text elsewhere"


def _filler_faults(what: str, row: object, sentence: str, ids: Collection[str]) -> Iterator[str]:
    if not isinstance(row, list) or len(row) < 2:
        yield f"{what} {_shown(row)} is no [text or null, actor id]"
        return
    if row[0] is not None:
        yield from _text_fault(what, row[0], sentence)
    yield from _actor_fault(what, row[1], ids)


def _time_faults(time: object, sentence: str) -> Iterator[str]:
    if time is None:
        return
    if not isinstance(time, list) or len(time) < 2:
        yield f"time {_shown(time)} is no [text or null, value]"
        return
    if time[0] is not None:
        yield from _text_fault("time", time[0], sentence)
    if time[1] is not None and not (isinstance(time[1], str) and _DAYS.fullmatch(time[1])):
        yield f"time has the value {_shown(time[1])}; write 2025-06-19, 2025-06, 2025, a pair with a slash, or null"
