"""The colours of the map, as the style sheet of the page tells them."""

import re
from collections.abc import Mapping
from functools import cache

from kg.export.assembly import asset

_COLOUR = re.compile(r"--([a-z_-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")


@cache
def palette(*, is_dark: bool) -> Mapping[str, str]:
    """Return the colours of light or dark by their names (`ground`, `conflict` ...), as `#rrggbb`."""
    return {name: dark if is_dark else light for name, light, dark in _COLOUR.findall(asset("colours.css"))}
