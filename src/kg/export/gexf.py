"""The graph as GEXF, for Gephi and its timeline."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kg.export.files import write_whole
from kg.export.graph import to_networkx
from kg.export.options import read_options
from kg.export.xml_text import Scalar, xml_text, xml_values
from kg.model.graph import Graph

if TYPE_CHECKING:
    import networkx as nx

NAMESPACE = "http://www.gexf.net/1.2draft"
TYPES = {str: "string", bool: "boolean", int: "long", float: "double"}


class GexfExporter:
    """Writes what `to_networkx` gives as GEXF 1.2, which Gephi and NetworkX read.

    Node labels are the names; the label of the graph (Actor or Place) is the column `node_label`. Edges have the ids of
    the GraphML file, their event type in words as label, and start and end on the timeline where their days are known.
    """

    name = "gexf"

    def write(self, graph: Graph, path: Path, options: Mapping[str, str]) -> None:
        """Write the file; `title` names the graph, and there are no quotes in it to leave out."""
        told = read_options(options, self.name)
        root = ET.Element("gexf", {"xmlns": NAMESPACE, "version": "1.2"})
        meta = ET.SubElement(root, "meta")
        ET.SubElement(meta, "creator").text = "kg"
        ET.SubElement(meta, "description").text = xml_text(told.title)
        root.append(_graph(to_networkx(graph)))
        ET.indent(root, " ")
        write_whole(path, ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _graph(directed: "nx.MultiDiGraph[str]") -> ET.Element:
    graph = ET.Element("graph", {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date"})
    nodes = {node: _renamed(told) for node, told in directed.nodes(data=True)}
    edges = list(directed.edges(keys=True, data=True))
    node_columns = _columns(graph, "node", nodes.values())
    edge_columns = _columns(graph, "edge", (told for *_, told in edges))
    listed = ET.SubElement(graph, "nodes", {"count": str(len(nodes))})
    for node, told in nodes.items():
        name = str(told.get("name") or node)
        element = ET.SubElement(listed, "node", {"id": xml_text(node), "label": xml_text(name)})
        _add_values(element, node_columns, told)
    joined = ET.SubElement(graph, "edges", {"count": str(len(edges))})
    for source, target, key, told in edges:
        about = {"id": f"{key}:{source}:{target}", "source": source, "target": target}
        label = str(told.get("etype", "")).replace("_", " ").lower()
        element = ET.SubElement(joined, "edge", {n: xml_text(v) for n, v in {**about, "label": label}.items()})
        for name, day in (("start", told.get("t_start")), ("end", told.get("t_end"))):
            if day:
                element.set(name, str(day))
        _add_values(element, edge_columns, told)
    return graph


def _renamed(told: Mapping[str, Scalar]) -> dict[str, Scalar]:
    return {"node_label" if name == "label" else name: value for name, value in told.items()}


def _columns(graph: ET.Element, of: str, rows: Iterable[Mapping[str, Scalar]]) -> dict[str, str]:
    """Declare every attribute of some rows and return their ids; one of whole and broken numbers is broken."""
    types: dict[str, type] = {}
    for row in rows:
        for name, value in row.items():
            kind = types.setdefault(name, type(value))
            types[name] = kind if kind is type(value) else float if {kind, type(value)} == {int, float} else str
    columns = ET.SubElement(graph, "attributes", {"class": of})
    for number, name in enumerate(sorted(types)):
        ET.SubElement(columns, "attribute", {"id": str(number), "title": name, "type": TYPES[types[name]]})
    return {name: str(number) for number, name in enumerate(sorted(types))}


def _add_values(element: ET.Element, columns: Mapping[str, str], told: Mapping[str, Scalar]) -> None:
    values = ET.SubElement(element, "attvalues")
    for name, value in sorted(xml_values(told).items()):
        text = str(value).lower() if isinstance(value, bool) else str(value)
        ET.SubElement(values, "attvalue", {"for": columns[name], "value": text})
