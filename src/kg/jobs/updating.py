"""Brings the index up to date with the ledger: what is new is looked at, and what it touches, and nothing else."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kg.graph import actor_unit, document_unit, event_unit
from kg.jobs.delistings import drops_of, list_keys, note_drops
from kg.jobs.disputes import note_rulings, rulings_in
from kg.jobs.identities import note_identity
from kg.jobs.seen import raw_ids_of, seen_parts
from kg.jobs.shelf import Shelf
from kg.jobs.versions import note_standings, standings_of, version_keys
from kg.model.world import Link, LinkKind
from kg.resolve.actors import actor_tallies
from kg.resolve.copies import MAX_FOUND, copy_of, keys_of, publication_order
from kg.resolve.linking import MAX_OFFERED, Linker, candidates_of, cluster
from kg.resolve.parties import PartyClaim
from kg.resolve.resolution import LINKERS
from kg.resolve.rulings import holds
from kg.store.index import SEPARATOR, FoundAt, Index, IndexedClaim
from kg.store.ledger import Ledger

CHANGES = "changes"


def update(ledger: Ledger, index: Index, shelf: Shelf) -> None:
    """Bring the index up to date with the ledger and soil the units that have to be made anew."""
    with index.transaction():
        since, now = int(index.get(CHANGES) or 0), ledger.changes()
        shelf.stand(standings_of(index), drops_of(index), rulings_in(index))
        if since == now:
            return
        known = index.doc_ids() if since == 0 or ledger.has_forgotten(since) else set()
        held = set(ledger.doc_ids()) if since == 0 or known else set()
        changed = {*ledger.changed(since), *(known ^ held)} if since else held
        changed |= note_standings(ledger, index, changed) | note_rulings(ledger, index)
        changed |= note_drops(ledger, index, changed)
        shelf.stand(standings_of(index), drops_of(index), rulings_in(index))
        changed = _with_identities(ledger, index, shelf, changed)
        _Update(index, shelf).run(sorted(changed), is_new=since == 0)
        index.put(CHANGES, str(now))


def _with_identities(ledger: Ledger, index: Index, shelf: Shelf, changed: set[str]) -> set[str]:
    """Return the documents that changed, and those in which somebody is somebody else now."""
    groups: set[str] = set()
    for doc_id in sorted(changed):
        read = shelf.read(doc_id)
        groups |= index.set_parts(f"seen:{doc_id}", seen_parts(read) if read else {})
    raw_ids, actor_ids = note_identity(ledger, index, raw_ids_of(groups))
    index.soil(map(actor_unit, sorted(actor_ids)))
    return changed.union(*map(index.documents_with, raw_ids))


class _Update:
    """One update under way; `asked` gathers what changed of what rows were made from."""

    def __init__(self, index: Index, shelf: Shelf) -> None:
        self._index = index
        self._shelf = shelf
        self._apart = rulings_in(index).apart
        self._asked: set[str] = set()
        self._offering: dict[str, tuple[str, ...]] = {}

    def run(self, changed: Sequence[str], *, is_new: bool) -> None:
        index = self._index
        old = {claim.claim_id: claim for doc_id in changed for claim in index.claims_of_document(doc_id)}
        old_events = {event for claim_id in old if (event := index.event_of(claim_id))}
        old_links = {link for claim_id in old for link in index.found_by(claim_id)}
        claims = [claim for doc_id in changed for claim in self._claims(doc_id)]
        keys = {key for claim in (*old.values(), *claims) for key in claim.offers}
        before = {doc_id: index.found_at(doc_id) for doc_id in changed}
        touched = set() if is_new else self._touched(keys, changed)
        for doc_id in changed:
            index.remove_document(doc_id)
        for doc_id in changed:
            self._put_document(doc_id)
        index.put_claims(claims)
        touched |= set() if is_new else self._touched(keys, changed)
        new = {claim.claim_id for claim in claims}
        self._asked.update(f"claim:{claim_id}" for claim_id in {*old, *new})
        joined = self._link(sorted({*new, *(touched - old.keys())}), old_links)
        self._cluster({*joined, *new} - (old.keys() - new), old_events)
        self._find_copies(changed, set() if is_new else self._later_than(changed, before))
        index.soil(map(document_unit, changed))
        index.soil(sorted(index.needing(sorted(self._asked))))

    def _claims(self, doc_id: str) -> Iterator[IndexedClaim]:
        if self._shelf.read(doc_id) is None:
            return
        for claim_id, party in self._shelf.parties(doc_id).items():
            yield IndexedClaim(
                claim_id=claim_id,
                doc_id=doc_id,
                place=_place(party),
                offers=tuple(sorted({_key(linker, key) for linker in LINKERS for key in linker.offered(party)})),
                wants=tuple(sorted({_key(linker, key) for linker in LINKERS for key in linker.wanted(party)})),
            )

    def _put_document(self, doc_id: str) -> None:
        """Add a document with what it shows of its actors."""
        index = self._index
        if self._shelf.read(doc_id) is None:
            index.soil(sorted(index.set_parts(f"actors:{doc_id}", {})))
            return
        one = self._shelf.resolved(doc_id)
        published, _ = publication_order(one.document)
        keys = () if one.document.known_to else keys_of(one.document)
        place = SEPARATOR.join((published.isoformat(), doc_id))
        index.put_document(doc_id, place, (*keys, *version_keys(one.document), *list_keys(one.document)), one.actor_of)
        shown = actor_tallies(one.document, one.extractions, one.actor_of)
        parts = Counter({(actor_unit(key), kind, value): n for (key, kind, value), n in shown.items()})
        index.soil(sorted(index.set_parts(f"actors:{doc_id}", parts)))

    def _touched(self, keys: Iterable[str], changed: Sequence[str]) -> set[str]:
        """Return the claims that look under keys where, among those that count, lies a claim of a changed document."""
        documents, touched = set(changed), set[str]()
        for key in sorted(keys):
            wanting = self._index.wanting(key)
            if wanting and any(_document_at(place) in documents for place in self._index.offering(key, MAX_OFFERED)):
                touched.update(wanting)
        return touched

    def _link(self, claim_ids: Iterable[str], gone: set[Link]) -> set[str]:
        """Link claims, and return those whose event may have changed.

        Args:
            gone: The links that claims of changed documents had found.
        """
        index, changed = self._index, set(gone)
        for claim_id in claim_ids:
            party = self._party(claim_id)
            linked = (linker.link(party, self._candidates(party, linker)) for linker in LINKERS)
            found = frozenset(link for links in linked for link in links if holds(link, self._apart))
            before = index.found_by(claim_id)
            if found != before:
                index.set_links(claim_id, sorted(found, key=lambda link: (link.kind, link.claim_id, link.to)))
                changed |= found ^ before
        self._asked.update(f"links:{end}" for link in changed for end in (link.claim_id, link.to))
        same = (link for link in changed if link.kind is LinkKind.SAME_EVENT)
        return {end for link in same for end in (link.claim_id, link.to)}

    def _candidates(self, party: PartyClaim, linker: Linker) -> list[PartyClaim]:
        keys = sorted({_key(linker, key) for key in linker.wanted(party)})
        return candidates_of(party, ([self._party_at(place) for place in self._places(key)] for key in keys))

    def _places(self, key: str) -> tuple[str, ...]:
        if key not in self._offering:
            self._offering[key] = self._index.offering(key, MAX_OFFERED)
        return self._offering[key]

    def _party(self, claim_id: str) -> PartyClaim:
        return self._shelf.parties(self._index.document_of(claim_id) or "")[claim_id]

    def _party_at(self, place: str) -> PartyClaim:
        _, doc_id, _, claim_id = place.split(SEPARATOR)
        return self._shelf.parties(doc_id)[claim_id]

    def _cluster(self, claim_ids: Iterable[str], old_events: Iterable[str]) -> None:
        """Put together anew the events of some claims.

        Args:
            old_events: Events that claims of changed documents belonged to.
        """
        index = self._index
        before = {claim_id: index.event_of(claim_id) for claim_id in claim_ids}
        events = {*old_events, *filter(None, before.values())}
        events = self._with_those_apart(before, events)
        places = {claim_id: place for claim_id in before if (place := index.place_of(claim_id))}
        for event_id in sorted(events):
            for claim_id, place in index.claims_of_event(event_id):
                places[claim_id], before[claim_id] = place, event_id
        in_order = sorted(places, key=places.__getitem__)
        links = (link for claim_id in in_order for link in index.found_by(claim_id))
        for event in cluster(in_order, links, self._apart):
            for claim_id in event.claim_ids:
                if before[claim_id] != event.event_id:
                    index.set_event(claim_id, event.event_id)
                    self._asked.add(f"claim:{claim_id}")
                    self._asked.update(f"event:{one}" for one in (before[claim_id], event.event_id) if one)
                    index.soil(event_unit(one) for one in (before[claim_id], event.event_id) if one)
        self._asked.update(f"event:{event_id}" for event_id in events)
        index.soil(map(event_unit, sorted(events)))

    def _with_those_apart(self, claim_ids: Collection[str], events: set[str]) -> set[str]:
        """Add the events that would be one with some of these, were their claims not judged to be apart."""
        pairs = {pair: {event for one in pair if (event := self._index.event_of(one))} for pair in self._apart}
        while True:
            near = [told for pair, told in pairs.items() if not told.isdisjoint(events) or {*pair} & {*claim_ids}]
            if not set().union(*near) - events:
                return events
            events = events.union(*near)

    def _later_than(self, changed: Sequence[str], before: Mapping[str, FoundAt]) -> set[str]:
        """Return the documents that share a key with an earlier one that came, went or changed its keys."""
        earliest: dict[str, str] = {}
        for doc_id in changed:
            was, is_now = before[doc_id], self._index.found_at(doc_id)
            for place, keys in (was, is_now) if was != is_now else ():
                for key in keys:
                    earliest[key] = min(place, earliest.get(key, place))
        later: set[str] = set()
        for key, place in sorted(earliest.items()):
            counting = self._index.offering(key, MAX_FOUND)
            if len(counting) < MAX_FOUND or place <= counting[-1]:
                later.update(_document_at(one) for one in self._index.offering(key, -1, after=place))
        return later

    def _find_copies(self, changed: Sequence[str], later: set[str]) -> None:
        """Find what documents copy.

        Args:
            later: Those that may copy another one than before although they did not change.
        """
        touched = later.union(changed, *map(self._index.copies_of, changed))
        for doc_id in sorted(touched):
            document = self._shelf.document(doc_id)
            if document is None:
                continue
            keys = () if document.known_to else keys_of(document)
            places = (place for key in keys for place in self._index.offering(key, MAX_FOUND))
            found = set(map(_document_at, places)) - {doc_id}
            others = (other for one in sorted(found) if (other := self._shelf.document(one)))
            copy = copy_of(document, others)
            if (original := copy.copy_of if copy else None) != self._index.copy_of(doc_id):
                self._index.set_copy_of(doc_id, original)
                self._asked.add(f"origin:{doc_id}")
        self._asked.update(f"origin:{doc_id}" for doc_id in changed)


def _key(linker: Linker, key: str) -> str:
    """Return a key with its time first: what is told of one week then lies side by side, and few pages change."""
    words, kind, time = f"{linker.name} {key}".rsplit(" ", 2)
    return f"{kind} {time} {words}"


def _place(party: PartyClaim) -> str:
    published, doc_id, trigger_start, claim_id = party.order
    return SEPARATOR.join((published.isoformat(), doc_id, f"{trigger_start:09d}", claim_id))


def _document_at(place: str) -> str:
    return place.split(SEPARATOR)[1]
