"""Our part of the page, put together from files of one concern each, and the policy that lets nothing else run."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from kg.model.errors import PluginError

SCRIPTS = (
    "dom.js",
    "words.js",
    "payload.js",
    "filters.js",
    "known.js",
    "time.js",
    "sliders.js",
    "state.js",
    "fold.js",
    "settle.js",
    "path.js",
    "notes.js",
    "look.js",
    "stage.js",
    "labels.js",
    "cards.js",
    "panel.js",
    "controls.js",
    "search.js",
    "table.js",
    "picture.js",
    "download.js",
    "main.js",
)
STYLES = (
    "colours.css",
    "page.css",
    "kinds.css",
    "controls.css",
    "stage.css",
    "time.css",
    "panel.css",
    "own.css",
    "narrow.css",
)


@cache
def asset(name: str) -> str:
    """Return the text of one of our files."""
    return files("kg.export").joinpath("assets", name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def app() -> str:
    """Return our scripts as one closed scope, without comments and spare blanks.

    It waits only where the payload has to be unpacked.
    """
    from rjsmin import jsmin

    scripts: str = jsmin("".join(map(asset, SCRIPTS)))
    return f'(async () => {{\n"use strict";\n{scripts}\n}})();\n'


@cache
def look() -> str:
    """Return our style sheets as one, without comments and spare blanks."""
    from rcssmin import cssmin

    sheet: str = cssmin("".join(map(asset, STYLES)))
    return sheet


@cache
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


def policy() -> str:
    """Return the content security policy: our two scripts and our style by their hashes, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(vis_library())} {_hash(app())}",
            f"style-src {_hash(look())}",
            "img-src data: blob:",
            "connect-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def style_policy(style: str) -> str:
    """Return the content security policy of a page without scripts: its style, and nothing else."""
    return f"default-src 'none'; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
