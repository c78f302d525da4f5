"""Who publishes: the names and addresses of one source, and how far it is to be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.model.documents import Document
from kg.model.ids import fold
from kg.model.words import Reliability
from kg.text.facts import PUBLISHERS
from kg.text.tables import from_facts, items_of, rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A newspaper, agency, station, office or list.

    Attributes:
        reliability: F unless the table judges it.
        country: ISO 3166 alpha-3 where it is at home.
    """

    name: str
    reliability: Reliability = Reliability.F
    country: str | None = None

    @property
    def key(self) -> str:
        """The folded name without its article: the id of its Source."""
        return _key(self.name)


def publisher_named(name: str) -> Publisher:
    """Return who is called so: a row of the table by any of its names or addresses, else somebody of that name."""
    return _by_name().get(_key(name)) or Publisher(name=name)


def publisher_of(document: Document) -> Publisher | None:
    """Return who published a document, by the name that it gives, else by its address; None where neither is known."""
    host = urlsplit(document.url).hostname if document.url else None
    name = document.publisher or (host.removeprefix("www.") if host else None)
    return publisher_named(name) if name else None


@from_facts
def media_names() -> tuple[str, ...]:
    """Return every name of a news medium as the table writes it, the longest first; addresses are none.

    An office that publishes what it does itself is no medium: whoever quotes it may have heard it himself.
    """
    media = (row for row in rows_of(PUBLISHERS) if row["kind"] == "medium")
    names = {name for row in media for name in _names(row) if "." not in name}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@from_facts
def _by_name() -> Mapping[str, Publisher]:
    found: dict[str, Publisher] = {}
    for row in rows_of(PUBLISHERS):
        publisher = Publisher(
            name=row["name"], reliability=Reliability(row["reliability"]), country=row["country"] or None
        )
        for name in _names(row):
            found.setdefault(_key(name), publisher)  # the user's rows come first
    return found


def _names(row: Mapping[str, str]) -> tuple[str, ...]:
    return (row["name"], *(name for name, _ in items_of(row["names"])))


def _key(name: str) -> str:
    return fold(name).removeprefix("the ") or fold(name)
