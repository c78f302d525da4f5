"""Titles: the words of an office, and the side that its holder acts for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.actors_context import Noun, best_sides, context_state
from kg.extract.actors_draft import Draft, Line
from kg.model.claims import LocalActor
from kg.model.words import ActorType
from kg.text.tables import cue_words, rows_of
from kg.text.words import fold_phrase

_SIDES = frozenset(
    {
        ActorType.STATE,
        ActorType.IGO,
        ActorType.ORGANISATION,
        ActorType.MILITARY,
        ActorType.ARMED_GROUP,
        ActorType.COMPANY,
    }
)
_MAX_TITLE_WORDS = 14
_MAX_PHRASE_WORDS = 7
_MAX_BETWEEN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title before, after or instead of a name.

    Attributes:
        first: The first word of the title.
        acts_for: Key of the side that it names or implies.
        is_side_certain: Whether the side stands beside the title, not only somewhere in the document.
    """

    first: int
    office: str
    acts_for: str | None
    gender: str = ""
    is_side_certain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleWord:
    """What a word does in a title: head (minister), field (foreign), modifier (former) or opposition."""

    part: str
    side: str
    gender: str


@lru_cache(maxsize=1)
def title_words() -> Mapping[str, TitleWord]:
    """Return the words of titles by their folded form; a head that is a field too is a head."""
    table: dict[str, TitleWord] = {}
    for row in rows_of("titles.csv"):
        table.setdefault(
            fold_phrase(row["word"]).replace(" ", ""),
            TitleWord(part=row["part"], side=row["side"], gender=row["gender"]),
        )
    return table


def title_before(draft: Draft, line: Line, at: int) -> Title | None:
    """Return the title that stands right before a word ("Iran's foreign minister", "minister of defence")."""
    head = at - 1
    if head < 0 or not (line.joined[head] or comma_follows(draft, line, head)):
        return None
    if not _is_head(line, head):
        return _title_with_of(draft, line, at)
    return title_at(draft, line, head)


def comma_follows(draft: Draft, line: Line, at: int) -> bool:
    """Whether a comma parts a word from the next one."""
    return at + 1 < len(line.words) and draft.text[line.words[at].end : line.words[at + 1].start] == ", "


def _is_head(line: Line, at: int) -> bool:
    word = title_words().get(line.norm(at))
    return word is not None and word.part == "head" and line.is_free(at)


def title_at(draft: Draft, line: Line, head: int) -> Title:
    """Return the title whose last word is `head`; its side is looked for before it, after it, then in the document."""
    first = head
    while first > 0 and line.joined[first - 1] and _is_title_part(line, first - 1):
        first -= 1
    parts = [title_words()[line.norm(n)] for n in range(first, head + 1) if line.norm(n) in title_words()]
    office = draft.text[line.words[first].start : line.words[head].end].casefold()
    gender = parts[-1].gender
    if any(part.part == "opposition" for part in parts) or parts[-1].side == "none":
        return Title(first=first, office=office, acts_for=None, gender=gender)
    beside = _side_beside(draft, line, first) or _side_of_phrase(draft, line, head + 1)
    if beside is None and draft.narrator is None and line.norm(head) in cue_words("speaks for a side"):
        side = next(iter(best_sides(draft, line, first, Noun.HOLDER)), None)
        return Title(first=first, office=office, acts_for=side, gender=gender)
    if beside is None and (parts[-1].side == "state" or draft.narrator is not None):
        state = context_state(draft, line, first, Noun.TITLE)
        return Title(first=first, office=office, acts_for=state.key if state else None, gender=gender)
    return Title(first=first, office=office, acts_for=beside, gender=gender, is_side_certain=beside is not None)


def _is_title_part(line: Line, at: int) -> bool:
    return line.is_free(at) and line.norm(at) in title_words()


def _side_beside(draft: Draft, line: Line, first: int) -> str | None:
    """Return the side that stands before a title ("Iranian", "Iran's", "Qatar foreign ministry", "ISIL gang")."""
    for before in range(first - 1, max(first - 2 - _MAX_BETWEEN, -1), -1):
        if not line.joined[before]:
            return None
        actor = draft.actor_at(line, before)
        if actor is not None:
            return _side_of(actor)
        if not line.is_free(before) or line.norm(before) in cue_words("no link") | cue_words("determiner"):
            return None
    return None


def _side_of(actor: LocalActor) -> str | None:
    if actor.type is ActorType.PLACE:
        return actor.country
    if actor.type not in _SIDES:
        return None
    return actor.acts_for if actor.acts_for and actor.type is not ActorType.ARMED_GROUP else actor.key


def _side_of_phrase(draft: Draft, line: Line, at: int) -> str | None:
    """Return the side that an "of", "for" or "to" after a title names ("spokesman for the IAEA")."""
    if line.norm(at) not in {"of", "for", "at", "to"}:
        return None
    for ahead in range(at + 1, min(at + _MAX_PHRASE_WORDS, len(line.words))):
        actor = draft.actor_at(line, ahead)
        if actor is not None:
            return _side_of(actor)
        if not line.joined[ahead]:
            return None
    return None


def _title_with_of(draft: Draft, line: Line, at: int) -> Title | None:
    """Return the title before a name that ends in an of-phrase or a comma ("minister of defence X", "head of Y, X")."""
    for head in range(at - 2, max(at - _MAX_TITLE_WORDS, -1), -1):
        if not (line.joined[head] or head + 1 == at):
            return None
        if line.norm(head) in cue_words("title stop"):
            return None
        if _is_head(line, head) and line.norm(head + 1) in {"of", "for", "to", "at"}:
            return title_at(draft, line, head)
    return None


def title_after(draft: Draft, line: Line, last: int) -> Title | None:
    """Return the title that stands behind a name ("X, the Qatari prime minister", "X of the UN")."""
    if line.joined[last] and line.norm(last + 1) == "of" and (side := _side_of_phrase(draft, line, last + 1)):
        return Title(first=last + 1, office="", acts_for=side, is_side_certain=True)
    if not comma_follows(draft, line, last):
        return None
    for at in range(last + 1, min(last + 1 + _MAX_TITLE_WORDS, len(line.words))):
        if _is_head(line, at):
            return title_at(draft, line, at)
        if not line.joined[at] and not comma_follows(draft, line, at):
            return None
        if line.norm(at) in cue_words("title stop"):
            return None
    return None
