"""The whole graph, evidence included, as node-link JSON."""

import json
from collections.abc import Mapping
from datetime import date
from math import isfinite
from pathlib import Path

from kg.export.files import write_whole
from kg.export.options import read_options
from kg.model.graph import Graph, Node, NodeRef, PropertyValue, Relationship

WORDS_OF_DOCUMENTS = frozenset({"quote", "trigger", "cue", "numbers"})


class JsonExporter:
    """Writes every node and relationship with all properties.

    The layout is NetworkX' node-link data (`networkx.node_link_graph(data, edges="edges")` reads it): node ids are
    `Label:key`, `label` and `labels` name the labels; an edge has `source`, `target`, `key` (type and the values of
    its key properties) and `type`. Days and instants are ISO 8601 text. Lists are sorted, absent properties are left
    out, and the same graph gives the same bytes.
    """

    name = "json"

    def write(self, graph: Graph, path: Path, options: Mapping[str, str]) -> None:
        """Write the file; `title` names the graph, and `quotes` "no" leaves out the words of the documents."""
        told = read_options(options, self.name)
        left_out = frozenset() if told.has_quotes else WORDS_OF_DOCUMENTS
        nodes = sorted((_node(node, left_out) for node in graph.nodes), key=lambda node: str(node["id"]))
        edges = sorted(
            (_edge(relationship) for relationship in graph.relationships),
            key=lambda edge: (str(edge["source"]), str(edge["target"]), str(edge["key"])),
        )
        data = {"directed": True, "multigraph": True, "graph": {"title": told.title}, "nodes": nodes, "edges": edges}
        text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
        # A lone surrogate, which a broken page can bring, has no UTF-8; it is written as a question mark.
        write_whole(path, (text + "\n").encode("utf-8", errors="replace"))


def _node(node: Node, left_out: frozenset[str]) -> dict[str, object]:
    labels = sorted((node.label, *node.extra_labels))
    told = {name: value for name, value in _told(node.properties).items() if name not in left_out}
    return {"id": _id(node.ref), "label": node.label, "labels": labels, **told}


def _edge(relationship: Relationship) -> dict[str, object]:
    return {
        "source": _id(relationship.start),
        "target": _id(relationship.end),
        "key": ":".join((relationship.type, *relationship.ref.keys)),
        "type": relationship.type,
        **_told(relationship.properties),
    }


def _id(ref: NodeRef) -> str:
    return f"{ref.label}:{ref.key}"


def _told(properties: Mapping[str, PropertyValue]) -> dict[str, object]:
    return {
        name: _json_value(value) for name, value in properties.items() if value is not None and not _is_endless(value)
    }


def _is_endless(value: PropertyValue) -> bool:
    """Whether a number is infinite or none at all: JSON has no word for it."""
    return isinstance(value, float) and not isfinite(value)


def _json_value(value: PropertyValue) -> object:
    if isinstance(value, date):  # a datetime is a date
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
