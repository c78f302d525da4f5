"""Every claim behind an event or behind the ties of two actors."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kg.jobs.known import opened_store
from kg.jobs.naming import find_actor
from kg.jobs.questions import answered
from kg.jobs.workplace import Workplace
from kg.model.errors import UsageError
from kg.model.ontology import event_types
from kg.model.protocols import GraphStore, Row
from kg.model.schema import ONLY_SAID

CLAIM_PREFIX = "clm_"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEvidence:
    """One event with what stands behind and beside it, as rows of saved questions.

    Attributes:
        event: A row of `events-told`.
        claims: Rows of `claims-behind`, each with its rows of `roles-behind` as `roles`; earliest publication first.
        links: Rows of `links-of-events`: what it holds or answers, what answers, fulfils or fails it.
        contradictions: Rows of `contradictions-behind`.
        judgements: What people decided on its claims: left and right claim, on what they differ, verdict, by, at,
            because, judgement_id; those that stand.
    """

    event: Row
    claims: tuple[Row, ...]
    links: tuple[Row, ...]
    contradictions: tuple[Row, ...]
    judgements: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The evidence that was asked for.

    Attributes:
        sides: The names of the two actors, empty where events were named.
        events: What happened first, then what was only said; each part by day.
    """

    sides: tuple[str, ...]
    events: tuple[EventEvidence, ...]


def why(workplace: Workplace, names: Sequence[str], *, kind: str | None = None) -> Why:
    """Return what stands behind events, or behind everything between two actors.

    Args:
        names: Ids of events or of claims about them; or two actors by id, name or alias.
        kind: Only events whose tie, type or PLOVER type is called that, or begins with it: `STRUCK`.

    Raises:
        UsageError: There is no such event, actor or type; or a name means several actors.
    """
    wanted = None if kind is None else _types(kind)
    with opened_store(workplace, None) as store:
        if any(name.startswith(CLAIM_PREFIX) for name in names):
            sides: tuple[str, ...] = ()
            keys = list(names)
        elif len(names) == 2:  # two ends of a tie
            one, two = (find_actor(store, name) for name in names)
            sides = (str(one["name"]), str(two["name"]))
            keys = _between(store, str(one["actor_id"]), str(two["actor_id"]))
        else:
            raise UsageError("name an event by its id (clm_...), or two actors: kg why Israel Iran")
        told = answered(store, "events-told", events=",".join(keys))
        if not sides and len(names) > len(told):
            _require_known(store, names)
        events = [event for event in told if wanted is None or event["etype"] in wanted]
        if not events:
            raise UsageError(_nothing(sides or tuple(names), kind))
        return Why(sides=sides, events=_behind(store, events, _judged(workplace)))


def as_rows(found: Why) -> list[Row]:
    """Return the evidence as plain rows, one for each event, with its claims, links and contradictions inside."""
    return [
        {
            **e.event,
            "claims": list(e.claims),
            "links": list(e.links),
            "contradictions": list(e.contradictions),
            "judgements": list(e.judgements),
        }
        for e in found.events
    ]


def _types(kind: str) -> frozenset[str]:
    """Return the event types whose tie, name or PLOVER type is that word or begins with it."""
    asked = kind.upper().replace("-", "_")
    names = {name: {name, told.tie, told.plover} for name, told in event_types().items()}
    if asked == ONLY_SAID:
        raise UsageError(f"{ONLY_SAID} is no type of event; without --type what was only said comes last")
    exact = frozenset(name for name, called in names.items() if asked in called)
    found = exact or frozenset(n for n, called in names.items() if any(c.startswith(f"{asked}_") for c in called))
    if not found:
        near = get_close_matches(asked, sorted({called for some in names.values() for called in some}), n=3)
        hint = f"near are: {', '.join(near)}" if near else "docs/ontology.md lists them"
        raise UsageError(f"{kind!r} is no type of event or tie; {hint}")
    return found


def _between(store: GraphStore, actor: str, other: str) -> list[str]:
    if actor == other:
        raise UsageError(f"{actor!r} is both sides; name two actors")
    rows = answered(store, "between", actor=actor, other=other)
    return sorted({str(row["event_id"]) for row in rows})


def _require_known(store: GraphStore, names: Sequence[str]) -> None:
    for name in names:
        if not answered(store, "events-told", events=name):
            raise UsageError(f"the graph holds no event or claim {name!r}; kg ask between and kg map show ids")


def _nothing(names: Sequence[str], kind: str | None) -> str:
    of = f" of type {kind}" if kind else ""
    return f"no event{of} joins {' and '.join(names)}; kg ask ties-of-actor actor={names[0]!r} shows whom it is tied to"


def _judged(workplace: Workplace) -> tuple[Row, ...]:
    """Return the standing judgements on claims as rows, the oldest first."""
    with workplace.ledger() as ledger:
        return tuple(
            {
                "on_what": judgement.on,
                "claim_id": judgement.left,
                "other_claim_id": judgement.right,
                "verdict": judgement.verdict.value,
                "by": judgement.by,
                "at": judgement.at,
                "because": judgement.because,
                "judgement_id": judgement.judgement_id,
            }
            for judgement in ledger.judgements.standing()
            if judgement.dispute is not None
        )


def _behind(store: GraphStore, events: Sequence[Row], judged: Sequence[Row]) -> tuple[EventEvidence, ...]:
    keys = ",".join(str(event["event_id"]) for event in events)
    roles = _grouped(answered(store, "roles-behind", events=keys), "claim_id")
    claims = _grouped(answered(store, "claims-behind", events=keys), "event_id")
    links = _grouped(answered(store, "links-of-events", events=keys), "event_id")
    contradictions = _grouped(answered(store, "contradictions-behind", events=keys), "event_id")
    return tuple(
        EventEvidence(
            event=event,
            claims=tuple({**claim, "roles": roles[str(claim["claim_id"])]} for claim in claims[key]),
            links=tuple(links[key]),
            contradictions=tuple(contradictions[key]),
            judgements=tuple(row for row in judged if {row["claim_id"], row["other_claim_id"]} & told),
        )
        for event in events
        for key in [str(event["event_id"])]
        for told in [{claim["claim_id"] for claim in claims[key]}]
    )


def _grouped(rows: Iterable[Row], column: str) -> defaultdict[str, list[Row]]:
    """Return the rows by the value of a column, in their order and without that column."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[str(row[column])].append({name: value for name, value in row.items() if name != column})
    return groups
