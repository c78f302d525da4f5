"""What a model is asked: the guidelines, a piece of a document, and the form of its answer."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from kg.model.documents import Document, Sentence
from kg.model.ontology import EventType, event_types
from kg.model.words import Act, ActorType, Role, SentenceKind, Status

ResponseFormat = Literal["json_schema", "json_object", "none"]

ROLES = (Role.ACTOR, Role.RECIPIENT, Role.MEDIATOR, Role.OBJECT, Role.TARGET_OF_REQUEST, Role.PLACE)
"""The roles that the guidelines of annotation know."""

TOLD_KINDS = frozenset({SentenceKind.NARRATION, SentenceKind.TITLE})
"""The sentences that are annotated; posts, captions and broken sentences tell no claims."""

BYTES_PER_TOKEN = 3  # English text has about 4, so a piece stays below its bound; Cyrillic and Chinese about 3
CONTEXT_SENTENCES = 3
MAX_CONTEXT_CHARS = 600  # of one sentence
_LINE_TOKENS = 8  # of the number and the brackets around a sentence
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A sentence as a model sees it, or a part of a very long one: `document.text[start:end]`."""

    number: int
    start: int
    end: int


Piece = tuple[Shown, ...]


def cut_into_pieces(document: Document, max_tokens: int) -> Iterator[Piece]:
    """Yield the sentences that may tell claims in pieces of at most that many tokens, as far as they are estimated."""
    piece: list[Shown] = []
    tokens = 0
    for number, sentence in enumerate(document.sentences):
        if sentence.kind not in TOLD_KINDS or sentence.start >= sentence.end:
            continue
        for shown in _parts(document.text, number, sentence, max_tokens):
            needed = estimated_tokens(document.text[shown.start : shown.end])
            if piece and (tokens + needed > max_tokens or piece[-1].number == number):
                yield tuple(piece)
                piece, tokens = [], 0
            piece.append(shown)
            tokens += needed
    if piece:
        yield tuple(piece)


def estimated_tokens(text: str) -> int:
    """Return about how many tokens a sentence has for a model, rather too many than too few."""
    return len(text.encode("utf-8", "replace")) // BYTES_PER_TOKEN + _LINE_TOKENS


def _parts(text: str, number: int, sentence: Sentence, max_tokens: int) -> Iterator[Shown]:
    """Yield a sentence whole, or a very long one in parts that end between words."""
    start = sentence.start
    if estimated_tokens(text[start : sentence.end]) > max_tokens:
        bytes_per_character = 1 if text[start : sentence.end].isascii() else 4
        most = max(1, (max_tokens - _LINE_TOKENS) * BYTES_PER_TOKEN // bytes_per_character)
        while sentence.end - start > most:
            gap = max(text.rfind(" ", start + 1, start + most), text.rfind("\n", start + 1, start + most))
            end = gap if gap > start else start + most
            yield Shown(number=number, start=start, end=end)
            start = end
    yield Shown(number=number, start=start, end=sentence.end)


def request_body(
    document: Document,
    piece: Piece,
    *,
    model: str,
    options: Mapping[str, object],
    response_format: ResponseFormat,
) -> bytes:
    """Return the body of the request for a piece; the same document and settings give the same bytes."""
    body: dict[str, object] = {
        **options,
        "model": model,
        "messages": [
            {"role": "system", "content": guidelines()},
            {"role": "user", "content": json.dumps(_shown(document, piece), ensure_ascii=False)},
        ],
    }
    if response_format == "json_schema":
        told = {"name": "annotation", "strict": True, "schema": answer_schema()}
        body["response_format"] = {"type": "json_schema", "json_schema": told}
    elif response_format == "json_object":
        body["response_format"] = {"type": "json_object"}
    return json.dumps(body, sort_keys=True).encode("ascii")


def _shown(document: Document, piece: Piece) -> dict[str, object]:
    first = piece[0].number
    before = [0, *range(max(1, first - CONTEXT_SENTENCES), first)] if first else []
    sentences, text = document.sentences, document.text
    return {
        "published": _published(document),
        "publisher": document.publisher,
        "context": [text[sentences[n].start : sentences[n].end][:MAX_CONTEXT_CHARS] for n in before],
        "sentences": [[shown.number, text[shown.start : shown.end]] for shown in piece],
    }


def _published(document: Document) -> str | None:
    day = document.published.first_day if document.published else None
    if document.published is None or day is None:
        return None
    is_day = day == document.published.last_day
    return f"{document.published.value} ({_WEEKDAYS[day.weekday()]})" if is_day else document.published.value


@cache
def guidelines() -> str:
    """Return the system message: data/prompt.md with the words of the model and the ontology in their places."""
    text = files("kg.extract.llm").joinpath("data", "prompt.md").read_text(encoding="utf-8")
    filled = {
        "{actor_types}": ", ".join(ActorType),
        "{acts}": ", ".join(Act),
        "{event_types}": "\n".join(_type_line(etype) for etype in event_types().values()),
    }
    for place, words in filled.items():
        text = text.replace(place, words)
    return text


def _type_line(etype: EventType) -> str:
    marks = "".join(mark for mark, holds in (("R", etype.reciprocal), ("S", etype.speech_act)) if holds)
    return f"- {etype.name}{f' ({marks})' if marks else ''}: {etype.definition}"


@cache
def answer_schema() -> Mapping[str, object]:
    """Return the JSON schema of an answer, in the strict form that endpoints enforce: every key is required."""
    text, maybe_text = {"type": "string"}, {"type": ["string", "null"]}
    role = _object({"role": _one_of(ROLES), "text": maybe_text, "actor": text})
    actor = {"id": text, "name": text, "type": _one_of(ActorType), "key": text, "of": maybe_text, "office": maybe_text}
    event = {
        "s": {"type": "integer"},
        "trig": text,
        "type": _one_of(event_types()),
        "status": _one_of(Status),
        "cue": maybe_text,
        "roles": _list(role),
        "time": _object({"text": maybe_text, "value": maybe_text}),
        "said_by": _or_null(_object({"text": maybe_text, "actor": text})),
        "of": {"type": ["integer", "null"]},
        "act": _or_null(_one_of(Act)),
    }
    return _object({"actors": _list(_object(actor)), "events": _list(_object(event))})


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


def _one_of(words: Sequence[str] | Mapping[str, object] | type[Role | Status | ActorType | Act]) -> dict[str, object]:
    return {"type": "string", "enum": [str(word) for word in words]}


def _or_null(schema: object) -> dict[str, object]:
    return {"anyOf": [schema, {"type": "null"}]}
