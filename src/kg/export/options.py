"""What every export may be told."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model.errors import UsageError

KNOWN = ("quotes", "title")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """The title of the file, and whether the quoted sentences go into it."""

    title: str
    has_quotes: bool


def read_options(options: Mapping[str, str], exporter: str) -> ExportOptions:
    """Return the options of an export, with "Everything" and "yes" where nothing is said.

    Raises:
        UsageError: An option is unknown, or `quotes` is neither "yes" nor "no".
    """
    if unknown := sorted(set(options) - set(KNOWN)):
        raise UsageError(f"the {exporter} export has no option {unknown[0]!r}; it knows {', '.join(KNOWN)}")
    quotes = options.get("quotes", "yes")
    if quotes not in ("yes", "no"):
        raise UsageError(f"option quotes of the {exporter} export is {quotes!r}; write yes or no")
    return ExportOptions(title=options.get("title") or "Everything", has_quotes=quotes == "yes")
