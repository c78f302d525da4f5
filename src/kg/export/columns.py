"""Rows as columns: how the page holds lists of thousands of rows in few bytes."""

import json
import string
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass

DIGITS = string.digits + string.ascii_lowercase


def columns(rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return rows of the same properties as one column for each property, and their number as `length`.

    A column is the list of its values; or, where that is shorter, `{"values": [...], "at": "..."}`: the different
    values, and which of them each row has, in as many digits of base 36 as the last one takes. When all rows have the
    same one, `at` is empty.
    """
    told: dict[str, object] = {"length": len(rows)}
    for name in sorted(rows[0]) if rows else ():
        told[name] = _column([_told(row[name]) for row in rows])
    return told


def _told(value: object) -> object:
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return tuple(asdict(item) for item in value)
    return value


def _column(values: list[object]) -> object:
    texts = [_encode(value) for value in values]
    first = dict(zip(reversed(texts), reversed(values), strict=True))
    order = {text: n for n, text in enumerate(dict.fromkeys(texts))}
    width = len(_digits(len(order) - 1)) if len(order) > 1 else 0
    coded = sum(map(len, order)) + len(order) + width * len(texts)
    if coded + len('{"values":,"at":""}') >= sum(map(len, texts)) + len(texts):
        return values
    codes = {text: _digits(n).rjust(width, "0") if width else "" for text, n in order.items()}
    return {"values": [first[text] for text in order], "at": "".join(codes[text] for text in texts)}


def _digits(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
