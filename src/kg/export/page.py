"""The map as one HTML file that needs no network."""

from collections.abc import Mapping
from pathlib import Path

from kg.export.files import write_whole
from kg.export.html import html_page
from kg.export.map_model import map_model
from kg.export.options import read_options
from kg.export.places import keep_places, places_before
from kg.model.graph import Graph


class HtmlExporter:
    """Writes the map: ties coloured by sign, what was only said dashed, and the sentence behind each tie."""

    name = "html"
    options = frozenset({"index", "language", "layout", "places", "theme"})

    def write(self, graph: Graph, path: Path, options: Mapping[str, str]) -> None:
        """Write the file.

        `title` heads the page, `quotes` "no" leaves the quoted sentences out of it, `places` names the file that keeps
        where actors stand, so that they stand there again, `layout` tells whether they do, `theme` is light or dark,
        `index` names the list of the maps in the folder.
        """
        told = read_options(options, self.name, *self.options)
        before = places_before(told)
        model = map_model(graph, told, before)
        write_whole(path, html_page(model, told.theme, told.language, told.index).encode("utf-8", errors="replace"))
        keep_places(told, before, model.actors)
