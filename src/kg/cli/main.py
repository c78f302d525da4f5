"""The command `kg`."""

import logging
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from kg import __version__
from kg.model.errors import KgError

P = ParamSpec("P")
T = TypeVar("T")

PLACE_OPTIONS = (
    click.option("--home", type=click.Path(path_type=Path), help="Folder with your state [KG_HOME, else .kg]."),
    click.option("--config", type=click.Path(path_type=Path), help="Settings and jobs [kg.toml beside the home]."),
    click.option("--store", help="Graph: a folder, or bolt://HOST:PORT of a Neo4j [KG_STORE, else HOME/graph]."),
)


def in_workplace(command: Callable[P, T]) -> Callable[..., T]:
    """Give a command the options --home, --config and --store, and the workplace they name as first argument."""
    return _placed(command, asks=False)


def in_home(command: Callable[P, T]) -> Callable[..., T]:
    """Give a command what `in_workplace` gives; a home that holds no ledger is told, and none is made."""
    return _placed(command, asks=True)


def _placed(command: Callable[P, T], *, asks: bool) -> Callable[..., T]:
    @wraps(command)
    def opened(*args: P.args, **kwargs: P.kwargs) -> T:
        from kg.jobs.workplace import open_workplace

        home, config, store = (kwargs.pop(name, None) for name in ("home", "config", "store"))
        workplace = open_workplace(home, config, store)  # type: ignore[arg-type]  # click has checked the types
        if asks:
            workplace.require_ledger()
        return command(workplace, *args, **kwargs)  # type: ignore[arg-type]  # ParamSpec cannot take one argument off

    for option in reversed(PLACE_OPTIONS):
        opened = option(opened)
    return opened


class _Commands(click.Group):
    """Loads the module of a command when it is called or its help is asked for, so that `kg --help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command: click.Command = getattr(import_module(f"kg.cli.{COMMANDS[cmd_name][0]}"), cmd_name)
        # Raw docstrings spell out the character that keeps click from filling a paragraph.
        command.help = (command.help or "").replace("\\b\n", "\b\n")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from difflib import get_close_matches

        if args and args[0] not in COMMANDS and (near := get_close_matches(args[0], COMMANDS, n=1)):
            raise click.UsageError(f"no command is called {args[0]!r}; did you mean {near[0]!r}?", ctx)
        return super().resolve_command(ctx, args)


COMMANDS = {
    "demo": ("demo", "Read the packaged sample, print three answers, write a map."),
    "ingest": ("reading", "Read files, folders, pages or feeds into the graph."),
    "extract": ("reading", "Print what would be stored; write nothing."),
    "eval": ("evaluating", "Measure extractors against annotated documents."),
    "train": ("training", "Train the encoder on annotated documents of your own."),
    "ask": ("asking", "Answer a saved question, or any read-only Cypher."),
    "sanctions": ("sanctions", "Tell what holds for a target on a day, and what that rests on."),
    "why": ("looking", "Show every claim behind an event, or behind the ties of two actors."),
    "actor": ("looking", "Show who an actor is, its dealings and its evidence."),
    "map": ("drawing", "Draw the graph as one offline HTML file, or for other programs."),
    "open": ("drawing", "Open the map that was drawn last in the browser."),
    "run": ("jobs", "Run a job of kg.toml now."),
    "schedule": ("jobs", "Run the jobs of kg.toml when they are due."),
    "runs": ("jobs", "List what ran, when, and what it did."),
    "rebuild": ("jobs", "Write the graph anew from the ledger."),
    "forget": ("forgetting", "Forget documents, and everything that rested on them alone."),
    "merge": ("judging", "Judge that two actors are the same."),
    "split": ("judging", "Judge that two names, or one here and elsewhere, are not the same actor."),
    "undo": ("judging", "Take back a judgement."),
    "judgements": ("judging", "List every judgement, undone ones too."),
    "review": ("judging", "Judge undecided pairs in the terminal, the likeliest first."),
    "doctor": ("jobs", "Look for what keeps kg from working."),
}


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def kg() -> None:
    """News and sanctions lists to a graph of who did what to whom, and what was only said."""


def main() -> None:
    """Run the command line; every KgError becomes one line and its documented exit code."""
    logging.basicConfig(level=logging.WARNING, format="kg: %(message)s")
    try:
        kg.main(standalone_mode=False)
    except KgError as error:
        click.echo(f"kg: {' '.join(str(error).split())}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
