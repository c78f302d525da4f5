#!/usr/bin/env python3
"""Measure what pronouns, definite descriptions and name variants are resolved to, inside a document.

    references.py [--part tuning|measuring|all] [--sets dev/news ...] [--errors N]

Two tables. On GUM-Wikinews: the references that corefer with a named person, organisation or state; right is one whose
actor has a name of the same chain. On our own gold: the ends of events (ACTOR, RECIPIENT) that are told by words which
name nobody; `linked` tells that the span on these words has the right side, `told` that the extractor gives an event of
that type and sentence this end. Rules are written by what is seen in every second text of GUM (`tuning`) and in
gold/train; the others (`measuring`) stay to measure on.

The corpus is read from $KG_NLP, else from ../shared/data/nlp, gold from $KG_GOLD, else from ../shared/gold; what is not
there is skipped, and the exit status is 0.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))  # where this file is run as a script

from eval.gum import CorpusMention, CorpusText, Kind, read_corpus
from eval.run_eval import PARTS, ROOT, gold_folder, read_part
from kg.extract.actors import find_actors
from kg.extract.spans import NAMING_KINDS, ActorSpan, DocumentActors, ReferenceKind
from kg.extract.trained import EncoderExtractor
from kg.jobs.evaluation.annotations import Annotated
from kg.jobs.evaluation.measuring import compared
from kg.jobs.evaluation.telling import comparable, place_of, sentence_starts
from kg.model.claims import followed
from kg.model.documents import Document
from kg.model.ontology import event_types
from kg.model.words import ActorType, Role

ARCHIVE = "gum-wikinews.tar.xz"
TUNING, MEASURING, ALL = "tuning", "measuring", "all"
KINDS = (Kind.PRONOUN, Kind.SPEAKER, Kind.DESCRIPTION, Kind.VARIANT)
RELATIVE = frozenset({"which", "who", "whom", "whose"})  # no mentions in GUM
SPEAKERS = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ourselves"})
PRONOUNS = SPEAKERS | RELATIVE | {"he", "him", "his", "himself", "she", "her", "herself", "it", "its", "itself"}
PRONOUNS |= {"they", "them", "their", "themselves", "you", "your", "that", "this", "these", "those"}
PRONOUNS |= {"both", "one", "ones", "others", "another", "there", "here"}
GROUPS = "unnamed people"
DESCRIPTION = "description"
ENDS = frozenset({Role.ACTOR, Role.RECIPIENT})


@dataclass(slots=True)
class Counts:
    """How many references of a kind there are and are found, were told and are right, and a line for each error."""

    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def figures(self, kind: str) -> tuple[float, float, float]:
        """Return precision, recall and F1 of a kind, each in [0, 1]."""
        precision = self.right[kind] / max(self.told[kind], 1)
        recall = self.found[kind] / max(self.gold[kind], 1)
        return precision, recall, 2 * precision * recall / max(precision + recall, sys.float_info.min)


def corpus() -> Path:
    """Return where the archive is looked for, whether or not it is there."""
    return Path(os.environ.get("KG_NLP") or ROOT.parent / "shared" / "data" / "nlp") / ARCHIVE


def measure_corpus(texts: Sequence[CorpusText]) -> Counts:
    """Return how many references of some texts are resolved rightly."""
    counts = Counts()
    for one in texts:
        _measure_text(one, find_actors(one.document), counts)
    return counts


def _measure_text(one: CorpusText, actors: DocumentActors, counts: Counts) -> None:
    chains = _named_chains(one, actors)
    by_head = {m.head: m for m in one.mentions}
    for span in actors.spans:
        mention = by_head.get(max((head for head in by_head if span.start <= head < span.end), default=-1))
        kind = _told_kind(span, one.document.text[span.start : span.end].casefold(), mention)
        if kind is None or span.local_id not in chains or (not mention and _holds(span, one.ignored)):
            continue
        counts.told[kind] += 1
        if mention is not None and _is_same(mention, kind, chains[span.local_id]):
            counts.right[kind] += 1
        else:
            name = actors.actor(span.local_id).name
            counts.errors.append(f"wrong, {kind}: {_shown(one.document, span.start, span.end)} = {name}")
    for mention in (m for m in one.mentions if m.kind in KINDS):
        counts.gold[mention.kind] += 1
        told = next((s for s in actors.spans if s.start <= mention.head < s.end), None)
        if told is not None and _is_same(mention, mention.kind, chains.get(told.local_id, {})):
            counts.found[mention.kind] += 1
        else:
            name = next((m.text for m in one.mentions if m.kind is Kind.NAME and m.chains & mention.chains), "?")
            known = "" if any(mention.chains & of.keys() for of in chains.values()) else " (name not found)"
            counts.errors.append(
                f"missed, {mention.kind}: {_shown(one.document, mention.start, mention.end)} is {name}{known}"
            )


def _named_chains(one: CorpusText, actors: DocumentActors) -> dict[str, dict[str, set[str]]]:
    """Return for each actor that is named in a text the chains of its names, each with these names."""
    names = [m for m in one.mentions if m.kind in {Kind.NAME, Kind.VARIANT}]
    chains: dict[str, dict[str, set[str]]] = {}
    for span in actors.spans:
        if span.kind in NAMING_KINDS:
            named = chains.setdefault(span.local_id, {})
            for mention in (m for m in names if span.start <= m.head < span.end):
                for chain in mention.chains:
                    named.setdefault(chain, set()).add(mention.text)
    return chains


def _holds(span: ActorSpan, heads: frozenset[int]) -> bool:
    return any(span.start <= head < span.end for head in heads)


def _is_same(mention: CorpusMention, kind: str, named: dict[str, set[str]]) -> bool:
    """Whether an actor has a name in a chain of a mention; a name variant needs another name than itself."""
    own = {mention.text} if kind == Kind.VARIANT else set()
    return any(named[chain] - own for chain in mention.chains & named.keys())


def _told_kind(span: ActorSpan, words: str, mention: CorpusMention | None) -> Kind | None:
    """Return what a span is measured as; None for what GUM does not annotate."""
    if span.kind is ReferenceKind.PRONOUN:
        return None if words in RELATIVE else Kind.SPEAKER if words in SPEAKERS else Kind.PRONOUN
    if span.kind is ReferenceKind.DESCRIPTION:
        return Kind.DESCRIPTION
    return Kind.VARIANT if mention and mention.kind is Kind.VARIANT else None


def _shown(document: Document, start: int, end: int) -> str:
    text = document.text
    sentence = next(s for s in document.sentences if s.start <= start < s.end)
    return f"{document.name}: {text[sentence.start : start]}[[{text[start:end]}]]{text[end : sentence.end]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """An end of an event of gold that is told by words which name nobody; offsets in the text of the document."""

    sentence_no: int
    plover: str
    role: str
    side: str
    start: int
    end: int
    kind: str


def unnamed_ends(annotated: Annotated) -> Iterator[End]:
    """Yield the ends of the events of a document that are pronouns or descriptions."""
    starts = sentence_starts(annotated.sentences)
    actors = {a["id"]: a for a in annotated.annotation["actors"]}
    parents = {comparable(a["key"]): comparable(a["of"]) for a in actors.values() if a.get("of")}
    for event in annotated.annotation["events"]:
        sentence = annotated.sentences[event["s"]]
        for role, words, who, *_ in event["roles"]:
            if role not in ENDS or not words or who not in actors:
                continue
            first, last = place_of(sentence, words)
            kind = _kind_of_end(annotated, sentence, (first, last), starts[event["s"]], actors[who])
            if kind is not None:
                yield End(
                    sentence_no=event["s"], plover=event_types()[event["type"]].plover, role=role, kind=kind,
                    side=followed(comparable(actors[who]["key"]), parents),
                    start=starts[event["s"]] + first, end=starts[event["s"]] + last,
                )  # fmt: skip


def _kind_of_end(
    annotated: Annotated, sentence: str, place: tuple[int, int], start: int, actor: dict[str, Any]
) -> str | None:
    """Return what words are that tell an end, None where they hold a name."""
    first, last = place
    words = sentence[first:last].split()
    if sentence[first:last].casefold() in PRONOUNS:
        return Kind.PRONOUN
    inner = words[1:] if first == 0 else words
    opens = first == 0 and any(s < start + len(words[0]) and start < e for s, e, _ in annotated.gold.mentions)
    if opens or any(word.strip("“\"'’(")[:1].isupper() for word in inner):
        return None
    return GROUPS if actor["type"] == ActorType.GROUP else DESCRIPTION


@dataclass(slots=True)
class Ends:
    """How many ends of a kind there are, are linked to the right side, and are told in the right role."""

    all: Counter[str] = field(default_factory=Counter)
    linked: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


def measure_ends(documents: Sequence[Annotated]) -> Ends:
    """Return how many ends that are told by no name are right."""
    found, extractor = Ends(), EncoderExtractor()
    for one in documents:
        actors = find_actors(one.document)
        parents = {comparable(a.key): comparable(a.acts_for) for a in actors.actors if a.acts_for}
        sides = {a.local_id: followed(comparable(a.key), parents) for a in actors.actors}
        told = {
            (event.sentence_no, event.plover, *part)
            for event in compared(one, extractor.extract(one.document)).told.events
            for part in event.parts
        }
        for end in unnamed_ends(one):
            linked = {sides[s.local_id] for s in actors.spans if s.start < end.end and end.start < s.end}
            found.all[end.kind] += 1
            found.linked[end.kind] += end.side in linked
            found.told[end.kind] += (end.sentence_no, end.plover, end.role, end.side) in told
            if end.side not in linked:
                shown = _shown(one.document, end.start, end.end)
                found.errors.append(f"{end.kind}: {shown} is {end.side}, not {sorted(linked)}")
    return found


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description="Measure what pronouns, descriptions and name variants stand for.")
    parser.add_argument(
        "--part", choices=(TUNING, MEASURING, ALL), default=MEASURING, help="texts of GUM to measure on"
    )
    parser.add_argument(
        "--sets", nargs="+", default=[f"dev/{name}" for name in PARTS], metavar="SET", help="sets of gold: train/t1 ..."
    )
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the first N errors of each table")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both tables, or that what they are measured on is not there."""
    options = parsed(arguments)
    if corpus().exists():
        texts = read_corpus(corpus())
        chosen = {TUNING: texts[::2], MEASURING: texts[1::2], ALL: texts}[options.part]
        _print_corpus(measure_corpus(chosen), f"GUM-Wikinews, {options.part}: {len(chosen)} texts", options.errors)
    else:
        print(f"skipped: no {ARCHIVE} at {corpus().parent}; name its folder in KG_NLP")
    folder = gold_folder()
    if folder.is_dir():
        sets = [Path(one) for one in options.sets]
        documents = [d for one in sets for d in read_part(one.name, folder / one.parent, [one.name]).documents]
        _print_ends(measure_ends(documents), f"{' '.join(options.sets)}: ends told by no name", options.errors)
    else:
        print(f"skipped: no annotated documents at {folder}; name their folder in KG_GOLD")
    return 0


def _print_corpus(counts: Counts, heading: str, errors: int) -> None:
    print(f"{heading}\n{'':24}{'gold':>8}{'told':>8}{'P':>8}{'R':>8}{'F1':>8}")
    for kind in KINDS:
        figures = "".join(f"{figure:8.3f}" for figure in counts.figures(kind))
        print(f"{kind:24}{counts.gold[kind]:8}{counts.told[kind]:8}{figures}")
    print(*counts.errors[:errors], sep="\n")


def _print_ends(found: Ends, heading: str, errors: int) -> None:
    print(f"{heading}\n{'':24}{'ends':>8}{'linked':>8}{'told':>8}")
    for kind in sorted(found.all):
        count = found.all[kind]
        print(f"{kind:24}{count:8}{found.linked[kind] / count:8.3f}{found.told[kind] / count:8.3f}")
    whole = max(found.all.total(), 1)
    print(f"{'all':24}{whole:8}{found.linked.total() / whole:8.3f}{found.told.total() / whole:8.3f}")
    print(*found.errors[:errors], sep="\n")


if __name__ == "__main__":
    sys.exit(main())
