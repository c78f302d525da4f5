"""Makes the rows of units anew, in an order in which each finds what it is made from."""

from collections.abc import Iterable

from kg.graph import Part, Row, parts_of, rows_of
from kg.jobs.indexed_world import IndexedWorld
from kg.store.index import Index

_TOLD = ("doc", "event")  # the units that bring parts to groups


def make_rows(index: Index, world: IndexedWorld, units: Iterable[str]) -> dict[str, tuple[Row, ...]]:
    """Return the rows of units, and of the groups and neighbours that change with them; none for what is gone.

    What is found to change is soiled, so that a run that is killed before its rows are written makes them again.
    """
    with index.transaction():
        making = _Making(index, world, units)
        for kinds in (("doc",), ("actor", "source"), ("event",), ("tie", "life", "programme")):
            making.make(kinds)
    return making.rows


class _Making:
    def __init__(self, index: Index, world: IndexedWorld, units: Iterable[str]) -> None:
        self._index = index
        self._world = world
        self._due: dict[str, set[str]] = {}
        self.rows: dict[str, tuple[Row, ...]] = {}
        self._add(units)

    def _add(self, units: Iterable[str]) -> None:
        for unit in units:
            self._due.setdefault(unit.partition(":")[0], set()).add(unit)

    def make(self, kinds: Iterable[str]) -> None:
        for kind in kinds:
            for unit in sorted(self._due.pop(kind, ())):
                self._make(kind, unit)

    def _make(self, kind: str, unit: str) -> None:
        index = self._index
        world, asked = self._world.asked()
        if kind in _TOLD:
            rows = rows_of(unit, {}, world)
            parts = set(parts_of(unit, world)) if rows else set[Part]()
            self._soil(index.set_parts(unit, {(part.unit, part.kind, part.value): 1 for part in parts}))
        else:
            rows = rows_of(unit, index.tallies(unit), world)
        self.rows[unit] = rows
        if kind == "actor":
            self._rename(unit)
        else:
            index.set_needs(unit, asked - {unit})  # what has changed itself is made anew

    def _rename(self, unit: str) -> None:
        """Make anew what shows the name of an actor, where it has another one."""
        actor_id = unit.partition(":")[2]
        actor = self._world.actor(actor_id)
        if self._index.rename(actor_id, f"{actor.type} {actor.name}" if actor else ""):
            self._soil(self._index.needing([unit]))

    def _soil(self, units: set[str]) -> None:
        self._index.soil(sorted(units))
        self._add(units)
