"""Documents written for the tests of this room, and a short way to look at their actors."""

from datetime import date

from kg.extract.actors import find_actors
from kg.model.documents import Document, Sentence
from kg.model.times import days
from kg.model.words import Basis, SentenceKind


def document_of(*sentences, published="2025-06-18", publisher=None, titled=False):
    """Return a document of the given sentences; `published` is an ISO day or None."""
    spans, start = [], 0
    for number, sentence in enumerate(sentences):
        kind = SentenceKind.TITLE if titled and number == 0 else SentenceKind.NARRATION
        spans.append(Sentence(start=start, end=start + len(sentence), kind=kind))
        start += len(sentence) + 1
    return Document(
        doc_id="doc_test",
        name="test",
        source="test",
        media_type="text/plain",
        text="\n".join(sentences),
        sentences=tuple(spans),
        publisher=publisher,
        published=days(date.fromisoformat(published), basis=Basis.EXPLICIT) if published else None,
    )


class Read:
    """The actors of a document by the words that stand for them."""

    def __init__(self, *sentences, **about):
        self.document = document_of(*sentences, **about)
        self.found = find_actors(self.document)

    def spans(self, words):
        """Return the spans whose text is exactly `words`, from left to right."""
        return [s for s in self.found.spans if self.document.text[s.start : s.end] == words]

    def key(self, words, nth=0):
        """Return the key of the actor of the nth span with these words, None when there is none."""
        spans = self.spans(words)
        return self.found.actor(spans[nth].local_id).key if len(spans) > nth else None

    def actor(self, key):
        """Return the actor with a key."""
        return next(actor for actor in self.found.actors if actor.key == key)
