"""Who did what to whom, and what was only said: events, roles and status from the grammar of one sentence."""

from kg.extract.actors import find_actors
from kg.extract.coherence import with_ends_of_postponements, with_mediated_parties
from kg.extract.encoder import Encoder
from kg.extract.reading import NAME, Reading, sides_of, signature
from kg.model.claims import Extraction
from kg.model.documents import Document, MediaType
from kg.model.words import SentenceKind

_TOLD_KINDS = frozenset({SentenceKind.NARRATION, SentenceKind.TITLE})


class PatternsExtractor:
    """Reads claims out of English news by its words alone; needs no network, no key and no server."""

    name = NAME
    media_types = frozenset({MediaType.TEXT, MediaType.HTML, MediaType.KG_DOCUMENT})

    @property
    def version(self) -> str:
        """Changes with the rules and with the user's facts."""
        return signature(None)[1]

    def extract(self, document: Document) -> Extraction:
        """Return the actors, mentions and claims of a document.

        Posts, captions and sentences that lost words at a join give mentions, but no claims.
        """
        return claims_of(document)


def claims_of(document: Document, encoder: Encoder | None = None) -> Extraction:
    """Return the actors, mentions and claims of a document, read with an encoder when one is given."""
    found = find_actors(document)
    name, version = signature(encoder)
    reading = Reading(document, found, encoder)
    for number, sentence in enumerate(document.sentences):
        if sentence.kind in _TOLD_KINDS:
            reading.read(number, sentence)
    return Extraction(
        doc_id=document.doc_id,
        extractor=name,
        extractor_version=version,
        actors=found.actors,
        mentions=found.mentions,
        claims=tuple(with_ends_of_postponements(with_mediated_parties(reading.claims, sides_of(found)))),
    )
