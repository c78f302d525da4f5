#!/usr/bin/env python3
"""Fit the weights of likeness on gold stories, and print how well claims of gold are put together with them.

    fit_likeness.py [--write]

Each claim chooses, of the claims that it may be linked to, one of its own event, or none where there is none: the weights
make these choices likeliest (an L2 penalty keeps them small). Each set is measured with weights of the other sets.
What the other sets of gold/train tell twice in one document was tried, too: it helps no more than noise (.792 for .787).
`--write` puts the weights of all sets into `likeness_weights.csv`, whose signs and meanings stay.
"""

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np

from kg.jobs.evaluation.annotations import read_annotations
from kg.jobs.evaluation.clusters import Story, read_stories, stories_beside
from kg.jobs.evaluation.coreference import Coreference, coreference, of_two_or_more, with_singles
from kg.jobs.evaluation.gold_claims import extraction_of
from kg.resolve.events import SameEvent, antecedents
from kg.resolve.likeness import signs
from kg.resolve.linking import candidates_of
from kg.resolve.parties import PartyClaim, party_claims
from kg.resolve.resolution import resolve_document

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
SETS = ("s6", "s7", "s8")
PENALTY = 3.0
STEPS, RATE = 1500, 0.03
# A choice is a link when its odds are above this: the best of those tried, for stories and for whole sets held out.
BAR = -0.5
WEIGHTS = Path(str(files("kg.resolve").joinpath("data", "likeness_weights.csv")))
BIAS = "bias"


@dataclass(frozen=True)
class Choice:
    """A claim, whom it may be linked to, the signs of each (a row each), and who of them tells of its event."""

    claim_id: str
    others: tuple[str, ...]
    signs: np.ndarray
    is_right: np.ndarray


@dataclass(frozen=True)
class Set:
    """The choices of all claims of a set of stories, and the clusters of gold."""

    claims: tuple[str, ...]
    choices: tuple[Choice, ...]
    clusters: tuple[frozenset[str], ...]


def read_set(name: str, names: Sequence[str]) -> Set:
    """Return the choices of a set; `names` are the signs, the bias first."""
    gold = GOLD / "train" / f"{name}.gold.jsonl"
    claims, choices, clusters = [], [], []
    for story in read_stories(stories_beside(gold), read_annotations(gold).documents):
        parties, told = parties_of(story)
        event_of = {claim_id: n for n, cluster in enumerate(told) for claim_id in cluster}
        clusters += told
        claims += [party.claim.claim_id for party in parties]
        choices += choices_of(parties, event_of, names)
    return Set(claims=tuple(claims), choices=tuple(choices), clusters=tuple(clusters))


def parties_of(story: Story) -> tuple[list[PartyClaim], list[frozenset[str]]]:
    """Return the claims of a story in order, and its clusters."""
    extractions = {one.document.name: extraction_of(one) for one in story.documents}
    resolved = [resolve_document(one.document, [extractions[one.document.name]]) for one in story.documents]
    parties = sorted((party for one in resolved for party in party_claims(one)), key=lambda party: party.order)
    clusters = [frozenset(extractions[doc].claims[n].claim_id for doc, n in cluster) for cluster in story.clusters]
    return parties, clusters


def choices_of(parties: Sequence[PartyClaim], event_of: Mapping[str, int], names: Sequence[str]) -> list[Choice]:
    """Return the choices of the claims that have any."""
    linker = SameEvent()
    offering = defaultdict(list)
    for party in parties:
        for key in linker.offered(party):
            offering[key].append(party)
    choices = []
    for party in parties:
        others = antecedents(party, candidates_of(party, (offering.get(key, ()) for key in linker.wanted(party))))
        if not others:
            continue
        event = event_of.get(party.claim.claim_id)
        found = [{BIAS: 1.0, **signs(party, other)} for other in others]
        choices.append(
            Choice(
                claim_id=party.claim.claim_id,
                others=tuple(other.claim.claim_id for other in others),
                signs=np.array([[float(row[name]) for name in names] for row in found]),
                is_right=np.array([event is not None and event_of.get(o.claim.claim_id) == event for o in others]),
            )
        )
    return choices


def fit(choices: Sequence[Choice]) -> np.ndarray:
    """Return the weights under which right choices are likeliest, by Adam over all of them at once."""
    rows = np.concatenate([choice.signs for choice in choices])
    is_right = np.concatenate([choice.is_right for choice in choices])
    starts = np.cumsum([0] + [len(choice.signs) for choice in choices[:-1]])
    of = np.repeat(np.arange(len(choices)), [len(choice.signs) for choice in choices])
    has_right = np.logical_or.reduceat(is_right, starts)
    weights, mean, square = (np.zeros(rows.shape[1]) for _ in range(3))
    for step in range(1, STEPS + 1):
        odds = np.exp(rows @ weights)
        chosen = odds / (1 + np.add.reduceat(odds, starts))[of]  # the odds of choosing none are 1
        right = np.where(is_right, odds, 0.0)
        wanted = right / np.where(has_right, np.add.reduceat(right, starts), 1.0)[of]
        penalty = PENALTY * weights
        penalty[0] = 0.0
        slope = rows.T @ (chosen - wanted) + penalty
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def measured(held_out: Set, weights: np.ndarray, bar: float) -> tuple[Coreference, Coreference]:
    """Return the figures of a set: of clusters of two or more, and of all."""
    to = {}
    for choice in held_out.choices:
        odds = choice.signs @ weights
        if odds.max() > bar:
            to[choice.claim_id] = choice.others[int(odds.argmax())]
    roots = defaultdict(set)
    for claim_id in held_out.claims:
        root = claim_id
        while root in to:
            root = to[root]
        roots[root].add(claim_id)
    found = [frozenset(cluster) for cluster in roots.values()]
    everything = with_singles(held_out.clusters, held_out.claims)
    return coreference(held_out.clusters, of_two_or_more(found)), coreference(everything, found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the weights and the figures."""
    parser = argparse.ArgumentParser(description="Fit the weights of likeness on gold stories.")
    parser.add_argument("--write", action="store_true", help="write them into likeness_weights.csv")
    options = parser.parse_args(arguments)
    rows = list(csv.DictReader(WEIGHTS.read_text(encoding="utf-8").splitlines()))
    names = [row["sign"] for row in rows]
    sets = {name: read_set(name, names) for name in SETS}
    for bar in (-0.9, -0.7, BAR, -0.3, 0.0):
        figures = []
        for name in SETS:
            weights = fit([choice for other in SETS if other != name for choice in sets[other].choices])
            figures += [one.conll for one in measured(sets[name], weights, bar)]
        pairs = zip(SETS, figures[::2], figures[1::2], strict=True)
        told = "  ".join(f"{name} {many:.3f} {everything:.3f}" for name, many, everything in pairs)
        print(f"bar {bar:4.1f}: CoNLL held out  {told}  mean {np.mean(figures[::2]):.4f} {np.mean(figures[1::2]):.4f}")
    weights = fit([choice for one in sets.values() for choice in one.choices])
    weights[0] -= BAR
    for row, weight in zip(rows, weights, strict=True):
        row["weight"] = f"{weight:.2f}"
        print(f"{row['sign']:18} {row['weight']:>6}")
    if options.write:
        with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
