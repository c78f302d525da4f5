"""How far the confidence of a claim can be believed: fitted on annotated texts that the weights never saw."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kg.extract.actors import find_actors
from kg.extract.confidence import EVIDENCE, Evidence
from kg.extract.encoder import Encoder
from kg.extract.reading import Reading, sides_of
from kg.model.claims import Claim
from kg.model.ids import fold
from kg.model.ontology import event_type
from kg.model.words import STATUS_GROUPS, Role
from kg.training.examples import Array
from kg.training.gold import Row, gold_rows, local_actors, set_names, side_keys, to_document

MIN_CLAIMS = 10  # of either kind; with fewer, a bias and twelve weights tell of chance alone
_STEPS = 60
_RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class _Told:
    """One annotated event: its sentence, PLOVER type, status group, and the sides of its ends."""

    sentence_no: int
    plover: str
    group: str
    actors: frozenset[str]
    recipients: frozenset[str]


def calibrate(folder: Path, sets: Sequence[str], encoder: Encoder, path: Path) -> dict[str, Any] | None:
    """Fit a logistic regression on the claims that an encoder reads out of annotated sets, and write it.

    Returns: how many claims it was fitted on and the share of them that is right; None, and nothing is written,
        where fewer than `MIN_CLAIMS` are right or fewer than `MIN_CLAIMS` are wrong.
    """
    rows = list(judged_claims(folder, sets, encoder))
    evidence = np.array([row for row, _ in rows])
    right = np.array([is_right for _, is_right in rows], dtype=float)
    if min(right.sum(), len(right) - right.sum()) < MIN_CLAIMS:
        return None
    bias, weights = _logistic(evidence, right)
    held = {"evidence": list(EVIDENCE), "bias": round(bias, 4), "weights": [round(w, 4) for w in weights]}
    path.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
    return {"sets": sorted(sets), "claims": len(rows), "right": round(float(right.mean()), 3)}


def judged_claims(folder: Path, sets: Sequence[str], encoder: Encoder) -> Iterator[tuple[Evidence, bool]]:
    """Yield what speaks for each claim, and whether it is right: type, both ends by side, and group of its status."""
    for _, row, gold in gold_rows(folder, [name for name in set_names(folder) if name not in sets]):
        document = to_document(row)
        found = find_actors(document)
        reading = Reading(document, found, encoder)
        for number, sentence in enumerate(document.sentences):
            reading.read(number, sentence)
        sides = sides_of(found)
        told = list(_told(gold))
        for claim in reading.claims:
            if claim.claim_id in reading.evidence:
                yield reading.evidence[claim.claim_id], is_right(claim, sides, told)


def _told(gold: Row) -> Iterator[_Told]:
    sides = side_keys(local_actors(gold))
    for event in gold["events"]:
        actors, recipients = (
            frozenset(sides[actor] for role, _, actor in event["roles"] if role == wanted and actor in sides)
            for wanted in (Role.ACTOR, Role.RECIPIENT)
        )
        group = STATUS_GROUPS[event["status"]]
        yield _Told(event["s"], event_type(event["type"]).plover, group, actors, recipients)


def is_right(claim: Claim, sides: Mapping[str, str], told: Iterable[_Told]) -> bool:
    """Tell whether one annotated event of the sentence has the type, the status group and every end of a claim."""
    kind = event_type(claim.etype)
    actors, recipients = (
        {fold(sides[f.actor]) for f in claim.roles if f.role is wanted} for wanted in (Role.ACTOR, Role.RECIPIENT)
    )
    place = claim.sentence_no, kind.plover, STATUS_GROUPS[claim.status]
    same = [t for t in told if (t.sentence_no, t.plover, t.group) == place]
    if kind.reciprocal:
        return any(actors | recipients <= t.actors | t.recipients for t in same)
    return any(actors <= t.actors and recipients <= t.recipients for t in same)


def _logistic(evidence: Array, right: Array) -> tuple[float, list[float]]:
    """Return bias and weights of a ridge logistic regression (Newton's method)."""
    rows = np.concatenate([np.ones((len(evidence), 1)), evidence], axis=1)
    weights = np.zeros(rows.shape[1])
    ridge = np.full(rows.shape[1], _RIDGE)
    ridge[0] = 0.0
    for _ in range(_STEPS):
        odds = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (odds - right) + ridge * weights
        bend = (rows * (odds * (1 - odds))[:, None]).T @ rows + np.diag(ridge + 1e-9)
        weights = weights - np.linalg.solve(bend, slope)
    return float(weights[0]), [float(w) for w in weights[1:]]
