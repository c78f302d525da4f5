"""`kg ingest` and `kg extract`."""

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from kg.cli.main import in_workplace
from kg.cli.reports import Counter, tell_run

if TYPE_CHECKING:
    from kg.jobs.workplace import Workplace

EXIT_NOTHING_READ = 4
EXIT_CANCELLED = 143

EXTRACTOR_OPTION = click.option(
    "--extractor",
    "extractors",
    multiple=True,
    metavar="NAME",
    help="Use this extractor; may be given again. `default` stands for those of kg.toml.",
)


class Instant(click.ParamType[datetime]):
    """An ISO 8601 time; without an offset it is UTC."""

    name = "TIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the instant in UTC, or fail with what was given."""
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no ISO 8601 time such as 2025-06-27T12:00Z", param, ctx)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


@click.command()
@click.argument("places", nargs=-1, metavar="[PATH|URL]...")
@click.option("--feed", "feeds", multiple=True, metavar="URL", help="An RSS or Atom feed; may be given again.")
@click.option(
    "--retrieved-at", type=Instant(), help="When the files were fetched; dates like '5 days ago' count from it."
)
@EXTRACTOR_OPTION
@in_workplace
def ingest(
    workplace: "Workplace",
    places: tuple[str, ...],
    feeds: tuple[str, ...],
    retrieved_at: datetime | None,
    extractors: tuple[str, ...],
) -> None:
    """Read files, folders, pages or feeds into the graph.

    Texts, HTML pages, .jsonl dumps and UN sanctions lists are told apart by themselves. Reading the same again
    writes nothing. With --extractor only what is named here is read, also what earlier runs read with others.
    """
    from kg.jobs.ingest import ingest as read
    from kg.jobs.ingest import sources_of

    if not places and not feeds:
        raise click.UsageError(
            "name a file, a folder or a URL, for example: kg ingest news/ --retrieved-at 2025-06-27T12:00Z"
        )
    sources = sources_of(workplace, places, feeds=feeds, retrieved_at=retrieved_at)
    with Counter() as counter:
        report = read(workplace, sources, extractors=extractors, progress=counter.show)
    tell_run(report, workplace.target)
    if report.state == "cancelled":
        sys.exit(EXIT_CANCELLED)
    if report.skipped and not report.documents_read:
        sys.exit(EXIT_NOTHING_READ)


@click.command()
@click.argument("places", nargs=-1, required=True, metavar="PATH|URL...")
@click.option("--format", "kind", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--retrieved-at", type=Instant(), help="When the files were fetched.")
@EXTRACTOR_OPTION
@click.option("--explain", is_flag=True, help="Show what each claim rests on: words, spans, cues, dates.")
@in_workplace
def extract(
    workplace: "Workplace",
    places: tuple[str, ...],
    kind: str,
    retrieved_at: datetime | None,
    extractors: tuple[str, ...],
    explain: bool,
) -> None:
    """Print what would be stored; write nothing."""
    from kg.jobs.ingest import preview, sources_of

    if explain and kind != "text":
        raise click.UsageError(f"--explain is for people, --format {kind} for programs; give one of the two")
    read = preview(workplace, sources_of(workplace, places, retrieved_at=retrieved_at), extractors)
    least = workplace.settings.min_confidence
    if explain:
        from kg.cli.explaining import Explaining

        explaining = Explaining(min_confidence=least)
        for document, found in read:
            explaining.show(document, found)
        return
    from kg.jobs.lines import claim_lines, predictions_line

    for document, found in read:
        if kind == "jsonl":
            click.echo(predictions_line(document, found))
        else:
            for line in claim_lines(document, found, min_confidence=least):
                click.echo(line)
