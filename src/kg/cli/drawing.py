"""`kg map` and `kg open`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.days import Day, known_on_option
from kg.cli.main import in_workplace

if TYPE_CHECKING:
    from kg.jobs.chosen import Asked
    from kg.jobs.workplace import Workplace


@click.command("map")
@click.argument("actors", nargs=-1)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write, or a folder (a name without a suffix), which gets an index of its maps [HOME/maps/...].",
)
@click.option("--question", help="Draw what a saved question or a .cypher FILE returns: actors or events.")
@click.option("--from", "since", type=Day(), help="First day; events without a date stay.")
@click.option("--to", "until", type=Day(), help="Last day.")
@known_on_option("--as-of")
@click.option("--status", help="Only events told so, parted by commas: happened,offered,denied ...")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    help="Leave events below it out [min_confidence of kg.toml on maps, 0 in data files].",
)
@click.option("--no-quotes", is_flag=True, help="Leave the quoted sentences out of the file.")
@click.option(
    "--layout",
    type=click.Choice(["kept", "anew", "circle"]),
    help="Actors stand where they stood before, have their places found anew, or stand on a circle [kept].",
)
@click.option("--theme", type=click.Choice(["light", "dark"]), help="Colours [those of the reader's system].")
@click.option("--language", type=click.Choice(["en", "ru"]), help="Language of what is not quoted [en].")
@click.option("--format", "kind", help="html, svg, png, graphml, gexf, json or csv [by the suffix of -o, else html].")
@in_workplace
def draw_map(
    workplace: "Workplace",
    actors: tuple[str, ...],
    output: Path | None,
    question: str | None,
    since: date | None,
    until: date | None,
    known_on: date | None,
    status: str | None,
    min_confidence: float | None,
    no_quotes: bool,
    layout: str | None,
    theme: str | None,
    language: str | None,
    kind: str | None,
) -> None:
    r"""Draw the graph, by default as one offline HTML file.

    ACTORS are names or ids (Russia, NIS, RUS); the map then holds the events in which one of them plays a part.
    Without, everything. With --question they are its parameters, KEY=VALUE.

    \b
    kg map Russia Iran Israel -o map.html
    kg map --question mediation actor=Iran --status offered,requested
    kg map --as-of 2025-06-20 --format svg
    kg map -o maps
    """
    from kg.jobs.draw import draw
    from kg.model.graph import Selection

    if since and until and since > until:
        raise click.UsageError(f"--from {since} is after --to {until}; exchange them")
    options = {"quotes": "no" if no_quotes else None, "layout": layout, "theme": theme, "language": language}
    drawn = draw(
        workplace,
        Selection(actors=() if question else actors, since=since, until=until),
        asked=_asked(question, actors) if question else None,
        statuses=tuple(filter(None, status.split(","))) if status else (),
        output=output,
        kind=kind,
        options={name: word for name, word in options.items() if word},
        min_confidence=min_confidence,
        known_on=known_on,
    )
    told = ", ".join(f"{n} {label.lower()}{'' if n == 1 else 's'}" for label, n in drawn.counts.items())
    click.echo(f"{drawn.path}: {told}")
    if drawn.left_out:
        click.echo(f"{drawn.left_out} events are too uncertain to be drawn; --min-confidence 0 shows them")
    if drawn.index:
        click.echo(f"listed in {drawn.index}")
    if drawn.kind == "html":
        click.echo(f"open it: {drawn.path.absolute().as_uri()}")


def _asked(question: str, parameters: tuple[str, ...]) -> "Asked":
    from kg.jobs.chosen import Asked

    given = {}
    for text in parameters:
        key, sign, value = text.partition("=")
        if not sign or not key:
            raise click.UsageError(
                f"{text!r} is no KEY=VALUE pair; with --question whom it is about is a parameter, such as actor=Iran"
            )
        given[key] = value
    return Asked(question=question, given=given)


@click.command("open")
@in_workplace
def open_map(workplace: "Workplace") -> None:
    """Open the map that was drawn last in the browser."""
    import webbrowser

    from kg.jobs.draw import last_map

    path = last_map(workplace)
    if webbrowser.open(path.as_uri()):
        click.echo(f"opened {path}")
    else:
        click.echo(f"there is no browser here; open it elsewhere: {path}")


map = draw_map  # noqa: A001 - the names under which the command group finds them
open = open_map  # noqa: A001
