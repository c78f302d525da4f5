"""Rows as columns: how the page holds lists of thousands of rows in few bytes."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass

EMPTY = ("", None, (), [])  # and False: what a row then leaves out


def columns(rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return rows of properties as one column for each property, and their number as `length`.

    A column is the list of its values, None where a row leaves the property out; or, where that is shorter,
    `{"values": [...], "at": [...]}`: the different values, the most frequent first, and which of them each row has.
    When all rows have the same one, `at` is empty. A property that every row leaves out has no column.
    """
    told: dict[str, object] = {"length": len(rows)}
    for name in sorted({name for row in rows for name in row}):
        values = [_told(row.get(name)) for row in rows]
        if any(value is not None for value in values):
            told[name] = _column(values)
    return told


def _told(value: object) -> object:
    if value is False or value in EMPTY:
        return None
    if isinstance(value, tuple) and is_dataclass(value[0]):
        return tuple(asdict(item) for item in value)
    return value


def _column(values: list[object]) -> object:
    texts = [_encode(value) for value in values]
    counts = Counter(texts)
    if len(counts) == 1:
        return {"values": values[:1], "at": []}
    order = {text: n for n, (text, _) in enumerate(counts.most_common())}  # equal ones as they first come
    coded = sum(map(len, order)) + sum(len(str(order[text])) * count for text, count in counts.items())
    if coded + len('{"values":[],"at":}') >= sum(map(len, texts)):
        return values
    first = dict(zip(reversed(texts), reversed(values), strict=True))
    return {"values": [first[text] for text in order], "at": [order[text] for text in texts]}


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
