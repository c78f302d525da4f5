"""Out of the graph: NetworkX, GraphML, JSON and the map."""
