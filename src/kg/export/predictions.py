"""What extractors found in a document, as the line that the scorer of annotated documents reads."""

import json
from collections.abc import Iterable, Sequence

from kg.model.claims import Claim, Extraction, LocalActor
from kg.model.documents import Document


def predictions_line(document: Document, extractions: Sequence[Extraction]) -> str:
    """Return one line of JSON without its newline: actors, mentions and events with offsets in the document's text.

    Local ids of several extractions are told apart by the number of the extraction. The span of an event is its
    trigger, which always lies in the sentence that tells it.
    """
    line = {
        "doc": document.name,
        "actors": [_actor(no, actor) for no, extraction in enumerate(extractions) for actor in extraction.actors],
        "mentions": [
            {"start": mention.start, "end": mention.end, "actor": _local_id(no, mention.actor)}
            for no, extraction in enumerate(extractions)
            for mention in extraction.mentions
        ],
        "events": [_event(no, claim) for no, claim in _claims(extractions)],
    }
    return json.dumps(line, ensure_ascii=False, sort_keys=True)


def _claims(extractions: Sequence[Extraction]) -> Iterable[tuple[int, Claim]]:
    found = ((no, claim) for no, extraction in enumerate(extractions) for claim in extraction.claims)
    return sorted(found, key=lambda pair: (pair[1].trigger_start, pair[1].trigger_end, pair[0], pair[1].claim_id))


def _local_id(no: int, local_id: str) -> str:
    return f"{no}.{local_id}"


def _actor(no: int, actor: LocalActor) -> dict[str, str | None]:
    return {
        "id": _local_id(no, actor.local_id),
        "name": actor.name,
        "type": actor.type.value,
        "key": actor.key,
        "of": actor.acts_for,
    }


def _event(no: int, claim: Claim) -> dict[str, object]:
    return {
        "start": claim.trigger_start,
        "end": claim.trigger_end,
        "type": claim.etype,
        "status": claim.status.value,
        "roles": [{"role": filler.role.value, "actor": _local_id(no, filler.actor)} for filler in claim.roles],
        "time": claim.time.value if claim.time else None,
        "confidence": claim.confidence,
    }
