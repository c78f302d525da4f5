"""Which nodes belong to a selection: the events of some actors, and what stands behind and around them."""

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from kg.model.errors import UsageError
from kg.model.graph import Selection
from kg.model.ids import fold
from kg.model.schema import node_schemas, relationship_schemas
from kg.store.cypher_text import key_property
from kg.store.paging import paged

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

Keys = Mapping[str, frozenset[str]]
"""Label to the keys of the selected nodes."""

MAX_NEAR_NAMES = 5

ROLES = tuple(
    name
    for name, schema in relationship_schemas().items()
    if schema.starts == ("Event",) and any(prop.name == "acts_for" for prop in schema.properties)
)
"""The relationship types that join an event to those who play a role in it."""

_BESIDE = (
    # from a selected event to those that give it its meaning: what was offered, by whom, and how it was answered
    "-[:CONTENT*1..3]->",
    "<-[:CONTENT*1..3]-",
    "-[:RESPONSE_TO|FULFILS|FAILS|PART_OF|PRECEDES]-",
)


def selected_keys(tx: "ManagedTransaction", selection: Selection) -> Keys | None:
    """Return the keys of the nodes that a selection takes, None for all nodes.

    Taken are: events in which a selected actor, or somebody who acts for one there, plays a role, and acts on the
    designations of these; the content, responses and parts of those events; and, of all these, claims, documents,
    publishers, other actors and places, designations, licences and programmes. Days bound every event.

    Raises:
        UsageError: The selection names an actor that is not in the graph.
    """
    if not (selection.actors or selection.since or selection.until):
        return None
    finder = _Finder(tx, selection)
    members = finder.members()
    designations = finder.designations(members)
    events = finder.events(members, designations)
    designations |= finder.step("Event", events, "-[:MODIFIES]->", "Designation")
    licences = finder.step("Event", events, "-[:GRANTS]->", "Licence")
    licences |= finder.step("Designation", designations, "<-[:COVERS]-", "Licence")
    claims = finder.step("Event", events, "<-[:ASSERTS]-", "Claim")
    documents = finder.step("Claim", claims, "-[:FROM]->", "Document")
    actors = finder.step("Claim", claims, "-[:ROLE]->", "Actor") | finder.step("Claim", claims, "<-[:SAYS]-", "Actor")
    actors |= finder.step("Event", events, f"-[:{'|'.join(ROLES)}]->", "Actor") | finder.sides(events)
    actors |= finder.step("Designation", designations, "-[:TARGETS]->", "Actor") | finder.actors
    places = finder.step("Claim", claims, "-[:ROLE]->", "Place")
    places |= finder.step("Event", events, f"-[:{'|'.join(ROLES)}]->", "Place")
    found = {
        "Event": events,
        "Designation": designations,
        "Licence": licences,
        "Programme": finder.step("Event", events, "-[:UNDER]->", "Programme"),
        "Claim": claims,
        "Document": documents,
        "Source": finder.step("Document", documents, "-[:PUBLISHED_BY]->", "Source"),
        "Actor": actors,
        "Place": places,
    }
    return {label: frozenset(found.get(label, ())) for label in node_schemas()}


class _Finder:
    """Follows relationships from sets of keys, in one transaction."""

    def __init__(self, tx: "ManagedTransaction", selection: Selection) -> None:
        self._tx = tx
        self._selection = selection
        self.actors = _named(self._rows("MATCH (a:Actor) RETURN a.actor_id, a.name, a.aliases"), selection.actors)

    def members(self) -> set[str]:
        """The selected actors and those who act for one of them in any event."""
        acting = self._rows(
            f"MATCH (:Event)-[r:{'|'.join(ROLES)}]->(a:Actor) WHERE r.acts_for IN $ids RETURN DISTINCT a.actor_id",
            ids=sorted(self.actors),
        )
        return self.actors | {key for (key,) in acting}

    def designations(self, members: set[str]) -> set[str]:
        if not self._selection.actors:
            return {key for (key,) in self._rows("MATCH (d:Designation) RETURN d.designation_id")}
        return self.step("Actor", members, "<-[:TARGETS]-", "Designation")

    def events(self, members: set[str], designations: set[str]) -> set[str]:
        returned = "RETURN DISTINCT e.event_id, e.t_start, e.t_end"
        if self._selection.actors:
            # Those who act for a selected actor here; elsewhere they may act for another.
            rows = self._rows(
                f"MATCH (e:Event)-[r:{'|'.join(ROLES)}]->(x) WHERE x.actor_id IN $ids OR r.acts_for IN $ids {returned}",
                ids=sorted(self.actors),
            )
        else:
            rows = self._rows(f"MATCH (e:Event) {returned}")
        events = self._within(rows) | self._beside("Designation", designations, "<-[:MODIFIES]-")
        for path in _BESIDE:
            events |= self._beside("Event", events, path)
        return events

    def sides(self, events: set[str]) -> set[str]:
        """The actors for whom somebody acts in an event."""
        rows = self._paged(
            f"UNWIND $keys AS key MATCH (:Event {{event_id: key}})-[r:{'|'.join(ROLES)}]->() "
            "WHERE r.acts_for IS NOT NULL RETURN DISTINCT r.acts_for",
            events,
        )
        return {key for (key,) in rows}

    def step(self, label: str, keys: Iterable[str], path: str, to: str) -> set[str]:
        """The keys of the nodes of a label at the other end of a path."""
        rows = self._paged(
            f"UNWIND $keys AS key MATCH (:{label} {{{key_property(label)}: key}}){path}(n:{to}) "
            f"RETURN DISTINCT n.{key_property(to)}",
            keys,
        )
        return {key for (key,) in rows}

    def _beside(self, label: str, keys: Iterable[str], path: str) -> set[str]:
        return self._within(
            self._paged(
                f"UNWIND $keys AS key MATCH (:{label} {{{key_property(label)}: key}}){path}(e:Event) "
                "RETURN DISTINCT e.event_id, e.t_start, e.t_end",
                keys,
            )
        )

    def _within(self, rows: Iterable[list[Any]]) -> set[str]:
        """The events that touch the days of the selection; one without a date stays."""
        since, until = self._selection.since or date.min, self._selection.until or date.max
        found = set()
        for key, start, end in rows:
            first, last = start or end, end or start
            if first is None or (first.to_native() <= until and last.to_native() >= since):
                found.add(key)
        return found

    def _paged(self, text: str, keys: Iterable[str]) -> list[list[Any]]:
        return [list(record.values()) for record in paged(self._tx, text, keys)]

    def _rows(self, text: str, **parameters: object) -> list[list[Any]]:
        return [list(record.values()) for record in self._tx.run(text, parameters)]


def _named(actors: list[list[Any]], names: Iterable[str]) -> set[str]:
    """The ids of actors by id, else by name, else by an alias; whatever case, accents and punctuation."""
    by_id: dict[str, set[str]] = {}
    by_name: dict[str, set[str]] = {}
    by_alias: dict[str, set[str]] = {}
    shown: dict[str, str] = {}
    for actor_id, name, aliases in actors:
        by_id.setdefault(fold(actor_id), set()).add(actor_id)
        by_name.setdefault(fold(name or actor_id), set()).add(actor_id)
        for alias in aliases or ():
            by_alias.setdefault(fold(alias), set()).add(actor_id)
        shown |= {fold(text): text for text in (*(aliases or ()), actor_id, name or actor_id)}
    found: set[str] = set()
    for asked in names:
        key = fold(asked)
        ids = by_id.get(key) or by_name.get(key) or by_alias.get(key)
        if ids is None:
            near = [shown[text] for text in get_close_matches(key, shown, n=MAX_NEAR_NAMES)]
            hint = f"near are: {', '.join(near)}" if near else "none has a name like it"
            raise UsageError(f"no actor of the graph is called {asked!r}; {hint}")
        found |= ids
    return found
