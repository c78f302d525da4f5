"""`kg merge`, `kg split`, `kg undo`, `kg judgements`, `kg review`."""

from typing import TYPE_CHECKING

import click

from kg.cli.main import in_home
from kg.cli.reports import print_rows
from kg.jobs.lines import line_of
from kg.model.errors import UsageError
from kg.model.judgements import Verdict

if TYPE_CHECKING:
    from kg.jobs.disputes import Dispute
    from kg.jobs.judging import Bench, Decided
    from kg.jobs.review import Question, Side
    from kg.jobs.workplace import Workplace
    from kg.model.graph import WriteReport
    from kg.model.judgements import Judgement, Likeness


def _reason(_: click.Context, __: click.Parameter, words: str) -> str:
    if not words.strip():
        raise click.BadParameter("a judgement needs a reason; say why in some words")
    return words


_because = click.option(
    "--because", required=True, callback=_reason, help="Why, in your words; kept with the judgement."
)
_ANSWERS = {"y": Verdict.POSITIVE, "n": Verdict.NEGATIVE, "s": Verdict.UNSURE}
_RULINGS = {"a": Verdict.LEFT, "b": Verdict.RIGHT, "d": Verdict.NEGATIVE, "s": Verdict.UNSURE}
_QUIT = "q"
_BECAUSE = "judged in kg review"


@click.command()
@click.argument("one")
@click.argument("other")
@_because
@in_home
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
@in_home
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
@in_home
def undo(workplace: "Workplace", judgement_id: str | None) -> None:
    """Mark a judgement as one that no longer holds; the last one unless an id is given."""
    from kg.jobs.judging import undo as take_back

    decided = take_back(workplace, judgement_id)
    click.echo(f"undone {_line(decided.judgement)}")
    _tell_written(decided.written)


@click.command()
@click.option("--format", "kind", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@in_home
def judgements(workplace: "Workplace", kind: str) -> None:
    """List every judgement, undone ones too, the oldest first."""
    from kg.jobs.judging import listed

    print_rows(listed(workplace), kind)


@click.command()
@in_home
def review(workplace: "Workplace") -> None:
    """Judge undecided pairs and claims that contradict each other, the surest first.

    Of a pair: y same, n not the same. Of two claims: a or b is right, d they tell of different events. s skip, q quit.
    """
    from kg.jobs.judging import review as judge_at_bench

    _tell_written(judge_at_bench(workplace, _review))


def _review(bench: "Bench") -> None:
    """Ask until nothing is open or the person has enough; what an answer decided is not asked."""
    _tell_conflicts(bench)
    refused: set[tuple[str, str]] = set()
    while True:
        pairs = [pair for pair in bench.open_pairs() if (pair.left, pair.right) not in refused]
        disputes = bench.open_disputes()
        if not pairs and not disputes:
            break
        n_open = len(pairs) + len(disputes)
        if disputes and (not pairs or disputes[0].score > pairs[0].score):
            has_answered = _ask_dispute(bench, disputes[0], n_open)
        else:
            has_answered = _ask_pair(bench, pairs[0], n_open, refused)
        if not has_answered:
            click.echo(f"{n_open} are left to judge")
            return
    click.echo("nothing is undecided" if not refused else f"{len(refused)} are left to judge")


def _ask_pair(bench: "Bench", pair: "Likeness", n_open: int, refused: set[tuple[str, str]]) -> bool:
    """Ask whether two actors are the same; False when the person has enough. What cannot be judged so is refused."""
    from kg.jobs.review import question_of

    question = question_of(bench, pair)
    _show(question, n_open)
    answer = _prompt("same?", "yns")
    if answer == _QUIT:
        return False
    try:
        judgement = bench.judge(_ANSWERS[answer], question.left.seen, question.right.seen, _BECAUSE)
    except UsageError as error:
        click.echo(f"kg: {error}", err=True)
        refused.add((pair.left, pair.right))
    else:
        click.echo(_line(judgement))
    return True


def _ask_dispute(bench: "Bench", dispute: "Dispute", n_open: int) -> bool:
    """Ask which of two claims is right; False when the person has enough."""
    click.echo()
    click.secho(f"score {dispute.score:.2f}, {n_open} to judge", bold=True)
    click.echo(f"  {dispute.event}: they contradict each other: {dispute.on}")
    for letter, side in (("A", dispute.left), ("B", dispute.right)):
        click.secho(f"{letter}  {side.told}", bold=True)
        click.echo(f"   “{side.quote}” ({side.source})")
    answer = _prompt("which is right? (d: they tell of different events)", "abds")
    if answer == _QUIT:
        return False
    click.echo(_line(bench.judge_claims(_RULINGS[answer], dispute, _BECAUSE)))
    return True


def _prompt(text: str, letters: str) -> str:
    try:
        return str(click.prompt(text, type=click.Choice([*letters, _QUIT]), prompt_suffix=" "))
    except click.Abort:
        return _QUIT


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
