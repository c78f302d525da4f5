"""Links between claims: the one way in which claims, of one document or of several, are joined.

The links of a claim are a pure function of the claim and the set of claims that offer a key which it wants. So no
order of arrival matters, and a new document touches only its own claims and those that want a key which they offer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from kg.model.world import EventCluster, Link, LinkKind
from kg.resolve.parties import PartyClaim

# Of the claims that offer one key only the first by order count: a key that more offer tells little, and a later claim
# then changes nothing for anybody.
MAX_OFFERED = 100


class Linker(Protocol):
    """Joins claims to others."""

    @property
    def name(self) -> str:
        """A word that tells its keys and links from those of other linkers."""
        ...

    def offered(self, party: PartyClaim) -> Iterable[str]:
        """Return the keys under which others find this claim."""
        ...

    def wanted(self, party: PartyClaim) -> Iterable[str]:
        """Return the keys under which this claim looks for others."""
        ...

    def link(self, party: PartyClaim, candidates: Sequence[PartyClaim]) -> Sequence[Link]:
        """Return the links of a claim; at most one of each kind to each other claim.

        Args:
            candidates: The first `MAX_OFFERED` claims of each key that it wants, each claim once, by `order`; never
                the claim itself, perhaps none.
        """
        ...


def link_claims(claims: Iterable[PartyClaim], linkers: Iterable[Linker]) -> tuple[Link, ...]:
    """Return the links of all claims, sorted by the claim that they start from."""
    in_order = sorted(claims, key=lambda party: party.order)
    links: list[Link] = []
    for linker in linkers:
        offering: defaultdict[str, list[PartyClaim]] = defaultdict(list)
        for party in in_order:
            for key in set(linker.offered(party)):
                if len(offering[key]) < MAX_OFFERED:
                    offering[key].append(party)
        for party in in_order:
            links += linker.link(party, candidates_of(party, (offering.get(key, ()) for key in linker.wanted(party))))
    return tuple(sorted(links, key=lambda link: (link.claim_id, link.kind, link.to)))


def candidates_of(party: PartyClaim, offering: Iterable[Iterable[PartyClaim]]) -> list[PartyClaim]:
    """Return the claims of all keys once, by order, without the claim itself."""
    found = {other.claim.claim_id: other for others in offering for other in others}
    found.pop(party.claim.claim_id, None)
    return sorted(found.values(), key=lambda other: other.order)


def cluster(
    claim_ids: Sequence[str], links: Iterable[Link], apart: Collection[tuple[str, str]] = ()
) -> tuple[EventCluster, ...]:
    """Return the events: claims that SAME_EVENT links hold together, sorted by id.

    Args:
        claim_ids: In the order of their claims; the first of an event gives it its id.
        apart: Pairs of claims that were judged to tell of different events: the surest links that do not bring a pair
            together hold.
    """
    leader = {claim_id: claim_id for claim_id in claim_ids}

    def led_by(claim_id: str) -> str:
        while leader[claim_id] != claim_id:
            leader[claim_id] = claim_id = leader[leader[claim_id]]
        return claim_id

    held_apart = [pair for pair in apart if pair[0] in leader and pair[1] in leader]
    same = [link for link in links if link.kind is LinkKind.SAME_EVENT]
    for link in sorted(same, key=lambda link: (-link.score, link.claim_id, link.to)) if held_apart else same:
        one, other = led_by(link.claim_id), led_by(link.to)
        if not any({led_by(left), led_by(right)} == {one, other} for left, right in held_apart):
            leader[one] = other
    told: defaultdict[str, list[str]] = defaultdict(list)
    for claim_id in claim_ids:
        told[led_by(claim_id)].append(claim_id)
    return tuple(
        EventCluster(event_id=ids[0], claim_ids=tuple(ids)) for ids in sorted(told.values(), key=lambda ids: ids[0])
    )
