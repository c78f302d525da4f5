"""A graph written out for other tools and for people: NetworkX, GraphML, JSON, the map."""

from kg.export.graph import to_networkx

__all__ = ["to_networkx"]
