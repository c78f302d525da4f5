"""`kg map`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.days import KNOWN_ON_OPTION, Day
from kg.cli.main import in_workplace

if TYPE_CHECKING:
    from kg.jobs.workplace import Workplace


@click.command("map")
@click.argument("actors", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write [HOME/maps/...].")
@click.option("--from", "since", type=Day(), help="First day; events without a date stay.")
@click.option("--to", "until", type=Day(), help="Last day.")
@click.option("--format", "kind", default="html", show_default=True, help="html, graphml or json.")
@click.option("--no-quotes", is_flag=True, help="Leave the quoted sentences out of the file.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    help="Leave events below it out [min_confidence of kg.toml on maps, 0 in data files].",
)
@KNOWN_ON_OPTION
@in_workplace
def draw_map(
    workplace: "Workplace",
    actors: tuple[str, ...],
    output: Path | None,
    since: date | None,
    until: date | None,
    kind: str,
    no_quotes: bool,
    min_confidence: float | None,
    known_on: date | None,
) -> None:
    """Draw the graph as one offline HTML file.

    ACTORS are names or ids (Russia, NIS, RUS); the map then holds the events in which one of them plays a part.
    Without, everything.
    """
    from kg.jobs.draw import draw
    from kg.model.graph import Selection

    selection = Selection(actors=actors, since=since, until=until)
    options = {"quotes": "no"} if no_quotes else {}
    drawn = draw(
        workplace,
        selection,
        output=output,
        kind=kind,
        options=options,
        min_confidence=min_confidence,
        known_on=known_on,
    )
    labels = ("Actor", "Event", "Claim", "Document")
    counts = {label: sum(node.label == label for node in drawn.graph.nodes) for label in labels}
    told = ", ".join(f"{n} {label.lower()}{'' if n == 1 else 's'}" for label, n in counts.items())
    click.echo(f"{drawn.path}: {told}")
    if drawn.left_out:
        click.echo(f"{drawn.left_out} events are too uncertain to be drawn; --min-confidence 0 shows them")
    if kind == "html":
        click.echo(f"open it: {drawn.path.absolute().as_uri()}")


map = draw_map  # noqa: A001 - the name under which the command group finds it
