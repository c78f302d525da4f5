"""Text that XML can hold."""

import re
from collections.abc import Mapping

# What XML 1.0 cannot hold at all, not even escaped; one such character in a quote makes the whole file unreadable.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Scalar = str | int | float | bool


def xml_text(text: str) -> str:
    """Return a text without the characters that XML 1.0 forbids."""
    return NOT_XML.sub("", text)


def xml_values(attributes: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """Return attributes whose texts XML can hold."""
    return {name: xml_text(value) if isinstance(value, str) else value for name, value in attributes.items()}
