"""`kg eval`."""

import json
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.main import in_workplace
from kg.cli.reports import MAX_SKIPPED_SHOWN, WIDTH_OF_FILES
from kg.model.errors import UsageError

MIN_WIDTH_OF_MEANINGS = 130  # characters of a terminal in which what a figure counts fits on its line
MIN_NAME_WIDTH = 17  # the longest name of a row, so that the tables of one extractor stand in line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from kg.jobs.evaluation.clusters import ClusterFigures
    from kg.jobs.evaluation.coreference import Coreference
    from kg.jobs.evaluation.measuring import Evaluation
    from kg.jobs.evaluation.reliability import Reliability
    from kg.jobs.evaluation.scoring import Agreement, Difference, Figures
    from kg.jobs.workplace import Workplace


@click.command("eval")
@click.argument("gold", type=click.Path(path_type=Path, dir_okay=False), metavar="GOLD.jsonl")
@click.option("--texts", type=click.Path(path_type=Path, dir_okay=False), help="The texts [NAME.texts.jsonl beside].")
@click.option("--extractor", "extractors", multiple=True, help="Measure this extractor; may be given again.")
@click.option("--format", "kind", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--errors", type=click.IntRange(0), default=0, metavar="N", help="Show the first N edges that differ.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), help="Judge claims above it [min_confidence of kg.toml]."
)
@in_workplace
def measure(
    workplace: "Workplace",
    gold: Path,
    texts: Path | None,
    extractors: tuple[str, ...],
    kind: str,
    errors: int,
    min_confidence: float | None,
) -> None:
    """Measure extractors against annotated documents; write nothing.

    GOLD.jsonl holds an annotation a line, its texts lie beside it. docs/evaluation.md tells the format and what
    each figure counts.
    """
    from kg.jobs.evaluation.measuring import evaluate

    with _Progress() as progress:
        evaluation = evaluate(
            workplace,
            gold,
            texts=texts,
            extractors=extractors,
            min_confidence=min_confidence,
            progress=progress.show,
        )
    if evaluation.faults:
        _refuse(gold, evaluation.faults)
    elif kind == "json":
        click.echo(json.dumps(_as_json(evaluation, errors), ensure_ascii=False, indent=1))
    else:
        _tell(evaluation, errors)


eval = measure  # noqa: A001 - the name under which the command group finds it


def _refuse(gold: Path, faults: tuple[str, ...]) -> None:
    for fault in faults[:MAX_SKIPPED_SHOWN]:
        click.echo(fault, err=True)
    if (more := len(faults) - MAX_SKIPPED_SHOWN) > 0:
        click.echo(f"... and {more} more", err=True)
    many = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    raise UsageError(f"{gold} has {many}, so nothing was measured; mend the lines named above")


class _Progress:
    """How many documents are done: one live line in a terminal, nothing elsewhere."""

    def __init__(self) -> None:
        self._is_live = sys.stderr.isatty()

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_live:
            click.echo("\r\x1b[K", nl=False, err=True)

    def show(self, name: str, done: int, everything: int) -> None:
        """Show the extractor at work, and its documents."""
        if self._is_live:
            click.echo(f"\r\x1b[K{name}: {done} of {everything} documents", nl=False, err=True)


def _tell(evaluation: "Evaluation", errors: int) -> None:
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else WIDTH_OF_FILES, highlight=False)
    if len(evaluation.figures) > 1:
        console.print(_side_by_side(evaluation.figures))
        console.print()
    for name, figures in evaluation.figures.items():
        console.rule(f"[bold]{name}[/bold]  {figures.documents} documents", align="left", style="dim")
        _tell_one(console, figures, errors)
        console.print()
    if evaluation.clusters:
        console.print(_clusters(evaluation.clusters))


def _clusters(clusters: Mapping[str, "ClusterFigures"]) -> "Table":
    """Return how well the claims of stories are put together to events."""
    table = _table("Claims of one event", ["MUC", "B3", "CEAF-e", "CoNLL", "CoNLL of all", "strikes apart"])
    for name, one in clusters.items():
        shares = (
            one.of_many.muc.f1,
            one.of_many.b_cubed.f1,
            one.of_many.ceaf_e.f1,
            one.of_many.conll,
            one.of_all.conll,
        )
        table.add_row(name, *(f"{share:.3f}" for share in shares), f"{one.apart} of {one.strikes}")
    return table


def _tell_one(console: "Console", figures: "Figures", errors: int) -> None:
    from kg.jobs.evaluation.scoring import METRICS

    console.print(_agreements("", figures.metrics, METRICS if console.width >= MIN_WIDTH_OF_MEANINGS else None))
    console.print(
        f"[bold]happened_wrong[/bold]  {figures.happened_wrong:.1%}: {figures.wrong} of {figures.happened} edges are "
        "told as happened where gold tells the contrary"
    )
    for title, rows in (
        ("Edges by PLOVER type", figures.by_type),
        ("Edges by status", figures.by_status),
        ("Roles by side", figures.by_role),
    ):
        console.print()
        console.print(_agreements(title, rows))
    console.print()
    _tell_reliability(console, figures.reliability)
    for number, difference in enumerate(figures.differences[:errors]):
        if not number:
            console.print(f"\n[bold]The first {errors} of {len(figures.differences)} edges that differ[/bold]")
        _tell_difference(console, difference)


def _side_by_side(figures: Mapping[str, "Figures"]) -> "Table":
    from kg.jobs.evaluation.scoring import METRICS

    table = _table("F1", list(figures))
    for metric in METRICS:
        table.add_row(metric, *(f"{found.metrics[metric].f1:.3f}" for found in figures.values()))
    table.add_row("happened_wrong", *(f"{found.happened_wrong:.1%}" for found in figures.values()))
    return table


def _agreements(title: str, rows: Mapping[str, "Agreement"], meaning: Mapping[str, str] | None = None) -> "Table":
    """Return a table of agreements; what nobody tells has no share."""
    table = _table(title, ["P", "R", "F1", "gold", "told", "right"])
    if meaning:
        table.add_column(style="dim")
    for name, one in rows.items():
        if one.gold or one.told:
            precision = f"{one.precision:.3f}" if one.told else "-"
            recall = f"{one.recall:.3f}" if one.gold else "-"
            counts = (str(one.gold), str(one.told), str(one.hit))
            told = (meaning[name],) if meaning else ()
            table.add_row(name, precision, recall, f"[bold]{one.f1:.3f}[/bold]", *counts, *told)
    return table


def _table(title: str, columns: list[str]) -> "Table":
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(title, no_wrap=True, min_width=MIN_NAME_WIDTH)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _tell_reliability(console: "Console", reliability: "Reliability") -> None:
    table = _table("Told as happened", ["claims", "confidence", "right", "from here up: P", "R"])
    for one, kept in zip(reliability.bins, reliability.thresholds, strict=True):
        shares = (f"{one.mean_confidence:.3f}", f"{one.share_right:.3f}") if one.claims else ("-", "-")
        above = (f"{kept.precision:.3f}" if kept.claims else "-", f"{kept.recall:.3f}" if kept.gold else "-")
        table.add_row(f"{one.low:.1f} to {one.high:.1f}", str(one.claims), *shares, *above)
    console.print(table)
    kept = reliability.default
    console.print(f"expected calibration error [bold]{reliability.calibration_error:.3f}[/bold]")
    console.print(
        f"at {kept.threshold:g} and above: precision [bold]{kept.precision:.3f}[/bold] ({kept.right} of {kept.claims} "
        f"claims), recall [bold]{kept.recall:.3f}[/bold] ({kept.found} of {kept.gold} edges of gold)"
    )


def _tell_difference(console: "Console", difference: "Difference") -> None:
    from rich.padding import Padding
    from rich.text import Text

    one, other = difference.pair
    what = f"{difference.kind:<6}  {difference.document} sentence {difference.sentence_no}"
    console.print(Text(f"{what}  {difference.plover} {one} - {other}: {difference.groups}"))
    shown = textwrap.shorten(difference.sentence, width=2 * console.width - 20, placeholder=" ...")
    console.print(Padding(Text(shown, style="dim"), (0, 0, 0, 8)))


def _as_json(evaluation: "Evaluation", errors: int) -> dict[str, object]:
    return {
        "documents": evaluation.documents,
        "extractors": {name: _figures(figures, errors) for name, figures in evaluation.figures.items()},
        "clusters": {
            name: {
                "of_many": _coreference(one.of_many),
                "of_all": _coreference(one.of_all),
                "strikes": one.strikes,
                "apart": one.apart,
            }
            for name, one in evaluation.clusters.items()
        },
    }


def _coreference(found: "Coreference") -> dict[str, object]:
    shares = {"muc": found.muc, "b_cubed": found.b_cubed, "ceaf_e": found.ceaf_e}
    return {
        name: {"precision": round(one.precision, 4), "recall": round(one.recall, 4), "f1": round(one.f1, 4)}
        for name, one in shares.items()
    } | {"conll": round(found.conll, 4)}


def _figures(figures: "Figures", errors: int) -> dict[str, object]:
    reliability = figures.reliability
    kept = [
        {
            "threshold": one.threshold,
            "precision": round(one.precision, 4),
            "recall": round(one.recall, 4),
            "claims": one.claims,
            "right": one.right,
            "gold": one.gold,
            "found": one.found,
        }
        for one in (*reliability.thresholds, reliability.default)
    ]
    return {
        "metrics": _shares(figures.metrics),
        "happened_wrong": {
            "share": round(figures.happened_wrong, 4),
            "wrong": figures.wrong,
            "told": figures.happened,
        },
        "by_type": _shares(figures.by_type),
        "by_status": _shares(figures.by_status),
        "by_role": _shares(figures.by_role),
        "reliability": {
            "bins": [
                {
                    "from": one.low,
                    "to": one.high,
                    "claims": one.claims,
                    "mean_confidence": round(one.mean_confidence, 4),
                    "share_right": round(one.share_right, 4),
                }
                for one in reliability.bins
            ],
            "expected_calibration_error": round(reliability.calibration_error, 4),
            "thresholds": kept[:-1],
            "default": kept[-1],
        },
        "errors": [
            {
                "kind": one.kind,
                "doc": one.document,
                "sentence": one.sentence_no,
                "plover": one.plover,
                "ends": one.pair,
                "status": one.groups,
                "text": one.sentence,
            }
            for one in figures.differences[:errors]
        ],
    }


def _shares(rows: Mapping[str, "Agreement"]) -> dict[str, dict[str, float]]:
    return {
        name: {
            "precision": round(one.precision, 4),
            "recall": round(one.recall, 4),
            "f1": round(one.f1, 4),
            "gold": one.gold,
            "told": one.told,
            "hit": one.hit,
        }
        for name, one in rows.items()
    }
