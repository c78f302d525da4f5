"""Measures extractors against annotated documents: reading gold, comparing, figures."""
