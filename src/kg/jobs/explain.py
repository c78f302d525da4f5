"""What each claim of a document rests on: its sentence, and the words behind every part of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.jobs.lines import printable
from kg.model.claims import Claim, Extraction, LocalActor, RoleFiller, SanctionDetail
from kg.model.documents import Document
from kg.model.times import Interval
from kg.model.words import Role
from kg.text.dates import find_times

MAX_SENTENCE_CHARS = 800  # of a longer one only the quote of its claims is shown
IMPLIED = "implied"
_ROLE_ORDER = {role: no for no, role in enumerate(Role)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words of the document, in code points of its text."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a claim: what it is, what was read, and the words that it was read from, if any."""

    label: str
    value: str
    span: Span | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedClaim:
    """One claim, numbered within its document from 1."""

    no: int
    claim: Claim
    trigger: Span
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedSentence:
    """A sentence with the claims that stand in it; of a very long one the stretch that they quote."""

    no: int
    span: Span
    claims: tuple[ExplainedClaim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One extraction with what looks its claims up."""

    document: Document
    actors: dict[str, LocalActor]
    numbers: dict[str, int]

    def span(self, start: int | None, end: int | None) -> Span | None:
        if start is None or end is None:
            return None
        return Span(start=start, end=end, words=printable(self.document.text[start:end]))

    def name(self, local_id: str) -> str:
        """Return an actor's name with its key, where that says more, and the side that it acts for."""
        actor = self.actors[local_id]
        key = f" [{actor.key}]" if actor.key != actor.name else ""
        return printable(f"{actor.name}{key}{f' for {actor.acts_for}' if actor.acts_for else ''}")


def explained(document: Document, found: Sequence[Extraction]) -> Iterator[ExplainedSentence]:
    """Yield the sentences of a document that tell claims, in its order, each with its claims in the order of triggers.

    Claims of all extractors are numbered together.
    """
    told = [(claim, extraction) for extraction in found for claim in extraction.claims]
    told.sort(key=lambda pair: (pair[0].trigger_start, pair[0].trigger_end, pair[0].claim_id))
    numbered = [(no, claim, extraction) for no, (claim, extraction) in enumerate(told, 1)]
    reads = {
        id(extraction): _Read(
            document=document,
            actors={actor.local_id: actor for actor in extraction.actors},
            numbers={claim.claim_id: no for no, claim, of in numbered if of is extraction},
        )
        for extraction in found
    }
    for sentence_no, group in groupby(numbered, key=lambda entry: document.sentence_no(entry[1].start)):
        claims = tuple(_explained(no, claim, reads[id(extraction)]) for no, claim, extraction in group)
        yield ExplainedSentence(no=sentence_no, span=_sentence(document, sentence_no, claims), claims=claims)


def _sentence(document: Document, no: int, claims: Sequence[ExplainedClaim]) -> Span:
    start, end = document.sentences[no].start, document.sentences[no].end
    if end - start > MAX_SENTENCE_CHARS:
        start, end = min(c.claim.start for c in claims), max(c.claim.end for c in claims)
    return Span(start=start, end=end, words=printable(document.text[start:end]))


def _explained(no: int, claim: Claim, read: _Read) -> ExplainedClaim:
    text = read.document.text
    trigger = Span(
        start=claim.trigger_start,
        end=claim.trigger_end,
        words=printable(text[claim.trigger_start : claim.trigger_end]),
    )
    roles = sorted(
        claim.roles, key=lambda role: (_ROLE_ORDER[role.role], role.start is None, role.start or 0, role.actor)
    )
    parts = [Part(label="trigger", value="", span=trigger), *(_role(role, read) for role in roles)]
    parts.append(
        Part(
            label="status",
            value=claim.status.value,
            span=read.span(claim.cue_start, claim.cue_end),
            note="" if claim.cue else "no cue",
        )
    )
    if claim.time is not None:
        parts.append(_date(claim.time, claim, read))
    parts += [
        Part(
            label="number",
            value=number.kind if number.value is None else f"{number.kind} {number.value:,.10g}",
            span=read.span(number.start, number.end),
        )
        for number in claim.numbers
    ]
    if claim.sanction is not None:
        parts.append(Part(label="sanction", value=_sanction(claim.sanction)))
    if claim.speaker is not None:
        said = claim.speaker
        span = read.span(said.start, said.end)
        parts.append(Part(label="speaker", value=read.name(said.actor), span=span, note=printable(said.verb or "")))
    if claim.content_of is not None:
        kind = f"{claim.content_kind.value} in " if claim.content_kind else ""
        parts.append(Part(label="content of", value=f"{kind}claim {read.numbers[claim.content_of]}"))
    return ExplainedClaim(no=no, claim=claim, trigger=trigger, parts=tuple(parts))


def _role(role: RoleFiller, read: _Read) -> Part:
    span = read.span(role.start, role.end)
    doubt = f"linked {role.link_score:.2f}" if role.link_score < 1 else ""
    return Part(
        label=role.role.value.lower().replace("_", " "),
        value=read.name(role.actor),
        span=span,
        note=", ".join(filter(None, ("" if span else IMPLIED, doubt))),
    )


def _date(time: Interval, claim: Claim, read: _Read) -> Part:
    """The date of a claim, with the words of its sentence that name it; another sentence may."""
    document = read.document
    sentence = document.sentences[document.sentence_no(claim.start)]
    named = [
        (sentence.start + one.start, sentence.start + one.end)
        for one in find_times(document.text[sentence.start : sentence.end], published=document.published)
        if one.interval == time
    ]
    nearest = min(named, key=lambda place: abs(place[0] - claim.trigger_start), default=(None, None))
    first, last = time.first_day or "", time.last_day or ""
    value = time.value if time.start and time.end else f"{first}/{last}" if first or last else "in no fixed time"
    return Part(
        label="date",
        value=value or "",
        span=read.span(*nearest),
        note=f"{time.precision.value}, {time.basis.value}" if first or last else time.basis.value,
    )


def _sanction(told: SanctionDetail) -> str:
    parts = [
        told.act.value.replace("_", " "),
        *told.measures,
        f"effective {told.effective}" if told.effective else "",
        f"until {told.until}" if told.until else "",
        f"{told.licence} licence" if told.licence else "",
        f"{told.reported_count} acts counted" if told.reported_count else "",
        f"programme {told.programme}" if told.programme else "",
        f"list entry {told.list_id}" if told.list_id else "",
    ]
    return printable(", ".join(filter(None, parts)))
