"""Which of the actors told before it a pronoun or "the company" stands for: the one whose features weigh most."""

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.extract.actors_draft import Draft, DraftSpan, Line
from kg.extract.references_quotes import is_beside_saying
from kg.extract.spans import ReferenceKind
from kg.extract.tokens import word_list
from kg.model.words import ActorType
from kg.text.tables import rows_of

REACH = 4  # sentences back; farther away a pronoun is rarely right (measured on gold/train t1-t4)
_EARLY = 2  # words before a pronoun at the head of its sentence, which goes on about the one before


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    """Return for each form of a reference ("he", "its", "noun") what each feature of an actor counts."""
    rows = list(rows_of("reference_weights.csv"))
    forms = [column for column in rows[0] if column != "feature"]
    return {form: {row["feature"]: float(row[form]) for row in rows} for form in forms}


def candidates(
    draft: Draft, line: Line, at: int, types: frozenset[ActorType], avoided: frozenset[str | None]
) -> dict[str, dict[str, float]]:
    """Return the actors of some types told before a word, each with the features of its last span before it."""
    found: dict[str, dict[str, float]] = {}
    nearest = True
    most = max(draft.key_counts.values(), default=1)
    for span in _spans_before(draft, line, at):
        actor = draft.actors[span.who] if span.who else None
        if actor is None or span.who is None or actor.type not in types or span.who in avoided:
            continue
        told = draft.lines[span.line]
        known = found.get(span.who)
        if known is None:
            known = found[span.who] = {
                str(actor.type): 1.0,
                str(span.kind): 1.0,
                f"back {line.no - span.line}": 1.0,
                "count": math.log1p(max(draft.key_counts[actor.key], 0)) / math.log1p(max(most, 1)),
            }
            if nearest:
                known["nearest"] = 1.0
            nearest = False
        known.update(_features(draft, line, at, told, span))
    return found


def _features(draft: Draft, line: Line, at: int, told: Line, span: DraftSpan) -> dict[str, float]:
    here = "here" if told is line else "before"
    seen: dict[str, float] = {}
    if draft.is_possessive(span.end):
        seen[f"possessive {here}"] = 1.0
    if is_beside_saying(told, span):
        seen[f"speaks {here}"] = 1.0
    if _is_first(draft, told, span):
        seen[f"subject {here}"] = 1.0
        if at <= _EARLY and told.no == line.no - 1:
            seen["parallel"] = 1.0
    if told is line and span.first == clause_subject(draft, line, at):
        seen["clause subject"] = 1.0
    if told is line and ";" not in draft.text[span.end : line.words[at].start]:
        seen["same clause"] = 1.0
        if span.last == at - 2 and line.norm(at - 1) in word_list("owned after"):
            seen["owner"] = 1.0  # flow to Moscow following its invasion
    return seen


def clause_subject(draft: Draft, line: Line, at: int) -> int:
    """Return the first word of the subject of the clause that a word stands in ("as Moscow steps up its war")."""
    subject, end = -1, line.start
    for span in draft.spans_of(line):
        if span.first >= at:
            break
        opens = line.norm(span.first - 1) in word_list("clause openers") or ";" in draft.text[end : span.start]
        if span.who and span.kind is not ReferenceKind.DEMONYM and (subject < 0 or opens):
            subject = span.first
        end = span.end
    return subject


def _is_first(draft: Draft, line: Line, span: DraftSpan) -> bool:
    """Whether a span is the first one of its sentence that is no adjective: its subject, as a rule."""
    return (
        next((s.start for s in draft.spans_of(line) if s.who and s.kind is not ReferenceKind.DEMONYM), -1) == span.start
    )


def _spans_before(draft: Draft, line: Line, at: int) -> Iterator[DraftSpan]:
    for no in range(line.no, max(line.no - REACH, 0) - 1, -1):
        for span in reversed(list(draft.spans_of(draft.lines[no]))):
            if no < line.no or span.last < at:
                yield span


def best_of(form: str, found: Mapping[str, Mapping[str, float]]) -> str | None:
    """Return the candidate whose features weigh most for a form of reference."""
    weights = _weights()[form]
    return max(
        found, key=lambda who: sum(weights.get(name, 0.0) * value for name, value in found[who].items()), default=None
    )
