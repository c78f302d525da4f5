"""Claims that contradict each other: what there is to judge, and what was judged.

What was judged is kept in the index, so that only the documents of those claims are looked at again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from kg.jobs.lines import line_of
from kg.model.judgements import Judgement
from kg.model.protocols import Row
from kg.resolve.rulings import Rulings, rulings_of
from kg.store.index import Index
from kg.store.ledger import Ledger

_WRONG, _APART = "wrong", "apart"
_BETWEEN = " "


def rulings_in(index: Index) -> Rulings:
    """Return what was judged of claims, as the index was last told; conflicts aside."""
    wrong_on = {claim_id: tuple(told.split(_BETWEEN)) for claim_id, told in index.identity(_WRONG).items()}
    apart = (name.partition(_BETWEEN) for name in index.identity(_APART))
    return Rulings(wrong_on=wrong_on, apart=frozenset((left, right) for left, _, right in apart))


def note_rulings(ledger: Ledger, index: Index) -> set[str]:
    """Bring up to date what was judged of claims, and return the documents of the claims of which it changed."""
    before, now = rulings_in(index), rulings_of(ledger.judgements.standing())
    if (before.wrong_on, before.apart) == (now.wrong_on, now.apart):
        return set()
    index.set_identity(_WRONG, {claim_id: _BETWEEN.join(ons) for claim_id, ons in now.wrong_on.items()})
    index.set_identity(_APART, {_BETWEEN.join(pair): "" for pair in now.apart})
    claim_ids = {claim_id for pair in before.apart ^ now.apart for claim_id in pair}
    claim_ids |= {
        claim_id
        for claim_id in {*before.wrong_on, *now.wrong_on}
        if before.wrong_on.get(claim_id) != now.wrong_on.get(claim_id)
    }
    return {doc_id for claim_id in claim_ids if (doc_id := index.document_of(claim_id))}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSide:
    """One of two claims: who tells what; `told` is its status with actors and numbers."""

    claim_id: str
    told: str
    quote: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Two claims that cannot both be right.

    Attributes:
        on: "number", "occurrence", "date" or "actor".
        event: Type of the event, its first and its last day.
        score: Probability in [0, 1] that both are read right.
    """

    left: ClaimSide
    right: ClaimSide
    on: str
    event: str
    score: float


def disputes_of(rows: Iterable[Row]) -> tuple[Dispute, ...]:
    """Return the answers to the question `contradictions`."""
    return tuple(
        Dispute(
            left=_side(row, ""),
            right=_side(row, "other_"),
            on=str(row["on_what"]),
            event=", ".join(
                str(value) for value in (row["etype"], *dict.fromkeys((row["first"], row["last"]))) if value
            ),
            score=round(cast("float", row["confidence"]) * cast("float", row["other_confidence"]), 3),
        )
        for row in rows
    )


def _side(row: Row, prefix: str) -> ClaimSide:
    names, numbers = (cast("list[str]", row[f"{prefix}{column}"] or []) for column in ("actors", "numbers"))
    told = (str(row[f"{prefix}status"]), ", ".join(names), ", ".join(numbers))
    source = (row[f"{prefix}publisher"], row[f"{prefix}reported"])
    return ClaimSide(
        claim_id=str(row[f"{prefix}claim_id"]),
        told=line_of(" · ".join(filter(None, told))),
        quote=line_of(str(row[f"{prefix}quote"])),
        source=line_of(", ".join(str(value) for value in source if value)),
    )


def open_disputes(disputes: Iterable[Dispute], judgements: Iterable[Judgement]) -> list[Dispute]:
    """Return the disputes that no standing judgement has settled, not by another pair either."""
    judgements = tuple(judgements)
    settled = {judgement.dispute for judgement in judgements}
    wrong_on = rulings_of(judgements).wrong_on
    return [
        one
        for one in disputes
        if (one.left.claim_id, one.right.claim_id, one.on) not in settled
        and not any(one.on in wrong_on.get(side.claim_id, ()) for side in (one.left, one.right))
    ]
