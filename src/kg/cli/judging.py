"""`kg merge`, `kg split`, `kg undo`, `kg judgements`, `kg review`."""

from typing import TYPE_CHECKING

import click

from kg.cli.main import in_workplace
from kg.cli.reports import print_rows
from kg.jobs.lines import line_of
from kg.model.errors import UsageError
from kg.model.judgements import Verdict

if TYPE_CHECKING:
    from kg.jobs.judging import Bench, Decided
    from kg.jobs.review import Question, Side
    from kg.jobs.workplace import Workplace
    from kg.model.graph import WriteReport
    from kg.model.judgements import Judgement

_because = click.option("--because", required=True, help="Why, in your words; kept with the judgement.")
_ANSWERS = {"y": Verdict.POSITIVE, "n": Verdict.NEGATIVE, "s": Verdict.UNSURE}


@click.command()
@click.argument("one")
@click.argument("other")
@_because
@in_workplace
def merge(workplace: "Workplace", one: str, other: str, because: str) -> None:
    r"""Judge that two actors are the same: by id, name, or number on a list.

    \b
    kg merge "Abbas Araqtschi" "Abbas Araghchi" --because "same office, same day"
    kg merge "Georgia@doc_1f..." USA --because "the state of the union, not the country"
    """
    from kg.jobs.judging import merge as judge_same

    _tell(judge_same(workplace, one, other, because))


@click.command()
@click.argument("one")
@click.argument("other")
@_because
@in_workplace
def split(workplace: "Workplace", one: str, other: str, because: str) -> None:
    r"""Judge that two names, or a name in one document and elsewhere, are not the same actor.

    \b
    kg split "Adria Cargo" "Adria Cargo Ltd" --because "another register number"
    kg split "Ada Moreau@doc_1f..." "Ada Moreau" --because "the singer, not the senator"
    """
    from kg.jobs.judging import split as judge_different

    _tell(judge_different(workplace, one, other, because))


@click.command()
@click.argument("judgement_id", metavar="[ID]", required=False)
@in_workplace
def undo(workplace: "Workplace", judgement_id: str | None) -> None:
    """Mark a judgement as one that no longer holds; the last one unless an id is given."""
    from kg.jobs.judging import undo as take_back

    decided = take_back(workplace, judgement_id)
    click.echo(f"undone {_line(decided.judgement)}")
    _tell_written(decided.written)


@click.command()
@click.option("--format", "kind", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@in_workplace
def judgements(workplace: "Workplace", kind: str) -> None:
    """List every judgement, undone ones too, the oldest first."""
    from kg.jobs.judging import listed

    print_rows(listed(workplace), kind)


@click.command()
@in_workplace
def review(workplace: "Workplace") -> None:
    """Show undecided pairs, the likeliest first, and judge them: y same, n not the same, s skip, q quit."""
    from kg.jobs.judging import review as judge_at_bench

    _tell_written(judge_at_bench(workplace, _review))


def _review(bench: "Bench") -> None:
    """Ask until nothing is open or the person has enough; a pair that an answer decided is not asked."""
    from kg.jobs.review import question_of

    _tell_conflicts(bench)
    refused: set[tuple[str, str]] = set()
    while pairs := [pair for pair in bench.open_pairs() if (pair.left, pair.right) not in refused]:
        pair = pairs[0]
        question = question_of(bench, pair)
        _show(question, len(pairs))
        try:
            answer = click.prompt("same?", type=click.Choice(["y", "n", "s", "q"]), prompt_suffix=" ")
        except click.Abort:
            answer = "q"
        if answer == "q":
            click.echo(f"{len(pairs)} pairs are left")
            return
        try:
            judgement = bench.judge(_ANSWERS[answer], question.left.seen, question.right.seen, "judged in kg review")
        except UsageError as error:
            click.echo(f"kg: {error}", err=True)
            refused.add((pair.left, pair.right))
        else:
            click.echo(_line(judgement))
    click.echo("nothing is undecided" if not refused else f"{len(refused)} pairs are left")


def _tell_conflicts(bench: "Bench") -> None:
    for conflict in bench.conflicts():
        click.echo(click.style(f"conflict ({conflict.kind}): ", "red") + line_of(conflict.told))
        for judgement in bench.judgements:
            if judgement.judgement_id in conflict.judgement_ids:
                click.echo(f"    {_line(judgement)}   kg undo {judgement.judgement_id}")


def _show(question: "Question", n_open: int) -> None:
    click.echo()
    click.secho(f"score {question.score:.2f}, {n_open} to judge", bold=True)
    for reason in question.reasons:
        click.echo(f"  {reason.feature:<7} {reason.score:.2f}  {line_of(reason.told)}")
    for letter, side in (("A", question.left), ("B", question.right)):
        _show_side(letter, side)


def _show_side(letter: str, side: "Side") -> None:
    from kg.jobs.judging import describe

    seen = side.seen
    click.secho(f"{letter}  {describe(seen)}", bold=True)
    names = [name for name in seen.names if name != seen.key]
    if names:
        click.echo(f"   also {line_of('; '.join(names))}")
    if seen.births:
        click.echo(f"   born {', '.join(seen.births)}")
    click.echo(f"   {side.actor_id}, {seen.n_documents} document{'s' if seen.n_documents != 1 else ''}")
    for told in side.evidence:
        where = ", ".join(filter(None, (told.document, told.publisher, told.day)))
        click.echo(f"   “{told.sentence}” ({where})")


def _tell(decided: "Decided") -> None:
    click.echo(_line(decided.judgement))
    _tell_written(decided.written)


def _line(judgement: "Judgement") -> str:
    from kg.jobs.judging import told_shortly

    return told_shortly(judgement)


def _tell_written(written: "WriteReport") -> None:
    click.echo(
        f"graph: {written.nodes_created} nodes and {written.relationships_created} relationships created, "
        f"{written.nodes_deleted} and {written.relationships_deleted} deleted"
    )
