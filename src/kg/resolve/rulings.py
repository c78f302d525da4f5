"""What people have judged of claims that contradict each other: what counts no longer, and what tells of two events."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from kg.model.claims import Claim
from kg.model.judgements import Conflict, Judgement, Verdict
from kg.model.words import Status
from kg.model.world import Link, LinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """What the standing judgements say of claims.

    Attributes:
        wrong_on: claim_id to what it is wrong on, sorted: "number", "occurrence", "date" or "actor".
        apart: Pairs of claims that tell of different events, the smaller claim_id first.
        conflicts: Judgements on the same two claims that cannot all hold; none of them is obeyed.
    """

    wrong_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    apart: frozenset[tuple[str, str]] = frozenset()
    conflicts: tuple[Conflict, ...] = ()


def rulings_of(judgements: Iterable[Judgement]) -> Rulings:
    """Return what judgements say of claims; the same for any order."""
    by_dispute: defaultdict[tuple[str, str, str], dict[Verdict, list[str]]] = defaultdict(dict)
    for judgement in judgements:
        if judgement.dispute is not None and judgement.verdict is not Verdict.UNSURE:
            by_dispute[judgement.dispute].setdefault(judgement.verdict, []).append(judgement.judgement_id)
    wrong_on: defaultdict[str, set[str]] = defaultdict(set)
    apart, conflicts = set(), []
    for (left, right, on), verdicts in sorted(by_dispute.items()):
        if len(verdicts) > 1:
            told = f"claims {left} and {right} are judged otherwise more than once on {on}"
            ids = tuple(sorted(judgement_id for ids in verdicts.values() for judgement_id in ids))
            conflicts.append(Conflict(kind="claims", told=told, judgement_ids=ids))
        elif Verdict.NEGATIVE in verdicts:
            apart.add((left, right))
        else:
            wrong_on[right if Verdict.LEFT in verdicts else left].add(on)
    return Rulings(
        wrong_on={claim_id: tuple(sorted(ons)) for claim_id, ons in wrong_on.items()},
        apart=frozenset(apart),
        conflicts=tuple(conflicts),
    )


def holds(link: Link, apart: Collection[tuple[str, str]]) -> bool:
    """Whether a link between claims still holds: two tellings of different events are no rivals."""
    is_rival = link.kind in (LinkKind.OTHER_ACTOR, LinkKind.OTHER_DATE)
    return not is_rival or (min(link.claim_id, link.to), max(link.claim_id, link.to)) not in apart


def as_it_counts(claim: Claim, wrong_on: Iterable[str]) -> Claim:
    """Return a claim without what was judged wrong of it.

    Of a wrong number no number counts, of a wrong day no day; a claim that is wrong on whether it happened, or on who
    did it, counts as `possible`, which says nothing.
    """
    for on in wrong_on:
        if on == "number":
            claim = replace(claim, numbers=())
        elif on == "date":
            undated = claim.sanction and replace(claim.sanction, effective=None, until=None)
            claim = replace(claim, time=None, sanction=undated)
        else:
            claim = replace(claim, status=Status.POSSIBLE)
    return claim
