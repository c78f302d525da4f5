"""How probable it is that a claim is right as told: its type, both ends and whether it happened."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.extract.roles import PartyRole
from kg.extract.status import Judged
from kg.extract.triggers import Trigger
from kg.model.claims import RoleFiller
from kg.model.ontology import event_type
from kg.model.words import HAPPENED_STATUSES, Role

EVIDENCE = (
    "event", "type", "status", "weakest role", "strongest role", "link", "implied", "implied ends", "one end",
    "several ends", "happened", "same sentence",
)  # fmt: skip
_LEAST = 1e-3
_ENDS = (Role.ACTOR, Role.RECIPIENT)

Evidence = tuple[float, ...]


def evidence_of(
    trigger: Trigger, judged: Judged, roles: Sequence[PartyRole], fillers: Sequence[RoleFiller]
) -> Evidence:
    """Return what speaks for a claim, in the order of `EVIDENCE`: log-odds of probabilities, and counts."""
    said = [r.probability for r in roles if r.role in _ENDS]
    ends = [f for f in fillers if f.role in _ENDS]
    implied = [f.link_score for f in ends if f.start is None]
    wanted = 2 if event_type(trigger.etype).reciprocal else len({f.role for f in ends})
    is_whole = len(ends) > 1 and wanted > 1
    return (
        _log_odds(trigger.probability),
        _log_odds(trigger.type_share),
        _log_odds(judged.probability),
        _log_odds(min(said, default=0.5)),
        _log_odds(max(said, default=0.5)),
        _log_odds(min((f.link_score for f in ends if f.start is not None), default=0.5)),
        _log_odds(min(implied, default=0.5)),
        float(len(implied)),
        float(not is_whole),
        float(max(len(ends) - 2, 0)),
        float(judged.status in HAPPENED_STATUSES),
        float(is_whole and not implied),
    )


def _log_odds(probability: float) -> float:
    held = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(held / (1 - held))


def plain_confidence(
    trigger: Trigger, judged: Judged, roles: Sequence[PartyRole], fillers: Sequence[RoleFiller]
) -> float:
    """Return the product of what must all be right, in [0, 1], where nothing was calibrated."""
    weakest = min((r.probability for r in roles), default=1.0)
    link = min((f.link_score for f in fillers), default=1.0)
    return trigger.probability * judged.probability * weakest * link


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression from evidence to the share of claims that are right, fitted on texts not trained on."""

    bias: float
    weights: tuple[float, ...]

    def probability(self, evidence: Evidence) -> float:
        """Return the probability in (0, 1) that the claim is right."""
        score = self.bias + sum(w * e for w, e in zip(self.weights, evidence, strict=True))
        return 1 / (1 + math.exp(-score))


def read_calibration(path: Path) -> Calibration | None:
    """Return the calibration that `kg train` wrote, None where there is none.

    Raises:
        ValueError: It is of another version: its evidence is not that of `EVIDENCE`.
    """
    if not path.exists():
        return None
    held = json.loads(path.read_text(encoding="utf-8"))
    if tuple(held["evidence"]) != EVIDENCE:
        raise ValueError(f"{path.name} weighs other evidence than this version of kg gives")
    return Calibration(held["bias"], tuple(held["weights"]))
