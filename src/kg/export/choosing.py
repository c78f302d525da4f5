"""The events of a graph by how they are told."""

from collections.abc import Collection

from kg.export.cards import group_of
from kg.export.events import played_events
from kg.export.map_values import StatusGroup
from kg.model.errors import UsageError
from kg.model.graph import Graph


def status_groups(words: Collection[str]) -> frozenset[StatusGroup]:
    """Return the switches of the map that some words name.

    Raises:
        UsageError: One of them names none.
    """
    if unknown := [word for word in words if word not in set(StatusGroup)]:
        raise UsageError(f"no status of the map is called {unknown[0]!r}; there are: {', '.join(StatusGroup)}")
    return frozenset(StatusGroup(word) for word in words)


def events_told_as(graph: Graph, groups: Collection[StatusGroup]) -> frozenset[str]:
    """Return the ids of the events that belong to some switches."""
    return frozenset(event.node.key for event in played_events(graph) if group_of(event) in groups)
