"""The ties as a table: one row for each event and ordered pair, with a sentence to check it by."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.export.cards import Cards
from kg.export.events import PairKind, is_structure, played_events
from kg.export.files import write_whole
from kg.export.graph import to_networkx
from kg.export.map_values import Evidence
from kg.export.options import read_options
from kg.export.xml_text import Scalar
from kg.model.graph import Graph, NodeRef

COLUMNS = (
    "event_id", "kind", "status", "happened", "t_start", "t_end", "t_precision",
    "source", "source_name", "source_type", "source_acts_for",
    "target", "target_name", "target_type", "target_acts_for", "mutual",
    "etype", "plover", "sign", "score", "occurrence", "confidence", "weak", "n_claims", "n_docs", "n_independent",
    "quote", "speaker", "publisher", "published", "url",
)  # fmt: skip

# A cell that begins like this is a formula, or hides one, to the programs that open tables.
FORMULA = re.compile(r"[=+\-@\t\r]")


class CsvExporter:
    """Writes the edges of `to_networkx` as rows, with the sentence that was published first and where it stands."""

    name = "csv"

    def write(self, graph: Graph, path: Path, options: Mapping[str, str]) -> None:
        """Write the file, UTF-8; `quotes` "no" leaves the column of quotes empty, and `title` is not told."""
        told = read_options(options, self.name)
        directed = to_networkx(graph)
        evidence = _Evidence(graph, has_quotes=told.has_quotes)
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
        writer.writeheader()
        for source, target, key, edge in directed.edges(keys=True, data=True):
            ends: dict[str, Scalar] = {}
            for end, node in (("source", source), ("target", target)):
                about = directed.nodes[node]
                ends |= {end: node, f"{end}_name": about.get("name", node), f"{end}_type": about.get("type", "place")}
            place = key if edge["kind"] == PairKind.STRUCTURE else edge["event_id"]
            row = {**edge, **ends, **evidence.of(str(place), source, target)}
            writer.writerow({name: _cell(value) for name, value in row.items()})
        write_whole(path, text.getvalue().encode("utf-8", errors="replace"))


class _Evidence:
    """The first sentence behind each edge of a graph, by its event or, of a state of affairs, by its edge."""

    def __init__(self, graph: Graph, *, has_quotes: bool) -> None:
        self._cards = Cards(graph, has_quotes=has_quotes)
        self._of_event = {event.node.key: self._cards.event(event).evidence for event in played_events(graph)}
        self._of_structure: dict[tuple[str, str, str], Sequence[int]] = {}
        for relationship in graph.relationships:
            claims = relationship.properties.get("claim_ids")
            if is_structure(relationship) and isinstance(claims, tuple):
                key = ":".join((relationship.type, *relationship.ref.keys, PairKind.STRUCTURE))
                refs = tuple(NodeRef(label="Claim", key=claim) for claim in claims)
                ends = (relationship.start.key, relationship.end.key)
                self._of_structure[key, *ends] = self._cards.cards_of(refs)

    def of(self, place: str, source: str, target: str) -> dict[str, Scalar]:
        numbers = self._of_event.get(place) or self._of_structure.get((place, source, target)) or ()
        return self._told(self._cards.evidence[numbers[0]]) if numbers else {}

    def _told(self, sentence: Evidence) -> dict[str, Scalar]:
        told: dict[str, Scalar] = {
            "quote": "".join(text for text, _ in sentence.quote),
            "speaker": sentence.speaker,
        }
        if sentence.document is not None:
            document = self._cards.documents[sentence.document]
            told |= {
                "publisher": document.publisher,
                "published": document.published,
                "url": document.url or document.address,
            }
        return told


def _cell(value: Scalar) -> str | int | float:
    """A cell as programs read it: text never as a formula, and true and false in lower case."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value
