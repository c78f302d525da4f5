"""Writes the graph, or a part of it, to one file."""

import re
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import cast

from kg.jobs.plugins import load
from kg.jobs.workplace import Workplace
from kg.model.errors import UsageError
from kg.model.graph import Graph, Selection
from kg.model.protocols import Exporter

SUFFIXES = {"html": ".html", "graphml": ".graphml", "json": ".json"}


def draw(
    workplace: Workplace,
    selection: Selection,
    *,
    output: Path | None = None,
    kind: str = "html",
    options: Mapping[str, str] | None = None,
) -> tuple[Path, Graph]:
    """Write the selected graph and return the path and the graph that went in.

    Raises:
        UsageError: An actor is unknown, the graph is empty, or the format does not exist.
    """
    exporter = _exporter(kind)
    with closing(workplace.graph_store()) as store:
        store.prepare()
        graph = store.read(selection)
    if not any(node.label == "Event" for node in graph.nodes):
        raise UsageError(
            f"the graph in {workplace.target} has no event to draw for this selection; "
            "ingest documents first (kg ingest PATH), or widen the selection"
        )
    path = output or workplace.maps / f"{_file_name(selection)}{SUFFIXES.get(kind, '.' + kind)}"
    path.parent.mkdir(parents=True, exist_ok=True)
    exporter.write(graph, path, {"title": " · ".join(selection.actors) or "Everything", **(options or {})})
    return path, graph


def _exporter(kind: str) -> Exporter:
    return cast("type[Exporter]", load("kg.exporters", kind))()


def _file_name(selection: Selection) -> str:
    slug = re.sub(r"[^\w]+", "-", "-".join(selection.actors).casefold()).strip("-")
    return slug[:80] or "map"
