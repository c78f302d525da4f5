"""`kg demo`."""

from contextlib import closing
from pathlib import Path

import click

from kg.cli.reports import print_rows, tell_run

MAX_ROWS_SHOWN = 8


@click.command()
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), default=Path("demo"), show_default=True, help="Where."
)
def demo(folder: Path) -> None:
    """Read the packaged sample, print three answers, write a map.

    Everything lies in one folder, which you may delete; your own graph is not touched.
    """
    from kg.jobs.demo import answers, draw_sample, read_sample
    from kg.jobs.workplace import open_workplace

    home = folder / ".kg"
    workplace = open_workplace(home, store=str(home / "graph"))
    with closing(workplace.graph_store()):  # one engine for all that follows, not one for each question
        tell_run(read_sample(workplace), workplace.target)
        for answer in answers(workplace):
            click.echo(f"\n{answer.question}\n$ {answer.command} --home {home}")
            print_rows(answer.rows[:MAX_ROWS_SHOWN], "table")
            if (more := len(answer.rows) - MAX_ROWS_SHOWN) > 0:
                click.echo(f"... and {more} more rows")
        path = draw_sample(workplace)
    click.echo(f"\nThe map: {path.absolute().as_uri()}")
