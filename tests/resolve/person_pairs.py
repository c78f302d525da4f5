"""Pairs of people made of our own table of office holders: one person spelled in two ways, and two people.

Each alias of two words and more is taken for a person of the news whom the tables do not know, at home where its bearer
is; each bearer for himself. Run as a script, it prints precision and recall of what is merged by rule.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from kg.model.claims import LocalActor
from kg.model.judgements import SeenActor
from kg.model.words import ActorType
from kg.resolve.names import name_words
from kg.resolve.pairs import block_keys, compare, is_sure
from kg.text.office_holders import terms
from kg.text.tables import items_of, rows_of

# An alias that a title begins is told by it, not by a name.
_TITLED = re.compile(
    "(President|Prime|Crown|Prince|Ayatollah|King|General|Sheikh|Pope|Queen|Sultan|Emir|Cardinal|Speaker|Grand) "
)


def _seen(name: str, bearer: str) -> SeenActor:
    homes = {home for term in terms()[bearer] for home in (term.acts_for, term.country) if home}
    raw_id = LocalActor(local_id="", name=name, type=ActorType.PERSON, key=name).raw_id
    return SeenActor(
        node=raw_id, raw_id=raw_id, type=ActorType.PERSON, key=name, names=(name,), homes=tuple(sorted(homes))
    )


def variants() -> Iterator[tuple[SeenActor, str]]:
    """Yield each alias as a person of the news, with the name of its bearer."""
    aliases = {
        (spelling, row["name"]) for row in rows_of("office_holders.csv") for spelling, _ in items_of(row["aliases"])
    }
    for spelling, bearer in sorted(aliases):
        if len(name_words(spelling)) > 1 and not _TITLED.match(spelling) and spelling not in terms():
            yield _seen(spelling, bearer), bearer


def compared() -> Iterator[tuple[bool, bool, SeenActor, SeenActor]]:
    """Yield (one person, merged by rule, alias, bearer) of every pair that is compared."""
    blocks: defaultdict[str, set[str]] = defaultdict(set)
    bearers = {name: _seen(name, name) for name in terms()}
    for name, seen in bearers.items():
        for key in block_keys(seen):
            blocks[key].add(name)
    for variant, bearer in variants():
        for name in sorted({name for key in block_keys(variant) for name in blocks[key]}):
            likeness = compare(variant, bearers[name])
            yield name == bearer, bool(likeness and is_sure(likeness, variant, bearers[name])), variant, bearers[name]


def of_one_surname() -> Iterator[tuple[bool, SeenActor, SeenActor]]:
    """Yield (would be merged by rule, one, other) of all pairs of different people of one surname, as of the news."""
    by_surname: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(terms()):
        by_surname[name_words(name)[-1].text].append(name)
    for names in by_surname.values():
        for one, other in product(names, names):
            if one < other:
                left, right = _seen(one, one), _seen(f"{other} ", other)  # a key that the tables do not have
                likeness = compare(left, right)
                yield bool(likeness and is_sure(likeness, left, right)), left, right


if __name__ == "__main__":
    found = list(compared())
    merged = [pair for pair in found if pair[1]]
    right = [pair for pair in merged if pair[0]]
    people = len(list(variants()))
    surnames = list(of_one_surname())
    print(
        f"{people} spellings, {len(found)} pairs compared, {len(merged)} merged by rule, {len(right)} of them rightly"
    )
    print(f"precision {len(right) / len(merged):.3f}, recall {len(right) / people:.3f}")
    print(f"{len(surnames)} pairs of two people of one surname, {sum(pair[0] for pair in surnames)} merged")
    for _, _, variant, bearer in (pair for pair in merged if not pair[0]):
        print(f"  wrong: {variant.key} = {bearer.key}")
    for is_merged, left, right in surnames:
        if is_merged:
            print(f"  wrong: {left.key} = {right.key}")
