"""Actors of documents to actors of the world, and claims to events."""
