"""The graph as GraphML, for Gephi, Cytoscape, yEd and NetworkX."""

from collections.abc import Mapping
from pathlib import Path

from kg.export.files import write_whole
from kg.export.graph import to_networkx
from kg.export.options import read_options
from kg.export.xml_text import xml_text, xml_values
from kg.model.graph import Graph


class GraphmlExporter:
    """Writes what `to_networkx` gives; edge ids are `event_id:kind:source:target`, unique in the file."""

    name = "graphml"

    def write(self, graph: Graph, path: Path, options: Mapping[str, str]) -> None:
        """Write the file; `title` names the graph, and there are no quotes in it to leave out."""
        import networkx as nx

        told = read_options(options, self.name)
        directed = to_networkx(graph)
        clean: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=xml_text(told.title))
        for node, attributes in directed.nodes(data=True):
            clean.add_node(xml_text(node), **xml_values(attributes))
        for source, target, key, attributes in directed.edges(keys=True, data=True):
            unique = xml_text(f"{key}:{source}:{target}")
            clean.add_edge(xml_text(source), xml_text(target), unique, **xml_values(attributes))
        lines = nx.generate_graphml(clean)
        declaration = '<?xml version="1.0" encoding="utf-8"?>\n'
        write_whole(path, (declaration + "\n".join(lines) + "\n").encode("utf-8"))
