"""What a person must know of weights before trusting them, written beside them as card.json."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.training.gold import Row

Card = dict[str, Any]


def sets_of(rows: Iterable[tuple[str, Row, Row]]) -> dict[str, dict[str, Any]]:
    """Return for each set its documents, its annotated events, and its documents by licence as the texts tell it."""
    found: dict[str, dict[str, Any]] = {}
    for name, text, gold in rows:
        held = found.setdefault(name, {"documents": 0, "events": 0, "licences": Counter()})
        held["documents"] += 1
        held["events"] += len(gold["events"])
        held["licences"][text.get("licence") or "not told"] += 1
    return found


def trained_on(sets: Mapping[str, Mapping[str, Any]], digest: str) -> dict[str, Any]:
    """Return what weights were trained on: sums, the digest of the files, licences, and each set."""
    licences: Counter[str] = sum((one["licences"] for one in sets.values()), Counter())
    return {
        "documents": sum(one["documents"] for one in sets.values()),
        "events": sum(one["events"] for one in sets.values()),
        "sha256": digest,
        "licences": dict(licences.most_common()),
        "sets": {name: dict(one) for name, one in sets.items()},
    }


def log_of(lines: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Return the log of a training without its seconds, which are others each time."""
    return [{name: value for name, value in line.items() if name != "cpu_seconds"} for line in lines]


def write_card(folder: Path, card: Card) -> None:
    """Write card.json, whole or not at all."""
    path = folder / "card.tmp"
    path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    path.replace(folder / "card.json")
