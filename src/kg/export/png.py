"""The drawing of the map as a picture of pixels, for what takes no SVG."""

from collections.abc import Mapping
from pathlib import Path

from kg.export.files import write_whole
from kg.export.map_model import map_model
from kg.export.options import read_options
from kg.export.places import keep_places, places_before
from kg.export.svg import FONTS, SvgExporter, svg_text
from kg.model.errors import UsageError
from kg.model.graph import Graph

SCALE = 2.0  # pixels of the picture to one of the drawing, as on the screens of today's laptops
PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="8" font-family="{fonts}">{text}</text></svg>'
)


class PngExporter:
    """Draws what the SVG file holds, with the fonts of this machine."""

    name = "png"
    options = SvgExporter.options

    def write(self, graph: Graph, path: Path, options: Mapping[str, str]) -> None:
        """Write the file; its options are those of the SVG file.

        Raises:
            UsageError: There is no font on this machine.
        """
        told = read_options(options, self.name, *self.options)
        before = places_before(told)
        model = map_model(graph, told, before)
        write_whole(path, _pixels(svg_text(model, told)))
        keep_places(told, before, model.actors)


def _pixels(svg: str) -> bytes:
    from resvg_py import svg_to_bytes

    letter, nothing = (svg_to_bytes(svg_string=PROBE.format(fonts=FONTS, text=text)) for text in ("M", ""))
    if letter == nothing:
        raise UsageError(
            "the png export finds no font on this machine, so that names would be missing; install one "
            "(fonts-dejavu, fonts-noto-core), or write --format svg, or save a PNG from the page of --format html"
        )
    return bytes(svg_to_bytes(svg_string=svg, zoom=SCALE))
