"""Argument parsing and printing. Talks to jobs only; imports of every command are its own."""

from kg.cli.main import main

__all__ = ["main"]
