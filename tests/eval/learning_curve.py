#!/usr/bin/env python3
"""Measure weights that were trained on shares of the training texts, and write the learning curve of docs/extraction.md.

    learning_curve.py 25=FOLDER 50=FOLDER 100=FOLDER [--held-out SET ...] [--print]

Each folder is one that `kg train` wrote from that share, in percent, of the training documents, with the sets of
`--held-out` left out. Gold is read from $KG_GOLD, else from ../shared/gold. A share is every second or fourth document
of each set; without a teacher, which would tell what it has learnt from all of them:

    for EVERY in 4 2; do
      PART=part$((100 / EVERY)); mkdir $PART; cp ../shared/gold/train/*.texts.jsonl $PART
      for SET in ../shared/gold/train/*.gold.jsonl; do awk "NR % $EVERY == 1" $SET > $PART/$(basename $SET); done
      cp ../shared/gold/train/s17.gold.jsonl ../shared/gold/train/t4.gold.jsonl $PART
      kg train --data $PART --out weights-$PART --without s17 --without t4
    done
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))  # where this file is run as a script

from eval.extraction_page import ENDS_NAME, HELD_OUT, PAGE, end_roles, grid, read_with, rewritten, texts_of, two
from eval.run_eval import DEV, PARTS, gold_folder
from kg.extract.trained import EncoderExtractor
from kg.jobs.evaluation.scoring import WRONG

METRICS = ("trigger", "edge", "edge_status", "graph", "mediator")


def curve_table(folders: Sequence[tuple[int, Path]], held_out: Sequence[str]) -> str:
    """Return the figures of each folder of weights on gold/dev and on held-out sets, the smallest share first."""
    gold = gold_folder()
    parts = {DEV: texts_of(gold / "dev", PARTS), "held out": texts_of(gold / "train", held_out)}
    rows = []
    for percent, folder in sorted(folders):
        extractor = EncoderExtractor(str(folder))
        for part, texts in parts.items():
            figures = read_with(extractor, texts).figures
            shown = [two(figures.summary[metric]) for metric in (*METRICS, WRONG)]
            rows.append([f"{percent} %, {part}", *shown, two(end_roles(figures).f1), extractor.version])
    return grid(["training texts, measured on", *METRICS, WRONG, ENDS_NAME, "weights"], rows)


def share_and_folder(argument: str) -> tuple[int, Path]:
    """Return share in percent and folder of `25=FOLDER`.

    Raises:
        argparse.ArgumentTypeError: It is no such thing, or the folder is no folder of weights.
    """
    percent, _, name = argument.partition("=")
    folder = Path(name)
    if not percent.isdigit() or not 0 < int(percent) <= 100:
        raise argparse.ArgumentTypeError(f"{argument!r} names no share from 1 to 100; write 25=FOLDER")
    if not (folder / "encoder.onnx").exists():
        raise argparse.ArgumentTypeError(f"{name!r} holds no encoder.onnx; name a folder that kg train wrote")
    return int(percent), folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the folders, and print the table or write it to the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=share_and_folder, metavar="PERCENT=FOLDER")
    parser.add_argument("--held-out", nargs="+", default=list(HELD_OUT), metavar="SET", help="sets of gold/train")
    parser.add_argument("--print", dest="is_print", action="store_true", help="print the table, write nothing")
    options = parser.parse_args(arguments)
    table = curve_table(options.folders, options.held_out)
    if options.is_print:
        print(table)
        return 0
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(rewritten(page, {"curve": table}, "several"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
