"""Who did what to whom, and what was only said: events, roles and status from the grammar of one sentence."""

from kg.extract.actors import find_actors
from kg.extract.coherence import with_ends_of_postponements
from kg.extract.reading import NAME, VERSION, Reading
from kg.model.claims import Extraction
from kg.model.documents import Document, MediaType
from kg.model.words import SentenceKind

_TOLD_KINDS = frozenset({SentenceKind.NARRATION, SentenceKind.TITLE})


class PatternsExtractor:
    """Reads claims out of English news by its words alone; needs no network, no key and no server."""

    name = NAME
    version = VERSION
    media_types = frozenset({MediaType.TEXT, MediaType.HTML, MediaType.KG_DOCUMENT})

    def extract(self, document: Document) -> Extraction:
        """Return the actors, mentions and claims of a document.

        Posts, captions and sentences that lost words at a join give mentions, but no claims.
        """
        found = find_actors(document)
        reading = Reading(document, found)
        for number, sentence in enumerate(document.sentences):
            if sentence.kind in _TOLD_KINDS:
                reading.read(number, sentence)
        return Extraction(
            doc_id=document.doc_id,
            extractor=NAME,
            extractor_version=VERSION,
            actors=found.actors,
            mentions=found.mentions,
            claims=tuple(with_ends_of_postponements(reading.claims)),
        )
