"""Bytes in: files, dumps, pages, feeds, sanctions lists. Yields raw documents."""
