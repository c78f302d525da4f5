"""Whom the map shows for an actor: itself, or the side that it acts for."""

from collections.abc import Mapping

from kg.export.events import Part, PlayedEvent, str_of
from kg.model.graph import Node, NodeRef
from kg.model.ontology import SANCTION_TYPES
from kg.model.words import ActorType

FOLDED_TYPES = frozenset({ActorType.PERSON, ActorType.MILITARY, ActorType.ORGANISATION, ActorType.GROUP})
"""Officials, armies, ministries and civilians. Companies never: a licence for a company is none for its state."""

TARGETED_TYPES = SANCTION_TYPES | {"THREATEN_SANCTIONS"}


def shown_source(part: Part, nodes: Mapping[NodeRef, Node]) -> NodeRef:
    """Return the node that is drawn for somebody who does something."""
    kind, side = (_type(nodes.get(ref)) for ref in (part.actor, part.side))
    if kind in FOLDED_TYPES or (kind == ActorType.ARMED_GROUP and side != ActorType.STATE):
        return part.side
    return part.actor


def shown_target(event: PlayedEvent, part: Part, nodes: Mapping[NodeRef, Node]) -> NodeRef:
    """Return the node that is drawn for somebody to whom something is done.

    The target of a sanction stands for itself: sanctions on a minister are none on the state.
    """
    return part.actor if event.etype in TARGETED_TYPES else shown_source(part, nodes)


def _type(node: Node | None) -> str:
    return str_of(node.properties, "type") if node else ""
