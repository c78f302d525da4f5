"""`kg ask`."""

import textwrap
from typing import TYPE_CHECKING

import click

from kg.cli.days import KNOWN_ON_OPTION
from kg.cli.main import in_workplace
from kg.cli.reports import line_width, print_rows

if TYPE_CHECKING:
    from datetime import date

    from kg.jobs.workplace import Workplace
    from kg.model.protocols import Row


@click.command()
@click.argument("name", required=False, metavar="[NAME|FILE.cypher]")
@click.argument("parameters", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--list", "is_list", is_flag=True, help="List the saved questions, or the one named.")
@click.option("-q", "--query", "cypher", help="Any read-only Cypher instead of a saved question.")
@click.option("--format", "kind", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True, help="Most rows.")
@KNOWN_ON_OPTION
@in_workplace
def ask(
    workplace: "Workplace",
    name: str | None,
    parameters: tuple[str, ...],
    is_list: bool,
    cypher: str | None,
    kind: str,
    limit: int,
    known_on: "date | None",
) -> None:
    r"""Answer a saved question, or any read-only Cypher.

    NAME is a saved question or a .cypher FILE of your own. Parameters of -q are texts.

    \b
    kg ask mediation
    kg ask sanction-life target=NIS
    kg ask mediation --known-on 2025-06-20
    kg ask --list between
    kg ask mine.cypher day=2025-06-20
    kg ask -q 'MATCH (e:Event) RETURN e.etype, count(*) ORDER BY 2 DESC'
    """
    from kg.jobs.ask import ask as answer
    from kg.jobs.ask import query

    if is_list:
        _list_questions(name)
        return
    given = dict(_pair(text, name) for text in parameters)
    if cypher is not None:
        if name is not None and "=" in name:
            given, name = {**dict([_pair(name, None)]), **given}, None
        if name is not None:
            raise click.UsageError(f"give a question ({name!r}) or a query (-q), not both")
        _print(query(workplace, cypher, given, limit=limit + 1, known_on=known_on), limit, kind)
    elif name is not None:
        _print(answer(workplace, name, given, limit=limit + 1, known_on=known_on), limit, kind)
    else:
        raise click.UsageError("name a question (kg ask --list shows them), or give Cypher with -q")


def _print(rows: "list[Row]", limit: int, kind: str) -> None:
    print_rows(rows[:limit], kind)
    if len(rows) > limit:
        click.echo(f"only the first {limit} rows are shown; more with --limit", err=True)


def _pair(text: str, question: str | None) -> tuple[str, str]:
    from kg.jobs.questions import question_called

    key, sign, value = text.partition("=")
    if not sign or not key:
        keys = [f"{parameter.name}=" for parameter in question_called(question).parameters] if question else []
        example = f"; {question} takes {' '.join(keys) or 'none'}" if question else ", for example target=NIS"
        raise click.UsageError(f"{text!r} is no KEY=VALUE pair{example}")
    return key, value


def _list_questions(name: str | None) -> None:
    from kg.jobs.questions import load_questions, question_called

    for question in [question_called(name)] if name else load_questions().values():
        click.echo(question.name)
        _indented(question.purpose, 4)
        for parameter in question.parameters:
            default = "required" if parameter.is_required else f"default {parameter.default!r}"
            _indented(f"{parameter.name}= {parameter.type}, {default}: {parameter.meaning}", 8)


def _indented(text: str, more: int) -> None:
    for line in textwrap.wrap(text, line_width(), initial_indent="    ", subsequent_indent=" " * more):
        click.echo(line)
