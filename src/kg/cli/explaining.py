"""How `kg extract --explain` lays out what each claim rests on."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kg.jobs.explain import ExplainedClaim, ExplainedSentence, Part, explained
from kg.jobs.lines import line_of
from kg.model.words import HAPPENED_STATUSES

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from kg.model.claims import Extraction
    from kg.model.documents import Document

WIDTH_OF_FILES = 100  # characters a line where nobody tells the width of a terminal
LABEL_WIDTH, MIN_VALUE_WIDTH, MAX_VALUE_WIDTH = 10, 8, 36
MARGIN = 20  # characters left of the values and between the columns


class Explaining:
    """Prints documents with their claims: in colour in a terminal, the same bytes each time elsewhere."""

    def __init__(self, *, min_confidence: float) -> None:
        """Open standard output.

        Args:
            min_confidence: Claims below it are marked weak.
        """
        from rich.console import Console

        is_terminal = sys.stdout.isatty()
        self._least = min_confidence
        self._console = Console(
            width=None if is_terminal else WIDTH_OF_FILES,
            force_terminal=is_terminal,
            no_color=None if is_terminal else True,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def show(self, document: "Document", found: Sequence["Extraction"]) -> None:
        """Print one document."""
        sentences = tuple(explained(document, found))
        with self._console.capture() as captured:
            self._heading(document, found, sentences)
            for sentence in sentences:
                self._console.print()
                self._console.print(_sentence(sentence))
                for claim in sentence.claims:
                    self._claim(claim)
            self._console.print()
        for line in captured.get().splitlines():
            click.echo(line.rstrip())

    def _heading(
        self, document: "Document", found: Sequence["Extraction"], sentences: Sequence[ExplainedSentence]
    ) -> None:
        from rich.rule import Rule
        from rich.text import Text

        claims = [claim.claim for sentence in sentences for claim in sentence.claims]
        weak = sum(claim.confidence < self._least for claim in claims)
        published = document.published
        facts = [
            line_of(document.publisher or "unknown publisher"),
            f"{published.value} ({published.precision.value})" if published else "unknown date",
            line_of(document.name),
        ]
        read = ", ".join(f"{extraction.extractor} {extraction.extractor_version}" for extraction in found)
        counts = f"{len(claims)} claims" if len(claims) != 1 else "1 claim"
        counts += f" in {len(sentences)} of {len(document.sentences)} sentences"
        counts += f", {weak} weak (confidence below {self._least:g})" if weak else ""
        self._console.print(Rule(style="dim"))
        self._console.print(Text(line_of(document.title or document.name), style="bold"))
        self._console.print(Text(" · ".join(facts), style="dim"))
        self._console.print(Text(f"{counts}; read by {read}" if found else "read by no extractor", style="dim"))

    def _claim(self, explanation: ExplainedClaim) -> None:
        from rich.text import Text

        claim = explanation.claim
        is_weak = claim.confidence < self._least
        line = Text.assemble(
            (f"{explanation.no:>4}  ", "bold"),
            (claim.etype, "bold"),
            (f"  {claim.status.value}", "green" if claim.status in HAPPENED_STATUSES else "yellow"),
            f"  confidence {claim.confidence:.2f}",
            ("  weak" if is_weak else "", "red"),
            (f"  {claim.extractor} {claim.extractor_version}", "dim"),
        )
        self._console.print()
        self._console.print(line)
        half = (self._console.width - MARGIN) // 2
        self._console.print(_parts(explanation.parts, max(MIN_VALUE_WIDTH, min(MAX_VALUE_WIDTH, half))))


def _sentence(sentence: ExplainedSentence) -> "Table":
    """The sentence with its number and span, and the numbers of the claims before their triggers."""
    from rich.table import Table
    from rich.text import Text

    text = Text()
    at = sentence.span.start
    for start, end, numbers in _triggers(sentence.claims):
        text.append(sentence.span.words[at - sentence.span.start : start - sentence.span.start])
        marked = sentence.span.words[start - sentence.span.start : end - sentence.span.start]
        text.append("[")
        text.append(",".join(map(str, numbers)), "bold")
        text.append(" ")
        text.append(marked, "bold underline")
        text.append("]")
        at = end
    text.append(sentence.span.words[at - sentence.span.start :])
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=4, justify="right", style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(f"{sentence.no + 1}.", text)
    return grid


def _triggers(claims: Sequence[ExplainedClaim]) -> list[tuple[int, int, list[int]]]:
    """The spans of the triggers in the order of the text, those that overlap as one, with the numbers of the claims."""
    spans: list[tuple[int, int, list[int]]] = []
    for claim in claims:
        start, end = claim.trigger.start, claim.trigger.end
        if spans and start < spans[-1][1]:
            first, last, numbers = spans.pop()
            spans.append((first, max(last, end), [*numbers, claim.no]))
        else:
            spans.append((start, end, [claim.no]))
    return spans


def _parts(parts: Sequence[Part], value_width: int) -> "Table":
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=4)
    grid.add_column(width=LABEL_WIDTH, style="dim")
    grid.add_column(width=value_width, overflow="fold")
    grid.add_column(overflow="fold")
    for part in parts:
        grid.add_row("", part.label, Text(part.value), _evidence(part))
    return grid


def _evidence(part: Part) -> "Text":
    from rich.text import Text

    told = Text()
    if part.span:
        told.append(f"“{part.span.words}”")
        told.append(f" {part.span.start}-{part.span.end}", "dim")
    told.append(f"{' · ' if part.span and part.note else ''}{part.note}", "dim")
    return told
