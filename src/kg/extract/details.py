"""When, how many and under which sanctions: what a sentence tells of its events beside who and what."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.extract.numbers import find_numbers, is_coordinated
from kg.extract.sanctions import sanction_detail
from kg.extract.title_days import title_day
from kg.extract.tokens import read_rows
from kg.model.claims import Number, SanctionDetail
from kg.model.documents import Document, Sentence
from kg.model.ontology import event_type
from kg.model.times import Interval
from kg.model.words import Status
from kg.text.dates import TimeExpression, find_times, last_day_told, pick_time

CLAUSE_COST = 30  # in characters; best F1 of the numbers of annotated news


@cache
def _number_homes() -> dict[str, frozenset[str]]:
    """Return for a kind of number the types, PLOVER's or our own, of the events that it can belong to."""
    return {row["kind"]: frozenset(row["types"].split()) for row in read_rows("number_homes.csv")}


class SentenceDetails:
    """The times and numbers of one sentence, handed out to its events."""

    def __init__(self, document: Document, sentence: Sentence, *, anchor: Interval | None) -> None:
        """Read a sentence.

        Args:
            anchor: The time that the sentences before told last.
        """
        self._text = document.text[sentence.start : sentence.end]
        self._document, self._sentence = document, sentence
        self._offset = sentence.start
        self._published = document.published
        self._times = find_times(self._text, published=document.published, anchor=anchor)
        self._numbers = find_numbers(self._text)

    @property
    def last_time(self) -> Interval | None:
        """The day near publication that the sentence tells last, which the next sentences count from."""
        return last_day_told(self._times, self._published)

    def time_of(self, start: int, end: int) -> Interval | None:
        """Return when the event of the trigger at [start, end) of the document takes place."""
        picked: TimeExpression | None = pick_time(self._times, (start - self._offset, end - self._offset), self._text)
        return picked.interval if picked else title_day(self._document, self._sentence, (start, end))

    def sanction_of(self, start: int, end: int, etype: str, status: Status) -> SanctionDetail | None:
        """Return what the sentence tells of the sanction act of the trigger at [start, end) of the document."""
        trigger = (start - self._offset, end - self._offset)
        return sanction_detail(self._text, trigger, etype, status, self._times, self._published)

    def numbers_of(self, triggers: Sequence[tuple[int, int, str]]) -> list[tuple[Number, ...]]:
        """Return the numbers of each trigger (start, end, event type): each goes to the nearest that can hold it."""
        held: list[list[Number]] = [[] for _ in triggers]
        before: tuple[Number, int] | None = None
        for number in self._numbers:
            homes = [n for n, (_, _, etype) in enumerate(triggers) if _holds(etype, number)]
            if not homes:
                continue
            home = min(homes, key=lambda n: (self._cost(number, triggers[n]), n))
            if before and before[0].kind == number.kind and is_coordinated(self._text, before[0], number):
                home = before[1]
            held[home].append(self._number(number))
            before = number, home
        return [tuple(numbers) for numbers in held]

    def _cost(self, number: Number, trigger: tuple[int, int, str]) -> int:
        """How unlikely a number is one of a trigger: characters between, what parts clauses counting more."""
        start, end = trigger[0] - self._offset, trigger[1] - self._offset
        between = self._text[min(end, number.end) : max(start, number.start)]
        marks = len(re.findall(r"[,;:]|\band\b", between))
        return len(between) + CLAUSE_COST * marks

    def _number(self, number: Number) -> Number:
        return replace(number, start=number.start + self._offset, end=number.end + self._offset)


def _holds(etype: str, number: Number) -> bool:
    homes = _number_homes().get(number.kind)
    return homes is not None and not homes.isdisjoint((etype, event_type(etype).plover))
