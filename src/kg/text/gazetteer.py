"""Names of states, organisations, office holders and places, and what they stand for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.model.words import ActorType
from kg.text.tables import from_facts, items_of, own_rows_of, rows_of, unreplaced_rows_of
from kg.text.words import Word, fold_phrase

Rows = Callable[[str], Iterator[dict[str, str]]]


class NameKind(StrEnum):
    """How a string of the tables stands for its subject."""

    NAME = "name"
    DEMONYM = "demonym"  # Iranian, Russians
    SEAT = "seat"  # Moscow, Brussels: the side or the city
    PALACE = "palace"  # the Kremlin: the side or the building
    SURNAME = "surname"  # Putin: one word that names a person of the table
    DESCRIPTION = "description"  # the Gulf state, the bloc: one of several, by context


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A state, organisation, person or place of the tables.

    Attributes:
        acts_for: Key of the side it acts for; None for states, places and persons (whose side depends on the date).
        country: ISO 3166 alpha-3 where it is at home.
        beside: Key of an actor whose mention decides for this one (ISIS for "the Coalition").
    """

    key: str
    name: str
    type: ActorType
    acts_for: str | None = None
    country: str | None = None
    beside: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One thing that a string may stand for.

    Attributes:
        spelling: The string as the table has it; a capital there asks for one in the text.
        is_exact: Whether the text must have the very letters (US, not us).
        needs_context: Whether the string alone does not decide.
    """

    subject: Subject
    kind: NameKind
    spelling: str
    is_exact: bool = False
    needs_context: bool = False

    def fits(self, surface: str) -> bool:
        """Whether a string of a text has the capitals that this reading asks for."""
        if self.is_exact:
            return surface.replace(".", "") == self.spelling.replace(".", "")
        return not self.spelling[0].isupper() or not surface[0].islower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The longest name that begins at a word: how many words it takes and what it may stand for."""

    length: int
    readings: tuple[Reading, ...]


class Gazetteer:
    """All names of the tables, looked up by the folded words of a text."""

    def __init__(self, readings: Mapping[str, tuple[Reading, ...]], subjects: Mapping[str, Subject]) -> None:
        self._readings = readings
        self._subjects = subjects
        self._longest: dict[str, int] = {}
        for phrase in readings:
            first, length = phrase.split(" ", 1)[0], phrase.count(" ") + 1
            self._longest[first] = max(length, self._longest.get(first, 0))
        self._demonyms: dict[str, str] = {}
        for found in readings.values():
            for reading in found:
                if reading.kind is NameKind.DEMONYM:
                    self._demonyms.setdefault(reading.subject.key, reading.spelling)

    def subject(self, key: str) -> Subject | None:
        """Return what a key stands for."""
        return self._subjects.get(key)

    def demonym(self, key: str) -> str | None:
        """Return the first adjective of a state ("Iranian" for IRN)."""
        return self._demonyms.get(key)

    def readings(self, phrase: str) -> tuple[Reading, ...]:
        """Return what a whole phrase may stand for, whatever its capitals."""
        return self._readings.get(fold_phrase(phrase), ())

    def longest(self, text: str, words: Sequence[Word], joined: Sequence[bool], at: int) -> Match | None:
        """Return the longest name that begins at the word number `at`.

        Args:
            joined: For each word whether it and the next one may belong to one name, as `joints()` tells.
        """
        reach = self._longest.get(words[at].norm, 0)
        length = 1
        while length < reach and at + length < len(words) and joined[at + length - 1]:
            length += 1
        while length:
            last = words[at + length - 1]
            found = self._readings.get(" ".join(word.norm for word in words[at : at + length]), ())
            surface = text[words[at].start : last.end]
            fitting = tuple(reading for reading in found if reading.fits(surface))
            if fitting:
                return Match(length=length, readings=fitting)
            length -= 1
        return None


@from_facts
def gazetteer() -> Gazetteer:
    """Return the gazetteer of the tables; the first call reads them (about 0.1 s).

    What the user's facts spell stands for what they say and for nothing that the packaged tables say.
    """
    readings: dict[str, list[Reading]] = {}
    subjects: dict[str, Subject] = {}
    for rows in (own_rows_of, unreplaced_rows_of):
        settled = frozenset(readings)
        for reading in _table_readings(rows):
            subjects.setdefault(reading.subject.key, reading.subject)
            phrase = fold_phrase(reading.spelling)
            same = [] if phrase in settled else readings.setdefault(phrase, [])
            if all(other.subject.key != reading.subject.key for other in same):
                same.append(reading)
    readings.pop("", None)
    return Gazetteer({phrase: tuple(found) for phrase, found in readings.items()}, subjects)


def _table_readings(rows: Rows) -> Iterator[Reading]:
    seats = {row["name"] for row in rows_of("places.csv")}
    yield from _state_readings(rows)
    yield from _organisation_readings(rows, seats)
    yield from _person_readings(rows)
    yield from _place_readings(rows)


def _state_readings(rows: Rows) -> Iterator[Reading]:
    columns = (
        ("names", NameKind.NAME),
        ("demonyms", NameKind.DEMONYM),
        ("capitals", NameKind.SEAT),
        ("metonyms", NameKind.PALACE),
        ("descriptions", NameKind.DESCRIPTION),
    )
    for row in rows("states.csv"):
        subject = Subject(key=row["key"], name=row["name"], type=ActorType(row["type"]), country=row["country"] or None)
        for column, kind in columns:
            for spelling, marks in items_of(row[column]):
                yield _reading(subject, spelling, marks, NameKind.SEAT if "place?" in marks else kind)


def _organisation_readings(rows: Rows, seats: set[str]) -> Iterator[Reading]:
    for row in rows("organisations.csv"):
        subject = Subject(
            key=row["key"],
            name=row["name"],
            type=ActorType(row["type"]),
            acts_for=row["of"] or None,
            country=row["country"] or None,
            beside=row["beside"] or None,
        )
        for spelling, marks in items_of(row["names"]):
            kind = NameKind.NAME
            if "context" in marks:
                bare = spelling.removeprefix("the ")
                kind = NameKind.SEAT if bare in seats else NameKind.NAME if bare[0].isupper() else NameKind.DESCRIPTION
            if "demonym" in marks:
                kind = NameKind.DEMONYM
            yield _reading(subject, spelling, marks, kind)


def _person_readings(rows: Rows) -> Iterator[Reading]:
    known: set[str] = set()
    for row in rows("office_holders.csv"):
        subject = Subject(key=row["name"], name=row["name"], type=ActorType.PERSON)
        names = [(row["name"], frozenset[str]())] if row["name"] not in known else []
        known.add(row["name"])
        for spelling, marks in (*names, *items_of(row["aliases"])):
            kind = NameKind.NAME if " " in spelling else NameKind.SURNAME
            yield _reading(subject, spelling, marks, kind)


def _place_readings(rows: Rows) -> Iterator[Reading]:
    for row in rows("places.csv"):
        subject = Subject(
            key=row["name"], name=row["name"], type=ActorType(row["type"]), country=row["country"] or None
        )
        for spelling, marks in ((row["name"], frozenset[str]()), *items_of(row["aliases"])):
            yield _reading(subject, spelling, marks, NameKind.NAME)


def _reading(subject: Subject, spelling: str, marks: frozenset[str], kind: NameKind) -> Reading:
    return Reading(
        subject=subject,
        kind=kind,
        spelling=spelling if "article" in marks else spelling.removeprefix("the "),
        is_exact="case" in marks,
        needs_context="context" in marks,
    )
