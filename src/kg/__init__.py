"""News and sanctions lists to a graph of who did what to whom, and what was only said."""

__version__ = "0.1.0"
