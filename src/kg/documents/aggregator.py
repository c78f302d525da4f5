"""Pages of an aggregator: several stories of several publishers in one text, with interface text between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.documents.boilerplate import is_boilerplate
from kg.documents.lines import Span

MAX_TITLE_CHARS = 200
MAX_PUBLISHER_CHARS = 60
MIN_STORY_LINES = 2  # a single line is what is told, not a title of nothing
MIN_HEAD_LINES = 3
MIN_PROSE_CHARS = 80  # interface text before the first story is shorter, line by line

# `5 days ago`, `time15 minutes ago` (the name of an icon), `NDTV5 days ago`. No unit counts up to 60, which tells
# the 15 of `News1815 minutes ago` from the 18.
_AGE = re.compile(
    r"(?P<before>.*?)(?P<count>[1-5]?\d|an?)\s?(?P<unit>second|minute|min|hour|hr|day|week|month|year)s? ago",
    re.IGNORECASE,
)
_UNITS = {"min": "minute", "hr": "hour"}
_ICON = "time"
_BULLETS = "•·- "


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How long before retrieval a story was published: at least `count` units and less than one more."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story of a text as slices of it: the title, then the lines below (standfirst and body)."""

    title: Span | None
    lines: tuple[Span, ...]
    publisher: str | None = None
    age: Age | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    title: Span
    publisher: str
    age: Age
    first: int  # index of its first line
    end: int  # index of the first line below it


def split_page(text: str, lines: Sequence[Span]) -> tuple[Story, ...]:
    """Return the stories of an aggregator page in their order, nothing when the text is no such page.

    A head is a title, the same title again, the publisher and an age (`5 days ago`), on one line or two, then at
    will `• publisher` and the title once more. Text before the first head is a story only if it is prose.
    """
    words = [text[start:end] for start, end in lines]
    heads = [head for i in range(len(lines)) if (head := _head_at(words, lines, i)) is not None]
    if not heads:
        return ()
    ends = [*(head.first for head in heads[1:]), len(lines)]
    stories = [_story(words, lines, head, end) for head, end in zip(heads, ends, strict=True)]
    has_preamble = any(len(word) >= MIN_PROSE_CHARS for word in words[: heads[0].first])
    return (plain_story(text, lines[: heads[0].first]), *stories) if has_preamble else tuple(stories)


def plain_story(text: str, lines: Sequence[Span], *, known_title: str | None = None) -> Story:
    """Return the story of a text that is one: its first line is the title if it is the known one or reads like one."""
    kept = [span for span in lines if not is_boilerplate(text[span[0] : span[1]])]
    first = text[kept[0][0] : kept[0][1]] if kept else ""
    if len(kept) < MIN_STORY_LINES or not (first == known_title or _reads_like_title(first)):
        return Story(title=None, lines=tuple(kept))
    return Story(title=kept[0], lines=tuple(s for s in kept[1:] if text[s[0] : s[1]] != first))


def _reads_like_title(line: str) -> bool:
    return len(line) < MAX_TITLE_CHARS and not line.endswith((".", ";", ",", ":", '."', ".”"))


def _head_at(words: list[str], lines: Sequence[Span], i: int) -> _Head | None:
    if len(words) - i < MIN_HEAD_LINES or words[i] != words[i + 1] or len(words[i]) > MAX_TITLE_CHARS:
        return None
    found = _publisher_and_age(words, i + 2)
    if found is None:
        return None
    publisher, age, end = found
    if end < len(words) and words[end].strip(_BULLETS) == publisher:
        end += 1
    if end < len(words) and words[end] == words[i]:
        end += 1
    return _Head(title=lines[i], publisher=publisher, age=age, first=i, end=end)


def _publisher_and_age(words: list[str], i: int) -> tuple[str, Age, int] | None:
    """Return publisher, age and the index of the line below them, None when lines from `i` on are no such thing."""
    glued = _AGE.fullmatch(words[i]) if len(words[i]) <= MAX_PUBLISHER_CHARS else None
    if glued is not None and glued["before"].strip() not in {"", _ICON}:
        return glued["before"].strip(_BULLETS), _age(glued), i + 1
    if i + 1 < len(words) and max(len(words[i]), len(words[i + 1])) <= MAX_PUBLISHER_CHARS:
        alone = _AGE.fullmatch(words[i + 1])
        if alone is not None and alone["before"].strip() in {"", _ICON}:
            return words[i], _age(alone), i + 2
    return None


def _age(match: re.Match[str]) -> Age:
    unit = match["unit"].casefold()
    return Age(count=int(match["count"]) if match["count"].isdigit() else 1, unit=_UNITS.get(unit, unit))


def _story(words: list[str], lines: Sequence[Span], head: _Head, end: int) -> Story:
    title = words[head.first]
    body = tuple(lines[i] for i in range(head.end, end) if words[i] != title and not is_boilerplate(words[i]))
    return Story(title=head.title, lines=body, publisher=head.publisher, age=head.age)
