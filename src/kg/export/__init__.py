"""A graph written out for other tools and for people: NetworkX, GraphML, GEXF, CSV, JSON, the map."""

from kg.export.drawing import draw
from kg.export.graph import to_networkx

__all__ = ["draw", "to_networkx"]
