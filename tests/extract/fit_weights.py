"""Fit the tables of weights of src/kg/extract/data on annotated texts: python tests/extract/fit_weights.py GOLD_FOLDER.

Reads GOLD_FOLDER/train/*.gold.jsonl with the texts beside them and writes triggers.csv and the three tables
*_weights.tsv. The same texts give the same bytes. `--without PREFIX ...` leaves sets out, to measure on them.
"""

import argparse
import collections
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from kg.extract.actors import find_actors
from kg.extract.context import IMPLIED, IMPLIED_ROLES, Asked, Context, ToldEvent, mentions_of, missing_roles
from kg.extract.links import SentenceParties, verb_group
from kg.extract.roles import NO_ROLE, role_features
from kg.extract.spans import ActorSpan, DocumentActors, ReferenceKind
from kg.extract.status import status_features
from kg.extract.tokens import Token, tokenise
from kg.extract.triggers import NO_EVENT, SentenceWords, trigger_features
from kg.model.claims import LocalActor
from kg.model.documents import Document, Sentence
from kg.model.ids import content_id, fold
from kg.model.ontology import event_types
from kg.model.times import Interval, days
from kg.model.words import ActorType, Basis, Role, SentenceKind, Status

DATA = Path(__file__).resolve().parents[2] / "src" / "kg" / "extract" / "data"
LEARNT_ROLES = (Role.ACTOR, Role.RECIPIENT, Role.MEDIATOR, Role.TARGET_OF_REQUEST, Role.OBJECT, Role.PLACE)
CONTENT = frozenset({"noun", "verb", "adj"})
MIN_TRIGGER_COUNT = 2
MIN_FEATURE_COUNT = 4
MIN_WEIGHT = 0.12  # smaller weights changed no figure on the development texts
NEWS_WEIGHT = 2.0  # texts of newspapers are fewer than our own dispatches and what people read
EPOCHS = 5
RATE = 0.15
SHRINKAGE = 0.01  # L1: a sixth of the weights at the same accuracy on the development texts
PRONOUNS = frozenset(
    {"he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "their", "our", "my", "him", "them", "us"}
)


@dataclass
class Example:
    """Features of one decision, its right class and how much it counts."""

    features: list[str]
    label: str
    weight: float = 1.0


@dataclass
class Examples:
    """What is learnt from."""

    triggers: list[Example] = field(default_factory=list)
    roles: list[Example] = field(default_factory=list)
    statuses: list[Example] = field(default_factory=list)
    implied: list[Example] = field(default_factory=list)


def gold_rows(folder: Path, without: Sequence[str] = ()) -> Iterator[tuple[dict, dict]]:
    for path in sorted(folder.glob("*.gold.jsonl")):
        if any(path.name.startswith(f"{prefix}.") for prefix in without):
            continue
        texts = path.with_name(path.name.replace(".gold.", ".texts."))
        by_name = {row["doc"]: row for row in map(json.loads, texts.read_text(encoding="utf-8").splitlines())}
        for line in path.read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            yield by_name[gold["doc"]], gold


def to_document(row: dict) -> Document:
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
    match = re.fullmatch(r"(.+)#(\d+)", needle, re.DOTALL)
    word, nth = (match[1], int(match[2])) if match and needle not in sentence else (needle, 1)
    at = -1
    for _ in range(nth):
        at = sentence.find(word, at + 1)
    return at, at + len(word)


def gold_actors(row: dict, gold: dict, document: Document) -> DocumentActors:
    """Return the annotated actors with every span that gold tells, pronouns and descriptions included."""
    actors = {
        a["id"]: LocalActor(
            local_id=a["id"], name=a["name"], type=ActorType(a["type"]), key=a["key"], acts_for=a.get("of")
        )
        for a in gold["actors"]
    }
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
            spans.append(_gold_span(document.text, start, end, actors[actor]))
    return DocumentActors(actors=tuple(actors.values()), spans=tuple(sorted(spans, key=lambda s: s.start)))


def _gold_span(text: str, start: int, end: int, actor: LocalActor) -> ActorSpan:
    words = text[start:end]
    kind = ReferenceKind.NAME
    if words.lower() in PRONOUNS:
        kind = ReferenceKind.PRONOUN
    elif words[0].islower():
        kind = ReferenceKind.DESCRIPTION
    elif actor.type is ActorType.STATE and words != actor.name and re.search(r"(an|ian|ish|ese|i|ch|ans|is)$", words):
        kind = ReferenceKind.DEMONYM
    owns = words.lower() in {"his", "her", "its", "their", "our", "my"} or text[end : end + 2] in {"'s", "’s"}
    return ActorSpan(start=start, end=end, local_id=actor.local_id, kind=kind, is_possessive=owns)


def side_keys(actors: Sequence[LocalActor]) -> dict[str, str]:
    """Return for each local id the folded key of the side that it acts for in the end."""
    parents = {fold(a.key): fold(a.acts_for) for a in actors if a.acts_for}
    sides = {}
    for actor in actors:
        key, seen = fold(actor.key), set()
        while key in parents and key not in seen:
            seen.add(key)
            key = parents[key]
        sides[actor.local_id] = key
    return sides


def head_of(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Return the token that a gold trigger is learnt at: its verb, else the last word before a preposition."""
    inside = [i for i, t in enumerate(tokens) if t.start < end and t.end > start]
    for i in inside:
        if tokens[i].tag == "verb":
            return i
    heads: list[int] = []
    for i in inside:
        if tokens[i].tag in {"prep", "to", "sub"} and heads:
            break
        if tokens[i].tag in CONTENT:
            heads.append(i)
    return heads[-1] if heads else None


@dataclass
class GoldSentence:
    document: Document
    found: DocumentActors
    words: SentenceWords
    heads: dict[int, dict]
    role_of: dict[str, dict[str, str]]  # id of the event's head is its index: key or side -> role
    weight: float


def gold_sentences(folder: Path, without: Sequence[str], *, own_spans: bool) -> Iterator[GoldSentence]:
    for row, gold in gold_rows(folder, without):
        document = to_document(row)
        found = find_actors(document) if own_spans else gold_actors(row, gold, document)
        types = {a.local_id: a.type for a in found.actors}
        weight = NEWS_WEIGHT if not row["doc"].startswith("s") else 1.0
        for number, sentence in enumerate(document.sentences):
            spans = list(found.within(sentence.start, sentence.end))
            tokens = tokenise(document.text, sentence.start, sentence.end, spans)
            words = SentenceWords(tokens, types, is_title=number == 0)
            heads: dict[int, dict] = {}
            for event in gold["events"]:
                if event["s"] == number:
                    start, end = place_of(row["sentences"][number], event["trig"])
                    head = head_of(tokens, sentence.start + start, sentence.start + end)
                    if head is not None:
                        heads.setdefault(head, event)
            yield GoldSentence(document, found, words, heads, _roles(gold, heads), weight)


def _roles(gold: dict, heads: dict[int, dict]) -> dict[str, dict[str, str]]:
    key_of = {a["id"]: fold(a["key"]) for a in gold["actors"]}
    side_of = side_keys(
        [
            LocalActor(local_id=a["id"], name=a["name"], type=ActorType(a["type"]), key=a["key"], acts_for=a.get("of"))
            for a in gold["actors"]
        ]
    )
    told: dict[str, dict[str, str]] = {}
    for head, event in heads.items():
        roles = told.setdefault(str(head), {})
        for role, _, actor in event["roles"]:
            if role in LEARNT_ROLES and actor in key_of:
                roles.setdefault(f"key {key_of[actor]}", role)
                roles.setdefault(f"side {side_of[actor]}", role)
    return told


def collect(sentences: Iterator[GoldSentence], lemmas: frozenset[tuple[str, str]] | None, examples: Examples) -> None:
    for s in sentences:
        tokens = s.words.tokens
        parties = SentenceParties(tokens)
        sides = side_keys(s.found.actors)
        keys = {a.local_id: fold(a.key) for a in s.found.actors}
        for i, token in enumerate(tokens):
            if lemmas is not None and (token.lemma, token.tag) in lemmas:
                label = s.heads[i]["type"] if i in s.heads else NO_EVENT
                examples.triggers.append(Example(trigger_features(s.words, i), label, s.weight))
        for head, event in s.heads.items():
            if lemmas is not None:
                found = status_features(tokens, head, event["type"], is_title=s.words.is_title)
                examples.statuses.append(Example([f for f, _ in found], event["status"], s.weight))
            roles = s.role_of[str(head)]
            present = {keys[t.span.local_id] for t in tokens if t.span}
            for party in parties.parties:
                features = role_features(s.words, parties, head, event["type"], party)
                if features is not None:
                    labels = [_label(tokens[m].span.local_id, keys, sides, roles, present) for m in party.members]
                    best = max(sorted(set(labels)), key=labels.count)
                    examples.roles.append(Example(features, best, s.weight))


def _label(local_id: str, keys: dict, sides: dict, roles: dict[str, str], present: set[str]) -> str:
    """Return the role of the actor itself; of its side only when the sentence does not name the actor of that role."""
    exact = roles.get(f"key {keys[local_id]}")
    if exact:
        return exact
    role = roles.get(f"side {sides[local_id]}", NO_ROLE)
    taken = any(name.startswith("key ") and r == role and name[4:] in present for name, r in roles.items())
    return NO_ROLE if taken else role


def collect_implied(sentences: Iterator[GoldSentence], examples: Examples) -> None:
    """Ask for every end that a gold sentence does not name, of everybody whom the text names until there."""
    context, document = None, None
    for s in sentences:
        sides, keys = side_keys(s.found.actors), {a.local_id: fold(a.key) for a in s.found.actors}
        if s.document is not document:
            document, number = s.document, 0
            context = Context({a.local_id: a for a in s.found.actors}, sides)
        tokens, parties = s.words.tokens, SentenceParties(s.words.tokens)
        mentioned = mentions_of(parties)
        context.note(number, mentioned, ())
        told: list[ToldEvent] = []
        for head, event in sorted(s.heads.items()):
            roles = s.role_of[str(head)]
            known = {}
            for actor, _ in mentioned:
                label = _label(actor, keys, sides, roles, {keys[a] for a, _ in mentioned})
                if label in IMPLIED_ROLES:
                    known[actor] = Role(label)
            if event_types()[event["type"]].reciprocal:
                known = dict.fromkeys(known, Role.ACTOR)
            told.append(ToldEvent(number, event["type"], known))
            for role in missing_roles(event["type"], known, sides):
                asked = Asked(
                    number,
                    event["type"],
                    verb_group(tokens, head).mode,
                    role,
                    known,
                    frozenset(a for a, _ in mentioned),
                )
                candidates = context.candidates(asked)
                present = {keys[c] for c in candidates}
                for c in candidates:
                    right = _label(c, keys, sides, roles, present) == role
                    examples.implied.append(
                        Example(context.features(asked, c), IMPLIED if right else NO_ROLE, s.weight)
                    )
        context.note(number, mentioned, told)
        number += 1


def fit(examples: Sequence[Example], classes: Sequence[str]) -> dict[str, dict[int, int]]:
    """Return the weights of a softmax regression in hundredths (AdaGrad, fixed order of examples)."""
    counts = collections.Counter(f for e in examples for f in set(e.features))
    index = {f: n for n, f in enumerate(sorted(f for f, c in counts.items() if c >= MIN_FEATURE_COUNT))}
    weights = np.zeros((len(index), len(classes)))
    squares = np.full_like(weights, 1e-2)
    rows = [np.array(sorted({index[f] for f in e.features if f in index})) for e in examples]
    labels = [classes.index(e.label) for e in examples]
    order = list(range(len(examples)))
    shuffle = random.Random(1)
    average = np.zeros_like(weights)
    for _ in range(EPOCHS):
        shuffle.shuffle(order)
        for n in order:
            here = rows[n]
            scores = weights[here].sum(axis=0)
            odds = np.exp(scores - scores.max())
            odds /= odds.sum()
            odds[labels[n]] -= 1
            gradient = np.tile(odds * examples[n].weight, (len(here), 1))
            squares[here] += gradient**2
            steps = RATE / np.sqrt(squares[here])
            moved = weights[here] - steps * gradient
            weights[here] = np.sign(moved) * np.maximum(0.0, np.abs(moved) - steps * SHRINKAGE)
        average += weights / EPOCHS
    kept = {}
    for feature, n in index.items():
        row = {c: round(w * 100) for c, w in enumerate(average[n]) if abs(w) >= MIN_WEIGHT}
        if row:
            kept[feature] = row
    return kept


def write_table(name: str, classes: Sequence[str], weights: dict[str, dict[int, int]]) -> None:
    lines = ["\t".join(classes)]
    lines += ["\t".join([f, *(f"{c}:{w}" for c, w in sorted(row.items()))]) for f, row in sorted(weights.items())]
    (DATA / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_lemmas(folder: Path, without: Sequence[str]) -> frozenset[tuple[str, str]]:
    counts: collections.Counter[tuple[str, str]] = collections.Counter()
    for s in gold_sentences(folder, without, own_spans=False):
        counts.update((s.words.tokens[h].lemma, s.words.tokens[h].tag) for h in s.heads)
    kept = sorted((k, c) for k, c in counts.items() if c >= MIN_TRIGGER_COUNT and k[1] in CONTENT)
    lines = ["lemma,tag,seen"] + [f"{lemma},{tag},{count}" for (lemma, tag), count in kept if "," not in lemma]
    (DATA / "triggers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return frozenset(k for k, _ in kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--without", nargs="*", default=())
    given = parser.parse_args()
    folder = given.gold / "train"
    lemmas = write_lemmas(folder, given.without)
    examples = Examples()
    collect(gold_sentences(folder, given.without, own_spans=False), lemmas, examples)
    collect(gold_sentences(folder, given.without, own_spans=True), None, examples)
    collect_implied(gold_sentences(folder, given.without, own_spans=False), examples)
    for name, rows, classes in (
        ("trigger_weights", examples.triggers, [NO_EVENT, *sorted(event_types())]),
        ("role_weights", examples.roles, [NO_ROLE, *LEARNT_ROLES]),
        ("context_weights", examples.implied, [NO_ROLE, IMPLIED]),
        ("status_weights", examples.statuses, [str(s) for s in Status]),
    ):
        weights = fit(rows, classes)
        write_table(name, classes, weights)
        print(name, len(rows), "examples", len(weights), "features")


if __name__ == "__main__":
    main()
