"""What the page holds as data: the payload of docs/map.md, as plain values.

Lists are joined by number: a tie names its events, an event its sentences, a sentence its document. Properties that
would be empty, false or unknown are left out, so that a file of thousands of events stays small.
"""

from collections.abc import Mapping
from dataclasses import asdict
from math import sqrt

from kg.export.map_values import MapActor, MapModel, MapTie

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
    """Return all that the page shows beside places and sizes."""
    told = asdict(model)
    told["actors"] = [
        {"id": node_id(a.actor_id), "name": a.name, "type": a.type, "aliases": a.aliases, "n": a.n_events}
        for a in model.actors
    ]
    told["folded"] = [{**asdict(folded), "side": node_id(folded.side)} for folded in model.folded]
    told["ties"] = [
        {**asdict(tie), "id": f"t:{number}", "source": node_id(tie.source), "target": node_id(tie.target)}
        for number, tie in enumerate(model.ties)
    ]
    for name in ("ties", "events", "evidence", "documents", "designations"):
        told[name] = [_without_empty(row) for row in told[name]]
    return told


def _without_empty(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if value is not False and value not in ("", None, (), [])}
