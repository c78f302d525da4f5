"""Writes the graph, or a part of it, to one file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from kg.export.files import make_folder, write_whole
from kg.export.folder import add_to_folder
from kg.graph import without_weak_events
from kg.jobs.chosen import Asked, chosen
from kg.jobs.known import opened_store
from kg.jobs.plugins import installed, load
from kg.jobs.workplace import Workplace
from kg.model.errors import UsageError
from kg.model.graph import Graph, Selection
from kg.model.protocols import Exporter

LAST = "last"  # in the folder of maps: where the last map was written


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A file that was written.

    Attributes:
        kind: Its format.
        left_out: How many events were left out as too uncertain.
        index: The list of the maps of its folder, where a folder was named.
    """

    path: Path
    kind: str
    graph: Graph
    left_out: int
    index: Path | None = None

    @property
    def counts(self) -> Mapping[str, int]:
        """How many actors, events, claims and documents are in it."""
        labels = ("Actor", "Event", "Claim", "Document")
        return {label: sum(node.label == label for node in self.graph.nodes) for label in labels}


def draw(  # noqa: PLR0913  # each is an option of the command line
    workplace: Workplace,
    selection: Selection,
    *,
    asked: Asked | None = None,
    statuses: tuple[str, ...] = (),
    output: Path | None = None,
    kind: str | None = None,
    options: Mapping[str, str] | None = None,
    min_confidence: float | None = None,
    known_on: date | None = None,
) -> Drawn:
    """Write the selected graph and return what went in.

    A map keeps its places in `maps/places` of the workplace: actors stand where they stood on the map of the same
    actors before.

    Args:
        asked: A question whose actors or events are drawn, in the days of the selection.
        statuses: Words of the switches of the map; empty for all.
        output: A file, or a folder (one that exists, or a name without a suffix): there the file is named for what it
            shows and its newest document, and an index lists it.
        kind: The format; by default that of the suffix of `output`, else html.
        known_on: UTC day; draws the graph of the documents known on it.
        min_confidence: Events below it are left out; by default that of kg.toml on maps, 0 in data files.

    Raises:
        UsageError: An actor, a question or a status is unknown, the graph is empty, or the format does not exist.
    """
    kind = kind or _kind_of(output)
    exporter = _exporter(kind)
    is_map = "places" in getattr(exporter, "options", ())
    least = (workplace.settings.min_confidence if is_map else 0.0) if min_confidence is None else min_confidence
    with opened_store(workplace, known_on) as store:
        graph = chosen(store, selection, asked, statuses)
    graph, left_out = without_weak_events(graph, least)
    if not any(node.label == "Event" for node in graph.nodes):
        raise UsageError(_nothing_to_draw(workplace, asked, left_out))
    title = asked.title if asked else " · ".join(selection.actors)
    told = {"title": title or "Everything", **(options or {})}
    if is_map:
        told["places"] = str(_places(workplace, title))
    if output is not None and _is_folder(output):
        path, index = add_to_folder(output, _file_name(title), graph, exporter, told)
    else:
        path, index = output or workplace.maps / f"{_file_name(title)}.{kind}", None
        make_folder(path.parent)
        exporter.write(graph, path, told)
    if is_map:
        _note_last(workplace, path)
    return Drawn(path=path, kind=kind, graph=graph, left_out=left_out, index=index)


def _nothing_to_draw(workplace: Workplace, asked: Asked | None, left_out: int) -> str:
    weak = f" ({left_out} too uncertain, see --min-confidence)" if left_out else ""
    if asked:
        return (
            f"what question {asked.title!r} returns has no event to draw{weak}; give it other parameters or days, or "
            "kg ask it to see what it returns"
        )
    return (
        f"the graph in {workplace.target} has no event to draw for this selection{weak}; "
        "ingest documents first (kg ingest PATH), or widen the selection"
    )


def last_map(workplace: Workplace) -> Path:
    """Return the map that was drawn last.

    Raises:
        UsageError: None was drawn, or it is gone.
    """
    try:
        path = Path((workplace.maps / LAST).read_text("utf-8").rstrip("\n"))
    except FileNotFoundError:
        raise UsageError(f"no map was drawn yet from {workplace.home}; kg map draws one") from None
    if not path.is_file():
        raise UsageError(f"the last map, {str(path)!r}, is gone; draw it again: kg map -o {path}")
    return path


def _note_last(workplace: Workplace, path: Path) -> None:
    make_folder(workplace.maps)
    write_whole(workplace.maps / LAST, f"{path.absolute()}\n".encode())


def _exporter(kind: str) -> Exporter:
    return cast("type[Exporter]", load("kg.exporters", kind))()


def _kind_of(output: Path | None) -> str:
    suffix = output.suffix.removeprefix(".").lower() if output and not output.is_dir() else ""
    if suffix and suffix not in (kinds := installed("kg.exporters")):
        raise UsageError(f"{output}: no format is called {suffix!r}; end it in {', '.join(kinds)}, or name a --format")
    return suffix or "html"


def _is_folder(output: Path) -> bool:
    return output.is_dir() or not (output.suffix or output.exists())


def _places(workplace: Workplace, title: str) -> Path:
    """Where the places of a map are kept: one file for each choice of actors, whatever its days and its output."""
    folder = workplace.maps / "places"
    make_folder(folder)
    return folder / f"{_file_name(title)}.json"


def _file_name(title: str) -> str:
    slug = re.sub(r"[^\w]+", "-", title.casefold()).strip("-")
    return slug[:80] or "map"
