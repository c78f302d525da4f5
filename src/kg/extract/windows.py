"""A document as the encoder reads it: windows of sentences, and what the grammar says of words and pairs."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.links import SentenceParties, VerbGroup, verb_group
from kg.extract.spans import ActorSpan, DocumentActors, ReferenceKind
from kg.extract.status import governed_status, veto_of
from kg.extract.tokens import Token, tokenise, word_list
from kg.extract.triggers import CONTENT_TAGS, NO_EVENT
from kg.model.documents import Document, Sentence
from kg.model.ids import fold
from kg.model.ontology import event_type, event_types
from kg.model.words import ActorType, Role, SentenceKind, Status

LEARNT_ROLES = (Role.ACTOR, Role.RECIPIENT, Role.MEDIATOR, Role.TARGET_OF_REQUEST, Role.OBJECT, Role.PLACE)
MAX_PIECES = 440  # of a window; three in four news texts fit whole, and the encoder has 512 places
MAX_CONTEXT_SENTENCES = 3
_MAX_CONTEXT_SHARE = 0.4
SLOTS = 24  # actors of one side share a slot, so that "he", "Moscow" and "the Kremlin" are known to be one
_MODES = ("finite", "passive", "reduced", "infinitive", "participle", "conjoined", "noun")
_SHAPES = 5
_BUCKETS = 509
_MAX_RANK = 2


@cache
def event_classes() -> tuple[str, ...]:
    """Return the classes of a word: no event, then the event types in alphabetical order."""
    return (NO_EVENT, *sorted(event_types()))


STATUSES = tuple(Status)


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence with its tokens, its parties and where it stands in the document."""

    number: int
    sentence: Sentence
    tokens: Sequence[Token]
    parties: SentenceParties

    @property
    def is_title(self) -> bool:
        """Whether it is a heading."""
        return self.sentence.kind is SentenceKind.TITLE


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences that the encoder reads together.

    Attributes:
        tokens: (place of the sentence in the document, index of the token in it), in the order of the text.
        pieces: For each token the ids of its word pieces; at least one.
        owned: Places of the sentences whose events are read in this window; the others are its context.
    """

    tokens: tuple[tuple[int, int], ...]
    pieces: tuple[tuple[int, ...], ...]
    owned: frozenset[int]


def read_sentences(document: Document, found: DocumentActors) -> list[ReadSentence]:
    """Return the sentences of a document as tokens, every actor span one token."""
    read = []
    for number, sentence in enumerate(document.sentences):
        tokens = tokenise(document.text, sentence.start, sentence.end, list(found.within(sentence.start, sentence.end)))
        read.append(ReadSentence(number, sentence, tokens, SentenceParties(tokens)))
    return read


def windows_of(pieces: Sequence[Sequence[tuple[int, ...]]]) -> Iterator[Window]:
    """Yield windows that own every sentence once, each with the title and the sentences before it as its context.

    Args:
        pieces: For each sentence, for each of its tokens, the ids of its word pieces. A sentence that is longer than
            a window is read in several.
    """
    sizes = [sum(map(len, sentence)) for sentence in pieces]
    at = 0
    while at < len(pieces):
        context = _context(sizes, at)
        left = MAX_PIECES - sum(sizes[n] for n in context)
        last = at
        while last < len(pieces) and (last == at or sizes[last] <= left):
            left -= sizes[last]
            last += 1
        if sizes[at] > MAX_PIECES:
            yield from _long(pieces[at], at)
        else:
            owned = range(at, last)
            tokens = tuple((n, i) for n in (*context, *owned) for i in range(len(pieces[n])))
            yield Window(tokens, tuple(pieces[n][i] for n, i in tokens), frozenset(owned))
        at = last


def _context(sizes: Sequence[int], at: int) -> list[int]:
    room, chosen = min(MAX_PIECES * _MAX_CONTEXT_SHARE, MAX_PIECES - sizes[at]), []
    nearest = range(at - 1, max(0, at - 1 - MAX_CONTEXT_SENTENCES), -1)
    for n in (*(() if at == 0 else (0,)), *nearest):
        if sizes[n] > room:
            break
        room -= sizes[n]
        chosen.append(n)
    return sorted(chosen)


def _long(sentence: Sequence[tuple[int, ...]], place: int) -> Iterator[Window]:
    start, size = 0, 0
    for i, piece in enumerate(sentence):
        if i > start and size + len(piece) > MAX_PIECES:
            yield _part(sentence, place, start, i)
            start, size = i, 0
        size += len(piece)
    yield _part(sentence, place, start, len(sentence))


def _part(sentence: Sequence[tuple[int, ...]], place: int, start: int, stop: int) -> Window:
    tokens = tuple((place, i) for i in range(start, stop))
    return Window(tokens, tuple(sentence[i][:MAX_PIECES] for i in range(start, stop)), frozenset({place}))


class Marks:
    """What is known of the words of a document before it is encoded, as small integers.

    Fields of a word (rows of `word`): kind of reference and type of the actor, slot of its side, shape, place.
    """

    WORD_SIZES = (len(ActorType) * len(ReferenceKind) + 1, SLOTS + 1, _SHAPES, 3)

    def __init__(self, found: DocumentActors, sides: Mapping[str, str]) -> None:
        """Take the actors of a document and the side of each by local id."""
        self.types = {actor.local_id: actor.type for actor in found.actors}
        self._type_places = {local_id: _TYPES.index(kind) for local_id, kind in self.types.items()}
        order = dict.fromkeys(fold(sides[span.local_id]) for span in found.spans)
        numbers = {side: number for number, side in enumerate(order)}
        self.slots = {local_id: numbers.get(fold(side), 0) % SLOTS + 1 for local_id, side in sides.items()}

    def word(self, read: ReadSentence, token: Token, *, owned: bool) -> tuple[int, int, int, int]:
        """Return the four fields of a word."""
        place = 0 if read.is_title else 1 if owned else 2
        if token.span is None:
            return 0, 0, _shape(token.text), place
        return self.reference(token.span), self.slots[token.span.local_id], _shape(token.text), place

    def reference(self, span: ActorSpan) -> int:
        """Return how a span stands for its actor and the type of that actor as one number, 1 or more."""
        return 1 + _REFERENCES.index(span.kind) * len(_TYPES) + self._type_places[span.local_id]


_REFERENCES = tuple(ReferenceKind)
_TYPES = tuple(ActorType)


def _shape(text: str) -> int:
    if not text[0].isalpha():
        return 0
    if text.islower():
        return 1
    if text.isupper() and len(text) > 1:
        return 2
    return 3 if text[0].isupper() and text[1:].islower() else 4


TRIGGER_SIZES = (5, len(_MODES))
STATUS_SIZES = (len(_MODES), 2, len(STATUSES) + 1, 7)


def trigger_fields(tokens: Sequence[Token], i: int) -> tuple[int, int]:
    """Return what the grammar says of a word: its tag and how it stands in its verb group."""
    tags = ("noun", "verb", "adj", "adv")
    tag = tokens[i].tag
    return (tags.index(tag) if tag in tags else 4), _MODES.index(verb_group(tokens, i).mode)


def status_fields(tokens: Sequence[Token], i: int, etype: str) -> tuple[int, int, int, int]:
    """Return what the grammar says of the status: mode, veto, status that its governor gives, form of its verb."""
    governed = governed_status(tokens, i, etype)
    given = 0 if governed is None else 1 + STATUSES.index(governed.status)
    forms = ("base", "past", "part", "s", "ing")
    form = next((n for n, f in enumerate(forms) if f in tokens[i].forms), 5)
    is_question = any(t.lower == "?" for t in tokens[i:])
    return (
        _MODES.index(verb_group(tokens, i).mode),
        int(veto_of(tokens, i) is not None),
        given,
        6 if is_question else form,
    )


@cache
def _prepositions() -> dict[str, int]:
    return {word: n for n, word in enumerate(["", "other", *sorted(word_list("governing prepositions"))])}


_SIDES = ("L", "R", "inside", "before", "after")
_EVENT_TAGS = ("noun", "verb", "adj")
_FORMS = ("head", "mod", "poss", "pre")
_BOUNDARIES = ("", "comma", "comma-and", "commas", "and", "sub", "rel", "colon", "quote")


@cache
def pair_sizes() -> tuple[int, ...]:
    """Return how many values each field of a pair has."""
    prepositions = max(64, len(_prepositions()) + 1)
    fixed = (len(_MODES), len(_SIDES), prepositions, len(_FORMS), 3, len(_BOUNDARIES), _MAX_RANK + 1, 8)
    return (*fixed, len(_TYPES) * len(_REFERENCES) + 1, 4, 2, _BUCKETS, _BUCKETS, _BUCKETS)


@dataclass(frozen=True, slots=True)
class Event:
    """The place of a trigger: the sentence that tells it, the index of its token, its type."""

    read: ReadSentence
    index: int
    etype: str


class Pairs:
    """What the grammar says of an event and a mention, as the fields of `pair_sizes`."""

    def __init__(self, event: Event, marks: Marks) -> None:
        """Take the event."""
        self._event, self._marks = event, marks
        tokens = event.read.tokens
        self._group: VerbGroup = verb_group(tokens, event.index)
        self._plover = event_type(event.etype).plover
        self._subject = event.read.parties.subject(event.index)
        mode, tag = self._group.mode, tokens[event.index].tag
        self._mode = _MODES.index(mode)
        self._tag = _EVENT_TAGS.index(tag) if tag in CONTENT_TAGS else len(_EVENT_TAGS)
        self._kind = "noun" if mode == "noun" else "passive" if mode in {"passive", "reduced"} else "verb"

    def fields(self, read: ReadSentence, j: int) -> tuple[int, ...]:
        """Return the fields of the mention at token `j` of a sentence."""
        return self._here(j) if read.number == self._event.read.number else self._elsewhere(read, j)

    def _here(self, j: int) -> tuple[int, ...]:
        parties, i = self._event.read.parties, self._event.index
        party = parties.party_of(j)
        link = parties.link(i, i, self._group, party)
        if link is None:
            return self._row(
                self._event.read, j, ("inside", party.preposition, party.form, 0, "", 0), 0, is_subject=False
            )
        place = (link.side, link.preposition, link.form, link.verbs, link.boundary, link.rank)
        return self._row(self._event.read, j, place, 0, is_subject=self._subject is party)

    def _elsewhere(self, read: ReadSentence, j: int) -> tuple[int, ...]:
        party = read.parties.party_of(j)
        away = self._event.read.number - read.number
        distance = 7 if read.is_title else min(away, 4) if away > 0 else 4 - max(away, -2)
        side = "before" if away > 0 else "after"
        place = (side, party.preposition, party.form, 0, "", min(j // 4, _MAX_RANK))
        return self._row(read, j, place, distance, is_subject=not party.preposition and party.form == "head")

    def _row(
        self, read: ReadSentence, j: int, place: tuple[str, str, str, int, str, int], distance: int, *, is_subject: bool
    ) -> tuple[int, ...]:
        side, preposition, form, verbs, boundary, rank = place
        span = read.tokens[j].span
        mode = self._group.mode
        reference = self._marks.reference(span) if span is not None else 0
        return (
            self._mode, _SIDES.index(side), _prepositions().get(preposition, len(_prepositions())),
            _FORMS.index(form), verbs, _BOUNDARIES.index(boundary), rank, distance, reference,
            self._tag, int(is_subject),
            _bucket(f"{mode}|{side}|{preposition}|{form}|{verbs}"),
            _bucket(f"{self._event.etype}|{self._kind}|{side}|{preposition}"),
            _bucket(f"{self._plover}|{mode}|{side}|{rank}|{verbs}|{distance}"),
        )  # fmt: skip


@cache
def _bucket(text: str) -> int:
    return zlib.crc32(text.encode()) % _BUCKETS
