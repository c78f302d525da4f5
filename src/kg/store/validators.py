"""What earlier runs learnt about URLs: the validators of HTTP (ETag, Last-Modified)."""

import json
from collections.abc import Callable, Mapping

from kg.model.protocols import CacheEntry


class LedgerHttpCache:
    """The validators of one source; what a run puts is seen by it at once and kept only by `keep()`."""

    def __init__(self, kept: Mapping[str, str], keep: Callable[[Mapping[str, str]], None]) -> None:
        self._kept = dict(kept)
        self._put: dict[str, str] = {}
        self._keep = keep

    def get(self, url: str) -> CacheEntry:
        """Return the validators of the last good answer, empty when there was none."""
        entry: CacheEntry = json.loads(self._put.get(url) or self._kept.get(url) or "{}")
        return entry

    def put(self, url: str, entry: CacheEntry) -> None:
        """Remember validators; on the disk only after `keep()`."""
        self._put[url] = json.dumps(dict(entry), sort_keys=True)

    def keep(self) -> None:
        """Write what was put to the ledger, in one transaction."""
        self._keep(self._put)
        self._kept.update(self._put)
        self._put.clear()
