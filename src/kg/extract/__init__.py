"""A document to its actors, mentions and claims. Pure: no clock, no network, no store."""
