"""Soldiers, ministries and the like behind "its" or "his": they are of the side that the pronoun stands for."""

from kg.extract.actors_draft import Draft, DraftSpan, Line
from kg.extract.actors_groups import group_of
from kg.extract.actors_institutions import institution, institution_head
from kg.extract.spans import ReferenceKind
from kg.model.words import ActorType

_OWNED = frozenset({ActorType.GROUP, ActorType.MILITARY, ActorType.ORGANISATION})
_OWNERS = frozenset({"his", "her", "its", "their", "our", "my"})
_MAX_BETWEEN = 2
_SURE = 0.7  # a side that stands beside the noun itself is left alone


def settle_owned(draft: Draft) -> None:
    """Give the nouns whose side was only guessed that of the pronoun before them ("its soldiers", "his army")."""
    for number, span in enumerate(draft.spans):
        if span.who is None or span.score >= _SURE or draft.actors[span.who].type not in _OWNED:
            continue
        line = draft.lines[span.line]
        owner = owner_before(draft, line, span.first)
        side = draft.by_key(owner) if owner else None
        if side is None:
            continue
        words = " ".join(word.norm for word in line.words[span.first : span.last + 1])
        head = institution_head(words)
        subject = institution(head, side) if head else group_of(words, side)
        draft.change(number, draft.register(subject), span.kind)


def owner_before(draft: Draft, line: Line, at: int) -> str | None:
    """Return the key of the side of a possessive pronoun before a word, with an adjective or two between."""
    for before in range(at - 1, max(at - 2 - _MAX_BETWEEN, -1), -1):
        span: DraftSpan | None = draft.span_at(line, before)
        if span is not None:
            is_owner = span.kind is ReferenceKind.PRONOUN and line.norm(before) in _OWNERS
            return draft.side_key(span.who) if span.who and is_owner else None
        if not line.joined[before]:
            return None
    return None
