"""How well claims are put together to events: figures on stories that several annotated documents tell."""

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg.jobs.evaluation.annotations import Annotated
from kg.jobs.evaluation.coreference import Coreference, apart, coreference, grouped, of_two_or_more, with_singles
from kg.jobs.evaluation.gold_claims import GOLD, extraction_of
from kg.jobs.evaluation.telling import ToldEvent, overlap
from kg.model.claims import Claim, Extraction
from kg.model.errors import UsageError
from kg.model.ontology import event_types
from kg.model.words import Role
from kg.resolve import resolve
from kg.resolve.parties import STEM_CHARS

Entry = tuple[str, int]  # a document by its name, and the place of an event in its annotation

GOLD_CLAIMS = f"{GOLD} claims"
BY_PARTIES = f"{GOLD_CLAIMS}, same type and parties"
BY_TRIGGER = f"{GOLD_CLAIMS}, same trigger"
_Told = Sequence[tuple[Annotated, Extraction]]
_Found = list[frozenset[Hashable]]

_STRIKES = "ASSAULT"  # the PLOVER type of what is counted as a strike
_STORIES = ".stories.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Documents that tell one story, and which of their events are the same; clusters of two or more only."""

    name: str
    documents: tuple[Annotated, ...]
    clusters: tuple[frozenset[Entry], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterFigures:
    """How well claims were put together.

    Attributes:
        of_many: Over clusters of two or more claims.
        of_all: With the claims that are alone in their cluster, too.
        strikes: Pairs of strikes of gold, of one type and the same parties, that two different days part.
        apart: How many of these pairs lie in two clusters.
    """

    of_many: Coreference
    of_all: Coreference
    strikes: int
    apart: int


def stories_beside(gold: Path) -> Path:
    """Return where the stories of a file of gold lie: `NAME.stories.jsonl` beside `NAME.gold.jsonl`."""
    return gold.with_name(gold.name.removesuffix(".jsonl").removesuffix(".gold") + _STORIES)


def read_stories(path: Path, documents: Iterable[Annotated]) -> tuple[Story, ...]:
    """Return the stories of a file.

    Raises:
        UsageError: A line is no story, or names a document or an event that gold has not.
    """
    by_name = {one.document.name: one for one in documents}
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_story(f"{path.name} line {n}", line, by_name) for n, line in enumerate(lines, 1) if line.strip())


def _story(where: str, line: str, by_name: Mapping[str, Annotated]) -> Story:
    try:
        row = json.loads(line)
        names, clusters = row["docs"], [[(doc, int(place)) for doc, place in cluster] for cluster in row["clusters"]]
        name = str(row["story"])
    except (ValueError, KeyError, TypeError) as error:
        wanted = '{"story": "st1", "docs": ["x1"], "clusters": [[["x1", 0], ["x1", 3]]]}'
        raise UsageError(f"{where}: {line[:40]!r} is no story; write {wanted}") from error
    for doc in names:
        if doc not in by_name:
            raise UsageError(f"{where}: gold has no document {doc!r}; annotate it, or take it out of the story")
    told = [entry for cluster in clusters for entry in cluster]
    for doc, place in told:
        if doc not in names or not 0 <= place < len(by_name[doc].annotation.get("events", ())):
            raise UsageError(f"{where}: the story has no event {place} of {doc!r}; events count from 0")
    if len(set(told)) < len(told):
        raise UsageError(f"{where}: an event stands in two clusters; join them, or take it out of one")
    return Story(
        name=name,
        documents=tuple(by_name[doc] for doc in names),
        clusters=tuple(frozenset(cluster) for cluster in clusters),
    )


def measure_gold(stories: Sequence[Story]) -> dict[str, ClusterFigures]:
    """Return the figures with the claims of gold: our own, and those of two simple rules beside them."""
    by_parties = [grouped({e: _type_and_parties(event) for e, event in _events(story).items()}) for story in stories]
    by_trigger = [
        grouped(
            {
                (one.document.name, n): one.document.text[claim.trigger_start : claim.trigger_end][
                    :STEM_CHARS
                ].casefold()
                for one in story.documents
                for n, claim in enumerate(extraction_of(one).claims)
            }
        )
        for story in stories
    ]
    claims = {one.document.name: extraction_of(one) for story in stories for one in story.documents}
    return {
        GOLD_CLAIMS: measure_told(stories, claims),
        BY_PARTIES: _figures(stories, by_parties),
        BY_TRIGGER: _figures(stories, by_trigger),
    }


def measure_told(stories: Sequence[Story], told: Mapping[str, Extraction]) -> ClusterFigures:
    """Return the figures of extractions by the name of their document.

    A claim stands for the event of gold in its sentence that has its PLOVER type and an overlapping trigger; one that
    finds none is an event that gold has not.
    """
    clusters = []
    for story in stories:
        extractions = [(one, told[one.document.name]) for one in story.documents]
        entry_of: dict[Hashable, Hashable] = {
            id_: entry for one, extraction in extractions for id_, entry in _entries(one, extraction)
        }
        found = _by_events(extractions)
        clusters.append([frozenset(entry_of.get(id_, id_) for id_ in cluster) for cluster in found])
    return _figures(stories, clusters)


def _figures(stories: Sequence[Story], found: Sequence[_Found]) -> ClusterFigures:
    gold: _Found = []
    everything: _Found = []
    pairs: list[tuple[Entry, Entry]] = []
    for story in stories:
        gold += story.clusters
        everything += with_singles(story.clusters, _events(story))
        pairs += _strikes_on_two_days(story)
    told = [cluster for clusters in found for cluster in clusters]
    return ClusterFigures(
        of_many=coreference(gold, of_two_or_more(told)),
        of_all=coreference(everything, told),
        strikes=len(pairs),
        apart=apart(told, pairs),
    )


def _events(story: Story) -> dict[Entry, ToldEvent]:
    return {(one.document.name, n): event for one in story.documents for n, event in enumerate(one.gold.events)}


def _strikes_on_two_days(story: Story) -> Iterator[tuple[Entry, Entry]]:
    """Yield pairs of strikes that gold dates, whose days differ and that it does not tell as one event."""
    strikes = [(entry, event) for entry, event in _events(story).items() if event.plover == _STRIKES and event.days]
    one_event = {frozenset(pair) for cluster in story.clusters for pair in combinations(cluster, 2)}
    for (one, some), (two, other) in combinations(strikes, 2):
        is_alike = _type_and_parties(some) == _type_and_parties(other)
        if is_alike and not overlap(some.days, other.days) and frozenset((one, two)) not in one_event:
            yield one, two


def _type_and_parties(event: ToldEvent) -> tuple[str, frozenset[tuple[str, str]]]:
    return event.etype, frozenset(part for part in event.parts if part[0] in {Role.ACTOR, Role.RECIPIENT})


def _by_events(told: _Told) -> _Found:
    events = resolve([(one.document, (extraction,)) for one, extraction in told]).events
    return [frozenset(event.claim_ids) for event in events]


def _entries(annotated: Annotated, told: Extraction) -> Iterator[tuple[str, Entry]]:
    """Yield (claim_id, entry) of the claims that stand for an event of gold; the closest pairs first."""
    if told.extractor == GOLD:
        yield from ((claim.claim_id, (annotated.document.name, n)) for n, claim in enumerate(told.claims))
        return
    near = [
        (_distance(claim, gold), claim.claim_id, n)
        for claim in told.claims
        for n, gold in enumerate(extraction_of(annotated).claims)
        if claim.trigger_start < gold.trigger_end
        and gold.trigger_start < claim.trigger_end
        and event_types()[claim.etype].plover == event_types()[gold.etype].plover
    ]
    claims: set[str] = set()
    places: set[int] = set()
    for _, claim_id, n in sorted(near):
        if claim_id not in claims and n not in places:
            claims.add(claim_id)
            places.add(n)
            yield claim_id, (annotated.document.name, n)


def _distance(claim: Claim, gold: Claim) -> tuple[bool, bool, int]:
    ends = abs(claim.trigger_start - gold.trigger_start) + abs(claim.trigger_end - gold.trigger_end)
    return (claim.etype != gold.etype, claim.status != gold.status, ends)
