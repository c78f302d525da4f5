"""What every extraction must hold, whoever wrote the extractor, before the ledger takes it."""

from collections.abc import Iterator

from kg.model.claims import MAX_QUOTE_CHARS, Claim, Extraction
from kg.model.documents import Document
from kg.model.errors import PluginError
from kg.model.ontology import event_types


def require_sound(document: Document, extraction: Extraction) -> Extraction:
    """Return the extraction.

    Raises:
        PluginError: It breaks a rule of the model; the message names extractor, document and the first fault.
    """
    fault = next(_faults(document, extraction), None)
    if fault is not None:
        raise PluginError(
            f"extractor {extraction.extractor!r} gives what cannot be stored of {document.name!r}: {fault}; "
            "leave it out of [extract] extractors, or tell its author"
        )
    return extraction


def _faults(document: Document, extraction: Extraction) -> Iterator[str]:
    if extraction.doc_id != document.doc_id:
        yield f"it is of another document, {extraction.doc_id}"
    local_ids = [actor.local_id for actor in extraction.actors]
    if len(set(local_ids)) < len(local_ids):
        yield "two actors share a local id"
    keys = {actor.key for actor in extraction.actors}
    for actor in extraction.actors:
        if actor.acts_for is not None and actor.acts_for not in keys:
            yield f"actor {actor.name!r} acts for {actor.acts_for!r}, which is not among its actors"
    known = set(local_ids)
    for mention in extraction.mentions:
        if mention.actor not in known:
            yield f"a mention of the unknown actor {mention.actor!r}"
        yield from _span_fault(document, "mention", mention.start, mention.end)
    claim_ids = {claim.claim_id for claim in extraction.claims}
    for claim in extraction.claims:
        yield from _claim_faults(document, claim, known, claim_ids)


def _claim_faults(document: Document, claim: Claim, known: set[str], claim_ids: set[str]) -> Iterator[str]:
    what = f"claim {claim.etype} at {claim.start}"
    if claim.etype not in event_types():
        yield f"{what}: no such event type"
    if document.text[claim.start : claim.end] != claim.quote or not 0 < len(claim.quote) <= MAX_QUOTE_CHARS:
        yield f"{what}: its quote is not the text of its span, or longer than {MAX_QUOTE_CHARS} characters"
    if not claim.start <= claim.trigger_start < claim.trigger_end <= claim.end:
        yield f"{what}: its trigger lies outside its quote"
    if not 0.0 <= claim.confidence <= 1.0:
        yield f"{what}: confidence {claim.confidence}"
    if claim.content_of is not None and claim.content_of not in claim_ids:
        yield f"{what}: it is the content of an unknown claim"
    for actor in (*(role.actor for role in claim.roles), *((claim.speaker.actor,) if claim.speaker else ())):
        if actor not in known:
            yield f"{what}: the unknown actor {actor!r}"
    for role in claim.roles:
        if role.start is not None and role.end is not None:
            yield from _span_fault(document, f"{what}, {role.role}", role.start, role.end)


def _span_fault(document: Document, what: str, start: int, end: int) -> Iterator[str]:
    if not 0 <= start < end <= len(document.text):
        yield f"{what}: span {start} to {end} lies outside the text of {len(document.text)} characters"
