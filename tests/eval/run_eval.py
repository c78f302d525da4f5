#!/usr/bin/env python3
"""Measure every installed extractor against annotated documents, side by side, and hold the figures above floors.

    run_eval.py [--held-out SET ...] [--extractor NAME ...] [--no-parser] [--raise]

Gold is read from $KG_GOLD, else from ../shared/gold; without it nothing is measured and the exit status is 0. The parts
of gold/dev are told one by one and together, and how well claims are put together to events where stories lie beside gold.
`--held-out` adds sets of gold/train as a part of their own: floors are
held on it for the extractors whose card says that they were not trained on these sets. `--raise` writes the figures
that are better than their floors as the new floors; it never lowers one. Extractors that ask a network are measured
only when they are named.
"""

import argparse
import hashlib
import inspect
import json
import math
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.jobs.evaluation.annotations import Annotated, read_annotations
from kg.jobs.evaluation.clusters import (
    BY_PARTIES,
    BY_TRIGGER,
    ClusterFigures,
    Story,
    measure_gold,
    measure_told,
    read_stories,
    stories_beside,
)
from kg.jobs.evaluation.measuring import compared, read_with, reading_text
from kg.jobs.evaluation.scoring import METRICS, WRONG, Compared, score
from kg.jobs.plugins import installed
from kg.jobs.settings import DEFAULT_MIN_CONFIDENCE
from kg.jobs.workplace import open_workplace
from kg.model.claims import Extraction
from kg.model.protocols import Extractor
from kg.resolve import resolve

ROOT = Path(__file__).resolve().parents[2]
FLOORS = Path(__file__).with_name("floors.json")
DEV = "dev"
PARTS = ("seeds", "news", "dev2")
NETWORKED = frozenset({"llm"})
# Two careful annotators against each other on 14 documents: the most that can be asked.
ANNOTATORS = {
    "mention": 0.899,
    "trigger": 0.950,
    "edge": 0.769,
    "edge_exact": 0.752,
    "edge_leaf": 0.729,
    "edge_status": 0.731,
    "edge_dated": 0.795,
    "graph": 0.720,
    "mediator": 0.867,
    WRONG: 0.025,
}
CALIBRATION = "calibration_error"  # of all of gold/dev: a part of it has too few claims in each bin
CEILINGS = frozenset({WRONG, CALIBRATION})
PARSER_TRIPLES = "parser triples"
STORIES = "stories"
BASELINES = frozenset({BY_PARTIES, BY_TRIGGER})
NOT_INSTALLED = "not installed"
UNSURE = " *"  # beside the figures of an extractor that may have been trained on what it is measured on

Figures = Mapping[str, float]


@dataclass(frozen=True)
class Part:
    """Annotated documents that are measured together, and a digest of the files that they were read from."""

    name: str
    digest: str
    documents: Sequence[Annotated]
    stories: Sequence[Story] = ()

    @property
    def words(self) -> int:
        """How many words its texts have."""
        return sum(len(one.document.text.split()) for one in self.documents)


@dataclass(frozen=True)
class Row:
    """The figures of one extractor on one part; `words_per_second` of CPU, None where it was not measured."""

    part: str
    digest: str
    extractor: str
    weights: str
    figures: Figures
    words_per_second: float | None = None
    is_held_out: bool = True


@dataclass
class Floors:
    """The lowest figures allowed (of CEILINGS, the highest), by part and extractor, with the gold and the weights."""

    parts: dict[str, dict]

    @classmethod
    def read(cls, path: Path) -> "Floors":
        """Return the floors of a file; none when it does not exist."""
        return cls(json.loads(path.read_text(encoding="utf-8")) if path.exists() else {})

    def write(self, path: Path) -> None:
        """Write them, sorted."""
        path.write_text(json.dumps(self.parts, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    def of(self, row: Row) -> dict | None:
        """Return what is held for a row: its floors and the weights that reached them."""
        return self.parts.get(row.part, {}).get("extractors", {}).get(row.extractor)

    def broken(self, row: Row) -> list[str]:
        """Return a line for each figure below its floor, or one that there are none or that gold is another."""
        what = f"{row.extractor} on {row.part}"
        held = self.of(row)
        if held is None:
            return [f"{what}: there are no floors in {FLOORS.name}; write them with --raise"]
        if (gold := self.parts[row.part]["gold_sha256"]) != row.digest:
            told = f"sha256 {row.digest[:12]}, floors {gold[:12]}"
            return [f"{what}: gold is not that of the floors ({told}); remove the part and write it with --raise"]
        lines = []
        for metric, floor in sorted(held["floors"].items()):
            figure = row.figures[metric]
            if metric in CEILINGS and figure > floor:
                lines.append(f"{what}: {metric} {figure:.4f} is above its ceiling {floor:.4f}")
            elif metric not in CEILINGS and figure < floor:
                lines.append(f"{what}: {metric} {figure:.4f} is below its floor {floor:.4f}")
        return lines

    def raise_to(self, row: Row) -> None:
        """Take over every better figure, and the weights when none is worse; floors of another gold stay."""
        part = self.parts.setdefault(row.part, {"gold_sha256": row.digest, "extractors": {}})
        if part["gold_sha256"] != row.digest:
            return
        held = self.of(row) or {"weights_sha256": row.weights, "floors": {}}
        if not held["floors"] or not self.broken(row):
            held["weights_sha256"] = row.weights
        for metric, figure in row.figures.items():
            old = held["floors"].get(metric)
            new = ceiled(figure) if metric in CEILINGS else floored(figure)
            better = min if metric in CEILINGS else max
            held["floors"][metric] = new if old is None else better(old, new)
        part["extractors"][row.extractor] = held


def floored(figure: float) -> float:
    """Return a figure cut to three decimals."""
    return math.floor(figure * 1000) / 1000


def ceiled(figure: float) -> float:
    """Return a figure rounded up to three decimals."""
    return math.ceil(figure * 1000) / 1000


def gold_folder() -> Path:
    """Return where gold is looked for, whether or not it is there."""
    return Path(os.environ.get("KG_GOLD") or ROOT.parent / "shared" / "gold")


def read_part(name: str, folder: Path, sets: Iterable[str]) -> Part:
    """Return the documents of sets of a folder as one part.

    Raises:
        SystemExit: Gold has faults; they are printed.
    """
    documents: list[Annotated] = []
    stories: list[Story] = []
    digests = []
    for one in sets:
        gold, texts = folder / f"{one}.gold.jsonl", folder / f"{one}.texts.jsonl"
        annotations = read_annotations(gold, texts)
        if annotations.faults:
            raise SystemExit("\n".join(annotations.faults))
        documents += annotations.documents
        if (beside := stories_beside(gold)).exists():
            stories += read_stories(beside, annotations.documents)
        digests.append(hashlib.sha256(texts.read_bytes() + gold.read_bytes()).hexdigest())
    digest = digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
    return Part(name=name, digest=digest, documents=documents, stories=stories)


def data_folder(extractor: Extractor) -> Path:
    """Return the folder with the tables and weights of an extractor: `data` beside its module."""
    return Path(inspect.getfile(type(extractor))).parent / "data"


def weights_digest(folder: Path) -> str:
    """Return the sha256 of names and bytes of every file of a folder."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def unseen_sets(extractor: Extractor) -> frozenset[str]:
    """Return the sets of gold/train that an extractor was not trained on: "held_out" of its card.

    A card is a `card.json` in the data folder whose "extractor" is the name of the extractor.
    """
    cards = (json.loads(path.read_text(encoding="utf-8")) for path in data_folder(extractor).rglob("card.json"))
    return frozenset(one for card in cards if card.get("extractor") == extractor.name for one in card["held_out"])


def rows_of(extractor: Extractor, parts: Sequence[Part], held_out: Part | None) -> list[Row]:
    """Return the figures of an extractor on each part, on all parts of gold/dev together, and on the held-out texts."""
    extractor.extract(parts[0].documents[0].document)  # loads tables and weights, so that the speed is that of reading
    weights = weights_digest(data_folder(extractor))
    rows, everything, spent = [], [], 0.0
    for part in parts:
        told, seconds = timed(extractor, part)
        beside = list(map(compared, part.documents, told))
        rows.append(row_of(part, extractor, weights, beside, seconds))
        if part.stories:
            by_name = {one.document.name: each for one, each in zip(part.documents, told, strict=True)}
            rows.append(story_row(part, extractor.name, weights, measure_told(part.stories, by_name)))
        everything += beside
        spent += seconds
    whole = together(parts)
    rows.append(row_of(whole, extractor, weights, everything, spent))
    if held_out is not None:
        told, seconds = timed(extractor, held_out)
        rows.append(row_of(held_out, extractor, weights, list(map(compared, held_out.documents, told)), seconds))
    return rows


def story_row(part: Part, name: str, weights: str, found: ClusterFigures) -> Row:
    """Return how well claims of a part are put together to events."""
    figures = {
        "conll": found.of_many.conll,
        "conll_all": found.of_all.conll,
        "apart": found.apart / found.strikes if found.strikes else 1.0,
    }
    return Row(part=f"{part.name} {STORIES}", digest=part.digest, extractor=name, weights=weights, figures=figures)


def gold_story_rows(parts: Sequence[Part]) -> list[Row]:
    """Return how well the claims of gold are put together, and two simple rules beside it."""
    weights = weights_digest(Path(inspect.getfile(resolve)).parent / "data")
    return [
        story_row(part, name, weights, figures)
        for part in parts
        if part.stories
        for name, figures in measure_gold(part.stories).items()
    ]


def together(parts: Sequence[Part]) -> Part:
    """Return all parts of gold/dev as one."""
    digest = hashlib.sha256("".join(part.digest for part in parts).encode()).hexdigest()
    return Part(name=DEV, digest=digest, documents=[one for part in parts for one in part.documents])


def timed(extractor: Extractor, part: Part) -> tuple[list[Extraction], float]:
    """Return what an extractor tells of a part, and the seconds of CPU that it took."""
    started = time.process_time()
    told = read_with(extractor, part.documents)
    return told, time.process_time() - started


def row_of(part: Part, extractor: Extractor, weights: str, compared: Sequence[Compared], seconds: float) -> Row:
    """Return the figures of what was told."""
    sets = frozenset(part.name.split()[1:])  # of "held-out t4 s17"
    measured = score(compared, min_confidence=DEFAULT_MIN_CONFIDENCE)
    calibration = {CALIBRATION: measured.reliability.calibration_error} if part.name == DEV else {}
    return Row(
        part=part.name,
        digest=part.digest,
        extractor=extractor.name,
        weights=weights,
        figures={**measured.summary, **calibration},
        words_per_second=part.words / seconds if seconds else None,
        is_held_out=sets <= unseen_sets(extractor),
    )


def table(part: Part, rows: Sequence[Row], parser: Sequence[Row] | None) -> str:
    """Return the figures of a part: what two annotators reach on top, parser triples at the bottom."""
    columns = (*METRICS, WRONG, CALIBRATION)
    name_width = max(len(name) for name in (PARSER_TRIPLES, *(row.extractor for row in rows))) + len(UNSURE)
    heading = f"{part.name}: {len(part.documents)} documents, {part.words} words"
    names = "".join(name.rjust(max(8, len(name) + 2)) for name in columns)
    lines = [
        heading,
        "".ljust(name_width) + names + "  words/CPU-s",
        line_of("annotators", name_width, ANNOTATORS, None),
    ]
    for row in (*rows, *(parser or ())):
        name = row.extractor if row.is_held_out else row.extractor + UNSURE
        lines.append(line_of(name, name_width, row.figures, row.words_per_second))
    if parser is None:
        lines.append(f"{PARSER_TRIPLES.ljust(name_width)}  {NOT_INSTALLED}")
    if not all(row.is_held_out for row in rows):
        lines.append("* no card says that it was not trained on these texts; no floor is held")
    return "\n".join(lines)


def line_of(name: str, name_width: int, figures: Figures, words_per_second: float | None) -> str:
    """Return one line of a table."""
    columns = (*METRICS, WRONG, CALIBRATION)
    cells = ((f"{figures[c]:.3f}" if c in figures else "-").rjust(max(8, len(c) + 2)) for c in columns)
    speed = f"{words_per_second:.0f}" if words_per_second else "-"
    return name.ljust(name_width) + "".join(cells) + speed.rjust(13)


def story_table(part: str, rows: Sequence[Row]) -> str:
    """Return how well the claims of a part are put together to events."""
    name_width = max(len(row.extractor) for row in rows)
    names = tuple(rows[0].figures)
    lines = [f"{part}: clusters of two or more claims of one event, story by story"]
    lines.append("".ljust(name_width) + "".join(name.rjust(max(8, len(name) + 2)) for name in names))
    for row in rows:
        cells = (f"{row.figures[name]:.3f}".rjust(max(8, len(name) + 2)) for name in names)
        lines.append(row.extractor.ljust(name_width) + "".join(cells))
    return "\n".join(lines)


def parser_rows(parts: Sequence[Part], held_out: Part | None) -> list[Row] | None:
    """Return the figures of parser triples, None where the parser is not installed."""
    sys.path.append(str(ROOT / "tests"))  # where this file is run as a script
    from eval.parser_triples import ParserTriples

    try:
        parser = ParserTriples()
    except (ImportError, OSError):
        return None
    return rows_of(parser, parts, held_out)


def chosen_extractors(names: Sequence[str]) -> tuple[Extractor, ...]:
    """Return the extractors named, by default all installed ones of texts that ask no network."""
    wanted = tuple(names) or tuple(name for name in installed("kg.extractors") if name not in NETWORKED)
    return reading_text(open_workplace().extractors(wanted))


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description="Measure extractors against annotated documents.")
    parser.add_argument("--held-out", nargs="+", default=[], metavar="SET", help="sets of gold/train, such as t4 s17")
    parser.add_argument("--extractor", action="append", default=[], metavar="NAME", help="measure only this one")
    parser.add_argument("--no-parser", action="store_true", help="leave the parser triples out")
    parser.add_argument("--raise", dest="is_raise", action="store_true", help="write better figures as new floors")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table a part and what fell below its floor; return 1 if anything did."""
    options = parsed(arguments)
    folder = gold_folder()
    if not (folder / "dev").is_dir():
        print(f"skipped: no annotated documents at {folder}; name their folder in KG_GOLD")
        return 0
    parts = [read_part(name, folder / "dev", [name]) for name in PARTS]
    sets = sorted(options.held_out)
    held_out = read_part(" ".join(("held-out", *sets)), folder / "train", sets) if sets else None
    rows = [row for e in chosen_extractors(options.extractor) for row in rows_of(e, parts, held_out)]
    parser = [] if options.no_parser else parser_rows(parts, held_out)
    for part in (*parts, together(parts), *([held_out] if held_out else [])):
        of_parser = None if parser is None else [row for row in parser if row.part == part.name]
        print(table(part, [row for row in rows if row.part == part.name], of_parser), end="\n\n")
    rows = [*gold_story_rows(parts), *rows]
    for name in sorted({row.part for row in rows if row.part.endswith(STORIES)}):
        print(story_table(name, [row for row in rows if row.part == name]), end="\n\n")
    return hold(rows, is_raise=options.is_raise)


def hold(rows: Sequence[Row], *, is_raise: bool) -> int:
    """Print what fell below its floor and return 1 if anything did; raise the floors first if asked to."""
    floors = Floors.read(FLOORS)
    held = [row for row in rows if row.part not in PARTS and row.is_held_out and row.extractor not in BASELINES]
    if is_raise:
        for row in held:
            floors.raise_to(row)
        floors.write(FLOORS)
    broken = [line for row in held for line in floors.broken(row)]
    for line in broken:
        print(line)
    for row in held:
        if (known := floors.of(row)) and known["weights_sha256"] != row.weights:
            print(f"{row.extractor} on {row.part}: the floors were reached with other tables and weights")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
