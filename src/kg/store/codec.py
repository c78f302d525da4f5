"""JSON of the values that the ledger keeps: an exact round trip, the same value always the same text."""

import json
import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TypeVar

from kg.model.errors import StoreError

V = TypeVar("V")
Decode = Callable[[typing.Any], typing.Any]


def dumps(value: object) -> str:
    """Return a dataclass of the model as ASCII JSON with sorted keys.

    Fields whose value and default are None are left out. ASCII, because a page may hold half a surrogate pair, which
    no UTF-8 file can keep.

    Raises:
        ValueError: A number in it is not finite.
    """
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), allow_nan=False)


def loads(kind: type[V], text: str) -> V:
    """Return the value that `dumps` wrote; fields that the text lacks take their defaults.

    Raises:
        StoreError: The text is not that of such a value: another version of kg wrote it, or the file is damaged.
    """
    try:
        value: V = _decoder(typing.cast("typing.Hashable", kind))(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(
            f"a {kind.__name__} in the ledger cannot be read ({error}): {text[:60]!r}; another version of kg wrote it"
        ) from error
    return value


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if getattr(value, field.name) is not None or field.default is not None
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    return value


@cache
def _decoder(hint: object) -> Decode:
    """Return what turns parsed JSON into a value of the annotated type."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is types.UnionType:  # the model has no unions but "or None"
        inner = _decoder(next(argument for argument in arguments if argument is not types.NoneType))
        return lambda data: None if data is None else inner(data)
    if origin is tuple:
        return _tuple_decoder(arguments)
    if is_dataclass(hint):
        return _dataclass_decoder(typing.cast("type", hint))
    if hint is datetime or hint is date:
        return typing.cast("Decode", hint.fromisoformat)
    if isinstance(hint, type) and issubclass(hint, StrEnum | float):
        return hint
    return lambda data: data


def _tuple_decoder(arguments: tuple[typing.Any, ...]) -> Decode:
    if arguments[-1] is Ellipsis:
        inner = _decoder(arguments[0])
        return lambda data: tuple(inner(item) for item in data)
    parts = tuple(_decoder(argument) for argument in arguments)
    return lambda data: tuple(part(item) for part, item in zip(parts, data, strict=True))


def _dataclass_decoder(kind: type) -> Decode:
    hints = typing.get_type_hints(kind)
    decoders = {field.name: _decoder(hints[field.name]) for field in fields(kind)}
    required = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}

    def decode(data: dict[str, object]) -> object:
        if missing := required - data.keys():
            raise KeyError(f"no {', '.join(sorted(missing))}")
        return kind(**{name: decoders[name](item) for name, item in data.items()})

    return decode
