"""Interface text of news pages: whole lines that are dropped, and adverts fused to the front of a line."""

import re
from dataclasses import dataclass
from functools import cache

from kg.text.sentences import data_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    lines: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    prefixes: tuple[str, ...]


@cache
def _rules() -> _Rules:
    rows = data_lines("boilerplate_lines.txt")
    return _Rules(
        lines=frozenset(row.casefold() for row in rows if row[0] not in "~^"),
        patterns=tuple(re.compile(row[1:], re.IGNORECASE) for row in rows if row[0] == "~"),
        prefixes=tuple(row[1:] for row in rows if row[0] == "^"),
    )


def is_boilerplate(line: str) -> bool:
    """Say whether a whole line is interface text; a line that only contains some never is."""
    rules = _rules()
    return line.casefold() in rules.lines or any(pattern.fullmatch(line) for pattern in rules.patterns)


def advert_end(line: str) -> int:
    """Return how many characters at the front of a line are an advert fused to it, 0 for none."""
    for prefix in _rules().prefixes:
        if line.startswith(f"{prefix} "):
            return len(prefix) + 1
    return 0
