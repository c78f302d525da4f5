"""What is left to lose: the extractor with the actors or the triggers of gold put in place of its own."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from eval.error_kinds import compared
from kg.extract import patterns, reading
from kg.extract.encoder import Encoder
from kg.extract.links import verb_group
from kg.extract.patterns import claims_of
from kg.extract.triggers import SentenceWords, Trigger
from kg.jobs.evaluation.annotations import Annotated
from kg.jobs.evaluation.scoring import Compared
from kg.jobs.evaluation.telling import place_of, sentence_starts
from kg.model.claims import Extraction
from kg.model.words import STATUS_GROUPS, Status
from kg.training.gold import gold_actors, head_of, to_document

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """Which parts are those of gold instead of the extractor's own."""

    actors: bool
    triggers: bool

    def __str__(self) -> str:
        parts = [name for name, is_given in (("actors", self.actors), ("triggers", self.triggers)) if is_given]
        return f"gold {' and '.join(parts)}" if parts else "nothing given"


CONDITIONS = tuple(Given(actors, triggers) for triggers in (False, True) for actors in (False, True))


def read_with_gold(given: Given, encoder: Encoder, text: Row, row: Row, annotated: Annotated) -> Extraction:
    """Return what the encoder tells of a document with parts of gold in place of its own.

    Actors of gold come with every span of theirs, pronouns and descriptions included; triggers with their types.
    """
    document = annotated.document
    with ExitStack() as stack:
        if given.actors:
            actors = gold_actors(text, row, to_document(text))
            stack.enter_context(patch.object(patterns, "find_actors", lambda _: actors))
        if given.triggers:
            places = list(_trigger_places(row, annotated.sentences))
            stack.enter_context(
                patch.object(
                    reading.Reading, "triggers", lambda self, number: _gold_triggers(self.words[number], places)
                )
            )
        return claims_of(document, encoder)


def _trigger_places(row: Row, sentences: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    starts = sentence_starts(sentences)
    for event in row["events"]:
        start, end = place_of(sentences[event["s"]], event["trig"])
        yield starts[event["s"]] + start, starts[event["s"]] + end, event["type"]


def _gold_triggers(words: SentenceWords, places: Sequence[tuple[int, int, str]]) -> Iterator[Trigger]:
    tokens = words.tokens
    for start, end, etype in places:
        inside = [i for i, token in enumerate(tokens) if token.start < end and start < token.end]
        if inside:
            head = head_of(tokens, start, end)
            i = inside[0] if head is None else head
            yield Trigger(i, i, etype, verb_group(tokens, i), 1.0)


@dataclass(frozen=True, slots=True)
class StatusGiven:
    """How often the group of a status is right where trigger and type are those of gold.

    Attributes:
        groups: By group of gold, the groups told and how often; events that became no claim are left out.
    """

    groups: Mapping[str, Counter[str]]

    @property
    def accuracy(self) -> float:
        """Share of all events whose group is right, in [0, 1]."""
        total = sum(told.total() for told in self.groups.values())
        return sum(told[group] for group, told in self.groups.items()) / total if total else 0.0


def status_given(read: Sequence[tuple[Row, Annotated, Extraction]]) -> StatusGiven:
    """Return the groups told of the events of gold, given extractions with the triggers of gold."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row, annotated, extraction in read:
        places = list(_trigger_places(row, annotated.sentences))
        for event, (start, end, etype) in zip(row["events"], places, strict=True):
            for claim in extraction.claims:
                if claim.etype == etype and claim.trigger_start < end and start < claim.trigger_end:
                    found[STATUS_GROUPS[Status(event["status"])]][STATUS_GROUPS[claim.status]] += 1
                    break
    return StatusGiven(dict(found))


def compared_all(read: Sequence[tuple[Row, Annotated, Extraction]]) -> list[Compared]:
    """Return extractions beside gold."""
    return [compared(*one) for one in read]
