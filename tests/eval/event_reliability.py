#!/usr/bin/env python3
"""Rewrite the table of docs/confidence.md: whether the confidence of an event means what it says.

    event_reliability.py [--extractor NAME] [--print]

Gold is read from $KG_GOLD, else from ../shared/gold; without it nothing is written and the exit status is 0.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))  # where this file is run as a script

from eval.run_eval import ROOT, gold_folder
from kg.graph.building import world_of
from kg.graph.confidence import event_confidence, tellings_of
from kg.graph.events import told_event
from kg.graph.world import ToldEvent, World, weighed_status
from kg.jobs.evaluation.annotations import read_annotations
from kg.jobs.evaluation.clusters import Story, read_stories, stories_beside
from kg.jobs.evaluation.gold_claims import extraction_of
from kg.jobs.evaluation.reliability import Reliability, Weighed
from kg.jobs.plugins import load
from kg.jobs.settings import DEFAULT_MIN_CONFIDENCE
from kg.model.claims import Extraction
from kg.model.ontology import event_types
from kg.model.protocols import Extractor
from kg.model.told import ToldClaim
from kg.model.words import HAPPENED_STATUSES, Role
from kg.model.world import EventCluster, Resolution
from kg.resolve import resolve

PAGE = ROOT / "docs" / "confidence.md"
WITH_STORIES = "dev/dev2"
SINGLE = ("dev/news", "dev/seeds", "train/s17", "train/t4")  # no stories; the weights have seen none of them
_TABLE = re.compile(r"<!-- table events.*?<!-- end -->", re.DOTALL)
Pairs = frozenset[tuple[str, str]]


def weighed_events(story: Story, extractor: Extractor) -> Iterator[Weighed]:
    """Yield each predicted event with two sides, and whether gold has it."""
    gold = list(_events(_told(story, map(extraction_of, story.documents)), story))
    for event, sides, world in _events(_told(story, (extractor.extract(one.document) for one in story.documents))):
        if sides:
            is_right = any(
                sides <= theirs and other.happened == event.happened
                for other, theirs, _ in gold
                if event.etype in {one.claim.etype for one in other.claims}
            )
            confidence = event_confidence(tellings_of(event, world))
            yield Weighed(confidence=confidence, is_right=is_right, edges=frozenset())


def _told(story: Story, extractions: Iterable[Extraction]) -> Resolution:
    return resolve([(one.document, (two,)) for one, two in zip(story.documents, extractions, strict=True)])


def _events(resolution: Resolution, gold: Story | None = None) -> Iterator[tuple[ToldEvent, Pairs, World]]:
    """Yield events with the pairs of sides of their claims; those of gold where a story tells them."""
    if gold is not None:
        resolution = replace(resolution, events=_clusters(gold), links=(), contradictions=())
    world = world_of(resolution, 0.0)
    for event_id in sorted(world.claims_of):
        event = told_event(event_id, world)
        yield event, _sides(event, world), world


def _clusters(story: Story) -> tuple[EventCluster, ...]:
    """Return the events of gold, also those that one claim tells."""
    ids = {
        (one.document.name, n): claim.claim_id
        for one in story.documents
        for n, claim in enumerate(extraction_of(one).claims)
    }
    many = [tuple(sorted(ids[entry] for entry in entries)) for entries in story.clusters]
    alone = sorted(set(ids.values()).difference(*many))
    return tuple(EventCluster(event_id=c[0], claim_ids=c) for c in (*many, *((one,) for one in alone)))


def _sides(event: ToldEvent, world: World) -> Pairs:
    claims = [told for told in event.claims if not event.happened or weighed_status(told) in HAPPENED_STATUSES]
    return frozenset(pair for told in claims for pair in _claim_sides(event, told, world))


def _claim_sides(event: ToldEvent, told: ToldClaim, world: World) -> Iterator[tuple[str, str]]:
    actors, recipients = (
        {filler.side for filler in world.fillers(told, role)} for role in (Role.ACTOR, Role.RECIPIENT)
    )
    if event_types()[event.etype].reciprocal:
        yield from combinations(sorted(actors | recipients), 2)
    else:
        yield from ((one, two) for one in actors for two in recipients if one != two)


def read_all(folder: Path) -> dict[str, list[Story]]:
    """Return the stories of gold, and each document of the other sets as a story of its own, by the name of the set."""
    found = {}
    for name in (WITH_STORIES, *SINGLE):
        gold = folder / f"{name}.gold.jsonl"
        documents = read_annotations(gold).documents
        stories = read_stories(stories_beside(gold), documents) if stories_beside(gold).exists() else ()
        alone = [Story(name=one.document.name, documents=(one,), clusters=()) for one in documents]
        found[name] = list(stories or alone)
    return found


def table(by_part: Mapping[str, Sequence[Weighed]]) -> str:
    """Return the table of each part, in Markdown."""
    lines: list[str] = []
    for name, weighed in by_part.items():
        reliability = Reliability.of(weighed, frozenset(), min_confidence=DEFAULT_MIN_CONFIDENCE)
        right = sum(one.is_right for one in weighed) / len(weighed)
        mean = sum(one.confidence for one in weighed) / len(weighed)
        lines += [
            f"{name}: {len(weighed)} events, mean confidence {mean:.3f}, right {right:.3f},",
            f"expected calibration error {reliability.calibration_error:.3f}.",
            "",
            "| confidence | events | mean | right |",
            "|---|--:|--:|--:|",
        ]
        for one in reliability.bins:
            shares = f"{one.mean_confidence:.3f} | {one.share_right:.3f}" if one.claims else " | "
            lines.append(f"| {one.low:.1f} to {one.high:.1f} | {one.claims} | {shares} |")
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    """Measure and write the table, or print it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--extractor", default="encoder", help="name of an installed extractor")
    options.add_argument("--print", action="store_true", help="print the table, write nothing")
    chosen = options.parse_args()
    folder = gold_folder()
    if not folder.is_dir():
        sys.stdout.write(f"no gold in {folder}: set KG_GOLD to its folder\n")
        return 0
    extractor = load("kg.extractors", chosen.extractor)()
    found = {
        name: [w for story in stories for w in weighed_events(story, extractor)]
        for name, stories in read_all(folder).items()
    }
    parts = {"the stories of dev2": found[WITH_STORIES], "all": [w for weighed in found.values() for w in weighed]}
    if chosen.print:
        sys.stdout.write(table(parts))
        return 0
    made = f"<!-- table events of {extractor.version} -->\n{table(parts)}<!-- end -->"
    page = _TABLE.sub(lambda _: made, PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
