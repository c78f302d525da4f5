"""What holds for a target on a day: its designations, each with the acts behind it and the sentences behind these."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import cast

from kg.graph.sanction_acts import SanctionAct, Telling
from kg.graph.sanction_life import holes_of, known_acts, newest_report, state
from kg.graph.world import weighed
from kg.jobs.known import opened_store
from kg.jobs.naming import near_names
from kg.jobs.workplace import Workplace
from kg.model.claims import SanctionDetail
from kg.model.errors import UsageError
from kg.model.ids import fold
from kg.model.protocols import GraphStore, Row
from kg.model.standing import Hole, Standing
from kg.model.words import Act, DesignationState, Status

MAX_ROWS = 1_000_000

_ORDER = (
    DesignationState.IN_FORCE,
    DesignationState.ANNOUNCED,
    DesignationState.SUSPENDED,
    DesignationState.ENDED,
    DesignationState.PROPOSED,
    DesignationState.REFUSED,
    DesignationState.UNKNOWN,
)

_ACTORS = """
MATCH (a:Actor) RETURN a.actor_id AS actor_id, a.name AS name, a.type AS type, a.country AS country,
       coalesce(a.aliases, []) AS aliases, coalesce(a.list_ids, []) AS list_ids
"""
_TOLD = """
RETURN g.designation_id AS designation_id, g.authority AS authority, g.list_id AS on_list, g.evidence AS evidence,
       a.event_id AS event_id, a.etype AS etype, a.confidence AS event_confidence, a.weak AS event_weak,
       c.claim_id AS claim_id, c.status AS status, c.t_start AS first_day, c.t_end AS last_day, c.quote AS quote,
       c.start AS quote_start, c.trigger_start AS trigger_start, c.reported_at AS reported, c.confidence AS confidence,
       c.known_from AS known_from, c.known_to AS known_to, coalesce(c.wrong_on, []) AS wrong_on,
       c.act AS act, c.effective_from AS effective, c.effective_to AS until, c.licence AS licence,
       coalesce(c.measures, []) AS measures, c.programme AS programme, c.list_id AS list_id,
       c.reported_count AS reported_count, d.doc_id AS doc_id, d.name AS document, d.publisher AS publisher,
       d.url AS url, d.published_until AS published_until
ORDER BY designation_id, event_id, reported, claim_id
"""
_ACTS_ON = f"""
MATCH (:Actor {{actor_id: $target}})<-[:TARGETS]-(g:Designation)<-[:MODIFIES]-(a:SanctionAct)
MATCH (c:Claim)-[:ASSERTS]->(a)
MATCH (c)-[:FROM]->(d:Document)
{_TOLD}
"""
_ACTS_OF_NOBODY = f"""
MATCH (:Actor {{actor_id: $target}})<-[:RECIPIENT]-(a:SanctionAct)
OPTIONAL MATCH (a)-[:MODIFIES]->(g:Designation)
WITH a, g WHERE g IS NULL
MATCH (c:Claim)-[:ASSERTS]->(a)
MATCH (c)-[:FROM]->(d:Document)
{_TOLD}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Whom sanctions hit."""

    actor_id: str
    name: str
    type: str
    country: str | None
    aliases: tuple[str, ...]
    list_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence behind an act; `confidence` is the probability that it is read right."""

    quote: str
    status: Status
    confidence: float
    reported: date | None
    publisher: str | None
    document: str
    url: str | None
    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAct:
    """An act with the sentences behind it; `is_weak` when it is told with less confidence than kg.toml asks for."""

    act: SanctionAct
    sentences: tuple[Sentence, ...]
    confidence: float
    is_weak: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One designation on the day asked for.

    Attributes:
        acts: In the order of their days, those before that day and those to come.
        holes: Every licence, waiver and postponement, those that are over too.
        newest_report: Day of the newest document about it; of the days after it nothing is known.
    """

    authority: str
    list_id: str | None
    programmes: tuple[str, ...]
    evidence: str
    standing: Standing
    acts: tuple[ToldAct, ...]
    holes: tuple[Hole, ...]
    newest_report: date | None

    @property
    def rests_on_weak_acts(self) -> bool:
        """Whether no act that made the state is told with confidence."""
        deciding = [told for told in self.acts if told.act.event_id in self.standing.decided_by]
        return bool(deciding) and all(told.is_weak for told in deciding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What holds for one target on a day.

    Attributes:
        listings: What binds comes first: in force, announced, suspended, ended, proposed, refused, unknown.
        unplaced: Acts on it of which nothing tells the authority.
    """

    target: Target
    day: date
    known_on: date | None
    listings: tuple[Listing, ...]
    unplaced: tuple[ToldAct, ...]


def sanctions(workplace: Workplace, named: str, day: date, known_on: date | None = None) -> tuple[Answer, ...]:
    """Return what holds for a target, an answer for each actor of that name, sorted by name and id.

    Which claims tell of one act, and who is who, is as it is known at present; what is ignored is what later
    documents tell.

    Args:
        named: Its name, an alias, its number on a list, or its actor_id.
        known_on: Documents that became known after that day are ignored.

    Raises:
        UsageError: No actor is called that.
        StoreError: The store cannot be opened.
    """
    with opened_store(workplace, None) as store:
        targets = _targets(named, list(store.query(_ACTORS, {}, limit=MAX_ROWS)))
        return tuple(_answer(store, target, day, known_on) for target in targets)


def _targets(named: str, rows: Sequence[Row]) -> list[Target]:
    actors = [_target(row) for row in rows]
    asked = fold(named)
    found = [actor for actor in actors if fold(actor.actor_id) == asked]
    found = found or [actor for actor in actors if asked in _names(actor)]
    if not found:
        spelled = {name: shown for actor in actors for name, shown in _names(actor).items()}
        near = near_names(asked, spelled)
        hint = f"near are: {', '.join(near)}" if near else "none has a name like it; kg ingest reads more"
        raise UsageError(f"nobody in the graph is called {named!r}; {hint}")
    return sorted(found, key=lambda actor: (actor.name, actor.actor_id))


def _target(row: Row) -> Target:
    values = cast("dict[str, str]", row)
    return Target(
        actor_id=values["actor_id"],
        name=values["name"] or values["actor_id"],
        type=values["type"],
        country=values["country"],
        aliases=tuple(values["aliases"]),
        list_ids=tuple(values["list_ids"]),
    )


def _names(actor: Target) -> dict[str, str]:
    """Folded names to how they are written; a list number is found with and without the name of its list."""
    numbers = (number.rpartition(":")[2] for number in actor.list_ids)
    return {fold(name): name for name in (*numbers, *actor.list_ids, *actor.aliases, actor.name)}


def _answer(store: GraphStore, target: Target, day: date, known_on: date | None) -> Answer:
    asked = {"target": target.actor_id}
    by_designation: defaultdict[str, list[Row]] = defaultdict(list)
    for row in store.query(_ACTS_ON, asked, limit=MAX_ROWS):
        by_designation[str(row["designation_id"])].append(row)
    listings = [_listing(rows, day, known_on) for rows in by_designation.values()]
    return Answer(
        target=target,
        day=day,
        known_on=known_on,
        listings=tuple(
            sorted(
                (one for one in listings if one.acts),
                key=lambda one: (_ORDER.index(one.standing.state), one.authority, one.acts[0].act.event_id),
            )
        ),
        unplaced=_told_acts(list(store.query(_ACTS_OF_NOBODY, asked, limit=MAX_ROWS)), known_on),
    )


def _listing(rows: Sequence[Row], day: date, known_on: date | None) -> Listing:
    told = _told_acts(rows, known_on)
    acts = [one.act for one in told]
    first = cast("dict[str, str]", rows[0])
    details = [detail for act in acts for detail in act.details]
    return Listing(
        authority=first["authority"],
        list_id=first["on_list"],
        programmes=tuple(sorted({detail.programme for detail in details if detail.programme})),
        evidence=first["evidence"],
        standing=state(acts, day),
        acts=told,
        holes=holes_of(acts),
        newest_report=newest_report(acts),
    )


def _told_acts(rows: Sequence[Row], known_on: date | None) -> tuple[ToldAct, ...]:
    """Return the acts of rows, one a claim, as they could be known, in the order of their days."""
    by_event: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_event[str(row["event_id"])].append(row)
    acts = (
        SanctionAct(event_id=event_id, etype=str(told[0]["etype"]), tellings=tuple(map(_telling, told)))
        for event_id, told in by_event.items()
    )
    found = (_told_act(act, by_event[act.event_id]) for act in known_acts(acts, known_on))
    return tuple(sorted(found, key=lambda one: (one.act.day or one.act.told, one.act.event_id)))


def _told_act(act: SanctionAct, rows: Sequence[Row]) -> ToldAct:
    known = {told.claim_id for told in act.tellings}
    return ToldAct(
        act=act,
        sentences=tuple(_sentences(rows, known)),
        confidence=cast("float", rows[0]["event_confidence"]),
        is_weak=bool(rows[0]["event_weak"]),
    )


def _sentences(rows: Sequence[Row], known: set[str]) -> Iterator[Sentence]:
    for row in rows:
        if row["claim_id"] in known:
            values = cast("Mapping[str, str]", row)
            yield Sentence(
                quote=values["quote"],
                status=Status(values["status"]),
                confidence=cast("float", row["confidence"]),
                reported=cast("date | None", row["reported"]),
                publisher=values["publisher"],
                document=values["document"],
                url=values["url"],
                claim_id=values["claim_id"],
            )


def _as_it_counts(row: Row) -> Row:
    """Return the row of a claim without what was judged wrong of it."""
    wrong_on = set(cast("list[str]", row["wrong_on"]))
    undated = dict.fromkeys(("first_day", "last_day", "effective", "until")) if "date" in wrong_on else {}
    unsaid = {"status": Status.POSSIBLE.value} if wrong_on & {"occurrence", "actor"} else {}
    return {**row, **undated, **unsaid}


def _telling(told: Row) -> Telling:
    row = _as_it_counts(told)
    days = cast("Mapping[str, date | None]", row)
    first, published = days["first_day"], cast("datetime | None", row["published_until"])
    starts = datetime.combine(first, time.min, tzinfo=UTC) if first else None
    before = str(row["quote"])[: cast("int", row["trigger_start"]) - cast("int", row["quote_start"])]
    return Telling(
        claim_id=str(row["claim_id"]),
        status=weighed(Status(str(row["status"])), before, starts, published),
        detail=_detail(row),
        first_day=first,
        last_day=days["last_day"],
        reported=days["reported"],
        known_from=days["known_from"],
        known_to=days["known_to"],
    )


def _detail(row: Row) -> SanctionDetail | None:
    if row["act"] is None:
        return None
    words = cast("Mapping[str, str | None]", row)
    days = cast("Mapping[str, date | None]", row)
    return SanctionDetail(
        act=Act(str(row["act"])),
        measures=tuple(cast("list[str]", row["measures"])),
        effective=days["effective"],
        until=days["until"],
        licence=words["licence"],
        reported_count=cast("int | None", row["reported_count"]),
        programme=words["programme"],
        list_id=words["list_id"],
    )
