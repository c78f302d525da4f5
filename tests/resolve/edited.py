"""Edited copies of an agency text, as papers make them: cut, with a headline, a dateline and local news of their own."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from kg.model.documents import Document, Sentence
from kg.model.times import days
from kg.model.words import Basis

# Words that desks swap without changing what is told.
SWAPS = {
    "said": "stated", "told": "informed", "late": "last", "another": "one more", "announced": "made known",
    "weeks": "some weeks", "after": "following", "largest": "biggest", "before": "ahead of", "halt": "stop",
    "also": "likewise", "until": "till", "about": "around", "called": "termed", "killed": "left dead",
    "the": "this", "had": "has", "which": "that", "not": "never", "from": "out of",
}  # fmt: skip
LOCAL = (
    "Farmers in the county who ship grain overseas said they would watch the talks with some worry.",
    "Mayor Ellen Brackett told a breakfast of the chamber of commerce that fuel prices come first for her voters.",
    "A vigil is planned for Sunday at St Mark's on Union Street, the parish let it be known.",
    "Two reservists from the town are stationed in the region, according to their families.",
    "The state university has postponed a summer course that was to take forty students abroad.",
    "Local dealers expect petrol to cost more by the weekend, though none had raised prices by noon.",
)
CITIES = ("TOLEDO", "DAYTON", "CORK", "PERTH", "LEEDS", "TAMPA", "BERGEN", "GALWAY")


def document(
    lines: Sequence[str], *, name: str, publisher: str | None = None, day: date = date(2025, 6, 20)
) -> Document:
    """Return a document of these sentences."""
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return Document(
        doc_id=name,
        name=name,
        source="made",
        media_type="text/plain",
        text="\n".join(lines),
        sentences=tuple(Sentence(start=s, end=s + len(x)) for s, x in zip(starts, lines, strict=True)),
        publisher=publisher,
        published=days(day, basis=Basis.EXPLICIT),
    )


def edited_copies(lines: Sequence[str], number: int, *, day: date, seed: int = 0) -> list[Document]:
    """Return so many copies of a text of at least six sentences, headline first, each by a paper of its own."""
    random = Random(f"{lines[0]} {seed}")
    return [
        document(
            _edited(lines, random),
            name=f"copy-{n:03}",
            publisher=f"Paper of {n}",
            day=day + timedelta(days=random.randint(0, 2)),
        )
        for n in range(number)
    ]


def _edited(lines: Sequence[str], random: Random) -> list[str]:
    """Cut up to half of a text, swap words, change headline and dateline, and add up to two local sentences."""
    body = list(lines[1:])
    kept = sorted(random.sample(range(len(body)), random.randint(-(-len(body) // 2), len(body))))
    swapped = random.sample(sorted(SWAPS), random.randint(0, 5))
    told = [" ".join(SWAPS[w] if w in swapped else w for w in body[n].split(" ")) for n in kept]
    head, dash, rest = told[0].partition(" - ")
    told[0] = f"{random.choice(CITIES)} - {rest if dash and len(head) < 40 else told[0]}"
    for local in random.sample(LOCAL, random.randint(0, 2)):
        told.insert(random.randint(1, len(told)), local)
    return [f"{random.choice(CITIES).title()} reads: {' '.join(random.sample(lines[0].split(), 4))}", *told]
