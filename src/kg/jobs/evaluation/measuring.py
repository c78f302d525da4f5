"""Runs extractors over annotated documents and measures what they tell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.jobs.evaluation.annotations import Annotated, read_annotations
from kg.jobs.evaluation.clusters import ClusterFigures, measure_gold, measure_told, read_stories, stories_beside
from kg.jobs.evaluation.scoring import Compared, Figures, score
from kg.jobs.evaluation.telling import told_by_extraction
from kg.jobs.workplace import Workplace
from kg.model.checks import require_sound
from kg.model.claims import Extraction
from kg.model.documents import MediaType
from kg.model.errors import UsageError
from kg.model.protocols import Extractor

Progress = Callable[[str, int, int], None]
"""Told the extractor, how many documents are done, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The figures of each extractor by its name; none when gold has faults.

    Attributes:
        clusters: How well claims are put together to events, by extractor and by the rules that took the claims of
            gold; empty where no stories lie beside gold.
    """

    documents: int
    figures: Mapping[str, Figures] = field(default_factory=dict)
    clusters: Mapping[str, ClusterFigures] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


def reading_text(extractors: Sequence[Extractor]) -> tuple[Extractor, ...]:
    """Return the extractors that read texts; those of list records read no gold.

    Raises:
        UsageError: None is left.
    """
    found = tuple(e for e in extractors if MediaType.KG_DOCUMENT in e.media_types)
    if not found:
        names = ", ".join(e.name for e in extractors)
        raise UsageError(f"{names} reads no texts; name an extractor that does with --extractor")
    return found


def measure(
    extractor: Extractor,
    annotated: Sequence[Annotated],
    *,
    min_confidence: float,
    progress: Progress = lambda _name, _done, _all: None,
) -> Figures:
    """Return the figures of an extractor.

    Args:
        min_confidence: Reliability is told above it, too.

    Raises:
        PluginError: The extractor gives what could not be stored.
    """
    told = read_with(extractor, annotated, progress=progress)
    return score(map(compared, annotated, told), min_confidence=min_confidence)


def read_with(
    extractor: Extractor,
    annotated: Sequence[Annotated],
    *,
    progress: Progress = lambda _name, _done, _all: None,
) -> list[Extraction]:
    """Return what an extractor tells of each document.

    Raises:
        PluginError: The extractor gives what could not be stored.
    """
    told = []
    for done, one in enumerate(annotated, 1):
        told.append(require_sound(one.document, extractor.extract(one.document)))
        progress(extractor.name, done, len(annotated))
    return told


def compared(annotated: Annotated, extraction: Extraction) -> Compared:
    """Return what an extraction tells of a document beside what gold tells."""
    told = told_by_extraction(extraction, annotated.sentences)
    return Compared(name=annotated.document.name, sentences=annotated.sentences, gold=annotated.gold, told=told)


def evaluate(
    workplace: Workplace,
    gold: Path,
    *,
    texts: Path | None = None,
    extractors: tuple[str, ...] = (),
    min_confidence: float | None = None,
    progress: Progress = lambda _name, _done, _all: None,
) -> Evaluation:
    """Return what the extractors of kg.toml, or those named, reach on a file of annotated documents.

    Args:
        texts: The documents; None for those beside gold.
        min_confidence: Reliability is told above it; None for that of kg.toml.

    Raises:
        UsageError: A file or an extractor does not exist, an extractor reads no texts, or stories beside gold do not
            fit it.
    """
    annotations = read_annotations(gold, texts)
    if annotations.faults:
        return Evaluation(documents=len(annotations.documents), faults=annotations.faults)
    threshold = workplace.settings.min_confidence if min_confidence is None else min_confidence
    beside = stories_beside(gold)
    stories = read_stories(beside, annotations.documents) if beside.exists() else ()
    figures, clusters = {}, measure_gold(stories) if stories else {}
    for extractor in reading_text(workplace.extractors(extractors)):
        told = read_with(extractor, annotations.documents, progress=progress)
        figures[extractor.name] = score(map(compared, annotations.documents, told), min_confidence=threshold)
        if stories:
            by_name = {one.document.name: each for one, each in zip(annotations.documents, told, strict=True)}
            clusters[extractor.name] = measure_told(stories, by_name)
    return Evaluation(documents=len(annotations.documents), figures=figures, clusters=clusters)
