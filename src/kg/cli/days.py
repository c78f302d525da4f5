"""Days on the command line."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A UTC day, ISO 8601."""

    name = "DAY"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail with what was given."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day such as 2025-06-27", param, ctx)


def known_on_option(*more: str) -> Callable[[Command], Command]:
    """Return the option --known-on.

    Args:
        more: Other names of it.
    """
    told = "Only documents known by the end of that day, as if there were no others."
    return click.option("--known-on", *more, type=Day(), help=told)


KNOWN_ON_OPTION = known_on_option()
