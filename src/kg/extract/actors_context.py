"""The side that a noun means which names none ("the army", "residents", "the minister")."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache

from kg.extract.actors_draft import Draft, DraftSpan, Line
from kg.extract.spans import ReferenceKind
from kg.model.claims import LocalActor
from kg.model.words import ActorType
from kg.text.tables import rows_of

_TITLE_WORDS = 6  # a person that close behind a title is its holder, who tells nothing of where he belongs
_REACH = 3  # sentences back that count as just told
_COORDINATIONS = frozenset({" and ", "-", " and the ", " with ", "–"})
_PLACES = frozenset({ActorType.PLACE, ActorType.FACILITY})


class Noun(StrEnum):
    """Kinds of nouns that mean a side without naming it."""

    PEOPLE = "people"  # soldiers, residents
    INSTITUTION = "institution"  # the army, the foreign ministry
    TITLE = "title"  # the minister, Foreign Minister X
    HOLDER = "holder"  # the spokesman, commander X: of a state or of somebody else
    COUNTRY = "country"  # the country, the government
    OBSERVERS = "observers"  # inspectors, judges: of a state or of an organisation
    PAIR = "pair"  # both sides


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    """Return for each kind of noun what each feature of a side counts."""
    rows = list(rows_of("context_weights.csv"))
    return {noun: {row["feature"]: float(row[noun]) for row in rows} for noun in Noun}


def context_state(
    draft: Draft, line: Line, at: int, noun: Noun, word: str = "", *, is_foreign: bool = False
) -> LocalActor | None:
    """Return the state that a noun means which has none beside it.

    It is the one that publishes the document, else the best by how often, how near and in what place the document
    tells it.

    Args:
        word: The noun itself, which means the same side as where it was told with one.
        is_foreign: Whether a publisher would not speak so of itself ("the regime").
    """
    narrator = draft.by_key(draft.narrator) if draft.narrator else None
    if narrator is not None and narrator.type is ActorType.STATE and not is_foreign:
        return narrator
    found = features_of(draft, line, at, word)
    states = {key: seen for key, seen in found.items() if "state" in seen and "narrator" not in seen}
    best = best_side(draft, line, at, noun, states)
    return draft.by_key(best) if best else None


def best_side(draft: Draft, line: Line, at: int, noun: Noun, found: Mapping[str, Mapping[str, float]]) -> str | None:
    """Return the key of the side whose features weigh most."""
    weights = _weights()[noun]
    return max(
        found, key=lambda key: sum(weights.get(name, 0.0) * value for name, value in found[key].items()), default=None
    )


def best_sides(draft: Draft, line: Line, at: int, noun: Noun) -> list[str]:
    """Return the keys of all sides of the document, the likeliest first."""
    weights = _weights()[noun]
    found = features_of(draft, line, at, "")
    return sorted(found, key=lambda key: -sum(weights.get(name, 0.0) * value for name, value in found[key].items()))


def features_of(draft: Draft, line: Line, at: int, word: str) -> dict[str, dict[str, float]]:
    """Return for each side of the document what speaks for it at a word, as features with values in [0, 1]."""
    told = {key: 0 for key, count in draft.place_counts.items() if count > 0}
    told |= {key: count for key, count in draft.side_counts.items() if count > 0}
    most, places = max(told.values(), default=0), max(draft.place_counts.values(), default=0)
    total = max(sum(told.values()), 1)
    found: dict[str, dict[str, float]] = {}
    for key, count in told.items():
        found[key] = {"count": math.log1p(count) / math.log1p(max(most, 1)), "share": count / total}
        if count == most:
            found[key]["top"] = 1.0
        if draft.place_counts[key] > 0:
            found[key]["places"] = math.log1p(draft.place_counts[key]) / math.log1p(places)
        actor = draft.by_key(key)
        found[key][actor.type if actor else ActorType.PLACE] = 1.0
    for name, side in _told_here(draft, line, at, word):
        if side in found:
            found[side].setdefault(name, 1.0)
    for rank, side in enumerate(_recent(draft, line, at), start=1):
        if side in found:
            found[side].setdefault("recent", 1 / rank)
    return found


def _told_here(draft: Draft, line: Line, at: int, word: str) -> Iterator[tuple[str, str | None]]:
    """Yield (feature, key of a side) of what stands in the sentence, the one before it and at the head of the text."""
    yield "narrator", draft.narrator
    yield "dateline", draft.dateline
    yield "same noun", draft.placed.get(word)
    for name, no in (("title", 0), ("lead", 1)):
        if no < len(draft.lines):
            yield from ((name, _side_of(draft, span)) for span in draft.spans_of(draft.lines[no]))
    for key in _coordinated(draft, line, at):
        yield "coordinated", key
    yield "subject", _subject(draft, line, at)
    if line.no:
        yield "subject before", _subject(draft, draft.lines[line.no - 1])
    for span in draft.spans_of(line):
        actor = draft.actors[span.who] if span.who else None
        if actor and actor.type in _PLACES:
            yield ("place before" if span.first < at else "place after"), actor.country
        elif actor and not (actor.type is ActorType.PERSON and 0 <= span.first - at <= _TITLE_WORDS):
            behind = "after of" if line.norm(span.first - 1) in {"of", "for"} else "after"
            yield ("before" if span.first < at else behind), _side_of(draft, span)


def _side_of(draft: Draft, span: DraftSpan) -> str | None:
    return draft.side_key(span.who) if span.who else None


def _subject(draft: Draft, line: Line, at: int | None = None) -> str | None:
    """Return the side of the first span of a sentence that is no adjective, if it stands before a word."""
    for span in draft.spans_of(line):
        if at is not None and span.first >= at:
            return None
        if span.kind is not ReferenceKind.DEMONYM and _side_of(draft, span):
            return _side_of(draft, span)
    return None


def _coordinated(draft: Draft, line: Line, at: int) -> Iterator[str]:
    """Yield the sides told before a word in one breath with another ("Iran and Israel", "US-Iran talks")."""
    for no in range(line.no, max(line.no - _REACH, 0) - 1, -1):
        before: DraftSpan | None = None
        for span in draft.spans_of(draft.lines[no]):
            if no == line.no and span.first >= at:
                break
            if before is not None and draft.text[before.end : span.start] in _COORDINATIONS:
                yield from (key for key in (_side_of(draft, before), _side_of(draft, span)) if key)
            before = span


def _recent(draft: Draft, line: Line, at: int) -> list[str]:
    """Return the sides told before a word, the last first."""
    keys: Counter[str] = Counter()
    for no in range(line.no, max(line.no - _REACH, 0) - 1, -1):
        for span in reversed(list(draft.spans_of(draft.lines[no]))):
            key = _side_of(draft, span)
            if key is not None and (no < line.no or span.first < at):
                keys[key] += 1
    return list(keys)
