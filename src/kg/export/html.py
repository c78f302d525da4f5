"""The page of a map: pyvis carries nodes, edges and the vis-network library; template, script and look are ours.

Everything that comes from a document is data: JSON in inert script blocks, read by our script and set as text. The
content security policy names the hashes of the two scripts and the style, so that nothing else can run or load.
"""

import base64
import json
import zlib
from typing import TYPE_CHECKING

from kg.export.assembly import app, look, policy, vis_library
from kg.export.columns import columns
from kg.export.language import dictionary, script_texts
from kg.export.map_values import MapModel
from kg.export.payload import node_id, node_of, payload, width_of

if TYPE_CHECKING:
    from markupsafe import Markup
    from pyvis.network import Network

# What a script block of type application/json must not hold: an end tag, a comment, an entity; and the two line
# separators that are line ends in a script but not in JSON.
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
PACKED_FROM = 3_000_000  # below, some ten thousand events, the file stays a text that can be searched and compared


def html_page(model: MapModel, theme: str = "", language: str = "en", index: str = "") -> str:
    """Return the page as text; the same model, theme and language give the same text.

    Args:
        theme: `light` or `dark` until the reader changes it; empty follows the reader's system.
        language: One of `kg.export.language.LANGUAGES`, of the interface; the texts of documents stay as they are.
        index: Address of the list of the maps beside this one, from its folder; empty for a map that stands alone.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    network = _network(model)
    network.templateEnv = Environment(
        loader=PackageLoader("kg.export", "assets"), autoescape=True, undefined=StrictUndefined
    )
    network.path = "map.html.jinja"
    network.templateEnv.globals.update(
        csp=policy(),
        library=Markup(vis_library()),  # noqa: S704 - files of installed packages, hashed in the policy
        app=Markup(app()),  # noqa: S704
        look=Markup(look()),  # noqa: S704
        json_block=json_block,
        packed_block=packed_block,
        columns=columns,
        payload=payload(model),
        theme=theme,
        index=index,
        language=language,
        words=dictionary(language),
        script_texts=script_texts(language),
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


def packed_block(value: object) -> "Markup":
    """Return JSON as `json_block` does; deflated and in base64 where it has PACKED_FROM characters or more."""
    from markupsafe import Markup

    block = json_block(value)
    if len(block) < PACKED_FROM:
        return block
    packed = zlib.compress(block.encode("utf-8"), level=9)
    return Markup(base64.b64encode(packed).decode("ascii"))  # noqa: S704 - letters, digits, "+", "/" and "="


def _network(model: MapModel) -> "Network":
    from pyvis.network import Network

    network = Network(directed=True, heading=model.title, cdn_resources="in_line")
    busiest = max((actor.n_events for actor in model.actors), default=1)
    for actor in model.actors:
        network.add_node(node_id(actor.actor_id), **node_of(actor, busiest))
    most = max((len(tie.events) for tie in model.ties), default=1)
    for tie in model.ties:
        network.add_edge(node_id(tie.source), node_id(tie.target), width=width_of(tie, most))
    return network
