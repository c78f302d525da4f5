"""Checks of the settings that sources are built with."""

from collections.abc import Sequence
from datetime import UTC, datetime

from kg.model.errors import SettingsError


def checked_texts(key: str, value: object) -> tuple[str, ...]:
    """Return a setting that must be a list of at least one non-empty text.

    Raises:
        SettingsError: It is something else.
    """
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        texts = tuple(text for text in value if isinstance(text, str) and text.strip())
        if texts and len(texts) == len(value):
            return texts
    raise SettingsError(f'{key} = {value!r} is not a list of texts; write {key} = ["...", "..."]')


def checked_count(key: str, value: object, *, least: int = 0) -> int:
    """Return a setting that must be a whole number.

    Raises:
        SettingsError: It is something else, or smaller than `least`.
    """
    if isinstance(value, int) and not isinstance(value, bool) and value >= least:
        return value
    raise SettingsError(f"{key} = {value!r} is not a whole number of at least {least}")


def checked_flag(key: str, value: object) -> bool:
    """Return a setting that must be true or false.

    Raises:
        SettingsError: It is something else.
    """
    if isinstance(value, bool):
        return value
    raise SettingsError(f"{key} = {value!r} is neither true nor false")


def checked_moment(key: str, value: object) -> datetime:
    """Return an ISO 8601 text with a UTC offset as an aware time in UTC.

    Raises:
        SettingsError: It is something else.
    """
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise SettingsError(f"{key} = {value!r} is not a time with a UTC offset; write it like 2025-06-27T12:00:00Z")
    return moment.astimezone(UTC)
