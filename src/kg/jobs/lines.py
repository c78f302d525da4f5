"""An extraction as lines: one JSON object for the scorer, or text for people."""

from collections.abc import Iterator, Sequence

from kg.export.predictions import predictions_line
from kg.model.claims import Claim, Extraction
from kg.model.documents import Document

__all__ = ["claim_lines", "predictions_line"]


def claim_lines(document: Document, found: Sequence[Extraction], *, min_confidence: float) -> Iterator[str]:
    """Yield a heading for the document and two lines a claim: what it tells, and the sentence it stands on.

    Args:
        min_confidence: Claims below it are marked weak.
    """
    published = document.published.value if document.published else "unknown date"
    publisher = line_of(document.publisher or "unknown publisher")
    yield f"{line_of(document.title or document.name)}  [{publisher}, {published}]"
    for extraction in found:
        names = {actor.local_id: actor.name for actor in extraction.actors}
        for claim in extraction.claims:
            yield f"  {claim.etype} {claim.status}: {_roles(claim, names)}{_rest(claim, min_confidence)}"
            yield f"    {claim.start}-{claim.end} “{line_of(claim.quote)}”"
    yield ""


def printable(text: str) -> str:
    """Return the text with a space for each code point that could steer a terminal; its length does not change."""
    return "".join(c if c.isprintable() else " " for c in text)


def line_of(text: str) -> str:
    """Return the text as one line that no terminal obeys."""
    return " ".join(printable(text).split())


def _roles(claim: Claim, names: dict[str, str]) -> str:
    return (
        ", ".join(f"{role.role.lower()} {line_of(names.get(role.actor, role.actor))}" for role in claim.roles)
        or "nobody named"
    )


def _rest(claim: Claim, min_confidence: float) -> str:
    parts = []
    if claim.time and claim.time.value:
        parts.append(claim.time.value)
    if claim.sanction:
        until = f" until {claim.sanction.until}" if claim.sanction.until else ""
        effective = f" effective {claim.sanction.effective}" if claim.sanction.effective else ""
        parts.append(f"sanction {claim.sanction.act}{effective}{until}")
    if claim.cue:
        parts.append(f"cue “{line_of(claim.cue)}”")
    parts.append(f"confidence {claim.confidence:.2f}{', weak' if claim.confidence < min_confidence else ''}")
    return f" ({'; '.join(parts)})"
