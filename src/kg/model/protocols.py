"""The seams. Each has a group of entry points; a new one is installed, no central file changes.

`kg.sources`     name = class of Source; built as `cls(name=..., **settings)` from a table of kg.toml
`kg.extractors`  name = class of Extractor; built as `cls(**settings)` from the table [extract.NAME] of kg.toml
`kg.stores`      name = function(target: str, **secrets) -> GraphStore
`kg.exporters`   name = class of Exporter; built without arguments
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from kg.model.claims import Extraction
from kg.model.documents import Document, RawDocument
from kg.model.graph import Graph, GraphBatch, Selection, WriteReport

Row = dict[str, object]
"""One row of a query: plain Python values (str, int, float, bool, None, date, datetime, list, dict)."""

CacheEntry = Mapping[str, str]
"""What a source wants to be told next time about a URL: `etag`, `last_modified`."""


class HttpCache(Protocol):
    """What earlier runs learnt about URLs; kept by the ledger, handed to sources that fetch."""

    def get(self, url: str) -> CacheEntry:
        """Return the validators of the last good answer, empty when there was none."""
        ...

    def put(self, url: str, entry: CacheEntry) -> None:
        """Remember validators of an answer that was put to use; dropped when the source has too few documents."""
        ...


class Source(Protocol):
    """Where bytes come from.

    A source may also have, read after the last document, `skipped` (values of `Skipped`: what it could not fetch),
    `unchanged` (how many documents it has that are as they were in an earlier run, and were not given again) and
    `not_modified` (True when the server said that nothing changed, so that no document is no fault).
    """

    @property
    def name(self) -> str:
        """Its name in kg.toml or on the command line."""
        ...

    @property
    def kind(self) -> Literal["feed", "snapshot"]:
        """A snapshot is a whole list each time; only a snapshot that was read whole may retire anything."""
        ...

    @property
    def min_documents(self) -> int:
        """The fewest documents, given or unchanged, unless all is answered "not modified"; fewer is a SourceError."""
        ...

    def fetch(self, *, now: datetime, cache: HttpCache) -> Iterator[RawDocument]:
        """Yield raw documents in a stable order.

        Args:
            now: The time of retrieval; aware, UTC. Sources never ask a clock.

        Raises:
            SourceError: The source as a whole cannot be read.
            DocumentError: Raised by the reader later; a source yields what it could fetch.
        """
        ...


class Extractor(Protocol):
    """Reads claims out of one document; pure: the same document gives the same extraction.

    Its class may also have `supersedes`, a frozenset of names of extractors: what these found in a document stays in
    the ledger, but is no part of the graph once this one has read the document, so that nothing is told twice.

    docs/adding-an-extractor.md tells how to write one, `kg.jobs.contract.breaches` whether it holds.
    """

    @property
    def name(self) -> str:
        """Its entry point."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same document could give another extraction, so with settings that matter too."""
        ...

    @property
    def media_types(self) -> frozenset[str]:
        """The media types of the documents that it reads; it is not given others."""
        ...

    def extract(self, document: Document) -> Extraction:
        """Return what the document tells; never raises on odd text."""
        ...


class GraphStore(Protocol):
    """A property graph that answers Cypher."""

    @property
    def name(self) -> str:
        """What it is called in messages and reports: a folder or an address without credentials."""
        ...

    def prepare(self) -> None:
        """Create constraints and indexes of the schema; does nothing when they are there."""
        ...

    def write(self, batch: GraphBatch) -> WriteReport:
        """Write one batch in one managed transaction; the same batch again changes nothing."""
        ...

    def read(self, selection: Selection) -> Graph:
        """Return the selected part of the graph, sorted; our labels, types and properties only."""
        ...

    def count_nodes(self) -> int:
        """Return the number of nodes with our labels."""
        ...

    def query(self, cypher: str, parameters: Mapping[str, object], *, limit: int = 10_000) -> Iterator[Row]:
        """Yield the rows of a read-only query in the order of the server.

        Raises:
            RefusedQueryError: The text is not a plain read; nothing was run.
            StoreError: The server cannot be reached, or the text is not valid Cypher.
        """
        ...

    def close(self) -> None:
        """Close connections and, for the owner of an embedded folder, the engine."""
        ...


class Exporter(Protocol):
    """Writes a graph to a file.

    Its class may also have `options`, a frozenset of the options that it knows beside `title` and `quotes`. One that
    knows `places`, a file that keeps where actors stand, draws a map: it is given that file, and events that are too
    uncertain are left out.
    """

    @property
    def name(self) -> str:
        """Its entry point, which is the word after --format."""
        ...

    def write(self, graph: Graph, path: Path, options: Mapping[str, str]) -> None:
        """Write the file whole or not at all; the same graph and options give the same bytes."""
        ...
