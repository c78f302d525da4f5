"""Event types that a reader may tell without their method, from `data/generic_types.csv`."""

import csv
from functools import cache
from importlib.resources import files


@cache
def _generics() -> dict[str, str]:
    text = files("kg.resolve").joinpath("data", "generic_types.csv").read_text(encoding="utf-8")
    return {row["type"]: row["generic"] for row in csv.DictReader(text.splitlines())}


def generic_of(etype: str) -> str:
    """Return the type that tells the event without its method ("ATTACK" of "AIRSTRIKE"), itself if there is none."""
    return _generics().get(etype, etype)
