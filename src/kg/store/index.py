"""The index: what incremental work needs to look up. It can be dropped at any moment; the ledger makes it anew."""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.model.errors import StoreError
from kg.model.world import Link, LinkKind
from kg.store.alike import Alike
from kg.store.failures import way_out
from kg.store.index_schema import prepare

BUSY_SECONDS = 30.0
SEPARATOR = "\x01"  # sorts before every character of an id

Tally = tuple[str, str, str]  # unit, kind, value
FoundAt = tuple[str, tuple[str, ...]]  # a place and the keys under which it lies


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedClaim:
    """A claim as the index knows it.

    Attributes:
        place: Sorts as `ToldClaim.order`; holds the doc_id and ends with the claim_id.
        offers: The keys under which it is found.
        wants: The keys under which it looks for others.
    """

    claim_id: str
    doc_id: str
    place: str
    offers: tuple[str, ...]
    wants: tuple[str, ...]


class Index:
    """Keys, links, events and parts of groups. Methods that write belong into `transaction`."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        """Take an open file."""
        self._connection = connection
        self._name = name

    @classmethod
    def open(cls, path: Path | None) -> Self:
        """Open the index of that path, made anew when it is missing, damaged or of another format; None: in memory.

        Raises:
            StoreError: The file cannot be opened.
        """
        name = ":memory:" if path is None else str(path)
        for attempt in (1, 2):
            connection = None
            try:
                connection = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None)
                prepare(connection)
            except sqlite3.DatabaseError as error:
                if connection is not None:
                    connection.close()
                if attempt == 2 or path is None or isinstance(error, sqlite3.OperationalError):
                    remedy = way_out(error, "delete the file")
                    raise StoreError(f"the index {name} cannot be opened: {error}; {remedy}") from error
                path.unlink()
            else:
                return cls(connection, name)
        raise AssertionError  # the loop returns or raises

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block in one transaction."""
        self._rows("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._rows("ROLLBACK")
            raise
        self._rows("COMMIT")

    # What it was made from

    def get(self, key: str) -> str | None:
        """Return what `put` kept under a name, None when there is nothing."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", key)
        return str(rows[0][0]) if rows else None

    def put(self, key: str, value: str) -> None:
        """Keep a word on what the index was made from."""
        self._rows("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", key, value)

    def empty(self) -> None:
        """Forget everything."""
        for (table,) in self._rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'meta'"):
            self._rows(f"DELETE FROM {table}")  # noqa: S608  # a name of its own
        self._rows("DELETE FROM meta WHERE key <> 'format'")

    def erase_free_pages(self) -> None:
        """Write the file anew without what was deleted from it."""
        self._rows("VACUUM")

    # Documents

    def doc_ids(self) -> set[str]:
        """Return the ids of all documents."""
        return {doc_id for (doc_id,) in self._rows("SELECT doc_id FROM documents")}

    def put_document(self, doc_id: str, place: str, keys: Sequence[str], raw_ids: Iterable[str]) -> None:
        """Add a document.

        Args:
            keys: Those under which its copies find it.
            raw_ids: Of its actors, each once.
        """
        self._rows("INSERT INTO documents (doc_id, place, keys) VALUES (?, ?, ?)", doc_id, place, json.dumps([*keys]))
        self._many("INSERT INTO offers (key, place) VALUES (?, ?)", ((key, place) for key in keys))
        self._many("INSERT INTO raws (raw_id, doc_id) VALUES (?, ?)", ((raw_id, doc_id) for raw_id in raw_ids))

    def found_at(self, doc_id: str) -> FoundAt:
        """Return the place of a document and its keys, none for one that is not there."""
        rows = self._rows("SELECT place, keys FROM documents WHERE doc_id = ?", doc_id)
        return (rows[0][0], tuple(json.loads(rows[0][1]))) if rows else ("", ())

    def keys_of_document(self, doc_id: str) -> tuple[str, ...]:
        """Return the keys of a document, none for one that is not there."""
        return self.found_at(doc_id)[1]

    def remove_document(self, doc_id: str) -> None:
        """Remove a document, if it is there, with its claims and the links that they found."""
        for place, keys in self._rows("SELECT place, keys FROM documents WHERE doc_id = ?", doc_id):
            self._many("DELETE FROM offers WHERE key = ? AND place = ?", ((key, place) for key in json.loads(keys)))
        for claim in self.claims_of_document(doc_id):
            self._many("DELETE FROM offers WHERE key = ? AND place = ?", ((key, claim.place) for key in claim.offers))
            self._many(
                "DELETE FROM wants WHERE key = ? AND claim_id = ?", ((key, claim.claim_id) for key in claim.wants)
            )
            self._rows("DELETE FROM links WHERE found_by = ?", claim.claim_id)
        for table in ("claims", "raws", "documents"):
            self._rows(f"DELETE FROM {table} WHERE doc_id = ?", doc_id)  # noqa: S608  # one of three names

    def copy_of(self, doc_id: str) -> str | None:
        """Return the document that a document copies, None when it copies none."""
        rows = self._rows("SELECT copy_of FROM documents WHERE doc_id = ?", doc_id)
        return rows[0][0] if rows else None

    def set_copy_of(self, doc_id: str, original: str | None) -> None:
        """Note which document a document copies."""
        self._rows("UPDATE documents SET copy_of = ? WHERE doc_id = ?", original, doc_id)

    def copies_of(self, doc_id: str) -> tuple[str, ...]:
        """Return the documents that copy a document."""
        return tuple(copy for (copy,) in self._rows("SELECT doc_id FROM documents WHERE copy_of = ?", doc_id))

    # Who is who

    def identity(self, kind: str) -> dict[str, str]:
        """Return what was noted of a kind on who is who: value by name."""
        return dict(self._rows("SELECT name, value FROM identity WHERE kind = ?", kind))

    def set_identity(self, kind: str, told: Mapping[str, str]) -> None:
        """Note what holds of a kind, in place of what held before."""
        self._rows("DELETE FROM identity WHERE kind = ?", kind)
        self._many(
            "INSERT INTO identity (kind, name, value) VALUES (?, ?, ?)",
            ((kind, name, value) for name, value in sorted(told.items())),
        )

    def documents_with(self, raw_id: str) -> tuple[str, ...]:
        """Return the documents that have an actor of that raw id."""
        return tuple(doc_id for (doc_id,) in self._rows("SELECT doc_id FROM raws WHERE raw_id = ?", raw_id))

    @property
    def alike(self) -> Alike:
        """Which actors are alike."""
        return Alike(self._rows, self._many)

    # Claims and their keys

    def put_claims(self, claims: Sequence[IndexedClaim]) -> None:
        """Add claims that belong to no event yet."""
        self._many(
            "INSERT INTO claims (claim_id, doc_id, place, offers, wants) VALUES (?, ?, ?, ?, ?)",
            ((c.claim_id, c.doc_id, c.place, json.dumps(c.offers), json.dumps(c.wants)) for c in claims),
        )
        self._many(
            "INSERT INTO offers (key, place) VALUES (?, ?)", ((key, c.place) for c in claims for key in c.offers)
        )
        self._many(
            "INSERT INTO wants (key, claim_id) VALUES (?, ?)", ((key, c.claim_id) for c in claims for key in c.wants)
        )

    def claims_of_document(self, doc_id: str) -> list[IndexedClaim]:
        """Return the claims of a document."""
        rows = self._rows("SELECT claim_id, place, offers, wants FROM claims WHERE doc_id = ?", doc_id)
        return [
            IndexedClaim(
                claim_id=claim_id,
                doc_id=doc_id,
                place=place,
                offers=tuple(json.loads(offers)),
                wants=tuple(json.loads(wants)),
            )
            for claim_id, place, offers, wants in rows
        ]

    def offering(self, key: str, limit: int, *, after: str = "") -> tuple[str, ...]:
        """Return the first places under a key, all of them where `limit` is -1, none up to `after`."""
        sql = "SELECT place FROM offers WHERE key = ? AND place > ? ORDER BY place LIMIT ?"
        return tuple(place for (place,) in self._rows(sql, key, after, limit))

    def wanting(self, key: str) -> tuple[str, ...]:
        """Return the claims that look for others under a key."""
        return tuple(claim_id for (claim_id,) in self._rows("SELECT claim_id FROM wants WHERE key = ?", key))

    def document_of(self, claim_id: str) -> str | None:
        """Return the doc_id of a claim, None when it is not there."""
        rows = self._rows("SELECT doc_id FROM claims WHERE claim_id = ?", claim_id)
        return rows[0][0] if rows else None

    # Links and events

    def found_by(self, claim_id: str) -> frozenset[Link]:
        """Return the links that a claim found."""
        sql = "SELECT kind, claim_id, to_claim, score FROM links WHERE found_by = ?"
        return frozenset(map(_link, self._rows(sql, claim_id)))

    def set_links(self, claim_id: str, links: Iterable[Link]) -> None:
        """Put the links that a claim found in place of those that it found before."""
        self._rows("DELETE FROM links WHERE found_by = ?", claim_id)
        self._many(
            "INSERT INTO links (found_by, kind, claim_id, to_claim, score) VALUES (?, ?, ?, ?, ?)",
            ((claim_id, link.kind, link.claim_id, link.to, link.score) for link in links),
        )

    def links_of(self, claim_id: str) -> tuple[Link, ...]:
        """Return the links that start or end at a claim, sorted."""
        sql = "SELECT kind, claim_id, to_claim, score FROM links WHERE claim_id = ?1 OR to_claim = ?1"
        links = map(_link, self._rows(sql, claim_id))
        return tuple(sorted(links, key=lambda link: (link.claim_id, link.kind, link.to)))

    def event_of(self, claim_id: str) -> str | None:
        """Return the event of a claim, None for one that is not there or has none yet."""
        rows = self._rows("SELECT event_id FROM claims WHERE claim_id = ?", claim_id)
        return rows[0][0] if rows else None

    def set_event(self, claim_id: str, event_id: str) -> None:
        """Put a claim to an event."""
        self._rows("UPDATE claims SET event_id = ? WHERE claim_id = ?", event_id, claim_id)

    def claims_of_event(self, event_id: str) -> tuple[tuple[str, str], ...]:
        """Return the claims of an event in the order told, each with its place."""
        rows = self._rows("SELECT claim_id, place FROM claims WHERE event_id = ? ORDER BY place", event_id)
        return tuple((claim_id, place) for claim_id, place in rows)

    def place_of(self, claim_id: str) -> str | None:
        """Return the place of a claim, None when it is not there."""
        rows = self._rows("SELECT place FROM claims WHERE claim_id = ?", claim_id)
        return rows[0][0] if rows else None

    # Parts of groups

    def set_parts(self, owner: str, parts: Mapping[Tally, int]) -> set[str]:
        """Put what a document or an event brings in place of what it brought, and return the groups that changed."""
        rows = self._rows("SELECT parts FROM parts WHERE owner = ?", owner)
        before = {(unit, kind, value): n for unit, kind, value, n in json.loads(rows[0][0])} if rows else {}
        if before == parts:
            return set()
        more = Counter(parts)
        more.subtract(before)
        changed = [(*tally, count) for tally, count in sorted(more.items()) if count]
        self._many(
            "INSERT INTO tallies (unit, kind, value, count) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET count = count + excluded.count",
            changed,
        )
        self._many(
            "DELETE FROM tallies WHERE unit = ? AND kind = ? AND value = ? AND count = 0", (row[:3] for row in changed)
        )
        kept = json.dumps([(*tally, count) for tally, count in sorted(parts.items())])
        if parts:
            self._rows("INSERT OR REPLACE INTO parts (owner, parts) VALUES (?, ?)", owner, kept)
        else:
            self._rows("DELETE FROM parts WHERE owner = ?", owner)
        return {unit for unit, *_ in changed}

    def tallies(self, unit: str) -> dict[tuple[str, str], int]:
        """Return the parts of a group by kind and value, with the number of times that they are brought."""
        rows = self._rows("SELECT kind, value, count FROM tallies WHERE unit = ?", unit)
        return {(kind, value): count for kind, value, count in rows}

    def tallies_under(self, beginning: str) -> Iterator[tuple[str, dict[tuple[str, str], int]]]:
        """Yield every group whose name begins like that with its parts, sorted by group."""
        sql = "SELECT unit, kind, value, count FROM tallies WHERE unit >= ? AND unit < ? ORDER BY unit"
        following = beginning[:-1] + chr(ord(beginning[-1]) + 1)
        for unit, rows in groupby(self._rows(sql, beginning, following), key=lambda row: row[0]):
            yield unit, {(name, value): count for _, name, value, count in rows}

    def rename(self, actor_id: str, name: str) -> bool:
        """Note the name of an actor; whether it is another one than before."""
        rows = self._rows("SELECT name FROM names WHERE actor_id = ?", actor_id)
        if rows and rows[0][0] == name:
            return False
        self._rows("INSERT OR REPLACE INTO names (actor_id, name) VALUES (?, ?)", actor_id, name)
        return True

    # Units

    def set_needs(self, unit: str, asked: Collection[str]) -> None:
        """Note what the rows of a unit were made from."""
        rows = self._rows("SELECT asked FROM asked WHERE unit = ?", unit)
        before, now = set(json.loads(rows[0][0])) if rows else set[str](), set(asked)
        if before == now:
            return
        self._many("DELETE FROM needs WHERE asked = ? AND unit = ?", ((what, unit) for what in sorted(before - now)))
        self._many("INSERT INTO needs (asked, unit) VALUES (?, ?)", ((what, unit) for what in sorted(now - before)))
        if now:
            self._rows("INSERT OR REPLACE INTO asked (unit, asked) VALUES (?, ?)", unit, json.dumps(sorted(now)))
        else:
            self._rows("DELETE FROM asked WHERE unit = ?", unit)

    def needing(self, asked: Iterable[str]) -> set[str]:
        """Return the units whose rows were made from any of that."""
        return {unit for what in asked for (unit,) in self._rows("SELECT unit FROM needs WHERE asked = ?", what)}

    def all_units(self) -> set[str]:
        """Return the units of all documents and events, and every group that has a part.

        Documents and events that are gone are among them as long as they still bring parts to groups.
        """
        events = self._rows("SELECT DISTINCT event_id FROM claims WHERE event_id IS NOT NULL")
        bringing = self._rows("SELECT owner FROM parts WHERE owner LIKE 'doc:%' OR owner LIKE 'event:%'")
        groups = self._rows("SELECT DISTINCT unit FROM tallies WHERE unit NOT LIKE 'seen%'")
        told = {*(f"doc:{doc_id}" for doc_id in self.doc_ids()), *(f"event:{event_id}" for (event_id,) in events)}
        return told | {unit for (unit,) in (*groups, *bringing)}

    def mark_of(self, store: str) -> str | None:
        """Return the mark of the graph that a store holds in full since this index was made, None when it does not."""
        rows = self._rows("SELECT mark FROM stores WHERE store = ?", store)
        return rows[0][0] if rows else None

    def soil(self, units: Iterable[str]) -> None:
        """Note that units are to be made anew in every store."""
        self._many("INSERT OR IGNORE INTO dirty (store, unit) SELECT store, ? FROM stores", ((unit,) for unit in units))

    def dirty(self, store: str) -> set[str]:
        """Return the units that are to be made anew in a store."""
        return {unit for (unit,) in self._rows("SELECT unit FROM dirty WHERE store = ?", store)}

    def clean(self, store: str, mark: str) -> None:
        """Note that a store holds everything."""
        self._rows("DELETE FROM dirty WHERE store = ?", store)
        self._rows("INSERT OR REPLACE INTO stores (store, mark) VALUES (?, ?)", store, mark)

    def drop_store(self, store: str) -> None:
        """Note that a store may lack anything."""
        self._rows("DELETE FROM stores WHERE store = ?", store)
        self._rows("DELETE FROM dirty WHERE store = ?", store)

    # SQLite

    def _rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        with self._errors():
            return self._connection.execute(sql, parameters).fetchall()

    def _many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        with self._errors():
            self._connection.executemany(sql, rows)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            remedy = way_out(error, "delete the file")
            raise StoreError(f"the index {self._name} cannot be used: {error}; {remedy}") from error


def _link(row: tuple[Any, ...]) -> Link:
    kind, claim_id, to, score = row
    return Link(kind=LinkKind(kind), claim_id=claim_id, to=to, score=score)
