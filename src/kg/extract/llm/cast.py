"""Who the actors of a model are: those that the document has already, or new ones that its words vouch for."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.llm.answers import Answer, AnsweredActor
from kg.extract.llm.locating import Span, locate, occurrences, shown_spans
from kg.extract.llm.prompt import Piece
from kg.extract.spans import NAMING_KINDS, ActorSpan, DocumentActors
from kg.model.claims import LocalActor, Mention
from kg.model.documents import Document
from kg.model.ids import fold
from kg.model.words import ActorType
from kg.text.gazetteer import Subject, gazetteer

_BODIES = frozenset(
    {ActorType.IGO, ActorType.ORGANISATION, ActorType.COMPANY, ActorType.ARMED_GROUP, ActorType.MILITARY}
)
"""Types that careful readers take for one another."""

_SIDED = frozenset(
    {ActorType.PERSON, ActorType.GROUP, ActorType.ORGANISATION, ActorType.MILITARY, ActorType.ARMED_GROUP}
)
"""Types that a model may give a side."""

_ARTICLES = re.compile(r"(?:the|a|an|his|her|its|their|our|my|your)\s+", re.IGNORECASE)
_PRONOUN = re.compile(
    r"s?he|him|his|hers?|its?|they|them|theirs?|we|us|ours?|i|me|my|mine|yours?|you|who|whom|whose|which|that|this|these"
    r"|those|(?:him|her|it)self|(?:them|our)selves|both|all|one|others",
    re.IGNORECASE,
)
"""Words that can play a role but name nobody."""

_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The actors of a document, and who of them each actor of an answer is.

    Attributes:
        who: Local id by number of the piece and id in its answer; an actor that is missing has no ground in the text.
        named: The spans that name an actor of the document, by start and end.
    """

    actors: tuple[LocalActor, ...]
    mentions: tuple[Mention, ...]
    who: Mapping[tuple[int, str], str]
    named: Mapping[Span, ActorSpan]

    def linked(self, piece: int, answered_id: str, text: str, span: Span | None) -> tuple[str | None, float | None]:
        """Return who plays a role, and how likely the link is where the words of the span tell it, not the model."""
        exact = self.named.get(_bare(text, *span)) if span else None
        return (exact.local_id, exact.score) if exact else (self.who.get((piece, answered_id)), None)


def cast_actors(document: Document, found: DocumentActors, answers: Sequence[tuple[Piece, Answer]]) -> Cast:
    """Return the actors of a document with those that a model adds.

    An actor of the model is one of the document when they share a name or key, or when its words overlap a span of
    that actor; a description ("the army") also needs the side that the model tells, since whom it means is a guess.
    Else it is added, under the words that the text has for it, or as the tables of names know it; without words in
    the text it is left out, which the answer's `dropped` counts.
    """
    casting = _Casting(document, found)
    for number, (piece, answer) in enumerate(answers):
        shown = shown_spans(piece)
        for actor in answer.actors:
            surfaces = list(_surfaces(document.text, shown, answer, actor))
            local_id = casting.known(actor, surfaces) or casting.added(actor, surfaces)
            if local_id is None:
                answer.dropped["actor"] += 1
            else:
                casting.who[number, actor.answered_id] = local_id
                casting.place(local_id, actor.of)
    return casting.result()


def _surfaces(text: str, shown: Mapping[int, Span], answer: Answer, actor: AnsweredActor) -> Iterator[Span]:
    """Yield where the roles of an actor stand."""
    for event in answer.events:
        told = [(role.actor, role.words) for role in event.roles]
        told += [event.speaker] if event.speaker else []
        for answered_id, words in told:
            if answered_id == actor.answered_id and words and event.sentence in shown:
                span = locate(text, *shown[event.sentence], words)
                if span:
                    yield span


def _bare(text: str, start: int, end: int) -> Span:
    """Return a span without its article and its 's."""
    article = _ARTICLES.match(text, start, end)
    start = article.end() if article and article.end() < end else start
    possessive = _POSSESSIVE.search(text[start:end])
    return start, end - len(possessive[0]) if possessive and possessive.start() else end


class _Casting:
    """The actors of a document while those of answers are linked with them, and added to them."""

    def __init__(self, document: Document, found: DocumentActors) -> None:
        self.who: dict[tuple[int, str], str] = {}
        self._text = document.text
        self._found = found
        self._actors = {actor.local_id: actor for actor in found.actors}
        self._mentions = list(found.mentions)
        self._sides: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = {}
        for actor in found.actors:
            self._index(actor)

    def _index(self, actor: LocalActor) -> None:
        for name in {fold(name) for name in (actor.key, actor.name, *actor.aliases)}:
            self._by_name.setdefault(name, []).append(actor.local_id)

    def known(self, actor: AnsweredActor, surfaces: Sequence[Span]) -> str | None:
        """Return the actor of the document that an actor of the model is, None for a new one."""
        for name in (actor.key, actor.name):
            for local_id in self._by_name.get(fold(name), ()):
                if _is_alike(self._actors[local_id].type, actor.type):
                    return local_id
        bare = [_bare(self._text, *surface) for surface in surfaces]
        for is_naming in (True, False):
            spans = [span for span in self._found.spans if (span.kind in NAMING_KINDS) is is_naming]
            votes = Counter(link for surface in bare if (link := self._overlapped(spans, surface, actor)))
            if votes:
                return votes.most_common(1)[0][0]
        return None

    def _overlapped(self, spans: Sequence[ActorSpan], surface: Span, actor: AnsweredActor) -> str | None:
        """Return whose span a surface overlaps: the one that ends with it before the longest one."""
        start, end = surface
        overlapping = [
            span for span in spans if span.start < end and start < span.end and self._may_be(span, surface, actor)
        ]
        best = max(
            overlapping, key=lambda s: ((s.start, s.end) == surface, s.end == end, s.end - s.start), default=None
        )
        return best.local_id if best else None

    def _may_be(self, span: ActorSpan, surface: Span, actor: AnsweredActor) -> bool:
        known = self._actors[span.local_id]
        if span.kind not in NAMING_KINDS and actor.of and known.acts_for not in (None, actor.of):
            return False
        return (span.start, span.end) == surface or _is_alike(known.type, actor.type)

    def added(self, actor: AnsweredActor, surfaces: Sequence[Span]) -> str | None:
        """Add an actor, and return its local id; None when no words of the text vouch for it."""
        named = list(occurrences(self._text, 0, len(self._text), actor.name))
        grounds = [*named[:1], *(_bare(self._text, *surface) for surface in surfaces)]
        words = (" ".join(self._text[start:end].split()) for start, end in grounds)
        name = next((name for name in words if not _PRONOUN.fullmatch(name)), None)
        subject = _subject(actor)
        if name is None or (subject is None and actor.type is ActorType.STATE):
            return None
        office = actor.office if actor.office and self._has(actor.office) else None
        if subject is not None:
            told = LocalActor(
                local_id="",
                name=subject.name,
                type=subject.type,
                key=subject.key,
                office=office,
                country=subject.country,
            )
            return self._add(told, subject.acts_for or actor.of, named)
        is_of_side = actor.type is ActorType.GROUP and actor.of and gazetteer().subject(actor.of)
        key = f"{name} {actor.of}" if is_of_side else name
        told = LocalActor(local_id="", name=name, type=actor.type, key=key, office=office)
        return self._add(told, actor.of, named)

    def _has(self, words: str) -> bool:
        return any(occurrences(self._text, 0, len(self._text), words))

    def _add(self, actor: LocalActor, of: str | None, named: Sequence[Span]) -> str:
        """Add an actor under the next local id, unless it is there, with its side and the places that name it."""
        same = next((a for a in self._actors.values() if a.type is actor.type and fold(a.key) == fold(actor.key)), None)
        if same is not None:
            return same.local_id
        local_id = f"A{len(self._actors) + 1}"
        self._actors[local_id] = replace(actor, local_id=local_id)
        self._index(self._actors[local_id])
        self.place(local_id, of)
        taken = [(mention.start, mention.end) for mention in self._mentions]
        self._mentions += (
            Mention(start=start, end=end, actor=local_id)
            for start, end in named
            if all(end <= other[0] or other[1] <= start for other in taken)
        )
        return local_id

    def place(self, local_id: str, of: str | None) -> None:
        """Note the side of an actor whose side the document itself does not tell."""
        known = self._actors[local_id]
        if of and known.acts_for is None and known.type in _SIDED:
            self._sides.setdefault(local_id, of)

    def result(self) -> Cast:
        by_key: dict[str, LocalActor] = {}
        for actor in self._actors.values():
            by_key.setdefault(actor.key, actor)
        for local_id, of in self._sides.items():
            side = by_key.get(of)
            if side is not None and side.local_id not in self._sides:  # two actors never vouch for each other
                known = self._actors[local_id]
                self._actors[local_id] = replace(known, acts_for=side.key, country=known.country or _home(side))
        return Cast(
            actors=tuple(self._actors.values()),
            mentions=tuple(sorted(self._mentions, key=lambda m: (m.start, m.end))),
            who=self.who,
            named={(span.start, span.end): span for span in self._found.spans if span.kind in NAMING_KINDS},
        )


def _home(side: LocalActor) -> str | None:
    return side.key if side.type is ActorType.STATE else side.country


def _subject(actor: AnsweredActor) -> Subject | None:
    """Return what the tables know under the key or the name of an actor, if it is of its type."""
    read = [gazetteer().subject(actor.key), *(r.subject for r in gazetteer().readings(actor.name))]
    return next((subject for subject in read if subject and _is_alike(subject.type, actor.type)), None)


def _is_alike(one: ActorType, other: ActorType) -> bool:
    return one is other or {one, other} <= _BODIES
