"""The page of a map: pyvis carries nodes, edges and the vis-network library; template, script and look are ours.

Everything that comes from a document is data: JSON in inert script blocks, read by our script and set as text. The
content security policy names the hashes of the two scripts and the style, so that nothing else can run or load.
"""

import base64
import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import TYPE_CHECKING

from kg.export.map_values import MapActor, MapModel, MapTie
from kg.model.errors import PluginError

if TYPE_CHECKING:
    from markupsafe import Markup
    from pyvis.network import Network

SCRIPTS = (
    "dom.js",
    "payload.js",
    "filters.js",
    "look.js",
    "stage.js",
    "labels.js",
    "cards.js",
    "panel.js",
    "controls.js",
    "search.js",
    "table.js",
    "main.js",
)
SHAPES = {
    "state": "dot",
    "person": "dot",
    "igo": "square",
    "organisation": "square",
    "military": "square",
    "company": "diamond",
    "armed_group": "triangle",
}  # any other type is a hexagon
# What a script block of type application/json must not hold: an end tag, a comment, an entity; and the two line
# separators that are line ends in a script but not in JSON.
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def html_page(model: MapModel) -> str:
    """Return the page as text; the same model gives the same text."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    network = _network(model)
    library, app, look = vis_library(), _app(), asset("map.css")
    network.templateEnv = Environment(
        loader=PackageLoader("kg.export", "assets"), autoescape=True, undefined=StrictUndefined
    )
    network.path = "map.html.jinja"
    network.templateEnv.globals.update(
        csp=_policy((library, app), look),
        library=Markup(library),  # noqa: S704 - files of installed packages, hashed in the policy
        app=Markup(app),  # noqa: S704
        look=Markup(look),  # noqa: S704
        json_block=json_block,
        payload=_payload(model),
    )
    page: str = network.generate_html("map.html")
    return page.rstrip("\n") + "\n"


def json_block(value: object) -> "Markup":
    """Return JSON that is inert inside a script element, whatever its texts hold."""
    from markupsafe import Markup

    # A lone surrogate has no UTF-8 and would end the writing of the file.
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    text = text.encode("utf-8", errors="replace").decode("utf-8")
    for raw, escaped in ESCAPES.items():
        text = text.replace(raw, escaped)
    return Markup(text)  # noqa: S704 - every character that could end the element is escaped above


def vis_library() -> str:
    """Return the script of vis-network that comes with the installed pyvis; the newest when there are several.

    Raises:
        PluginError: pyvis is installed without it.
    """
    found = sorted(
        (
            (tuple(int(part) for part in folder.name.removeprefix("vis-").split(".") if part.isdecimal()), script)
            for folder in files("pyvis").joinpath("templates", "lib").iterdir()
            if folder.name.startswith("vis-") and (script := folder.joinpath("vis-network.min.js")).is_file()
        ),
        key=lambda item: item[0],
    )
    if not found:
        raise PluginError("pyvis has no templates/lib/vis-*/vis-network.min.js; install it anew: pip install pyvis")
    # Inside a script element an end tag would cut the library short; in its strings `<\/` means the same.
    return found[-1][1].read_text(encoding="utf-8").replace("</script", "<\\/script").replace("\r\n", "\n")


@cache
def asset(name: str) -> str:
    """Return the text of one of our files."""
    return files("kg.export").joinpath("assets", name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _app() -> str:
    """Our scripts as one, each a part of one closed scope."""
    parts = "\n".join(asset(name) for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def _policy(scripts: tuple[str, ...], look: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(_hash(script) for script in scripts)}",
            f"style-src {_hash(look)}",
            "img-src data: blob:",
            "connect-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _network(model: MapModel) -> "Network":
    from pyvis.network import Network

    # Ids are prefixed: vis keeps them as keys of plain objects, where "__proto__" is no key and 1 is "1".
    network = Network(directed=True, heading=model.title, cdn_resources="in_line")
    busiest = max((actor.n_events for actor in model.actors), default=1)
    for actor in model.actors:
        network.add_node(node_id(actor.actor_id), **_node(actor, busiest))
    most = max((len(tie.events) for tie in model.ties), default=1)
    for number, tie in enumerate(model.ties):
        network.add_edge(node_id(tie.source), node_id(tie.target), id=f"t:{number}", width=_width(tie, most))
    return network


def node_id(actor_id: str) -> str:
    """Return the id of an actor on the page."""
    return f"n:{actor_id}"


def _node(actor: MapActor, busiest: int) -> dict[str, str | float]:
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


def _width(tie: MapTie, most: int) -> float:
    return round(1.7 + 4.8 * sqrt((len(tie.events) - 1) / max(most - 1, 1)), 2)


def _payload(model: MapModel) -> dict[str, object]:
    payload = asdict(model)
    payload["actors"] = [
        {"id": node_id(a.actor_id), "name": a.name, "type": a.type, "aliases": a.aliases, "n": a.n_events}
        for a in model.actors
    ]
    payload["folded"] = [{**asdict(folded), "side": node_id(folded.side)} for folded in model.folded]
    payload["ties"] = [
        {**asdict(tie), "id": f"t:{number}", "source": node_id(tie.source), "target": node_id(tie.target)}
        for number, tie in enumerate(model.ties)
    ]
    return payload
