#!/usr/bin/env python3
"""Measure the extractor `patterns` against annotated documents and hold the figures above their floors.

    run_eval.py [--raise]

Gold is read from $KG_GOLD, else from ../shared/gold; without it nothing is measured and the exit status is 0.
`--raise` writes the figures that are better than their floors as the new floors; it never lowers one.
"""

import argparse
import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from kg.documents import read
from kg.export.predictions import predictions_line
from kg.extract.patterns import PatternsExtractor
from kg.model.documents import Document, MediaType, RawDocument

ROOT = Path(__file__).resolve().parents[2]
FLOORS = Path(__file__).with_name("floors.json")
PARTS = ("seeds", "news", "dev2")
METRICS = (
    "mention",
    "trigger",
    "edge",
    "edge_exact",
    "edge_leaf",
    "edge_status",
    "edge_dated",
    "graph",
    "mediator",
)
WRONG = "happened_wrong"  # a share, so its floor is a ceiling
# Two careful annotators against each other (design/12), the most that can be asked.
ANNOTATORS = {
    "mention": 0.90,
    "trigger": 0.95,
    "edge": 0.77,
    "edge_status": 0.73,
    "graph": 0.72,
    "mediator": 0.87,
    WRONG: 0.025,
}

Figures = dict[str, float]


class Held(TypedDict):
    """The floors of all parts together, and the digest of the gold that they were measured on."""

    gold_sha256: str
    floors: Figures


@dataclass(frozen=True)
class Measured:
    """The figures of one part, or of all together."""

    part: str
    digest: str
    figures: Figures
    documents: int
    words: int
    cpu_seconds: float


def gold_folder() -> Path:
    """Return where gold is looked for, whether or not it is there."""
    return Path(os.environ.get("KG_GOLD") or ROOT.parent / "shared" / "gold")


def measure(folder: Path) -> list[Measured]:
    """Return the figures of each part of gold/dev and, last, of all parts together."""
    warm_up(folder)
    with tempfile.TemporaryDirectory() as scratch:
        where = Path(scratch)
        whole = [(where / f"all.{kind}.jsonl").open("w", encoding="utf-8") for kind in ("texts", "gold", "predicted")]
        try:
            parts = [measure_part(folder, part, where, whole) for part in PARTS]
        finally:
            for file in whole:
                file.close()
        together = Measured(
            part="all",
            digest=hashlib.sha256("".join(p.digest for p in parts).encode()).hexdigest(),
            figures=score(folder, *(Path(file.name) for file in whole)),
            documents=sum(p.documents for p in parts),
            words=sum(p.words for p in parts),
            cpu_seconds=sum(p.cpu_seconds for p in parts),
        )
    return [*parts, together]


def warm_up(folder: Path) -> None:
    """Load tables and weights, so that the speed told is that of reading."""
    with (folder / "dev" / f"{PARTS[0]}.texts.jsonl").open(encoding="utf-8") as lines:
        PatternsExtractor().extract(document_of(next(lines)))


def measure_part(folder: Path, part: str, where: Path, whole: Sequence) -> Measured:
    """Return the figures of one part; its files are appended to those of the whole."""
    texts, gold = (folder / "dev" / f"{part}.{kind}.jsonl" for kind in ("texts", "gold"))
    predicted = where / f"{part}.predicted.jsonl"
    extractor, lines, words = PatternsExtractor(), [], 0
    started = time.process_time()
    for line in texts.read_text(encoding="utf-8").splitlines():
        document = document_of(line)
        words += len(document.text.split())
        lines.append(predictions_line(document, [extractor.extract(document)]))
    spent = time.process_time() - started
    predicted.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    for file, path in zip(whole, (texts, gold, predicted), strict=True):
        file.write(path.read_text(encoding="utf-8"))
        file.flush()
    return Measured(
        part=part,
        digest=hashlib.sha256(texts.read_bytes() + gold.read_bytes()).hexdigest(),
        figures=score(folder, texts, gold, predicted),
        documents=len(lines),
        words=words,
        cpu_seconds=spent,
    )


def document_of(line: str) -> Document:
    """Return the document of a line of texts, read as any dump is."""
    raw = RawDocument(
        source="gold",
        locator=json.loads(line)["doc"],
        media_type=MediaType.KG_DOCUMENT,
        content=line.encode("utf-8"),
        charset="utf-8",
    )
    (document,) = read(raw)
    return document


def score(folder: Path, texts: Path, gold: Path, predicted: Path) -> Figures:
    """Return F1 of each metric and the share of wrongly told events, from the scorer that lies beside gold."""
    command = [sys.executable, str(folder / "score.py"), str(texts), str(gold), str(predicted), "--json"]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    report = json.loads(answer.stdout)
    if missing := report["documents"]["without_prediction"]:
        raise SystemExit(f"{texts}: {missing} documents have no prediction; their names differ from those of gold")
    return {metric: report[metric]["f1"] for metric in METRICS} | {WRONG: report[WRONG]["share"] or 0.0}


def broken_floors(measured: Measured, held: Held | None) -> list[str]:
    """Return a line for each figure below its floor, or one that there are none or that gold is another."""
    if held is None:
        return [f"there are no floors in {FLOORS.name}; write them with --raise"]
    if held["gold_sha256"] != measured.digest:
        told = f"sha256 {measured.digest[:12]}, floors {held['gold_sha256'][:12]}"
        return [f"gold is not that of the floors ({told}); remove {FLOORS.name} and write new floors with --raise"]
    lines = []
    for metric, floor in sorted(held["floors"].items()):
        figure = measured.figures[metric]
        if metric == WRONG and figure > floor:
            lines.append(f"{metric} {figure:.4f} is above its ceiling {floor:.4f}")
        elif metric != WRONG and figure < floor:
            lines.append(f"{metric} {figure:.4f} is below its floor {floor:.4f}")
    return lines


def raised(measured: Measured, held: Held | None) -> Held:
    """Return the floors with every better figure taken over; those of another gold stay as they are."""
    if held is not None and held["gold_sha256"] != measured.digest:
        return held
    old = held["floors"] if held else {}
    new = {
        metric: min(old.get(metric, 1.0), ceiled(figure))
        if metric == WRONG
        else max(old.get(metric, 0.0), floored(figure))
        for metric, figure in measured.figures.items()
    }
    return {"gold_sha256": measured.digest, "floors": new}


def floored(figure: float) -> float:
    """Return a figure cut to three decimals."""
    return math.floor(figure * 1000) / 1000


def ceiled(figure: float) -> float:
    """Return a figure rounded up to three decimals."""
    return math.ceil(figure * 1000) / 1000


def table(measured: Sequence[Measured]) -> str:
    """Return the figures as a table, what two annotators reach on top."""
    columns = (*METRICS, WRONG)
    lines = ["".ljust(12) + "".join(name.rjust(15) for name in columns)]
    for name, figures in [("annotators", ANNOTATORS), *((m.part, m.figures) for m in measured)]:
        cells = (f"{figures[c]:.3f}" if c in figures else "-" for c in columns)
        lines.append(name.ljust(12) + "".join(cell.rjust(15) for cell in cells))
    everything = measured[-1]
    rate = everything.words / everything.cpu_seconds if everything.cpu_seconds else 0.0
    lines.append(
        f"{everything.documents} documents, {everything.words} words in {everything.cpu_seconds:.1f} s of CPU: "
        f"{rate:.0f} words a CPU second"
    )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and what fell below its floor; return 1 if anything did."""
    parser = argparse.ArgumentParser(description="Measure the extractor patterns against annotated documents.")
    parser.add_argument("--raise", dest="is_raise", action="store_true", help="write better figures as new floors")
    options = parser.parse_args(arguments)
    folder = gold_folder()
    if not (folder / "score.py").exists():
        print(f"skipped: no annotated documents at {folder}; name their folder in KG_GOLD")
        return 0
    measured = measure(folder)
    print(table(measured))
    together = measured[-1]
    held: Held | None = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else None
    if options.is_raise:
        held = raised(together, held)
        FLOORS.write_text(json.dumps(held, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    broken = broken_floors(together, held)
    for line in broken:
        print(line)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
