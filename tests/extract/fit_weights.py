"""Fit the tables of weights of src/kg/extract/data on annotated texts: python tests/extract/fit_weights.py GOLD_FOLDER.

Reads GOLD_FOLDER/train/*.gold.jsonl with the texts beside them and writes triggers.csv and the three tables
*_weights.tsv. The same texts give the same bytes. `--without PREFIX ...` leaves sets out, to measure on them.
"""

import argparse
import collections
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from kg.extract.actors import find_actors
from kg.extract.context import IMPLIED, IMPLIED_ROLES, Asked, Context, ToldEvent, mentions_of, missing_roles
from kg.extract.links import SentenceParties, verb_group
from kg.extract.roles import NO_ROLE, role_features
from kg.extract.spans import DocumentActors
from kg.extract.status import status_features
from kg.extract.tokens import tokenise
from kg.extract.triggers import CONTENT_TAGS, NO_EVENT, SentenceWords, trigger_features
from kg.extract.windows import LEARNT_ROLES
from kg.model.documents import Document
from kg.model.ids import fold
from kg.model.ontology import event_types
from kg.model.words import Role, Status
from kg.training.gold import gold_actors, gold_rows, head_of, local_actors, place_of, side_keys, to_document

DATA = Path(__file__).resolve().parents[2] / "src" / "kg" / "extract" / "data"
MIN_TRIGGER_COUNT = 2
MIN_FEATURE_COUNT = 4
MIN_WEIGHT = 0.12  # smaller weights changed no figure on the development texts
NEWS_WEIGHT = 2.0  # texts of newspapers are fewer than our own dispatches and what people read
EPOCHS = 5
RATE = 0.15
SHRINKAGE = 0.01  # L1: a sixth of the weights at the same accuracy on the development texts


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


@dataclass
class GoldSentence:
    document: Document
    found: DocumentActors
    words: SentenceWords
    heads: dict[int, dict]
    role_of: dict[str, dict[str, str]]  # id of the event's head is its index: key or side -> role
    weight: float


def gold_sentences(folder: Path, without: Sequence[str], *, own_spans: bool) -> Iterator[GoldSentence]:
    for _, row, gold in gold_rows(folder, without):
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
    side_of = side_keys(local_actors(gold))
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
    kept = sorted((k, c) for k, c in counts.items() if c >= MIN_TRIGGER_COUNT and k[1] in CONTENT_TAGS)
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
