"""What every export may be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.model.errors import UsageError

KNOWN = ("quotes", "title")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What an exporter is told.

    Attributes:
        title: Of the file.
        has_quotes: The quoted sentences go into it.
        places: The file that keeps where actors stand on this map; read before and written after.
    """

    title: str
    has_quotes: bool
    places: Path | None = None


def read_options(options: Mapping[str, str], exporter: str, *more: str) -> ExportOptions:
    """Return the options of an export, with "Everything" and "yes" where nothing is said.

    Args:
        more: What this exporter knows beside the options of all.

    Raises:
        UsageError: An option is unknown, or `quotes` is neither "yes" nor "no".
    """
    if unknown := sorted(set(options) - {*KNOWN, *more}):
        raise UsageError(f"the {exporter} export has no option {unknown[0]!r}; it knows {', '.join((*KNOWN, *more))}")
    quotes = options.get("quotes", "yes")
    if quotes not in ("yes", "no"):
        raise UsageError(f"option quotes of the {exporter} export is {quotes!r}; write yes or no")
    return ExportOptions(
        title=options.get("title") or "Everything",
        has_quotes=quotes == "yes",
        places=Path(options["places"]) if options.get("places") else None,
    )
