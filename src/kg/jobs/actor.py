"""All that the graph and the ledger hold of one actor."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from kg.jobs.known import opened_store
from kg.jobs.naming import find_actor
from kg.jobs.questions import answered
from kg.jobs.workplace import Workplace
from kg.model.protocols import Row

if TYPE_CHECKING:
    from datetime import date

MEDIATOR = "MEDIATOR"
PRONOUNS = frozenset(
    {"i", "me", "he", "him", "his", "she", "her", "it", "its", "they", "them", "their", "we", "us", "our", "you"}
    | {"both", "who", "which", "this", "that"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorCard:
    """One actor.

    Attributes:
        actor: Its row of `kg ask actors`.
        names: Words that name it, with the number of documents that use them in a claim; the commonest first.
        offices: Rows of `offices-of-actor`: its own first, then those who hold office in it or are part of it.
        dealings: One row for each other side, most events first: how many happened, how many were only said, of those
            that happened how many were conflict, cooperation and mediation, and the first and last day of any.
        designations: Rows of `designations-of-actor`.
        evidence: Numbers of documents, publishers, claims about it and claims that it tells, and days of the first and
            last document.
        judgements: What people decided on who it is: verdict, other id, by, at, because, whether undone.
    """

    actor: Row
    names: tuple[Row, ...]
    offices: tuple[Row, ...]
    dealings: tuple[Row, ...]
    designations: tuple[Row, ...]
    evidence: Row
    judgements: tuple[Row, ...]


def actor_card(workplace: Workplace, name: str) -> ActorCard:
    """Return what is known of the actor of an id, name or alias.

    Raises:
        UsageError: There is none, with near names; or there are several, with their ids.
    """
    with opened_store(workplace, None) as store:
        actor = find_actor(store, name)
        actor_id = str(actor["actor_id"])
        offices, dealings, designations, documents = (
            answered(store, question, actor=actor_id)
            for question in ("offices-of-actor", "dealings-of-actor", "designations-of-actor", "mentions-of-actor")
        )
    raw_ids = {raw_id for row in documents for raw_id in _texts(row["raw_ids"])}
    return ActorCard(
        actor=actor,
        names=_names(actor, documents),
        offices=tuple(offices),
        dealings=_summed(dealings),
        designations=tuple(designations),
        evidence=_evidence(documents),
        judgements=_judgements(workplace, raw_ids | {actor_id}),
    )


def as_row(card: ActorCard) -> Row:
    """Return the card as one plain row."""
    inside = ("names", "offices", "dealings", "designations", "judgements")
    return {**card.actor, "evidence": card.evidence, **{name: list(getattr(card, name)) for name in inside}}


def _texts(value: object) -> Sequence[str]:
    return cast("Sequence[str]", value or ())


def _names(actor: Row, documents: Iterable[Row]) -> tuple[Row, ...]:
    """Count the names seen; pronouns and words without a capital are none."""
    seen = Counter(text for row in documents for text in _texts(row["surfaces"]) if _is_name(text))
    listed = dict.fromkeys((str(actor["name"]), *_texts(actor["aliases"])), 0)
    counts = {**listed, **seen}
    return tuple(
        {"name": text, "documents": counts[text]} for text in sorted(counts, key=lambda text: (-counts[text], text))
    )


def _is_name(text: str) -> bool:
    return any(letter.isupper() for letter in text) and text.casefold() not in PRONOUNS


def _summed(rows: Iterable[Row]) -> tuple[Row, ...]:
    sides: defaultdict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        sides[str(row["other"]), str(row["other_id"])][str(row["event_id"])].append(row)
    summed = [_dealing(name, other_id, list(events.values())) for (name, other_id), events in sides.items()]
    return tuple(sorted(summed, key=lambda d: (-cast("int", d["happened"]), -cast("int", d["only_said"]), d["other"])))


def _dealing(name: str, other_id: str, events: Sequence[Sequence[Row]]) -> Row:
    """Sum the events with one other side; each is told by one row for each pair of parts in it."""
    happened = [rows for rows in events if rows[0]["happened"]]
    mediated = [rows for rows in happened if any(MEDIATOR in {row["part"], row["other_part"]} for row in rows)]
    direct = [rows for rows in happened if rows not in mediated]
    days = [cast("date", row[end]) for (row, *_) in events for end in ("first", "last") if row[end] is not None]
    return {
        "other": name,
        "happened": len(happened),
        "only_said": len(events) - len(happened),
        "weak": sum(bool(rows[0]["weak"]) for rows in events),
        "conflict": sum(rows[0]["sign"] == -1 for rows in direct),
        "cooperation": sum(rows[0]["sign"] == 1 for rows in direct),
        "mediation": len(mediated),
        "first": min(days, default=None),
        "last": max(days, default=None),
        "other_id": other_id,
    }


def _evidence(documents: Sequence[Row]) -> Row:
    published = [row["published"] for row in documents if row["published"] is not None]
    return {
        "documents": len(documents),
        "publishers": len({row["publisher"] for row in documents if row["publisher"]}),
        "mentions": sum(cast("int", row["mentions"]) for row in documents),
        "claims": sum(cast("int", row["claims"]) for row in documents),
        "says": sum(cast("int", row["says"]) for row in documents),
        "first": min(published, default=None, key=str),
        "last": max(published, default=None, key=str),
    }


def _judgements(workplace: Workplace, ids: set[str]) -> tuple[Row, ...]:
    with workplace.ledger() as ledger:
        judged = ledger.judgements.all()
    return tuple(
        {
            "verdict": judgement.verdict.value,
            "other": judgement.right if left else judgement.left,
            "by": judgement.by,
            "at": judgement.at,
            "because": judgement.because,
            "undone": undone is not None,
            "judgement_id": judgement.judgement_id,
        }
        for judgement, undone in judged
        for left in [judgement.left.partition("@")[0] in ids]
        if left or judgement.right.partition("@")[0] in ids
    )
