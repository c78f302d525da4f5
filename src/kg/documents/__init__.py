"""Raw documents to documents: HTML, aggregator pages, sentences, dates of publication."""
