"""Actors of documents to actors of the world, and claims to events."""

from kg.resolve.resolution import resolve

__all__ = ["resolve"]
