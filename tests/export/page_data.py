"""What a page holds and shows: its rows, as its script reads them, and the boxes of its names."""

import json
from itertools import combinations


def block_of(page: str, name: str) -> dict[str, object]:
    """The JSON of one of the inert blocks of a page."""
    return json.loads(page.split(f'id="{name}">')[1].split("</script>", 1)[0])


def rows_of(columns: dict[str, object]) -> list[dict[str, object]]:
    """The rows that columns hold."""
    rows = [{} for _ in range(columns["length"])]
    for name, column in columns.items():
        if name == "length":
            continue
        if isinstance(column, dict):
            width = len(column["at"]) // len(rows)
            at = [int(column["at"][n * width : (n + 1) * width] or "0", 36) for n in range(len(rows))]
            column = [column["values"][n] for n in at]
        for row, value in zip(rows, column, strict=True):
            row[name] = value
    return rows


def overlapping(boxes: list[dict[str, object]]) -> list[tuple[object, object]]:
    """The ids of each two names whose boxes have more than an edge in common."""
    return [
        (one["id"], other["id"])
        for one, other in combinations(boxes, 2)
        if one["left"] < other["right"] and other["left"] < one["right"]
        and one["top"] < other["bottom"] and other["top"] < one["bottom"]
    ]  # fmt: skip
