"""Annotated documents as values of this product."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kg.extract.spans import ActorSpan, DocumentActors, ReferenceKind
from kg.extract.tokens import Token
from kg.extract.triggers import CONTENT_TAGS
from kg.extract.windows import LEARNT_ROLES
from kg.model.claims import LocalActor, followed
from kg.model.documents import Document, Sentence
from kg.model.errors import UsageError
from kg.model.ids import content_id, fold
from kg.model.times import Interval, days
from kg.model.words import ActorType, Basis, SentenceKind

Row = dict[str, Any]

_GOLD, _TEXTS = ".gold.jsonl", ".texts.jsonl"
_PRONOUNS = frozenset(
    {"he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "their", "our", "my", "him", "them", "us"}
)
_OWNERS = frozenset({"his", "her", "its", "their", "our", "my"})


def set_names(folder: Path) -> list[str]:
    """Return the sets of a folder, one for each `SET.gold.jsonl`.

    Raises:
        UsageError: There is none.
    """
    names = sorted(path.name.removesuffix(_GOLD) for path in folder.glob(f"*{_GOLD}"))
    if not names:
        raise UsageError(f"{folder} holds no *{_GOLD}; docs/training.md tells the format")
    return names


def gold_rows(folder: Path, without: Sequence[str] = ()) -> Iterator[tuple[str, Row, Row]]:
    """Yield (set, text, annotation) of every `SET.gold.jsonl` in a folder, the texts from `SET.texts.jsonl` beside it.

    Args:
        without: Sets to leave out.

    Raises:
        UsageError: The folder has no annotated texts, or an annotation has no text.
    """
    for name in set_names(folder):
        if name in without:
            continue
        path, texts = folder / f"{name}{_GOLD}", folder / f"{name}{_TEXTS}"
        if not texts.exists():
            raise UsageError(f"{path} has no texts beside it; {texts.name} is missing")
        by_name = {row["doc"]: row for row in _rows(texts)}
        for gold in _rows(path):
            if gold["doc"] not in by_name:
                raise UsageError(f"{path}: document {gold['doc']!r} is not in {texts.name}")
            yield name, by_name[gold["doc"]], gold


def _rows(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8-sig").split("\n"):  # splitlines would cut at marks inside a string
        if line.strip():
            yield json.loads(line)


def digest_of(folder: Path, without: Sequence[str] = ()) -> str:
    """Return a digest of the annotated sets of a folder and their texts."""
    found = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        if path.name.endswith((_GOLD, _TEXTS)) and path.name.removesuffix(_GOLD).removesuffix(_TEXTS) not in without:
            found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def to_document(row: Row) -> Document:
    """Return a text of the annotated sets as a document; its first sentence is its title."""
    text = "\n".join(row["sentences"])
    sentences, at = [], 0
    for number, sentence in enumerate(row["sentences"]):
        kind = SentenceKind.NARRATION if number else SentenceKind.TITLE
        sentences.append(Sentence(start=at, end=at + len(sentence), kind=kind))
        at += len(sentence) + 1
    return Document(
        doc_id=content_id("doc", text), name=row["doc"], source="gold", media_type="text/plain", text=text,
        sentences=tuple(sentences), title=row.get("title"), publisher=row.get("publisher"),
        published=_published(row.get("published_at")),
    )  # fmt: skip


def _published(value: str | None) -> Interval | None:
    match = re.match(r"\d{4}-\d{2}-\d{2}", value or "")
    return days(date.fromisoformat(match[0]), basis=Basis.EXPLICIT) if match else None


def place_of(sentence: str, needle: str) -> tuple[int, int]:
    """Return where a text of an annotation stands in its sentence ("strike#2": the second); (-1, ..) for nowhere."""
    match = re.fullmatch(r"(.+)#(\d+)", needle, re.DOTALL)
    word, nth = (match[1], int(match[2])) if match and needle not in sentence else (needle, 1)
    at = -1
    for _ in range(nth):
        at = sentence.find(word, at + 1)
    return at, at + len(word)


def local_actors(gold: Row) -> list[LocalActor]:
    """Return the annotated actors."""
    return [
        LocalActor(local_id=a["id"], name=a["name"], type=ActorType(a["type"]), key=a["key"], acts_for=a.get("of"))
        for a in gold["actors"]
    ]


def gold_actors(row: Row, gold: Row, document: Document) -> DocumentActors:
    """Return the annotated actors with every span that is told of them, pronouns and descriptions included."""
    actors = {a.local_id: a for a in local_actors(gold)}
    told = [(int(s), m[0], m[1]) for s, rows in gold.get("mentions", {}).items() for m in rows]
    for event in gold["events"]:
        told += [(event["s"], r[1], r[2]) for r in event["roles"] if r[1] and r[0] in LEARNT_ROLES]
        if event.get("said_by") and event["said_by"][0]:
            told.append((event["s"], *event["said_by"]))
    places = set()
    for s, words, actor in told:
        start, end = place_of(row["sentences"][s], words)
        if start >= 0 and actor in actors:
            places.add((document.sentences[s].start + start, document.sentences[s].start + end, actor))
    spans: list[ActorSpan] = []
    for start, end, actor in sorted(places, key=lambda p: (p[0] - p[1], p)):
        if all(end <= s.start or start >= s.end for s in spans):
            spans.append(_span(document.text, start, end, actors[actor]))
    return DocumentActors(actors=tuple(actors.values()), spans=tuple(sorted(spans, key=lambda s: s.start)))


def _span(text: str, start: int, end: int, actor: LocalActor) -> ActorSpan:
    words = text[start:end]
    kind = ReferenceKind.NAME
    if words.lower() in _PRONOUNS:
        kind = ReferenceKind.PRONOUN
    elif words[0].islower():
        kind = ReferenceKind.DESCRIPTION
    elif actor.type is ActorType.STATE and words != actor.name and re.search(r"(an|ian|ish|ese|i|ch|ans|is)$", words):
        kind = ReferenceKind.DEMONYM
    owns = words.lower() in _OWNERS or text[end : end + 2] in {"'s", "’s"}
    return ActorSpan(start=start, end=end, local_id=actor.local_id, kind=kind, is_possessive=owns)


def side_keys(actors: Sequence[LocalActor]) -> dict[str, str]:
    """Return for each local id the folded key of the side that it acts for in the end."""
    parents = {fold(a.key): fold(a.acts_for) for a in actors if a.acts_for}
    return {actor.local_id: followed(fold(actor.key), parents) for actor in actors}


def head_of(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Return the token that a trigger is learnt at: its verb, else the last word before a preposition."""
    inside = [i for i, t in enumerate(tokens) if t.start < end and t.end > start]
    for i in inside:
        if tokens[i].tag == "verb":
            return i
    heads: list[int] = []
    for i in inside:
        if tokens[i].tag in {"prep", "to", "sub"} and heads:
            break
        if tokens[i].tag in CONTENT_TAGS:
            heads.append(i)
    return heads[-1] if heads else None
