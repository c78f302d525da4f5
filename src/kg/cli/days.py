"""Days on the command line."""

from datetime import date

import click


class Day(click.ParamType[date]):
    """A UTC day, ISO 8601."""

    name = "DAY"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail with what was given."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day such as 2025-06-27", param, ctx)


KNOWN_ON_OPTION = click.option(
    "--known-on", type=Day(), help="Only documents known by the end of that day, as if there were no others."
)
