"""Runs extractors over annotated documents and measures what they tell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.jobs.evaluation.annotations import Annotated, read_annotations
from kg.jobs.evaluation.scoring import Compared, Figures, score
from kg.jobs.evaluation.telling import told_by_extraction
from kg.jobs.workplace import Workplace
from kg.model.checks import require_sound
from kg.model.documents import MediaType
from kg.model.errors import UsageError
from kg.model.protocols import Extractor

Progress = Callable[[str, int, int], None]
"""Told the extractor, how many documents are done, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The figures of each extractor by its name; none when gold has faults."""

    documents: int
    figures: Mapping[str, Figures] = field(default_factory=dict)
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
    compared = []
    for done, one in enumerate(annotated, 1):
        compared.append(compare(extractor, one))
        progress(extractor.name, done, len(annotated))
    return score(compared, min_confidence=min_confidence)


def compare(extractor: Extractor, annotated: Annotated) -> Compared:
    """Return what an extractor tells of a document beside what gold tells.

    Raises:
        PluginError: The extractor gives what could not be stored.
    """
    document, sentences = annotated.document, annotated.sentences
    extraction = require_sound(document, extractor.extract(document))
    told = told_by_extraction(extraction, sentences)
    return Compared(name=document.name, sentences=sentences, gold=annotated.gold, told=told)


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
        UsageError: A file or an extractor does not exist, or an extractor reads no texts.
    """
    annotations = read_annotations(gold, texts)
    if annotations.faults:
        return Evaluation(documents=len(annotations.documents), faults=annotations.faults)
    threshold = workplace.settings.min_confidence if min_confidence is None else min_confidence
    figures = {
        e.name: measure(e, annotations.documents, min_confidence=threshold, progress=progress)
        for e in reading_text(workplace.extractors(extractors))
    }
    return Evaluation(documents=len(annotations.documents), figures=figures)
