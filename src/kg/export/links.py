"""What ties events and sentences to each other: answers, promises kept or failed, sanctions, contradictions."""

from collections.abc import Mapping

from kg.export.events import str_of
from kg.export.map_values import EventLink, MapDesignation
from kg.model.graph import Graph, NodeRef, PropertyValue

WAYS = {
    "RESPONSE_TO": ("answers", "answered by"),
    "FULFILS": ("keeps", "kept by"),
    "FAILS": ("fails", "failed by"),
    "CONTENT": ("what it is about", "spoken of in"),
}
"""How the start of a relationship between events stands to its end, and the end to the start."""


class Links:
    """The links of a graph by the nodes that they join; built once, in one pass."""

    def __init__(self, graph: Graph) -> None:
        self.events: dict[NodeRef, list[tuple[str, NodeRef]]] = {}
        self.contradictions: list[tuple[str, NodeRef, NodeRef]] = []
        self._designation_of: dict[NodeRef, NodeRef] = {}
        self._target_of: dict[NodeRef, NodeRef] = {}
        self._nodes = {node.ref: node for node in graph.nodes}
        self._placed: dict[NodeRef, int] = {}
        self.designations: list[MapDesignation] = []
        known = {node.ref for node in graph.nodes}
        for relationship in graph.relationships:
            start, end = _event(relationship.start), _event(relationship.end)
            if start not in known or end not in known:
                continue
            match relationship.type:
                case "RESPONSE_TO" | "FULFILS" | "FAILS" | "CONTENT" as kind:
                    there, back = WAYS[kind]
                    self.events.setdefault(start, []).append((there, end))
                    self.events.setdefault(end, []).append((back, start))
                case "CONTRADICTS":
                    self.contradictions.append((str_of(relationship.properties, "on"), start, end))
                case "MODIFIES":
                    self._designation_of[start] = end
                case "TARGETS":
                    self._target_of[start] = end

    def of(self, event: NodeRef, numbers: Mapping[NodeRef, int]) -> tuple[EventLink, ...]:
        """Return how an event stands to others that have a number, each once, in the order of the words."""
        found = {(how, numbers[other]) for how, other in self.events.get(event, ()) if other in numbers}
        return tuple(EventLink(how=how, event=number) for how, number in sorted(found))

    def designation(self, event: NodeRef) -> int | None:
        """Return the place of the designation that an act changes, None when it changes none that is known."""
        ref = self._designation_of.get(event)
        if ref is None or ref not in self._nodes:
            return None
        if ref not in self._placed:
            self._placed[ref] = len(self.designations)
            target = self._nodes.get(self._target_of.get(ref, ref))
            self.designations.append(
                _designation(self._nodes[ref].properties, str_of(target.properties, "name") if target else "")
            )
        return self._placed[ref]


def _event(ref: NodeRef) -> NodeRef:
    """The event of a node that the graph knows by its second label."""
    return NodeRef(label="Event", key=ref.key) if ref.label == "SanctionAct" else ref


def _designation(told: Mapping[str, PropertyValue], target: str) -> MapDesignation:
    states = told.get("states")
    lines = [state.partition(" ") for state in states] if isinstance(states, tuple) else []
    measures = told.get("measures")
    return MapDesignation(
        authority=str_of(told, "authority"),
        target=target,
        states=tuple((day, text.replace("_", " ")) for day, _, text in lines),
        measures=measures if isinstance(measures, tuple) else (),
        evidence=str_of(told, "evidence"),
    )
