"""Who is one by rule, kept in the index: whom documents show otherwise than before is compared anew, nobody else."""

from collections.abc import Collection, Mapping

from kg.jobs.seen import sightings_of
from kg.model.judgements import SeenActor
from kg.resolve.identity import raw_of
from kg.resolve.pairs import MAX_BLOCK, block_keys, compare, is_sure, told_apart
from kg.store.index import Index


def note_pairs(index: Index, raw_ids: Collection[str]) -> bool:
    """Compare anew who is called by some raw ids; whether others are told apart, or sure to be one, than before."""
    pairing = _Pairing(index)
    is_otherwise = False
    for raw_id in sorted(raw_ids):
        is_otherwise |= pairing.note_nodes(raw_id)
    for node in sorted(pairing.anew()):
        is_otherwise |= index.alike.set_sure(node, pairing.sure(node))
    return is_otherwise


class _Pairing:
    def __init__(self, index: Index) -> None:
        self._index = index
        self._seen: dict[str, dict[str, SeenActor]] = {}  # by raw_id and node
        self._noted: set[str] = set()
        self._was_small: dict[str, bool] = {}  # key that a node has come under or left

    def _nodes(self, raw_id: str) -> Mapping[str, SeenActor]:
        if raw_id not in self._seen:
            self._seen[raw_id] = told_apart(sightings_of(self._index, raw_id))
        return self._seen[raw_id]

    def note_nodes(self, raw_id: str) -> bool:
        """Note the nodes of a raw id with their keys; whether they are others than before."""
        alike, nodes = self._index.alike, self._nodes(raw_id)
        before = {raw_id, *alike.parts_of(raw_id)}
        for node in sorted({*before, *nodes}):
            keys = block_keys(nodes[node]) if node in nodes else frozenset()
            for key in sorted(keys ^ alike.keys_of(node)):
                self._was_small.setdefault(key, self._is_small(key))
            alike.set_keys_of(node, keys)
            self._noted.add(node)
        return alike.set_parts_of(raw_id, nodes.keys() - {raw_id})

    def _is_small(self, key: str) -> bool:
        return len(self._index.alike.sharing(key, MAX_BLOCK + 1)) <= MAX_BLOCK

    def anew(self) -> set[str]:
        """Return the nodes that were noted, and those of keys that turned too common to tell, or no longer are."""
        turned = [key for key, was_small in self._was_small.items() if was_small != self._is_small(key)]
        return self._noted.union(*(self._index.alike.sharing(key, -1) for key in sorted(turned)))

    def sure(self, node: str) -> dict[str, float]:
        """Return with whom a node is sure to be one, with their scores."""
        alike = self._index.alike
        blocks = (alike.sharing(key, MAX_BLOCK + 1) for key in alike.keys_of(node))
        others = {other for block in blocks if len(block) <= MAX_BLOCK for other in block} - {node}
        found: dict[str, float] = {}
        for other in sorted(others):
            left, right = (self._nodes(raw_of(end))[end] for end in sorted((node, other)))
            likeness = compare(left, right)
            if likeness and is_sure(likeness, left, right):
                found[other] = likeness.score
        return found
