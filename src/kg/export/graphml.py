"""The graph as GraphML, for Gephi, Cytoscape, yEd and NetworkX."""

import re
from collections.abc import Mapping
from pathlib import Path

from kg.export.files import write_whole
from kg.export.graph import to_networkx
from kg.export.options import read_options
from kg.model.graph import Graph

# What XML 1.0 cannot hold at all, not even escaped; one such character in a quote makes the whole file unreadable.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class GraphmlExporter:
    """Writes what `to_networkx` gives; edge ids are `event_id:kind:source:target`, unique in the file."""

    name = "graphml"

    def write(self, graph: Graph, path: Path, options: Mapping[str, str]) -> None:
        """Write the file; `title` names the graph, and there are no quotes in it to leave out."""
        import networkx as nx

        told = read_options(options, self.name)
        directed = to_networkx(graph)
        clean: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=_xml_text(told.title))
        for node, attributes in directed.nodes(data=True):
            clean.add_node(_xml_text(node), **_xml_values(attributes))
        for source, target, key, attributes in directed.edges(keys=True, data=True):
            unique = _xml_text(f"{key}:{source}:{target}")
            clean.add_edge(_xml_text(source), _xml_text(target), unique, **_xml_values(attributes))
        lines = nx.generate_graphml(clean)
        declaration = '<?xml version="1.0" encoding="utf-8"?>\n'
        write_whole(path, (declaration + "\n".join(lines) + "\n").encode("utf-8"))


def _xml_text(text: str) -> str:
    return NOT_XML.sub("", text)


def _xml_values(attributes: Mapping[str, str | float | bool]) -> dict[str, str | float | bool]:
    return {name: _xml_text(value) if isinstance(value, str) else value for name, value in attributes.items()}
