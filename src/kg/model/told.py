"""Claims side by side with the document and the actors that they speak of: what resolution and graph read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kg.model.claims import Claim, Extraction, LocalActor
from kg.model.documents import Document

Read = Sequence[tuple[Document, Sequence[Extraction]]]
"""Documents with what the extractors found in each of them, in any order."""

_UNKNOWN_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldClaim:
    """A claim with its document.

    Attributes:
        claim: As it counts, without what was judged wrong of it.
        actors: The actors of its extraction by local_id; local ids of two extractors may be equal by chance.
        as_told: The claim as it was extracted, with the status and time that its sentence gives it.
        wrong_on: What was judged wrong of it, sorted: "number", "occurrence", "date" or "actor".
    """

    claim: Claim
    document: Document
    actors: Mapping[str, LocalActor]
    as_told: Claim
    wrong_on: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[datetime, str, int, str]:
        """Sorts by publication (unknown last), then document and place in it."""
        return told_order(self.document, self.claim)


def told_order(document: Document, claim: Claim) -> tuple[datetime, str, int, str]:
    """Return what claims are sorted by: publication (unknown last), then document and place in it."""
    published = document.published.start if document.published else None
    return (published or _UNKNOWN_LAST, document.doc_id, claim.trigger_start, claim.claim_id)


def told_claims(read: Read) -> tuple[ToldClaim, ...]:
    """Return every claim once, earliest publication first, whatever the order of `read`.

    Where two extractors give the same claim, the more confident one is taken, then the first by name.
    """
    best: dict[str, tuple[tuple[float, str, str], ToldClaim]] = {}
    for document, extractions in read:
        for extraction in extractions:
            actors = {actor.local_id: actor for actor in extraction.actors}
            for claim in extraction.claims:
                rank = (-claim.confidence, extraction.extractor, extraction.extractor_version)
                if claim.claim_id not in best or rank < best[claim.claim_id][0]:
                    best[claim.claim_id] = (
                        rank,
                        ToldClaim(claim=claim, document=document, actors=actors, as_told=claim),
                    )
    return tuple(sorted((told for _, told in best.values()), key=lambda told: told.order))
