"""Raw documents to documents: HTML, aggregator pages, sentences, dates of publication."""

from kg.documents.reader import read

__all__ = ["read"]
