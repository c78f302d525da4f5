"""What every export may be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.model.errors import UsageError

KNOWN = ("quotes", "title")
CHOICES = {
    "quotes": ("yes", "no"),
    "layout": ("kept", "anew", "circle"),
    "theme": ("", "light", "dark"),
    "language": ("en", "ru"),
}
"""The options that take one of a few words; the first is what holds where nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What an exporter is told.

    Attributes:
        title: Of the file.
        has_quotes: The quoted sentences go into it.
        places: The file that keeps where actors stand on this map; read before and written after.
        layout: `kept` has actors stand where they stood before, `anew` has all places found anew, `circle` sets those
            of the first sight on a circle and keeps nothing.
        theme: `light` or `dark`; empty follows the reader, light on paper.
        language: Of the interface.
        index: The file beside it that lists the maps of the folder; empty for a map that stands alone.
    """

    title: str
    has_quotes: bool
    places: Path | None = None
    layout: str = "kept"
    theme: str = ""
    language: str = "en"
    index: str = ""


def read_options(options: Mapping[str, str], exporter: str, *more: str) -> ExportOptions:
    """Return the options of an export, with "Everything" and "yes" where nothing is said.

    Args:
        more: What this exporter knows beside the options of all.

    Raises:
        UsageError: An option is unknown, or has a word that it does not take.
    """
    if unknown := sorted(set(options) - {*KNOWN, *more}):
        raise UsageError(f"the {exporter} export has no option {unknown[0]!r}; it knows {', '.join((*KNOWN, *more))}")
    words = {name: options.get(name, taken[0]) for name, taken in CHOICES.items()}
    for name, word in words.items():
        if word not in CHOICES[name]:
            *first, last = filter(None, CHOICES[name])
            raise UsageError(f"option {name} of the {exporter} export is {word!r}; write {', '.join(first)} or {last}")
    return ExportOptions(
        title=options.get("title") or "Everything",
        has_quotes=words["quotes"] == "yes",
        places=Path(options["places"]) if options.get("places") else None,
        layout=words["layout"],
        theme=words["theme"],
        language=words["language"],
        index=options.get("index", ""),
    )
