"""Facts that cannot all hold: sides that act for each other in a circle, and terms of office that overlap."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.model.claims import Extraction
from kg.model.documents import Document
from kg.model.judgements import Conflict
from kg.text.office_holders import Term, terms


def circles(document: Document, extractions: Iterable[Extraction]) -> Iterator[Conflict]:
    """Yield the circles of actors of a document that act for one another; each of them then acts for itself."""
    acts_for = {
        actor.key: actor.acts_for
        for extraction in extractions
        for actor in sorted(extraction.actors, key=lambda actor: (actor.key, actor.acts_for or ""))
        if actor.acts_for and actor.acts_for != actor.key
    }
    done: set[str] = set()
    for start in sorted(acts_for):
        way: list[str] = []
        key: str | None = start
        while key in acts_for and key not in way and key not in done:
            way.append(key)
            key = acts_for[key]
        if key in way:
            circle = [*way[way.index(key) :], key]
            told = f"{document.name}: {' acts for '.join(circle)}"
            yield Conflict(kind="acts_for", told=told)
        done.update(way)


def overlapping_terms() -> Iterator[Conflict]:
    """Yield the people of the tables, the user's own facts among them, with two terms of one office at one time."""
    for name, held in sorted(terms().items()):
        by_office: defaultdict[tuple[str, str], list[Term]] = defaultdict(list)
        for term in held:
            by_office[term.acts_for or "", term.office].append(term)
        for (side, office), of_office in sorted(by_office.items()):
            in_order = sorted(of_office, key=lambda term: (term.first, term.last))
            for earlier, later in pairwise(in_order):
                # A term that ends in a month and one that begins in it need not overlap.
                if later.first < earlier.last.replace("-99", "-00"):
                    told = f"{name} is {office} of {side or 'nobody'} in {_days(earlier)} and in {_days(later)}"
                    yield Conflict(kind="terms", told=told)


def _days(term: Term) -> str:
    first = "" if term.first.startswith("0000") else term.first
    last = "" if term.last.startswith("9999") else term.last
    return f"{first or '...'} to {last or '...'}"
