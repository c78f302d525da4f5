"""What documents show of actors, and how alike two of them are: a score with the reasons that make it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from csv import DictReader
from functools import cache
from importlib.resources import files

from kg.model.claims import Extraction, LocalActor
from kg.model.documents import Document
from kg.model.judgements import Likeness, Reason, SeenActor
from kg.model.words import ActorType
from kg.resolve.births import births_of
from kg.resolve.full_names import full_names
from kg.resolve.names import have_like_ends, likest, name_keys
from kg.text.gazetteer import gazetteer
from kg.text.office_holders import Term, terms
from kg.text.tables import from_facts, rows_of

# Probabilities would need more judged pairs than there are; the weights order pairs for review, and what is merged by
# rule is a rule of its own, `is_sure`: docs/decisions/006 has the figures.
NAME_WEIGHT, HOME_WEIGHT, OFFICE_WEIGHT = 0.7, 0.2, 0.1
SURE_BARE_NAME = 0.93  # likeness of names from which a pair may be merged by rule: no word more, none swapped
SURE_NAME = 0.86  # the same, for two people of one office whose first and last words are alike
LIKE_NAME = 0.8  # the same, for a pair that is worth a look
MAX_BLOCK = 50  # actors that share a key: a key that more share tells little of any of them

BETWEEN = " ~ "  # two names that are compared
SAME, DIFFERENT, UNKNOWN = 1.0, 0.0, 0.5


def sightings(document: Document, extractions: Iterable[Extraction]) -> tuple[SeenActor, ...]:
    """Return what one document shows of each of its actors, by raw id."""
    published = document.published
    day = published and (published.first_day or published.last_day)
    days = (day.isoformat(), day.isoformat()) if day else None
    seen = [
        SeenActor(
            node=actor.raw_id,
            raw_id=actor.raw_id,
            type=actor.type,
            key=actor.key,
            names=tuple(sorted({actor.name, *actor.aliases} - {""})),
            homes=tuple(filter(None, (home_of(actor),))),
            posts=((actor.acts_for or "", " ".join(actor.office.casefold().split())),) if actor.office else (),
            days=days,
            births=_births(document, extraction, actor),
            list_ids=tuple(sorted(actor.list_ids)),
        )
        for extraction in extractions
        for actor in extraction.actors
    ]
    by_raw: defaultdict[str, list[SeenActor]] = defaultdict(list)
    for one in seen:
        by_raw[one.raw_id].append(one)
    return tuple(united(raw_id, by_raw[raw_id], n_documents=1) for raw_id in sorted(by_raw))


def _births(document: Document, extraction: Extraction, actor: LocalActor) -> tuple[str, ...]:
    if actor.type is not ActorType.PERSON:
        return ()
    spans = [(mention.start, mention.end) for mention in extraction.mentions if mention.actor == actor.local_id]
    return births_of(document, spans)


def home_of(actor: LocalActor) -> str | None:
    """Return where an actor is at home: its country, else the side that it acts for."""
    return actor.country or actor.acts_for or (actor.key if actor.type is ActorType.STATE else None)


def united(node: str, seen: Sequence[SeenActor], *, n_documents: int | None = None) -> SeenActor:
    """Return what several sightings, at least one, show together under the name of a node."""
    days = sorted(day for one in seen if one.days for day in one.days)
    return SeenActor(
        node=node,
        raw_id=seen[0].raw_id,
        type=seen[0].type,
        key=min(one.key for one in seen),
        names=_all(one.names for one in seen),
        homes=_all(one.homes for one in seen),
        posts=tuple(sorted({post for one in seen for post in one.posts})),
        days=(days[0], days[-1]) if days else None,
        births=_all(one.births for one in seen),
        list_ids=_all(one.list_ids for one in seen),
        n_documents=sum(one.n_documents for one in seen) if n_documents is None else n_documents,
    )


def _all(values: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({value for some in values for value in some}))


def told_apart(sighted: Iterable[SeenActor]) -> dict[str, SeenActor]:
    """Return the actors that sightings show, by node: one for each raw id, or one for each home of a shared name.

    A name that the tables do not know is taken to be borne by several people where documents give it both another
    home and a line of work that nobody changes over to: a senator here, a singer there. Then each home has one of
    them, and what names no home stays with the bare raw id: undecided, not merged.
    """
    by_raw: defaultdict[str, list[SeenActor]] = defaultdict(list)
    for one in sighted:
        by_raw[one.raw_id].append(one)
    nodes: dict[str, SeenActor] = {}
    for raw_id in sorted(by_raw):
        by_home: defaultdict[str, list[SeenActor]] = defaultdict(list)
        for one in by_raw[raw_id]:
            by_home[one.homes[0] if len(one.homes) == 1 else ""].append(one)
        if not _are_several(by_home):
            by_home = defaultdict(list, {"": by_raw[raw_id]})
        for home, seen in by_home.items():
            node = f"{raw_id}@{home}" if home else raw_id
            nodes[node] = united(node, seen)
    return nodes


def _are_several(by_home: Mapping[str, Sequence[SeenActor]]) -> bool:
    someone = next(iter(by_home.values()))[0]
    if someone.type is not ActorType.PERSON or someone.list_ids or is_known(someone):
        return False
    fields = [fields_of(seen) for home, seen in by_home.items() if home]
    return any(left and right and not left & right for i, left in enumerate(fields) for right in fields[:i])


def fields_of(seen: Iterable[SeenActor]) -> frozenset[str]:
    """Return the lines of work ("state", "press" ...) that the offices of some sightings belong to."""
    table = _fields()
    return frozenset(table[word] for one in seen for _, office in one.posts for word in office.split() if word in table)


@cache
def _fields() -> dict[str, str]:
    text = files("kg.resolve").joinpath("data", "office_fields.csv").read_text(encoding="utf-8")
    return {row["word"]: row["field"] for row in DictReader(text.splitlines())}


def is_known(seen: SeenActor) -> bool:
    """Whether the tables know the actor by its key."""
    known = gazetteer().subject(seen.key)
    return not seen.list_ids and known is not None and known.type is seen.type


def block_keys(seen: SeenActor) -> frozenset[str]:
    """Return the keys that actors share which are worth comparing; none for those who are never compared."""
    kind = "person" if seen.type is ActorType.PERSON else "body"
    return frozenset(f"{kind} {key}" for name in full_names(seen) for key in name_keys(name))


def likely_pairs(nodes: Mapping[str, SeenActor]) -> Iterator[Likeness]:
    """Yield the pairs of actors that are alike enough for a look, each once, by nodes."""
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for node in sorted(nodes):
        for key in block_keys(nodes[node]):
            blocks[key].append(node)
    pairs = {
        (left, right)
        for block in blocks.values()
        if len(block) <= MAX_BLOCK
        for i, right in enumerate(block)
        for left in block[:i]
    }
    for left, right in sorted(pairs):
        if found := compare(nodes[left], nodes[right]):
            yield found


def compare(left: SeenActor, right: SeenActor) -> Likeness | None:
    """Return how alike two actors are, with the reasons; None for a pair that is not worth a look.

    Two that the tables tell apart are none, nor two entries of one list. Two people of one name always are.
    """
    if _are_told_apart(left, right):
        return None
    name, one, other = likest(full_names(left), full_names(right))
    if name < LIKE_NAME:
        return None
    reasons = [Reason(feature="name", score=round(name, 3), told=f"{one}{BETWEEN}{other}"), _home(left, right)]
    if left.type is ActorType.PERSON:
        reasons.append(_office(left, right))
    if left.births and right.births:
        reasons.append(_birth(left, right))
    by_feature = {reason.feature: reason.score for reason in reasons}
    score = NAME_WEIGHT * name + HOME_WEIGHT * by_feature["home"] + OFFICE_WEIGHT * by_feature.get("office", UNKNOWN)
    first, second = sorted((left.node, right.node))
    return Likeness(left=first, right=second, score=round(score, 3), reasons=tuple(reasons))


def is_sure(likeness: Likeness, left: SeenActor, right: SeenActor) -> bool:
    """Whether a pair is merged by rule: like names, something else that says so too, and nothing against it.

    An entry of a list is never merged by rule, whatever its name: that is for a person to judge.
    """
    name, *others = likeness.reasons
    scores = {reason.feature: reason.score for reason in others}
    if left.list_ids or right.list_ids or DIFFERENT in scores.values():
        return False
    if scores.get("office") == SAME and have_like_ends(*name.told.split(BETWEEN)):
        return name.score >= SURE_NAME
    return name.score >= SURE_BARE_NAME and SAME in scores.values()


def _are_told_apart(left: SeenActor, right: SeenActor) -> bool:
    if (left.type is ActorType.PERSON) != (right.type is ActorType.PERSON):
        return True
    if left.list_ids and right.list_ids:
        authorities = [{number.partition(":")[0] for number in one.list_ids} for one in (left, right)]
        return bool(authorities[0] & authorities[1])
    return is_known(left) and is_known(right)


def _home(left: SeenActor, right: SeenActor) -> Reason:
    homes = [frozenset(one.homes) | {home for term in _terms(one) for home in _homes(term)} for one in (left, right)]
    told = " / ".join(", ".join(sorted(some)) or "unknown" for some in homes)
    score = UNKNOWN if not all(homes) else SAME if homes[0] & homes[1] else DIFFERENT
    return Reason(feature="home", score=score, told=told)


def _office(left: SeenActor, right: SeenActor) -> Reason:
    posts = [offices_of(one, other.days) for one, other in ((left, right), (right, left))]
    told = " / ".join(", ".join(sorted({office for _, office in some})) or "unknown" for some in posts)
    fields = [fields_of([left]), fields_of([right])]
    if posts[0] & posts[1]:
        return Reason(feature="office", score=SAME, told=told)
    score = DIFFERENT if all(fields) and not fields[0] & fields[1] else UNKNOWN
    return Reason(feature="office", score=score, told=told)


def offices_of(seen: SeenActor, days: Collection[str] | None) -> frozenset[tuple[str, str]]:
    """Return the offices of a person with their sides: told ones, and those of the tables in days that are given.

    Args:
        days: ISO days of which one must lie in a term of the tables; None for any.
    """
    table = _offices()
    told = {(side, office) for side, title in seen.posts for office in (title, *table.get(title, ()))}
    held = {
        (term.acts_for or "", term.office)
        for term in _terms(seen)
        if days is None or any(term.covers(day) for day in days)
    }
    return frozenset((side, office) for side, office in told | held if side)


@from_facts
def _offices() -> Mapping[str, tuple[str, ...]]:
    return {row["title"]: tuple(row["offices"].split(";")) for row in rows_of("offices.csv")}


def _terms(seen: SeenActor) -> tuple[Term, ...]:
    return terms().get(seen.key, ()) if is_known(seen) else ()


def _homes(term: Term) -> set[str]:
    return set(filter(None, (term.acts_for, term.country)))


def _birth(left: SeenActor, right: SeenActor) -> Reason:
    agree = any(one.startswith(other) or other.startswith(one) for one in left.births for other in right.births)
    told = " / ".join(", ".join(one.births) for one in (left, right))
    return Reason(feature="birth", score=SAME if agree else DIFFERENT, told=told)
