from itertools import combinations

import pytest

from kg.resolve import resolve
from resolve.gold_stories import GOLD, stories

SETS = ("dev/dev2", "train/s6", "train/s7", "train/s8")
# Measured 2026-11, set by set: precision .74, recall .68 of 2,532 pairs of gold claims.
MIN_PRECISION, MIN_RECALL = 0.72, 0.66


def pairs_of(name):
    """The pairs of claims of one event in a set: those found, and those of gold."""
    read, gold = [], set()
    for documents, pairs in stories(name):
        read += documents
        gold |= pairs
    found = {frozenset(pair) for event in resolve(read).events for pair in combinations(event.claim_ids, 2)}
    return found, gold


@pytest.mark.skipif(not GOLD.is_dir(), reason="no gold beside the repository")
def test_claims_of_one_event_are_found_in_gold():
    # Gold tells nothing of events that two sets share, so each set is resolved by itself.
    found, gold = (set().union(*sides) for sides in zip(*map(pairs_of, SETS), strict=True))
    hits = len(found & gold)
    assert hits / len(found) >= MIN_PRECISION
    assert hits / len(gold) >= MIN_RECALL
