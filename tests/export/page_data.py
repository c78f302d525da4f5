"""Reads the rows back out of a page, as its script does."""

import json


def block_of(page: str, name: str) -> dict[str, object]:
    """The JSON of one of the inert blocks of a page."""
    return json.loads(page.split(f'id="{name}">')[1].split("</script>", 1)[0])


def rows_of(columns: dict[str, object]) -> list[dict[str, object]]:
    """The rows that columns hold; what a row leaves out is no key of it."""
    rows = [{} for _ in range(columns["length"])]
    for name, column in columns.items():
        if name == "length":
            continue
        if isinstance(column, dict):
            width = len(column["at"]) // len(rows)
            at = [int(column["at"][n * width : (n + 1) * width] or "0", 36) for n in range(len(rows))]
            column = [column["values"][n] for n in at]
        for row, value in zip(rows, column, strict=True):
            if value is not None:
                row[name] = value
    return rows
