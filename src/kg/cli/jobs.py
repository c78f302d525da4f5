"""`kg run`, `kg schedule`, `kg runs`, `kg rebuild`, `kg doctor`."""

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.main import in_home, in_workplace
from kg.cli.reading import EXIT_CANCELLED
from kg.cli.reports import Counter, print_rows, tell_run

if TYPE_CHECKING:
    from kg.jobs.schedule import Event
    from kg.jobs.workplace import Workplace
    from kg.model.runs import RunReport


@click.command()
@click.argument("job")
@in_workplace
def run(workplace: "Workplace", job: str) -> None:
    """Run a job of kg.toml now. Exit 75: it runs already."""
    from kg.jobs.ingest import run_job

    with Counter() as counter:
        report = run_job(workplace, job, progress=counter.show)
    tell_run(report, workplace.target)
    if report.state == "cancelled":
        sys.exit(EXIT_CANCELLED)


@click.command()
@click.option("--once", is_flag=True, help="Run what is due now and end: for cron and systemd timers.")
@in_workplace
def schedule(workplace: "Workplace", once: bool) -> None:
    """Run the jobs of kg.toml when they are due, until SIGTERM. Exit 75: a scheduler of this home runs already."""
    from kg.jobs.schedule import EXIT_BUSY, Finished
    from kg.jobs.schedule import schedule as keep

    failed: list[str] = []

    def tell(event: "Event") -> None:
        click.echo(_line(event), err=True)
        if isinstance(event, Finished) and event.exit_code not in (0, EXIT_BUSY):
            failed.append(event.job)

    keep(workplace, once=once, tell=tell)
    if once and failed:
        sys.exit(1)


def _line(event: "Event") -> str:
    """Return what a scheduler did as a line with the time, UTC."""
    from kg.jobs.schedule import Finished, Hindrance

    at = f"{event.at:%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(event, Hindrance):
        return f"{at} kg: {' '.join(event.reason.split())}"
    if not isinstance(event, Finished):
        return f"{at} {event.job}: started"
    if event.exit_code is None:
        return f"{at} {event.job}: ran out of time and was ended after {event.seconds:.0f} s"
    ended = "done" if event.exit_code == 0 else f"ended with exit code {event.exit_code}"
    return f"{at} {event.job}: {ended} after {event.seconds:.0f} s"


@click.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--last", is_flag=True, help="The last run in full, with everything that was skipped.")
@click.option("--format", "kind", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@in_home
def runs(workplace: "Workplace", limit: int, last: bool, kind: str) -> None:
    """List what ran, when, and what it did."""
    from kg.jobs.runs import runs as newest

    reports = newest(workplace, 1 if last else limit)
    if not last or not reports:
        print_rows([_told(report) for report in reports], kind)
        return
    skipped: list[dict[str, object]] = [{"skipped": item.locator, "reason": item.reason} for item in reports[0].skipped]
    if kind == "json":
        print_rows([{**_told(reports[0]), "skipped": skipped}], kind)
        return
    if kind == "table":
        print_rows([_told(reports[0])], kind)
        click.echo()
    if skipped or kind == "csv":
        print_rows(skipped, kind)
    else:
        click.echo("nothing was skipped")


def _told(report: "RunReport") -> dict[str, object]:
    return {
        "started": report.started,
        "ended": report.ended,
        "job": report.job,
        "state": report.state.value,
        "read": report.documents_read,
        "new": report.documents_new,
        "forgotten": report.documents_forgotten,
        "claims": report.claims_new,
        "skipped": len(report.skipped),
        "error": report.error,
    }


@click.command()
@click.option(
    "--from",
    "start",
    type=click.Choice(["resolve"]),
    help="`resolve`: resolve everything anew, and write only what differs from what was written.",
)
@click.option("--diff", "is_diff", is_flag=True, help="Print what would change; write nothing.")
@in_home
def rebuild(workplace: "Workplace", start: str | None, is_diff: bool) -> None:
    """Write the graph anew from the ledger alone."""
    from kg.jobs.rebuilding import difference
    from kg.jobs.rebuilding import rebuild as write_anew

    if is_diff:
        found = difference(workplace)
        counts = [
            {
                "what": one.name,
                "created": one.created,
                "changed": one.changed,
                "deleted": one.deleted,
                "examples": "; ".join(one.examples),
            }
            for one in found
        ]
        if counts:
            print_rows(counts, "table")
        else:
            click.echo("a rebuild would change nothing")
        return
    written = write_anew(workplace, differing=start is not None)
    click.echo(
        f"graph {workplace.target}: {written.nodes_created} nodes and {written.relationships_created} relationships "
        f"created, {written.nodes_deleted} and {written.relationships_deleted} deleted"
    )


@click.command()
@in_workplace
def doctor(workplace: "Workplace") -> None:
    """Look for what keeps kg from working; exit 1 when something does."""
    from kg.jobs.doctor import examine

    ill = False
    for finding in examine(workplace):
        ill = ill or not finding.is_well
        click.echo(f"{'ok  ' if finding.is_well else 'BAD '} {finding.subject:<14} {finding.detail}")
    if ill:
        sys.exit(1)
