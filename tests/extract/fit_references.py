"""Fit context_weights.csv and reference_weights.csv of src/kg/text/data: python tests/extract/fit_references.py GOLD.

Reads the sets s1-s16 of GOLD/train, so that s17 and t1-t4 stay to measure on. Each choice that find_actors makes
between sides or actors by weights is recorded with its candidates and compared with who is annotated there; the
weights are those of a conditional logit. Run it again after a change of the features: its choices feed later ones.
"""

import argparse
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.extract import actors_context, actors_groups, actors_titles, references, references_pairs
from kg.extract.actors import find_actors
from kg.model.ids import fold
from kg.training.gold import Row, gold_rows, local_actors, place_of, side_keys, to_document

DATA = Path(__file__).resolve().parents[2] / "src" / "kg" / "text" / "data"
HELD_OUT = ("s17", "t1", "t2", "t3", "t4")
SHRINKAGE = 1.0  # L2; not tuned
STEPS = 500
PRIOR = {"owner": 3.0, "clause subject": 0.5}  # seldom annotated, but the grammar is plain
TITLE_REACH = 60  # code points from a title to the name behind it
ARTICLE = 6  # code points of "the " and the like, which an annotation may leave out

Features = Mapping[str, float]


@dataclass
class Choice:
    """One choice: the column of weights, where it was made, and the features of each candidate by its key or side."""

    column: str
    start: int
    end: int | None  # of a pronoun, which must be all that is annotated: "its" in "its rival" is not the rival
    candidates: list[tuple[str, str, Features]]


def record(log: list[Choice]) -> None:
    """Let the functions that choose write down what they choose from."""
    best_side, best_sides, best_of, antecedent = (
        actors_context.best_side, actors_context.best_sides, references.best_of, references._antecedent,
    )  # fmt: skip
    asked: list = []

    def side(draft, line, at, noun, found):
        log.append(Choice(noun, line.words[at].start, None, [("", fold(key), seen) for key, seen in found.items()]))
        return best_side(draft, line, at, noun, found)

    def sides(draft, line, at, noun):
        found = actors_context.features_of(draft, line, at, "")
        log.append(Choice(noun, line.words[at].start, None, [("", fold(key), seen) for key, seen in found.items()]))
        return best_sides(draft, line, at, noun)

    def one_of(form, found):
        draft, word = asked[-1]
        known = side_keys(tuple(draft.actors.values()))
        rows = [(fold(draft.actors[who].key), known[who], dict(seen)) for who, seen in found.items()]
        log.append(Choice(form, word.start, word.end, rows))
        return best_of(form, found)

    def ask(draft, line, at, *rest):
        asked.append((draft, line.words[at]))
        return antecedent(draft, line, at, *rest)

    actors_context.best_side, references.best_of, references._antecedent = side, one_of, ask
    for module in (actors_titles, actors_groups, references_pairs):
        module.best_sides = sides


def annotated(row: Row, gold: Row) -> list[tuple[int, int, str, str]]:
    """Return the annotated spans of a document: start, end, key and side."""
    actors = local_actors(gold)
    keys, sides = {a.local_id: fold(a.key) for a in actors}, side_keys(actors)
    starts = [s.start for s in to_document(row).sentences]
    told = [(int(s), m[0], m[1]) for s, rows in gold.get("mentions", {}).items() for m in rows]
    told += [(e["s"], r[1], r[2]) for e in gold["events"] for r in e["roles"] if r[1]]
    spans = ((starts[s], place_of(row["sentences"][s], words), who) for s, words, who in told if who in keys)
    return [(start + a, start + b, keys[who], sides[who]) for start, (a, b), who in spans if a >= 0]


def right_ones(choice: Choice, spans: Sequence[tuple[int, int, str, str]]) -> np.ndarray | None:
    """Return which candidates of a choice are annotated, None where none or all are."""
    holding = [s for s in spans if s[0] <= choice.start < s[1]]
    if choice.end is not None:
        holding = [s for s in spans if s[0] <= choice.start <= s[0] + ARTICLE and s[1] == choice.end]
    if choice.column == "pair":
        holding = [s for s in spans if s[0] - ARTICLE <= choice.start < s[1]]
        if len({s[3] for s in holding}) < 2:
            return None
    if not holding and choice.column in {"title", "holder"}:
        holding = [s for s in spans if 0 <= s[0] - choice.start < TITLE_REACH][:1]
    if not holding:
        return None
    width = min(b - a for a, b, *_ in holding)
    near = [s for s in holding if s[1] - s[0] == width]
    right = np.array([key in {s[2] for s in near} for key, *_ in choice.candidates], bool)
    if not right.any():
        right = np.array([side in {s[3] for s in near} for _, side, _ in choice.candidates], bool)
    return right if right.any() and not right.all() else None


def fit(data: Sequence[tuple[np.ndarray, np.ndarray]], prior: np.ndarray, *, wants_all: bool = False) -> np.ndarray:
    """Return the weights under which the right candidates are likeliest: any of them, or all alike."""
    weights = prior.copy()
    for _ in range(STEPS):
        change = -SHRINKAGE * (weights - prior)
        for features, right in data:
            odds = np.exp(features @ weights - (features @ weights).max())
            chances = odds / odds.sum()
            wanted = right / right.sum() if wants_all else np.where(right, chances, 0) / chances[right].sum()
            change += (wanted - chances) @ features
        weights += change * 2 / max(100, len(data))
    return weights


def write_weights(table: Path, log: Sequence[tuple[Choice, np.ndarray]], *, shares_a_base: bool) -> None:
    """Fit the columns of a table and write it; with a base, each column starts from the weights of all together."""
    with table.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    names = [row["feature"] for row in rows]
    place = {name: i for i, name in enumerate(names)}
    data: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {c: [] for c in rows[0] if c != "feature"}
    for choice, right in log:
        if choice.column in data:
            features = np.zeros((len(right), len(names)))
            for i, (_, _, seen) in enumerate(choice.candidates):
                for name, value in seen.items():
                    features[i, place[name]] = value
            data[choice.column].append((features, right))
    base = np.array([PRIOR.get(name, 0.0) for name in names])
    if shares_a_base:
        base = fit([row for part in data.values() for row in part], base)
    for column, part in data.items():
        for row, weight in zip(rows, fit(part, base, wants_all=column == "pair"), strict=True):
            row[column] = f"{weight:.2f}"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Fit both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    folder = parser.parse_args().gold / "train"
    log: list[Choice] = []
    judged: list[tuple[Choice, np.ndarray]] = []
    record(log)
    for _, row, gold in gold_rows(folder, HELD_OUT):
        log.clear()
        find_actors(to_document(row))
        spans = annotated(row, gold)
        judged += [(c, right) for c in log if (right := right_ones(c, spans)) is not None]
    write_weights(DATA / "context_weights.csv", judged, shares_a_base=False)
    write_weights(DATA / "reference_weights.csv", judged, shares_a_base=True)


if __name__ == "__main__":
    main()
