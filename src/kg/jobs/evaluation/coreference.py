"""How well clusters agree with those of gold: MUC, B-cubed, CEAF-e, and their mean, the CoNLL F1.

As in the reference scorer (Pradhan et al. 2014): what only one of the two sides holds stays a member of its clusters
there, and counts against recall or precision.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Clusters = Sequence[frozenset[Hashable]]
"""Sets of mentions that share none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Precision and recall, both in [0, 1]."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coreference:
    """The three measures of coreference.

    Attributes:
        muc: Links that hold clusters together.
        b_cubed: Mention by mention, how much of its cluster it shares.
        ceaf_e: Clusters matched one to one.
    """

    muc: Shares
    b_cubed: Shares
    ceaf_e: Shares

    @property
    def conll(self) -> float:
        """The mean F1 of the three, in [0, 1]."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3


def coreference(gold: Clusters, told: Clusters) -> Coreference:
    """Return how well told clusters agree with those of gold."""
    matched = _best_match(gold, told)
    return Coreference(
        muc=Shares(precision=_links_kept(told, gold), recall=_links_kept(gold, told)),
        b_cubed=Shares(precision=_shared(told, gold), recall=_shared(gold, told)),
        ceaf_e=Shares(precision=_ratio(matched, len(told)), recall=_ratio(matched, len(gold))),
    )


def of_two_or_more(clusters: Clusters) -> list[frozenset[Hashable]]:
    """Return the clusters without those of one mention."""
    return [cluster for cluster in clusters if len(cluster) > 1]


def _ratio(some: float, everything: float) -> float:
    return some / everything if everything else 0.0


def _cluster_of(clusters: Clusters) -> dict[Hashable, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def _links_kept(clusters: Clusters, others: Clusters) -> float:
    """Return the share of the links of clusters that the others hold, too; a cluster of n has n - 1 links."""
    other_of = _cluster_of(others)
    kept = everything = 0
    for cluster in clusters:
        parts = {other_of[mention] for mention in cluster if mention in other_of}
        alone = sum(mention not in other_of for mention in cluster)
        kept += len(cluster) - len(parts) - alone
        everything += len(cluster) - 1
    return _ratio(kept, everything)


def _shared(clusters: Clusters, others: Clusters) -> float:
    other_of = _cluster_of(others)
    shares = [
        len(cluster & others[other_of[mention]]) / len(cluster) if mention in other_of else 0.0
        for cluster in clusters
        for mention in sorted(cluster, key=str)
    ]
    return _ratio(sum(shares), len(shares))


def _best_match(gold: Clusters, told: Clusters) -> float:
    """Return the likeness of the best matching of clusters one to one; two alike ones count 1."""
    import networkx

    alike: networkx.Graph[tuple[str, int]] = networkx.Graph()
    gold_of = _cluster_of(gold)
    for number, cluster in enumerate(told):
        for other in sorted({gold_of[mention] for mention in cluster if mention in gold_of}):
            both = len(cluster & gold[other])
            alike.add_edge(("told", number), ("gold", other), weight=2 * both / (len(cluster) + len(gold[other])))
    matched: float = sum(
        alike.edges[pair]["weight"]
        for part in networkx.connected_components(alike)
        for pair in networkx.max_weight_matching(alike.subgraph(part))
    )
    return matched


def grouped(keys: Mapping[Hashable, Hashable]) -> list[frozenset[Hashable]]:
    """Return the mentions that have one key as one cluster."""
    clusters: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, key in keys.items():
        clusters[key].add(mention)
    return [frozenset(cluster) for cluster in clusters.values()]


def apart(clusters: Clusters, pairs: Collection[tuple[Hashable, Hashable]]) -> int:
    """Return how many pairs of mentions lie in no common cluster."""
    cluster_of = _cluster_of(clusters)
    return sum(a not in cluster_of or cluster_of[a] != cluster_of.get(b) for a, b in pairs)


def with_singles(clusters: Iterable[frozenset[Hashable]], mentions: Iterable[Hashable]) -> list[frozenset[Hashable]]:
    """Return the clusters, and each mention that is in none as a cluster of its own."""
    clusters = list(clusters)
    known = frozenset().union(*clusters)
    return clusters + [frozenset({mention}) for mention in mentions if mention not in known]
