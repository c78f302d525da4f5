"""Which actors are alike, kept pair by pair, so that only those of whom something is new are compared."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

Rows = Callable[..., list[tuple[Any, ...]]]
Many = Callable[[str, Iterable[tuple[object, ...]]], None]


class Alike:
    """Actors by the keys that like ones share, and the pairs that are sure to be one; belongs to an index."""

    def __init__(self, rows: Rows, many: Many) -> None:
        """Take how the index reads and writes."""
        self._rows = rows
        self._many = many

    def parts_of(self, raw_id: str) -> set[str]:
        """Return the nodes into which a raw id is told apart, none for one that is one node."""
        sql = "SELECT node FROM apart WHERE node > ? AND node < ?"
        return {node for (node,) in self._rows(sql, f"{raw_id}@", f"{raw_id}A")}  # A follows @

    def set_parts_of(self, raw_id: str, parts: Collection[str]) -> bool:
        """Note into which nodes a raw id is told apart; whether they are others than before."""
        before = self.parts_of(raw_id)
        self._many("DELETE FROM apart WHERE node = ?", ((node,) for node in sorted(before - set(parts))))
        self._many("INSERT INTO apart (node) VALUES (?)", ((node,) for node in sorted(set(parts) - before)))
        return before != set(parts)

    def all_parts(self) -> tuple[str, ...]:
        """Return every node that is a part of a raw id."""
        return tuple(node for (node,) in self._rows("SELECT node FROM apart"))

    def keys_of(self, node: str) -> set[str]:
        """Return the keys under which like ones find a node."""
        return {key for (key,) in self._rows("SELECT key FROM blocks WHERE node = ?", node)}

    def set_keys_of(self, node: str, keys: Collection[str]) -> None:
        """Note the keys under which like ones find a node, in place of those of before."""
        before = self.keys_of(node)
        gone, new = sorted(before - set(keys)), sorted(set(keys) - before)
        self._many("DELETE FROM blocks WHERE key = ? AND node = ?", ((key, node) for key in gone))
        self._many("INSERT INTO blocks (key, node) VALUES (?, ?)", ((key, node) for key in new))

    def sharing(self, key: str, limit: int) -> tuple[str, ...]:
        """Return the nodes under a key, at most so many."""
        return tuple(node for (node,) in self._rows("SELECT node FROM blocks WHERE key = ? LIMIT ?", key, limit))

    def set_sure(self, node: str, sure: Mapping[str, float]) -> bool:
        """Note with whom a node is sure to be one, with their scores; whether that is otherwise than before."""
        before = {
            (left, right): score
            for left, right, score in self._rows(
                "SELECT left_node, right_node, score FROM sure WHERE left_node = ?1 OR right_node = ?1", node
            )
        }
        now = {(min(node, other), max(node, other)): score for other, score in sure.items()}
        if before == now:
            return False
        self._many("DELETE FROM sure WHERE left_node = ? AND right_node = ?", before)
        self._many(
            "INSERT INTO sure (left_node, right_node, score) VALUES (?, ?, ?)",
            ((*pair, score) for pair, score in sorted(now.items())),
        )
        return True

    def all_sure(self) -> tuple[tuple[str, str, float], ...]:
        """Return every pair that is sure to be one, the smaller node left, with its score."""
        return tuple(self._rows("SELECT left_node, right_node, score FROM sure"))
