"""Writes the graph, or a part of it, to one file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from kg.graph import without_weak_events
from kg.jobs.known import opened_store
from kg.jobs.plugins import load
from kg.jobs.workplace import Workplace
from kg.model.errors import UsageError
from kg.model.graph import Graph, Selection
from kg.model.protocols import Exporter


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A file that was written, the graph in it, and how many events were left out as too uncertain."""

    path: Path
    graph: Graph
    left_out: int


def draw(  # noqa: PLR0913  # each is an option of the command line
    workplace: Workplace,
    selection: Selection,
    *,
    output: Path | None = None,
    kind: str = "html",
    options: Mapping[str, str] | None = None,
    min_confidence: float | None = None,
    known_on: date | None = None,
) -> Drawn:
    """Write the selected graph and return what went in.

    A map keeps its places in `maps/places` of the workplace: actors stand where they stood on the map of the same
    actors before.

    Args:
        known_on: UTC day; draws the graph of the documents known on it.
        min_confidence: Events below it are left out; by default that of kg.toml on maps, 0 in data files.

    Raises:
        UsageError: An actor is unknown, the graph is empty, or the format does not exist.
    """
    exporter = _exporter(kind)
    with opened_store(workplace, known_on) as store:
        graph = store.read(selection)
    least = (workplace.settings.min_confidence if kind == "html" else 0.0) if min_confidence is None else min_confidence
    graph, left_out = without_weak_events(graph, least)
    if not any(node.label == "Event" for node in graph.nodes):
        raise UsageError(
            f"the graph in {workplace.target} has no event to draw for this selection"
            f"{f' ({left_out} too uncertain, see --min-confidence)' if left_out else ''}; "
            "ingest documents first (kg ingest PATH), or widen the selection"
        )
    path = output or workplace.maps / f"{_file_name(selection)}.{kind}"
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"title": " · ".join(selection.actors) or "Everything", **(options or {})}
    if kind == "html":
        told["places"] = str(_places(workplace, selection))
    exporter.write(graph, path, told)
    return Drawn(path=path, graph=graph, left_out=left_out)


def _places(workplace: Workplace, selection: Selection) -> Path:
    """Where the places of a map are kept: one file for each choice of actors, whatever its days and its output."""
    folder = workplace.maps / "places"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{_file_name(selection)}.json"


def _exporter(kind: str) -> Exporter:
    return cast("type[Exporter]", load("kg.exporters", kind))()


def _file_name(selection: Selection) -> str:
    slug = re.sub(r"[^\w]+", "-", "-".join(selection.actors).casefold()).strip("-")
    return slug[:80] or "map"
