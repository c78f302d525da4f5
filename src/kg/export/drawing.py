"""Drawing anyone's NetworkX graph as a map."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.foreign import from_networkx
from kg.model.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx


def draw(graph: "nx.Graph[Any]", path: str | Path, **options: str) -> None:
    """Draw a NetworkX graph as a map: `.html` for the page, `.svg` or `.png` for the first sight of it.

    Attributes of nodes and edges are those of `from_networkx`; the graph is not changed. The same graph and options
    give the same bytes.

    Args:
        options: `title`; `quotes` "no" to leave sentences out; `layout` (anew, circle); `theme` (light, dark);
            `language`; `places`, a file that keeps where actors stand.

    Raises:
        UsageError: The suffix, an option or an attribute is none of those known, or the file cannot be written.
    """
    from kg.export.page import HtmlExporter
    from kg.export.png import PngExporter
    from kg.export.svg import SvgExporter

    exporters = {f".{exporter.name}": exporter for exporter in (HtmlExporter, SvgExporter, PngExporter)}
    path = Path(path)
    if path.suffix not in exporters:
        raise UsageError(f"a map cannot be drawn as {path.name!r}; name a file that ends in {', '.join(exporters)}")
    exporters[path.suffix]().write(from_networkx(graph), path, options)
