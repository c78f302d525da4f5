"""`kg forget`."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from kg.cli.main import in_home

if TYPE_CHECKING:
    from kg.jobs.forget import Forgotten
    from kg.jobs.workplace import Workplace

MAX_DOCUMENTS_SHOWN = 10


@click.command()
@click.option("--document", "doc_id", metavar="ID", help="A document by its id (kg ask documents lists them).")
@click.option("--url", metavar="URL", help="Everything that came from this address.")
@click.option("--source", metavar="NAME", help="Everything that this source gave.")
@click.option("--because", metavar="TEXT", help="The reason; kept, and told when a source brings it back.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Tell what would go; change nothing.")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@in_home
def forget(
    workplace: "Workplace",
    doc_id: str | None,
    url: str | None,
    source: str | None,
    because: str | None,
    is_dry: bool,
    is_sure: bool,
) -> None:
    """Forget documents, and everything that rested on them alone.

    Text, raw bytes, claims, and events and actors without other support go; what other documents tell stays. No
    source brings them back. It cannot be undone; what was killed half-way is completed by the next run.
    """
    from kg.jobs.forget import NO_REASON, Wanted, plan_forgetting
    from kg.jobs.forget import forget as do

    wanted = Wanted(doc_id=doc_id, url=url, source=source)
    if is_dry or not is_sure:
        _tell("would go", plan_forgetting(workplace, wanted))
        if is_dry:
            return
        if not sys.stdin.isatty():
            raise click.UsageError("nothing was forgotten; say --yes where nobody can be asked")
        click.confirm("Forget it for ever?", abort=True)
    _tell("forgotten", do(workplace, wanted, because=because or NO_REASON))


def _tell(verb: str, forgotten: "Forgotten") -> None:
    for name in forgotten.documents[:MAX_DOCUMENTS_SHOWN]:
        click.echo(f"  {name}")
    if (more := len(forgotten.documents) - MAX_DOCUMENTS_SHOWN) > 0:
        click.echo(f"  ... and {more} more")
    counts = {"document": len(forgotten.documents), "claim": forgotten.claims, "raw file": forgotten.raw_files}
    click.echo(f"{verb}: {_counted(counts)}")
    nodes = {name.lower(): number for name, number in forgotten.nodes.items() if name not in {"Document", "Claim"}}
    click.echo(f"with them in the graph: {_counted(nodes)}")
    if forgotten.unknown_raws:
        click.echo(
            f"{forgotten.unknown_raws} raw files are of no known document and may hold one of these: look into the "
            "folder raw of the home folder",
            err=True,
        )
    for graph in forgotten.elsewhere:
        click.echo(f"the graph {graph} holds them until: kg rebuild --store {graph}", err=True)
    for graph in forgotten.unwiped:
        click.echo(f"{graph}: gone from the graph; the files of the server are its operator's to compact", err=True)
    if forgotten.maps:
        click.echo(f"{len(forgotten.maps)} maps in {forgotten.maps[0].parent} may show them: draw them anew", err=True)


def _counted(counts: Mapping[str, int]) -> str:
    told = [f"{number} {name}{'' if number == 1 else 's'}" for name, number in counts.items() if number]
    return ", ".join(told) or "nothing"
