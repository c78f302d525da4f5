"""The graph made anew from the ledger, or what that would change."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

from kg import graph
from kg.jobs.locks import held
from kg.jobs.publish import INDEX, WAIT_SECONDS, publish, take_over, world
from kg.jobs.workplace import Workplace
from kg.model.graph import NodeRef, RelationshipRef, WriteReport
from kg.store.index import Index

EXAMPLES = 3


def rebuild(workplace: Workplace, *, differing: bool = False) -> WriteReport:
    """Make the graph anew from the ledger alone; rows that nothing supports any more are deleted.

    Args:
        differing: Write only what differs from what was written; else everything.
    """
    workplace.use_facts()
    with (
        workplace.ledger() as ledger,
        held(workplace.locks, "publish", wait_seconds=WAIT_SECONDS),
        closing(workplace.graph_store()) as store,
    ):
        store.prepare()
        take_over(ledger, store)
        with Index.open(ledger.path.with_name(INDEX)) as index, index.transaction():
            index.empty()
        if not differing:
            ledger.intend(store.name, list(ledger.written(store.name)))
        return publish(ledger, store, min_confidence=workplace.settings.min_confidence, force=True)


@dataclass(slots=True, kw_only=True)
class Difference:
    """What a rebuild would change of one label or relationship type; examples are ids, or pairs of ids."""

    name: str
    created: int = 0
    changed: int = 0
    deleted: int = 0
    examples: list[str] = field(default_factory=list)


def difference(workplace: Workplace) -> tuple[Difference, ...]:
    """Return what a rebuild would change by label and relationship type, those without a change left out.

    Nothing of the graph is written. Rows of which it is not known whether they are there count as changed.
    """
    workplace.use_facts()
    with workplace.ledger() as ledger, closing(workplace.graph_store()) as store:
        take_over(ledger, store)
        written: dict[NodeRef | RelationshipRef, str] = {}
        for key, digest in ledger.written(store.name).items():
            written.setdefault(graph.parse_row_key(key), digest)
        made = {row.ref: graph.row_hash(row) for row in world(ledger, workplace.settings.min_confidence).rows}
    found: defaultdict[str, Difference] = defaultdict(lambda: Difference(name=""))
    for ref in sorted({*written, *made}, key=graph.ref_key):
        if written.get(ref) == made.get(ref):
            continue
        name = ref.label if isinstance(ref, NodeRef) else ref.type
        told = found[name]
        told.name = name
        what = "created" if ref not in written else "deleted" if ref not in made else "changed"
        setattr(told, what, getattr(told, what) + 1)
        if len(told.examples) < EXAMPLES:
            told.examples.append(f"{what} {' '.join(_ids(ref))}")
    return tuple(found[name] for name in sorted(found))


def _ids(ref: NodeRef | RelationshipRef) -> Iterator[str]:
    if isinstance(ref, NodeRef):
        yield ref.key
    else:
        yield from (ref.start.key, "->", ref.end.key, *ref.keys)
