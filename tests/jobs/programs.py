"""Random programs over a ledger: what people and jobs do to it, in any order, each step published or not.

A step is a class with `run(stage)`; a new kind of step is added to `steps()` with a strategy that makes it.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from graph.made import ACTORS, Story, sanction
from kg.jobs.publish import publish, world
from kg.model.judgements import Judgement, Undone, Verdict
from kg.model.words import Status
from kg.store.ledger import Ledger

DAYS = (None, "2025-06-18", "2025-06-19", "2025-06-20", "2025-07-01", "2025-07-20")
SIDES = ("Russia", "Iran", "Israel", "United States", "Vladimir Putin", "Donald Trump", "Hamas", "NIS")
TOLD = (
    {"trigger": "hit", "etype": "AIRSTRIKE"},
    {"trigger": "struck", "etype": "AIRSTRIKE", "killed": 3},
    {"trigger": "bombed", "etype": "AIRSTRIKE", "killed": 7},
    {"trigger": "denied a raid on", "etype": "AIRSTRIKE", "status": "denied"},
    {"trigger": "offered to mediate", "etype": "OFFER_MEDIATION"},
    {"trigger": "rejected the offer of", "etype": "REJECT"},
    {"trigger": "plans to meet", "etype": "MEET", "status": "planned"},
    {"trigger": "met", "etype": "MEET"},
    {"trigger": "mediate", "etype": "MEDIATE", "status": "offered"},
    {"trigger": "imposed sanctions on", "etype": "IMPOSE_SANCTIONS", "sanction": sanction("imposed", programme="Oil")},
    {"trigger": "lifted sanctions on", "etype": "EASE_SANCTIONS", "sanction": sanction("lifted", programme="OIL")},
)
BAR = 0.6
AT = datetime(2025, 7, 21, 12, tzinfo=UTC)


@dataclass
class Stage:
    """What a program works on: a ledger, a store, and the ids of what was added so far."""

    ledger: Ledger
    store: object
    doc_ids: list[str] = field(default_factory=list)

    def publish(self):
        return publish(self.ledger, self.store, min_confidence=BAR)

    def world(self):
        """The graph that the ledger stands for, made from all of it at once."""
        return world(self.ledger, BAR)


@dataclass(frozen=True)
class Add:
    """A document comes in; the same one again changes nothing.

    Attributes:
        fetched: Days after AT on which it was fetched from the address of its name, so that another text of that name
            is another version; None for a file without an address.
    """

    told: tuple[dict, ...]
    name: str
    day: str | None
    publisher: str
    fetched: int | None

    def run(self, stage):
        story = Story(self.name, self.day, self.publisher)
        for told in self.told:
            story.tell(**told)
        document, extractions = story.read()
        if self.fetched is not None:
            at = AT + timedelta(days=self.fetched)
            document = replace(document, url=f"https://wire.example/{self.name}", retrieved_at=at)
        if stage.ledger.add(document, extractions, run_id="r"):
            stage.doc_ids.append(document.doc_id)


@dataclass(frozen=True)
class ReadAnew:
    """An extractor of another version tells less of a document, or tells it otherwise."""

    which: int
    kept: int
    status: Status
    confidence: float

    def run(self, stage):
        if not stage.doc_ids:
            return
        doc_id = stage.doc_ids[self.which % len(stage.doc_ids)]
        if not stage.ledger.has_document(doc_id):
            return
        (extraction,) = stage.ledger.extractions(doc_id)
        claims = tuple(
            replace(claim, status=self.status, confidence=self.confidence)
            for number, claim in enumerate(extraction.claims)
            if (self.kept >> number) % 2
        )
        stage.ledger.put_extractions(doc_id, [replace(extraction, claims=claims)])


@dataclass(frozen=True)
class Publish:
    """The store is brought up to date; what it then holds is what the ledger stands for."""

    def run(self, stage):
        stage.publish()
        require_equal(stage)


@dataclass(frozen=True)
class Judge:
    """Somebody decides that two actors are the same, or are not, everywhere or in one document."""

    left: str
    right: str
    verdict: Verdict
    which: int | None

    def run(self, stage):
        ends = [ACTORS[name].raw_id for name in (self.left, self.right)]
        if self.which is not None and stage.doc_ids:
            ends[0] += f"@{stage.doc_ids[self.which % len(stage.doc_ids)]}"
        left, right = sorted(ends)
        if left == right:
            return
        judgement = Judgement(
            judgement_id="", left=left, right=right, verdict=self.verdict, by="me", at=AT, because="a test"
        )
        stage.ledger.judgements.add(judgement)


@dataclass(frozen=True)
class Rule:
    """Somebody decides which of two claims of documents that are there is right, or that they tell of two events."""

    one: int
    other: int
    on: str
    verdict: Verdict

    def run(self, stage):
        told = sorted(
            claim.claim_id for _, found in stage.ledger.read() for extraction in found for claim in extraction.claims
        )
        if len(told) < 2:
            return
        left, right = sorted((told[self.one % len(told)], told[self.other % len(told)]))
        if left == right:
            return
        judgement = Judgement(
            judgement_id="", left=left, right=right, verdict=self.verdict, by="me", at=AT, because="a test", on=self.on
        )
        stage.ledger.judgements.add(judgement)


@dataclass(frozen=True)
class Undo:
    """A judgement is taken back."""

    which: int

    def run(self, stage):
        standing = stage.ledger.judgements.standing()
        if standing:
            judgement = standing[self.which % len(standing)]
            stage.ledger.judgements.undo(Undone(judgement_id=judgement.judgement_id, by="me", at=AT))


@dataclass(frozen=True)
class Forget:
    """A document is forgotten."""

    which: int

    def run(self, stage):
        if stage.doc_ids:
            doc_id = stage.doc_ids[self.which % len(stage.doc_ids)]
            stage.ledger.forget([doc_id], [], day=AT.date(), why="a test")


def require_equal(stage):
    """Fail unless the rows that were written are those of the whole world, and no row is in doubt."""
    from kg.graph import parse_row_key, row_hash

    written = {}
    for key, digest in stage.ledger.written(stage.store.name).items():
        assert written.setdefault(parse_row_key(key), digest) == digest, f"two units write {key} differently"
    expected = {row.ref: row_hash(row) for row in stage.world().rows}
    assert written.keys() == expected.keys()
    assert written == expected


@st.composite
def additions(draw):
    told = []
    for number in range(draw(st.integers(1, 4))):
        claim = dict(draw(st.sampled_from(TOLD)))
        claim |= {"actor": draw(st.sampled_from(SIDES)), "recipient": draw(st.sampled_from(SIDES))}
        claim["on"] = draw(st.sampled_from([None, "2025-06-17", "2025-06-19", "2025-06-17/2025-06-19"]))
        if number and draw(st.booleans()):
            claim["of"] = draw(st.integers(0, number - 1))
        if draw(st.integers(0, 3)) == 0:
            claim["same_sentence"] = True
        told.append(claim)
    return Add(
        told=tuple(told),
        name=draw(st.sampled_from(["alpha", "beta", "gamma", "delta"])),
        day=draw(st.sampled_from(DAYS)),
        publisher=draw(st.sampled_from(["Own Wire", "own wire", "Harbour Press"])),
        fetched=draw(st.none() | st.integers(0, 3)),
    )


def readings():
    return st.builds(
        ReadAnew,
        which=st.integers(0, 5),
        kept=st.integers(0, 15),
        status=st.sampled_from([Status.OCCURRED, Status.PLANNED, Status.DENIED, Status.OFFERED]),
        confidence=st.sampled_from([0.3, 0.8]),
    )


def judgements():
    return st.builds(
        Judge,
        left=st.sampled_from(SIDES),
        right=st.sampled_from(SIDES),
        verdict=st.sampled_from(Verdict),
        which=st.none() | st.integers(0, 5),
    )


def rulings():
    return st.builds(
        Rule,
        one=st.integers(0, 9),
        other=st.integers(0, 9),
        on=st.sampled_from(["number", "occurrence", "date", "actor"]),
        verdict=st.sampled_from([Verdict.LEFT, Verdict.RIGHT, Verdict.NEGATIVE, Verdict.UNSURE]),
    )


def steps():
    """Every kind of step; additions are the commonest, so that there is something to work on."""
    undone, forgotten = (st.builds(kind, which=st.integers(0, 5)) for kind in (Undo, Forget))
    others = (readings(), judgements(), rulings(), undone, forgotten, st.builds(Publish))
    return st.one_of(additions(), additions(), additions(), *others)


def programs():
    return st.lists(steps(), min_size=2, max_size=9)
