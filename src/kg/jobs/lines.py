"""An extraction as lines: one JSON object for the scorer, or text for people."""

from collections.abc import Iterator, Sequence

from kg.export.predictions import predictions_line
from kg.model.claims import Claim, Extraction
from kg.model.documents import Document

__all__ = ["claim_lines", "predictions_line"]


def claim_lines(document: Document, found: Sequence[Extraction]) -> Iterator[str]:
    """Yield a heading for the document and two lines a claim: what it tells, and the sentence it stands on."""
    published = document.published.value if document.published else "unknown date"
    yield f"{document.title or document.name}  [{document.publisher or 'unknown publisher'}, {published}]"
    for extraction in found:
        names = {actor.local_id: actor.name for actor in extraction.actors}
        for claim in extraction.claims:
            yield f"  {claim.etype} {claim.status}: {_roles(claim, names)}{_rest(claim)}"
            yield f"    {claim.start}-{claim.end} “{' '.join(claim.quote.split())}”"
    yield ""


def _roles(claim: Claim, names: dict[str, str]) -> str:
    return (
        ", ".join(f"{role.role.lower()} {names.get(role.actor, role.actor)}" for role in claim.roles) or "nobody named"
    )


def _rest(claim: Claim) -> str:
    parts = []
    if claim.time and claim.time.value:
        parts.append(claim.time.value)
    if claim.sanction:
        until = f" until {claim.sanction.until}" if claim.sanction.until else ""
        effective = f" effective {claim.sanction.effective}" if claim.sanction.effective else ""
        parts.append(f"sanction {claim.sanction.act}{effective}{until}")
    if claim.cue:
        parts.append(f"cue “{claim.cue}”")
    parts.append(f"confidence {claim.confidence:.2f}")
    return f" ({'; '.join(parts)})"
