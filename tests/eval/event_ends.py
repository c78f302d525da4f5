#!/usr/bin/env python3
"""Measure of how many ends of the events of gold the right side is told.

    event_ends.py [SET ...]

Sets of gold, by default gold/dev. An end is an actor or a recipient of an event, counted once by side; of a reciprocal
event all are actors. `told` is the share of ends that the extractor gives an event of that PLOVER type in that sentence;
`of found` the same among events whose type was told in that sentence; `right` the share of the ends told, in these
events, that gold has. Gold is read from $KG_GOLD, else from ../shared/gold; without it the exit status is 0.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))  # where this file is run as a script

from eval.run_eval import DEV, PARTS, gold_folder, read_part
from kg.extract.patterns import PatternsExtractor
from kg.extract.trained import EncoderExtractor
from kg.jobs.evaluation.measuring import compared
from kg.jobs.evaluation.scoring import Compared
from kg.jobs.evaluation.telling import Telling
from kg.model.words import Role

ENDS = (Role.ACTOR, Role.RECIPIENT)
GOLD, FOUND, TOLD, HIT = "gold", "found", "told", "hit"

Place = tuple[int, str]  # sentence and PLOVER type


def ends_of(telling: Telling) -> set[tuple[Place, str, str]]:
    """Return (place, role, side) of every end."""
    events = ((event, (event.sentence_no, event.plover)) for event in telling.events)
    return {(place, role, side) for event, place in events for role, side in event.parts if role in ENDS}


def counted(documents: Iterable[Compared]) -> Counter[tuple[str, str]]:
    """Return how many ends there are, by what is counted and role."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in documents:
        places = {(event.sentence_no, event.plover) for event in one.gold.events}
        found = places & {(event.sentence_no, event.plover) for event in one.told.events}
        gold, told = ends_of(one.gold), ends_of(one.told)
        counts.update((GOLD, role) for _, role, _ in gold)
        counts.update((FOUND, role) for place, role, _ in gold if place in found)
        counts.update((TOLD, role) for place, role, _ in told if place in found)
        counts.update((HIT, role) for _, role, _ in gold & told)
    return counts


def lines(counts: Counter[tuple[str, str]], name: str) -> Iterator[str]:
    """Yield a line of the table for each role, and one for both."""
    for what, roles in (*((role.lower(), (role,)) for role in ENDS), ("both", ENDS)):
        gold, found, told, hit = (sum(counts[kind, role] for role in roles) for kind in (GOLD, FOUND, TOLD, HIT))
        shares = "".join(f"{hit / max(n, 1):10.3f}" for n in (gold, found, told))
        yield f"{name:10}{what:12}{gold:6}{shares}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure of how many ends of events the right side is told.")
    parser.add_argument("sets", nargs="*", default=[f"{DEV}/{name}" for name in PARTS], metavar="SET")
    sets = [Path(one) for one in parser.parse_args(arguments).sets]
    if not gold_folder().is_dir():
        print(f"skipped: no annotated documents at {gold_folder()}; name their folder in KG_GOLD")
        return 0
    documents = [d for one in sets for d in read_part(one.name, gold_folder() / one.parent, [one.name]).documents]
    print(f"{'':22}{'ends':>6}{'told':>10}{'of found':>10}{'right':>10}")
    for extractor in (EncoderExtractor(), PatternsExtractor()):
        read = (compared(one, extractor.extract(one.document)) for one in documents)
        print("\n".join(lines(counted(read), extractor.name)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
