"""Raw documents for the tests of this room."""

from datetime import UTC, datetime

from kg.model.documents import MediaType, RawDocument

RETRIEVED = datetime(2025, 6, 27, 12, tzinfo=UTC)


def raw(content: str | bytes, media_type: str = MediaType.TEXT, **known) -> RawDocument:
    return RawDocument(
        source="files",
        locator="desk/page.txt",
        media_type=media_type,
        content=content.encode() if isinstance(content, str) else content,
        **known,
    )
