"""How runs and rows are shown."""

import csv
import io
import json
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from rich.table import Table

    from kg.model.runs import RunReport

MAX_SKIPPED_SHOWN = 20
LINE_EVERY_SECONDS = 60.0
FOLDED_COLUMN = 40  # characters that a column of sentences must at least get
BETWEEN = " · "
LINE_WIDTH = 100  # characters a line of text gets at most
WIDTH_OF_FILES = 160  # characters a line where nobody tells the width of a terminal
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "|", "＝", "＋", "－", "＠")


class Counter:
    """The counters of a run under way: one live line in a terminal, a line a minute elsewhere."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._last = time.monotonic()
        self._drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            click.echo("\r\x1b[K", nl=False, err=True)

    def show(self, report: "RunReport") -> None:
        """Show the counters, at most ten times a second."""
        pause = 0.1 if self._live else LINE_EVERY_SECONDS
        if time.monotonic() - self._last < pause:
            return
        self._last = time.monotonic()
        line = f"{report.documents_read} documents read, {report.documents_new} new, {report.claims_new} claims"
        click.echo(f"\r\x1b[K{line}" if self._live else line, nl=not self._live, err=True)
        self._drawn = self._live


def line_width() -> int:
    """Return how many characters a line of text may have: LINE_WIDTH, fewer in a narrower terminal."""
    return min(LINE_WIDTH, shutil.get_terminal_size().columns) if sys.stdout.isatty() else LINE_WIDTH


def tell_run(report: "RunReport", target: str) -> None:
    """Print what a run did."""
    written = report.written
    click.echo(
        f"{report.documents_read} {'document' if report.documents_read == 1 else 'documents'} read: "
        f"{report.documents_new} new, {report.documents_known} known; "
        f"{report.claims_new} new claims"
    )
    if report.documents_forgotten:
        click.echo(f"{report.documents_forgotten} documents forgotten, whose days of keep_days were over")
    click.echo(
        f"graph {target}: {written.nodes_created} nodes and {written.relationships_created} relationships created, "
        f"{written.nodes_deleted} and {written.relationships_deleted} deleted"
    )
    for item in report.skipped[:MAX_SKIPPED_SHOWN]:
        click.echo(f"skipped {item.locator}: {' '.join(item.reason.split())}", err=True)
    if (more := len(report.skipped) - MAX_SKIPPED_SHOWN) > 0:
        click.echo(f"... and {more} more skipped; kg runs --last shows all", err=True)
    if report.state != "done":
        click.echo(f"run {report.state}", err=True)


def print_rows(rows: Sequence[dict[str, object]], kind: str) -> None:
    """Print rows as a table, as JSON (a list of objects) or as CSV that no spreadsheet runs as formulas."""
    if kind == "json":
        click.echo(json.dumps([{k: _plain(v) for k, v in row.items()} for row in rows], ensure_ascii=False, indent=1))
    elif kind == "csv":
        click.echo(_csv(rows), nl=False)
    else:
        _table(rows)


def _csv(rows: Sequence[dict[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_safe_cell(value) for value in row.values()])
    return out.getvalue()


def _safe_cell(value: object) -> object:
    if value is None or isinstance(value, int | float):
        return value
    text = _cell(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _table(rows: Sequence[dict[str, object]]) -> None:
    """Print rows as a grid in which what has several words may fold, else one below the other, columns in a line."""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else WIDTH_OF_FILES, highlight=False, soft_wrap=False)
    if not rows:
        console.print("no rows")
        return
    least = {name: _least_width(name, [_cell(row[name]) for row in rows]) for name in rows[0]}
    if sum(least.values()) + 2 * (len(least) - 1) <= console.width:
        console.print(_grid(rows, least))
        return
    for no, row in enumerate(rows, 1):
        console.print(_record(str(no), row, console.width))


def _least_width(name: str, cells: Sequence[str]) -> int:
    """Characters below which a column cannot be read: no word is broken, and a sentence gets FOLDED_COLUMN."""
    widest = max(len(name), *map(len, cells))
    word = max((len(word) for text in (name, *cells) for word in text.split()), default=0)
    return min(widest, max(word, FOLDED_COLUMN if widest > 2 * FOLDED_COLUMN else FOLDED_COLUMN // 2))


def _grid(rows: Sequence[dict[str, object]], least: Mapping[str, int]) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, value in rows[0].items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        table.add_column(Text(name), justify="right" if is_number else "left", min_width=least[name])
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row.values()))
    return table


def _record(no: str, row: Mapping[str, object], width: int) -> "Table":
    """Return a row on as few lines as its columns need side by side; what is empty is left out."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    lines: list[list[Text]] = []
    room = 0
    for name, value in row.items():
        if value not in (None, [], ""):
            told = Text.assemble((name, "bold"), " ", _cell(value))
            if len(told) > room:
                lines.append([])
                room = width - len(no) - 2
            lines[-1].append(told)
            room -= len(told) + len(BETWEEN)
    for at, line in enumerate(lines):
        table.add_row("" if at else no, Text(BETWEEN).join(line))
    return table


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, dict):
        return json.dumps(_plain(value), ensure_ascii=False)
    return "".join(c if c.isprintable() else " " for c in str(value))


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    return value
