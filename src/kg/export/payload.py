"""What the page holds as data: the payload of docs/map.md, as plain values.

Lists are joined by number: a tie names its events, an event its sentences, a sentence its document. Each list comes
as columns, so that a file of thousands of events stays small.
"""

from collections.abc import Collection
from dataclasses import asdict, fields
from math import sqrt
from typing import TYPE_CHECKING

from kg.export.columns import columns
from kg.export.map_values import Evidence, MapActor, MapModel, MapTie

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SHAPES = {
    "state": "dot",
    "person": "dot",
    "igo": "square",
    "organisation": "square",
    "military": "square",
    "company": "diamond",
    "armed_group": "triangle",
}  # any other type is a hexagon


def node_id(actor_id: str) -> str:
    """Return the id of an actor on the page: vis keeps ids as keys of plain objects, where "__proto__" is no key."""
    return f"n:{actor_id}"


def node_of(actor: MapActor, busiest: int) -> dict[str, str | float]:
    """Return how an actor is drawn: shape, size in pixels and its places in a wide and in a tall stage."""
    part = sqrt(actor.n_events / max(busiest, 1))
    size = 11 + 15 * part if actor.type == "state" else 7 + 9 * part
    return {
        "label": actor.label,
        "shape": SHAPES.get(actor.type, "hexagon"),
        "size": round(size, 1),
        "x": actor.x,
        "y": actor.y,
        "narrow_x": actor.narrow_x,
        "narrow_y": actor.narrow_y,
    }


def width_of(tie: MapTie, most: int) -> float:
    """Return the width of a tie in pixels, 1.7 for one event and 6.5 for `most`."""
    return round(1.7 + 4.8 * sqrt((len(tie.events) - 1) / max(most - 1, 1)), 2)


def payload(model: MapModel) -> dict[str, object]:
    """Return all that the page shows beside what pyvis carries of nodes and edges, which come in the same order."""
    told: dict[str, object] = {field.name: getattr(model, field.name) for field in fields(model)}
    actors = ({"name": a.name, "type": a.type, "aliases": a.aliases, "n": a.n_events} for a in model.actors)
    told["actors"] = columns(tuple(actors))
    told["folded"] = columns([{**asdict(folded), "side": node_id(folded.side)} for folded in model.folded])
    told["ties"] = columns([_row(tie, without=("source", "target")) for tie in model.ties])
    told["inside"] = columns(
        [{**_row(tie, without=("source", "target")), "side": node_id(tie.source)} for tie in model.inside]
    )
    told["events"] = columns([_row(event) for event in model.events])
    told["evidence"] = columns([{**_row(evidence), **_quote(evidence)} for evidence in model.evidence])
    told["documents"] = columns([_row(document) for document in model.documents])
    told["designations"] = columns([_row(designation) for designation in model.designations])
    told["contradictions"] = columns([_row(contradiction) for contradiction in model.contradictions])
    return told


def _row(value: "DataclassInstance", without: Collection[str] = ()) -> dict[str, object]:
    return {field.name: getattr(value, field.name) for field in fields(value) if field.name not in without}


def _quote(evidence: Evidence) -> dict[str, object]:
    """A quote as its text and its pieces: the length of each in UTF-16 units, as JavaScript counts, and its mark."""
    return {
        "quote": "".join(text for text, _ in evidence.quote),
        "lengths": tuple(len(text.encode("utf-16-le", "surrogatepass")) // 2 for text, _ in evidence.quote[:-1]),
        "marks": tuple(part for _, part in evidence.quote),
    }
