"""The world as the index knows it, for the making of rows, with note taken of everything that is asked."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from kg.graph import ToldEvent, World, actor_unit, event_of_claims
from kg.jobs.identities import identity_of
from kg.jobs.shelf import Shelf
from kg.model.told import ToldClaim
from kg.model.world import Actor, EventCluster, ResolvedDocument
from kg.resolve.actors import tallied_actor
from kg.resolve.contradictions import Contradiction, find_contradictions
from kg.store.index import Index

Value = TypeVar("Value")


class Asked(Mapping[str, Value]):
    """Finds values by key; `note` is told of each key, whether there is anything or not."""

    def __init__(self, find: Callable[[str], Value | None], note: Callable[[str], None]) -> None:
        """Take how a value is found, None where there is none."""
        self._find = find
        self._note = note

    def __getitem__(self, key: str) -> Value:
        self._note(key)
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        raise TypeError("what is read from the index is asked by key")

    def __len__(self) -> int:
        raise TypeError("what is read from the index is asked by key")


class IndexedWorld:
    """Makes worlds of which each takes note of its own."""

    def __init__(self, index: Index, shelf: Shelf, min_confidence: float) -> None:
        """Take where it is read.

        Args:
            min_confidence: Probability in [0, 1]; what is told with less is weak.
        """
        self._index = index
        self._shelf = shelf
        self._min_confidence = min_confidence
        self._types = identity_of(index).types
        self._events: dict[str, ToldEvent] = {}  # one publication asks for many of them more than once

    def asked(self) -> tuple[World, set[str]]:
        """Return a world, and the set of what will have been asked of it."""
        asked: set[str] = set()

        def noting(kind: str, find: Callable[[str], Value | None]) -> Asked[Value]:
            return Asked(find, lambda key: asked.add(f"{kind}:{key}"))

        index = self._index
        origins = noting("origin", lambda doc_id: self._origin(doc_id, asked))
        world = World(
            documents=Asked(self._document, lambda _: None),
            told=noting("claim", self._told),
            event_of=noting("claim", index.event_of),
            claims_of=noting("event", self._claims_of),
            events=noting("event", self._event),
            links=noting("links", index.links_of),
            contradictions=noting("event", lambda event_id: self._contradictions(event_id, origins)),
            actors=noting("actor", self.actor),
            origin_of=origins,
            min_confidence=self._min_confidence,
        )
        return world, asked

    def actor(self, actor_id: str) -> Actor | None:
        """Return an actor, None when nothing shows it."""
        tallies = self._index.tallies(actor_unit(actor_id))
        return tallied_actor(actor_id, tallies, self._types.get(actor_id)) if tallies else None

    def _document(self, doc_id: str) -> ResolvedDocument | None:
        return self._shelf.resolved(doc_id) if self._shelf.read(doc_id) else None

    def _told(self, claim_id: str) -> ToldClaim | None:
        doc_id = self._index.document_of(claim_id)
        return self._shelf.resolved(doc_id).told[claim_id] if doc_id else None

    def _claims_of(self, event_id: str) -> tuple[str, ...] | None:
        return tuple(claim_id for claim_id, _ in self._index.claims_of_event(event_id)) or None

    def _event(self, event_id: str) -> ToldEvent | None:
        if event_id not in self._events and (claim_ids := self._claims_of(event_id)):
            told = tuple(told for claim_id in claim_ids if (told := self._told(claim_id)))
            self._events[event_id] = event_of_claims(event_id, told)
        return self._events.get(event_id)

    def _contradictions(self, event_id: str, origins: Mapping[str, str]) -> tuple[Contradiction, ...]:
        claim_ids = self._claims_of(event_id) or ()
        documents = {claim_id: self._index.document_of(claim_id) or "" for claim_id in claim_ids}
        by_id = {claim_id: self._shelf.parties(doc_id)[claim_id] for claim_id, doc_id in documents.items()}
        return find_contradictions([EventCluster(event_id=event_id, claim_ids=claim_ids)], by_id, origins)

    def _origin(self, doc_id: str, asked: set[str]) -> str:
        while original := self._index.copy_of(doc_id):
            doc_id = original
            asked.add(f"origin:{doc_id}")
        return doc_id
