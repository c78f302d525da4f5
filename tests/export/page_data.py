"""Reads the rows back out of a page, as its script does."""

import json


def block_of(page: str, name: str) -> dict[str, object]:
    """The JSON of one of the inert blocks of a page."""
    return json.loads(page.split(f'id="{name}">')[1].split("</script>", 1)[0])


def rows_of(columns: dict[str, object]) -> list[dict[str, object]]:
    """The rows that columns hold; what a row leaves out is no key of it."""
    rows = [{} for _ in range(columns["length"])]
    for name, column in columns.items():
        for n, row in enumerate(rows if name != "length" else ()):
            value = column[n] if isinstance(column, list) else column["values"][column["at"][n] if column["at"] else 0]
            if value is not None:
                row[name] = value
    return rows
