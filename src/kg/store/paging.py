"""Long lists of keys asked for page by page, so that no query of ours runs into the limit of the store."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Record

PAGE_KEYS = 500  # busy actors have some hundred relationships each: seconds on a slow machine, and the limit is 30 s


def paged(tx: "ManagedTransaction", text: str, keys: Iterable[str]) -> "Iterator[Record]":
    """Yield the records of a query over `$keys`, in the order of the keys."""
    asked = sorted(keys)
    for begin in range(0, len(asked), PAGE_KEYS):
        yield from tx.run(text, keys=asked[begin : begin + PAGE_KEYS])
