"""Judgements by command: merging, splitting, undoing, and the graph brought up to date after each of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from getpass import getuser

from kg.jobs.disputes import Dispute, disputes_of, open_disputes
from kg.jobs.identities import known_of
from kg.jobs.lines import line_of
from kg.jobs.locks import held
from kg.jobs.naming import near_names
from kg.jobs.publish import WAIT_SECONDS, indexed, publish
from kg.jobs.questions import answered
from kg.jobs.seen import circles_of
from kg.jobs.shelf import Read, Shelf
from kg.jobs.workplace import Workplace, now
from kg.model.errors import UsageError
from kg.model.graph import WriteReport
from kg.model.ids import fold
from kg.model.judgements import Conflict, Judgement, Likeness, SeenActor, Undone, Verdict
from kg.model.protocols import GraphStore
from kg.model.words import ActorType
from kg.resolve.conflicts import overlapping_terms
from kg.resolve.identity import Identity, Known, identify, is_state, raw_of, to_review, ways_between
from kg.resolve.pairs import compare, is_known, is_sure
from kg.resolve.rulings import rulings_of
from kg.store.index import Index
from kg.store.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A judgement that was stored or undone, and what changed in the graph."""

    judgement: Judgement
    written: WriteReport


class Bench:
    """What there is to judge: who is who at the moment, and what documents show."""

    def __init__(self, ledger: Ledger, index: Index, shelf: Shelf, disputes: Sequence[Dispute] = ()) -> None:
        """Take the ledger and its index, up to date, and the claims that contradict each other in the graph."""
        self._ledger = ledger
        self._index = index
        self._shelf = shelf
        self._disputes = disputes
        self.judgements = ledger.judgements.standing()
        self.known = known_of(index, self.judgements)

    def documents_of(self, seen: SeenActor) -> Iterator[Read]:
        """Yield the documents that speak of a raw id, with their extractions, by doc_id."""
        for doc_id in sorted(self._index.documents_with(seen.raw_id)):
            if read := self._shelf.read(doc_id):
                yield read

    def open_pairs(self) -> list[Likeness]:
        """Return the pairs that nobody has decided, the likeliest first."""
        return to_review(self.known)

    def open_disputes(self) -> list[Dispute]:
        """Return the claims that contradict each other on what nobody has decided, the surest first."""
        found = open_disputes(self._disputes, self.judgements)
        return sorted(found, key=lambda one: (-one.score, one.left.claim_id, one.right.claim_id, one.on))

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return what cannot all hold: judgements, sides that go in a circle, terms of office that overlap."""
        of_claims = rulings_of(self.judgements).conflicts
        return (*self.known.identity.conflicts, *of_claims, *circles_of(self._index), *overlapping_terms())

    def judge_claims(self, verdict: Verdict, dispute: Dispute, because: str) -> Judgement:
        """Store a judgement on two claims."""
        judgement = Judgement(
            judgement_id="",
            left=dispute.left.claim_id,
            right=dispute.right.claim_id,
            verdict=verdict,
            by=_user(),
            at=now(),
            because=because,
            on=dispute.on,
        )
        added = self._ledger.judgements.add(judgement)
        self.judgements = (*self.judgements, added)
        return added

    def called(self, end: str) -> str:
        """Return what an end of a judgement is called, of a claim its words; the end where nothing shows it."""
        doc_id = self._index.document_of(end)
        return line_of(self._shelf.resolved(doc_id).told[end].claim.quote) if doc_id else names_of(self.known.seen, end)

    def judge(self, verdict: Verdict, left: SeenActor, right: SeenActor, because: str) -> Judgement:
        """Store a judgement on two actors.

        Raises:
            UsageError: It would contradict others, or the two cannot be one; nothing is stored.
        """
        judgement = _judgement(verdict, left, right, because)
        if verdict is Verdict.POSITIVE:
            _check_kinds(left, right)
        before = {conflict.told for conflict in self.known.identity.conflicts}
        for conflict in self._with([*self.judgements, judgement]).conflicts:
            if conflict.told not in before:
                others = [j for j in self.judgements if j.judgement_id in conflict.judgement_ids]
                raise UsageError(
                    f"{_names(left, right)} cannot be judged {verdict.value}: that contradicts "
                    f"{'; '.join(map(told_shortly, others))}. Undo one of them first: kg undo {others[0].judgement_id}"
                )
        added = self._ledger.judgements.add(judgement)
        self.judgements = (*self.judgements, added)
        self.known = Known(identity=self._with(self.judgements), seen=self.known.seen, likely=self.known.likely)
        return added

    def _with(self, judgements: Sequence[Judgement]) -> Identity:
        seen = self.known.seen
        sure = (pair for pair in self.known.likely if is_sure(pair, seen[pair.left], seen[pair.right]))
        return identify(judgements, seen, sure)

    def actor_of(self, seen: SeenActor) -> str:
        """Return the id of the actor that one is at the moment."""
        return self.known.identity.of_node(seen)

    def find(self, text: str) -> SeenActor:
        """Return whom a text names: an id of any kind, a number on a list, a name; `NAME@DOCUMENT` in one document.

        Raises:
            UsageError: It names nobody, with near names, or several.
        """
        if text in self.known.seen:
            return self.known.seen[text]
        name, sign, place = text.rpartition("@")
        if sign and name:
            return self._in_document(self.find(name), place)
        found = self._named(text)
        if not found:
            raise UsageError(f"no actor is called {text!r}{self._near(text)}; give an id, a name or a number of a list")
        if len({self.actor_of(one) for one in found}) > 1:
            told = "; ".join(f"{one.node} ({describe(one)})" for one in found)
            raise UsageError(f"{text!r} names several actors: {told}. Give one of these ids")
        return found[0]

    def _named(self, text: str) -> list[SeenActor]:
        """Everybody of that id or name; of the parts of one actor first the one whose own id or usual name it is."""
        folded = fold(text)
        by_id = [one for one in self.known.seen.values() if text in (self.actor_of(one), one.key, *_numbers(one))]
        by_name = [one for one in self.known.seen.values() if folded in map(fold, one.names)]
        found = by_id or by_name
        return sorted(found, key=lambda one: (one.key != text, fold(one.key) != folded, -one.n_documents, one.node))

    def _near(self, text: str) -> str:
        names = {fold(name): name for one in self.known.seen.values() for name in one.names}
        near = near_names(fold(text), names)
        return f"; did you mean {', '.join(near)}" if near else ""

    def _in_document(self, seen: SeenActor, place: str) -> SeenActor:
        """The actor as one document has it.

        Raises:
            UsageError: No document of that id or name speaks of it.
        """
        for document, _ in self.documents_of(seen):
            if place in (document.doc_id, document.name):
                return replace(seen, node=f"{seen.raw_id}@{document.doc_id}", n_documents=1)
        raise UsageError(f"no document that speaks of {seen.key} is called {place!r}; kg ask documents lists them")


def merge(workplace: Workplace, one: str, other: str, because: str) -> Decided:
    """Judge that two actors are the same.

    Raises:
        UsageError: An end names nobody or several, they are one actor already, they are two states or otherwise of
            kinds that are never one, or the judgement contradicts another; nothing is changed.
    """

    def decide(bench: Bench) -> Judgement:
        left, right = bench.find(one), bench.find(other)
        if bench.actor_of(left) == bench.actor_of(right):
            raise UsageError(f"{_names(left, right)} are one actor already{_why_one(bench, left, right)}")
        return bench.judge(Verdict.POSITIVE, left, right, because)

    return _decided(workplace, decide)


def split(workplace: Workplace, one: str, other: str, because: str) -> Decided:
    """Judge that two names, or a name here and elsewhere, are not the same actor.

    Raises:
        UsageError: An end names nobody or several, they were never one actor, or judgements hold them together; nothing
            is changed.
    """

    def decide(bench: Bench) -> Judgement:
        left, right = bench.find(one), bench.find(other)
        if left.node == right.node:
            raise UsageError(f"{left.key} cannot be split from itself; in one document: kg split NAME@DOCUMENT NAME")
        if bench.actor_of(left) != bench.actor_of(right):
            raise UsageError(f"{_names(left, right)} are two actors already; there is nothing to split")
        return bench.judge(Verdict.NEGATIVE, left, right, because)

    return _decided(workplace, decide)


def undo(workplace: Workplace, judgement_id: str | None) -> Decided:
    """Mark a judgement as one that no longer holds; the last that stands when none is named.

    Raises:
        UsageError: There is none of that id, it is undone already, or none stands.
    """
    with _at_work(workplace) as (ledger, _, update):
        judgements = {judgement.judgement_id: judgement for judgement, _ in ledger.judgements.all()}
        standing = ledger.judgements.standing()
        if judgement_id is None and not standing:
            raise UsageError("no judgement stands, so there is none to undo")
        chosen = judgement_id or standing[-1].judgement_id
        ledger.judgements.undo(Undone(judgement_id=chosen, by=_user(), at=now()))
        return Decided(judgement=judgements[chosen], written=update())


def listed(workplace: Workplace) -> list[dict[str, object]]:
    """Return a row for each judgement, the oldest first, with what its ends are called."""
    workplace.use_facts()
    with workplace.ledger() as ledger, indexed(ledger) as (index, shelf):
        bench = Bench(ledger, index, shelf)
        return [
            {
                "judgement": judgement.judgement_id,
                "verdict": judgement.verdict.value,
                "left": bench.called(judgement.left),
                "right": bench.called(judgement.right),
                "on": judgement.on,
                "because": judgement.because,
                "by": judgement.by,
                "at": judgement.at,
                "score": judgement.score,
                "undone": undone.at if undone else None,
            }
            for judgement, undone in ledger.judgements.all()
        ]


def review(workplace: Workplace, ask: Callable[[Bench], None]) -> WriteReport:
    """Let somebody judge at a bench, and bring the graph up to date before and after, also when he breaks off."""
    with _at_work(workplace) as (ledger, store, update):
        written = update()
        try:
            with indexed(ledger) as (index, shelf):
                ask(Bench(ledger, index, shelf, disputes_of(answered(store, "contradictions"))))
        finally:
            written += update()
    return written


def _decided(workplace: Workplace, decide: Callable[[Bench], Judgement]) -> Decided:
    with _at_work(workplace) as (ledger, _, update):
        with indexed(ledger) as (index, shelf):
            judgement = decide(Bench(ledger, index, shelf))
        return Decided(judgement=judgement, written=update())


@contextmanager
def _at_work(workplace: Workplace) -> Iterator[tuple[Ledger, GraphStore, Callable[[], WriteReport]]]:
    """Open the ledger and the graph, nobody else publishing meanwhile; give what brings the graph up to date."""
    workplace.use_facts()
    with (
        workplace.ledger() as ledger,
        held(workplace.locks, "publish", wait_seconds=WAIT_SECONDS),
        closing(workplace.graph_store()) as store,
    ):
        store.prepare()
        yield ledger, store, lambda: publish(ledger, store, min_confidence=workplace.settings.min_confidence)


def _numbers(seen: SeenActor) -> Iterator[str]:
    """Yield the numbers of an actor on lists, with and without the name of the list."""
    for number in seen.list_ids:
        yield from (number, number.rpartition(":")[2])


def _judgement(verdict: Verdict, one: SeenActor, other: SeenActor, because: str) -> Judgement:
    left, right = sorted((one, other), key=_end)
    likeness = compare(left, right) if raw_of(left.node) != raw_of(right.node) else None
    return Judgement(
        judgement_id="",
        left=_end(left),
        right=_end(right),
        verdict=verdict,
        by=_user(),
        at=now(),
        because=because,
        score=likeness.score if likeness else None,
        reasons=likeness.reasons if likeness else (),
    )


def _end(seen: SeenActor) -> str:
    """The id under which a judgement names somebody.

    A person whom the tables do not know is named with his home, so that the judgement does not pass to another bearer
    of the name who may appear later.
    """
    is_stranger = seen.type is ActorType.PERSON and not seen.list_ids and not is_known(seen)
    is_whole = seen.node == seen.raw_id
    return f"{seen.raw_id}@{seen.homes[0]}" if is_stranger and is_whole and len(seen.homes) == 1 else seen.node


def _check_kinds(left: SeenActor, right: SeenActor) -> None:
    if is_state(left) and is_state(right):
        raise UsageError(
            f"{_names(left, right)} are two states; no judgement makes them one. Where a document took one for the "
            "other, merge it there: kg merge NAME@DOCUMENT STATE"
        )
    for kind in (ActorType.PERSON, ActorType.PLACE):
        if (left.type is kind) != (right.type is kind):
            raise UsageError(f"{_names(left, right)} cannot be one: {left.type.value} and {right.type.value}")


def _why_one(bench: Bench, left: SeenActor, right: SeenActor) -> str:
    if ways := ways_between(bench.judgements, _end(left), _end(right)):
        return f", by judgement {', '.join(sorted(ways))}"
    return "" if raw_of(left.node) == raw_of(right.node) else ", by rule; kg split parts them"


def _names(left: SeenActor, right: SeenActor) -> str:
    return f"{left.key} and {right.key}"


def describe(seen: SeenActor) -> str:
    """Return who somebody is, in a few words."""
    offices = ", ".join(sorted({office for _, office in seen.posts}))
    told = (seen.key, seen.type.value, " ".join(seen.homes), offices, " ".join(seen.list_ids))
    return line_of(", ".join(filter(None, told)))


def told_shortly(judgement: Judgement) -> str:
    """Return a judgement in a line: its id, verdict, who and when, and why."""
    day = judgement.at.date().isoformat()
    return line_of(f"{judgement.judgement_id} ({judgement.verdict.value}, {judgement.by}, {day}: {judgement.because})")


def names_of(known: Mapping[str, SeenActor], node: str) -> str:
    """Return what an end of a judgement is called; the end itself where no document shows it any more."""
    seen = known.get(node) or known.get(raw_of(node))
    place = f" @{node.partition('@')[2]}" if "@" in node else ""
    return f"{seen.key}{place}" if seen else node


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):  # no name for the number of the user, as in some containers
        return "unknown"
