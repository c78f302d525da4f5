"""A folder of maps: each drawing beside the earlier ones, and an index that lists them with their counts."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from kg.export.assembly import asset, style_policy
from kg.export.files import make_folder, write_whole
from kg.export.html import json_block
from kg.export.language import Text, dictionary
from kg.model.errors import UsageError
from kg.model.graph import Graph
from kg.model.protocols import Exporter

INDEX = "index.html"
MARK = "kg-maps"  # of the block of the index that holds its list
COUNTED = {"actors": "Actor", "events": "Event", "sentences": "Claim", "documents": "Document"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapEntry:
    """A line of the index.

    Attributes:
        file: In the folder of the index.
        series: What is shown and how; maps of one series follow each other.
        day: ISO day of the newest document; empty when none is dated.
        before: The file of the same series that was drawn before; empty for the first.
    """

    file: str
    series: str
    title: str
    day: str
    actors: int
    events: int
    sentences: int
    documents: int
    before: str = ""


def add_to_folder(
    folder: Path, name: str, graph: Graph, exporter: Exporter, options: Mapping[str, str]
) -> tuple[Path, Path]:
    """Draw a graph into a folder and list it in its index; return both files.

    The file is called `NAME-DAY.FORMAT`, DAY that of the newest document, with a number when another one of that day
    is there. A drawing that is the same as the last one of its series adds nothing. The index speaks the `language` of
    the drawing.

    Raises:
        UsageError: The folder cannot be made or written to, or its index was not written by kg.
    """
    make_folder(folder)
    index = folder / INDEX
    entries = [entry for entry in read_index(index) if (folder / entry.file).is_file()]
    series = f"{name}.{exporter.name}"
    before = next((entry for entry in reversed(entries) if entry.series == series), None)
    day = _newest(graph)
    fresh = folder / f".{series}"
    exporter.write(graph, fresh, {**options, **_index_of(exporter)})
    if before and (folder / before.file).read_bytes() == fresh.read_bytes():
        fresh.unlink()
        path = folder / before.file
    else:
        path = _free(folder, "-".join(filter(None, (name, day))), exporter.name)
        fresh.replace(path)
        counts = {word: sum(node.label == label for node in graph.nodes) for word, label in COUNTED.items()}
        entries.append(
            MapEntry(
                file=path.name,
                series=series,
                title=options.get("title", name),
                day=day,
                before=before.file if before else "",
                **counts,
            )
        )
    write_whole(index, index_page(entries, options.get("language", "en")).encode("utf-8"))
    return path, index


def read_index(index: Path) -> list[MapEntry]:
    """Return the entries of an index in the order in which they were drawn; none when there is no such file.

    Raises:
        UsageError: It was not written by kg.
    """
    from lxml import etree, html

    try:
        block = html.fromstring(index.read_bytes()).find(f".//script[@id='{MARK}']")
        return [MapEntry(**entry) for entry in json.loads("" if block is None else block.text or "")]
    except FileNotFoundError:
        return []
    except (OSError, etree.LxmlError, ValueError, TypeError) as error:
        raise UsageError(
            f"{str(index)!r} was not written by kg, which lists its maps there; name another folder, or move the file"
        ) from error


def index_page(entries: list[MapEntry], language: str = "en") -> str:
    """Return the index, the latest map on top; it needs no script and no network.

    Args:
        language: One of `kg.export.language.LANGUAGES`.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("kg.export", "assets"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    by_file = {entry.file: entry for entry in entries}
    words = dictionary(language)
    rows = [(entry, by_file.get(entry.before), _change(entry, by_file.get(entry.before), words)) for entry in entries]
    style = asset("colours.css") + asset("index.css")
    return environment.get_template("index.html.jinja").render(
        csp=style_policy(style),
        style=Markup(style),  # noqa: S704 - files of this package, hashed in the policy
        rows=rows[::-1],
        language=language,
        words=words,
        counted=tuple(COUNTED),
        address=quote,
        mark=MARK,
        entries=json_block([asdict(entry) for entry in entries]),
    )


def _change(entry: MapEntry, before: MapEntry | None, words: Mapping[str, Text]) -> str:
    """How the counts differ from those of the map before: `events +3, documents −1`."""
    if before is None:
        return ""
    changes = {word: getattr(entry, word) - getattr(before, word) for word in COUNTED}
    names = {word: str(words[f"index.{word}"]).lower() for word in COUNTED}
    told = [f"{names[word]} {'+' if n > 0 else '−'}{abs(n)}" for word, n in changes.items() if n]
    return ", ".join(told) or str(words["index.same"])


def _index_of(exporter: Exporter) -> dict[str, str]:
    """The option of an exporter whose files can lead to the index."""
    return {"index": INDEX} if "index" in getattr(exporter, "options", ()) else {}


def _newest(graph: Graph) -> str:
    published = (node.properties.get("published_at") for node in graph.nodes if node.label == "Document")
    return max((day.isoformat()[:10] for day in published if isinstance(day, date)), default="")


def _free(folder: Path, name: str, suffix: str) -> Path:
    path, number = folder / f"{name}.{suffix}", 1
    while path.exists() or path.name == INDEX:
        number += 1
        path = folder / f"{name}-{number}.{suffix}"
    return path
