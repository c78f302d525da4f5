"""The spans and actors of one document while they are being found."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.spans import ActorSpan, DocumentActors, ReferenceKind
from kg.model.claims import LocalActor
from kg.model.documents import Document
from kg.model.ids import fold
from kg.model.words import ActorType
from kg.text.gazetteer import Subject, gazetteer
from kg.text.words import Word, joints, words_of

_POSSESSIVES = frozenset({"'s", "’s"})
_BARE_APOSTROPHES = frozenset({"' ", "’ "})
_POSSESSIVE_PRONOUNS = frozenset({"his", "her", "its", "their", "our", "my"})
_SIDES = frozenset({ActorType.STATE, ActorType.IGO, ActorType.ARMED_GROUP})
_PLACES = frozenset({ActorType.PLACE, ActorType.FACILITY})
_MIN_TITLE_WORDS = 4
_MAX_LINE_WORDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSpan:
    """Words `first` to `last` (inclusive) of a line that stand for an actor.

    Attributes:
        who: The actor's name in the register, or None for a span that only takes its words out of play.
    """

    line: int
    first: int
    last: int
    start: int
    end: int
    who: str | None
    kind: ReferenceKind
    score: float = 1.0


@dataclass(slots=True)
class Line:
    """A sentence with its words, and for each word the number of the span that holds it.

    A sentence of more than some hundred words is cut into several lines, so that the time to read it stays linear.
    """

    no: int
    start: int
    end: int
    words: tuple[Word, ...]
    joined: tuple[bool, ...]
    holder: list[int | None]
    is_headline: bool  # most words are capitalised, so capitals tell nothing

    def norm(self, at: int) -> str:
        """Return the folded word at a position, "" outside the line."""
        return self.words[at].norm if 0 <= at < len(self.words) else ""

    def is_free(self, at: int) -> bool:
        """Whether there is a word at a position and no span holds it."""
        return 0 <= at < len(self.words) and self.holder[at] is None


class Draft:
    """A document being read: its lines, the spans found so far and the register of its actors."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.day = document.published.last_day if document.published else None
        self.lines = _lines(document)
        self.spans: list[DraftSpan] = []
        self.actors: dict[str, LocalActor] = {}
        self.narrator: str | None = None  # key of the side that publishes the document itself
        self.dateline: str | None = None  # country of the place that the report comes from
        self.genders: dict[str, str] = {}
        self.key_counts: Counter[str] = Counter()
        self.side_counts: Counter[str] = Counter()  # mentions of states, organisations of states and armed groups
        self.place_counts: Counter[str] = Counter()  # mentions of places by the country that they lie in
        self.placed: dict[str, str] = {}  # the side that a noun without one was last told with ("army")
        self._by_key: dict[str, str] = {}

    def register(self, subject: Subject, *, acts_for: str | None = None, office: str | None = None) -> str:
        """Return the register's name of an actor; what was not known of it before is added."""
        who = f"{subject.type}:{fold(subject.key)}"
        side = acts_for or subject.acts_for
        known = self.actors.get(who)
        if known is None:
            self._by_key.setdefault(subject.key, who)  # the first spelling stays the key
            self.actors[who] = LocalActor(
                local_id=who,
                name=subject.name,
                type=subject.type,
                key=subject.key,
                acts_for=side,
                office=office,
                country=subject.country or self.country_of(side),
            )
        elif (side and not known.acts_for) or (office and not known.office):
            self.actors[who] = replace(
                known,
                acts_for=known.acts_for or side,
                office=known.office or office,
                country=known.country or self.country_of(side),
            )
        return who

    def by_key(self, key: str) -> LocalActor | None:
        """Return the actor with a key; a side that the tables know is registered when it is asked for."""
        who = self._by_key.get(key)
        if who is None:
            subject = gazetteer().subject(key)
            who = self.register(subject) if subject else None
        return self.actors[who] if who else None

    def country_of(self, key: str | None) -> str | None:
        """Return the country of the actor with a key, as far as the tables and the document tell."""
        if key is None:
            return None
        if key in self._by_key:
            return self.actors[self._by_key[key]].country
        subject = gazetteer().subject(key)
        return subject.country if subject else None

    def add(self, line: Line, first: int, last: int, who: str | None, kind: ReferenceKind, score: float = 1.0) -> None:
        """Add a span over words of a line that no span holds yet."""
        for at in range(first, last + 1):
            line.holder[at] = len(self.spans)
        self._count(who, 1)
        self.spans.append(
            DraftSpan(
                line=line.no,
                first=first,
                last=last,
                start=line.words[first].start,
                end=line.words[last].end,
                who=who,
                kind=kind,
                score=score,
            )
        )

    def change(self, span_no: int, who: str | None, kind: ReferenceKind) -> None:
        """Let a span stand for another actor, or for none."""
        self._count(self.spans[span_no].who, -1)
        self._count(who, 1)
        self.spans[span_no] = replace(self.spans[span_no], who=who, kind=kind)

    def extend(self, span_no: int, who: str) -> None:
        """Let a span take the next word too and stand for another actor."""
        span = self.spans[span_no]
        line = self.lines[span.line]
        line.holder[span.last + 1] = span_no
        self.change(span_no, who, ReferenceKind.NAME)
        self.spans[span_no] = replace(self.spans[span_no], last=span.last + 1, end=line.words[span.last + 1].end)

    def take(self, line: Line, first: int, last: int) -> None:
        """Take the free words of a stretch out of play, as those of a title before a name."""
        for at in range(first, last + 1):
            if line.is_free(at):
                self.add(line, at, at, None, ReferenceKind.DESCRIPTION)

    def _count(self, who: str | None, change: int) -> None:
        if who is None:
            return
        actor = self.actors[who]
        self.key_counts[actor.key] += change
        side = self.side_key(who)
        if side is not None:
            self.side_counts[side] += change
        elif actor.type in _PLACES and actor.country:
            self.place_counts[actor.country] += change

    def side_key(self, who: str) -> str | None:
        """Return the key of the state, organisation of states or armed group that an actor is or acts for."""
        actor = self.actors[who]
        side = self.by_key(actor.acts_for) if actor.acts_for else actor
        return side.key if side and side.type in _SIDES else None

    def span_at(self, line: Line, at: int) -> DraftSpan | None:
        """Return the span that holds a word, if any."""
        if not 0 <= at < len(line.words):
            return None
        number = line.holder[at]
        return None if number is None else self.spans[number]

    def actor_at(self, line: Line, at: int) -> LocalActor | None:
        """Return the actor that the span at a word stands for, if any."""
        span = self.span_at(line, at)
        return self.actors[span.who] if span and span.who else None

    def spans_of(self, line: Line) -> Iterator[DraftSpan]:
        """Yield the spans of a line from left to right."""
        before: int | None = None
        for number in line.holder:
            if number is not None and number != before:
                yield self.spans[number]
            before = number

    def is_possessive(self, end: int) -> bool:
        """Whether 's, or the bare apostrophe of a plural, follows an offset."""
        tail = self.text[end : end + 2]
        return tail in _POSSESSIVES or (tail in _BARE_APOSTROPHES and self.text[end - 1] == "s")

    def result(self) -> DocumentActors:
        """Return the actors in the order of their first spans, every side among them, and the spans by offset."""
        spans = sorted((span for span in self.spans if span.who), key=lambda span: span.start)
        order = list(dict.fromkeys(span.who for span in spans if span.who))
        keys = {self.actors[who].key for who in order}
        for who in order:
            self._follow_side(who, order, keys)
        ids = {who: f"A{number}" for number, who in enumerate(order, start=1)}
        surfaces: dict[str, dict[str, None]] = {}
        for span in spans:
            if span.who and span.kind is ReferenceKind.NAME:
                surfaces.setdefault(span.who, {})[self.text[span.start : span.end]] = None
        actors = tuple(
            replace(
                self.actors[who],
                local_id=ids[who],
                aliases=tuple(name for name in surfaces.get(who, {}) if name != self.actors[who].name),
            )
            for who in order
        )
        return DocumentActors(
            actors=actors,
            spans=tuple(
                ActorSpan(
                    start=span.start,
                    end=span.end,
                    local_id=ids[span.who],
                    kind=span.kind,
                    is_possessive=self._is_possessive_span(span),
                    score=span.score,
                )
                for span in spans
                if span.who
            ),
        )

    def _is_possessive_span(self, span: DraftSpan) -> bool:
        if span.kind is ReferenceKind.PRONOUN:
            return self.text[span.start : span.end].casefold() in _POSSESSIVE_PRONOUNS
        return self.is_possessive(span.end)

    def _follow_side(self, who: str, order: list[str], keys: set[str]) -> None:
        side = self.actors[who].acts_for
        if side is None or side in keys:
            return
        subject = gazetteer().subject(side) or Subject(key=side, name=side, type=ActorType.ORGANISATION)
        order.append(self.register(subject))
        keys.add(side)


def _lines(document: Document) -> list[Line]:
    lines: list[Line] = []
    for sentence in document.sentences:
        words = words_of(document.text, sentence.start, sentence.end)
        is_headline = _is_headline(words, document.text[sentence.start : sentence.end])
        cuts = range(0, max(len(words), 1), _MAX_LINE_WORDS)
        for first in cuts:
            part = words[first : first + _MAX_LINE_WORDS]
            lines.append(
                Line(
                    no=len(lines),
                    start=part[0].start if first else sentence.start,
                    end=part[-1].end if first != cuts[-1] else sentence.end,
                    words=part,
                    joined=joints(document.text, part),
                    holder=[None] * len(part),
                    is_headline=is_headline,
                )
            )
    return lines


def _is_headline(words: Sequence[Word], sentence: str) -> bool:
    """Whether nearly all long words of a sentence have capitals, so that these tell nothing of names."""
    long_words = [word for word in words if len(word.text) > len("The")]
    capitals = sum(word.is_capitalised for word in long_words)
    is_closed = sentence.endswith((".", ".”", '."'))
    return len(long_words) >= _MIN_TITLE_WORDS and capitals > 0.75 * len(long_words) and not is_closed
