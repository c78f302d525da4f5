"""`kg train`."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.reports import MAX_SKIPPED_SHOWN
from kg.model.errors import UsageError
from kg.training.plan import Material, Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.jobs.evaluation.annotations import Annotated
    from kg.jobs.evaluation.scoring import Agreement, Figures
    from kg.model.protocols import Extractor

DEFAULTS = Plan()
LINE_SECONDS = 60.0  # between two lines of progress where no terminal is
MIN_EDGES = 10  # of a type; a share of fewer edges is chance
WEAKEST = 5  # types and statuses named on the card as those that fail most
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--data", type=FOLDER, required=True, help="Folder of SET.gold.jsonl with SET.texts.jsonl beside them.")
@click.option("--out", type=FOLDER, required=True, help="Folder for the weights; a stopped run in it goes on.")
@click.option("--base", type=FOLDER, help="BERT or MPNet encoder to start from.")
@click.option("--epochs", type=click.IntRange(1), default=DEFAULTS.epochs, show_default=True, help="Times all is read.")
@click.option(
    "--rate",
    type=click.FloatRange(0, min_open=True),
    default=DEFAULTS.rate,
    show_default=True,
    help="Highest learning rate of the encoder.",
)
@click.option("--without", multiple=True, metavar="SET", help="Leave a set out, to calibrate and measure; repeatable.")
@click.option("--teacher", type=FOLDER, help="The --out of an earlier run, to learn from its answers, too.")
@click.option("--unlabelled", type=FILE, help="Texts as .jsonl that nobody annotated, for the teacher to tell of.")
@click.option("--threads", type=click.IntRange(1), default=DEFAULTS.threads, show_default=True, help="Of the sums.")
@click.option("--seed", type=click.IntRange(0), default=DEFAULTS.seed, show_default=True, help="Of all chance.")
def train(
    data: Path, out: Path, base: Path | None, epochs: int, rate: float, without: tuple[str, ...], teacher: Path | None,
    unlabelled: Path | None, threads: int, seed: int,
) -> None:  # fmt: skip
    """Train the extractor `encoder` on annotated documents; needs the extra train.

    The same material, epochs, rate, seed and threads give the same bytes. docs/training.md tells where to get a base,
    how to use the weights, and what their card says.
    """
    from kg.training.card import write_card
    from kg.training.progress import Progress
    from kg.training.run import train as trained

    sets = sorted(set(without))
    left_out = _sound(data, sets)
    material = Material(data=data, without=sets, base=base, teacher=teacher, unlabelled=unlabelled)
    plan = Plan(epochs=epochs, rate=rate, threads=threads, seed=seed)
    with _Telling() as telling:
        card = trained(material, out, plan, Progress(telling.tell, telling.count))
        if left_out:
            card["figures"] = _measured(out, left_out, telling.count)
            write_card(out, card)
            telling.tell(_told(card["figures"]))
    click.echo(f'{out} holds the weights; in kg.toml: [extract.encoder] weights = "{out}"')


def _sound(data: Path, without: Sequence[str]) -> "Sequence[Annotated]":
    """Return the documents of the sets left out; refuse what an annotated set has wrong."""
    from kg.jobs.evaluation.annotations import read_annotations
    from kg.training.gold import set_names

    left_out: list[Annotated] = []
    faults: list[str] = []
    for name in set_names(data):
        annotations = read_annotations(data / f"{name}.gold.jsonl")
        faults += annotations.faults
        left_out += annotations.documents if name in without else ()
    for fault in faults[:MAX_SKIPPED_SHOWN]:
        click.echo(fault, err=True)
    if (more := len(faults) - MAX_SKIPPED_SHOWN) > 0:
        click.echo(f"... and {more} more", err=True)
    if faults:
        many = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise UsageError(f"{data} has {many}, so nothing was trained; mend the lines named above")
    return left_out


def _measured(
    weights: Path, annotated: "Sequence[Annotated]", count: "Callable[[str, int, int], None]"
) -> dict[str, Any]:
    from typing import cast

    from kg.jobs.evaluation.measuring import measure
    from kg.jobs.plugins import load
    from kg.jobs.settings import DEFAULT_MIN_CONFIDENCE

    build = cast("Callable[..., Extractor]", load("kg.extractors", "encoder"))
    figures = measure(
        build(weights=str(weights)),
        annotated,
        min_confidence=DEFAULT_MIN_CONFIDENCE,
        progress=lambda _, done, everything: count("measuring documents", done, everything),
    )
    return _on_card(figures)


def _on_card(figures: "Figures") -> dict[str, Any]:
    """Return the figures that a card tells: F1 of each metric, edges by type and status, and where they fail most."""
    return {
        "documents": figures.documents,
        "f1": {name: round(value, 3) for name, value in figures.summary.items()},
        "edges_by_type": _shares(figures.by_type),
        "edges_by_status": _shares(figures.by_status),
        "weakest_types": _weakest(figures.by_type),
        "weakest_statuses": _weakest(figures.by_status),
    }


def _shares(rows: "Mapping[str, Agreement]") -> dict[str, dict[str, float]]:
    return {
        name: {
            "precision": round(one.precision, 3),
            "recall": round(one.recall, 3),
            "f1": round(one.f1, 3),
            "gold": one.gold,
        }
        for name, one in rows.items()
    }


def _weakest(rows: "Mapping[str, Agreement]") -> list[str]:
    """Return the names of the lowest F1, worst first, among those with edges enough to tell."""
    told = sorted((one.f1, name) for name, one in rows.items() if one.gold >= MIN_EDGES)
    return [name for _, name in told[:WEAKEST]]


def _told(figures: dict[str, Any]) -> str:
    f1 = figures["f1"]
    told = ", ".join(f"{name} {f1[name]:.3f}" for name in ("trigger", "edge", "edge_status", "graph"))
    weakest = ", ".join(f"{name} {figures['edges_by_type'][name]['f1']:.2f}" for name in figures["weakest_types"])
    return f"F1 on the {figures['documents']} documents left out: {told}" + (f"; weakest: {weakest}" if weakest else "")


class _Telling:
    """Lines of a training, and between them how far it is: a live line in a terminal, elsewhere one a minute."""

    def __init__(self) -> None:
        self._is_live = sys.stderr.isatty()
        self._shown = time.monotonic()

    def __enter__(self) -> "_Telling":
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        self._clear()
        if error is KeyboardInterrupt:
            click.echo("stopped; the same command goes on after the last whole epoch", err=True)

    def tell(self, line: str) -> None:
        """Print a line."""
        self._clear()
        click.echo(line, err=True)

    def count(self, what: str, done: int, everything: int) -> None:
        """Show how far it is."""
        line = f"{what} {done} of {everything}"
        if self._is_live:
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)
        elif time.monotonic() - self._shown >= LINE_SECONDS:
            self._shown = time.monotonic()
            click.echo(line, err=True)

    def _clear(self) -> None:
        if self._is_live:
            click.echo("\r\x1b[K", nl=False, err=True)
