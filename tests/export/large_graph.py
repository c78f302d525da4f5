"""Graphs of any size, the same each time: a few busy hubs, people who act for states, sentences that all differ."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from export.sample_graph import GraphDraft
from kg.model.graph import Graph, NodeRef
from kg.model.ids import content_id
from kg.model.ontology import event_types

FIRST_DAY = date(2024, 1, 1)
DAYS = 540
EVENTS_OF_DOCUMENT = 4
PUBLISHERS = 40
STATES = 60  # at most; a tenth of the actors of a small graph
TOLD = (
    ("AIRSTRIKE", "occurred", "bombed depots of"), ("CONDEMN", "occurred", "condemned the government of"),
    ("VISIT", "occurred", "sent a delegation to"), ("PROVIDE_ECONOMIC_AID", "occurred", "lent money to"),
    ("NEGOTIATE", "offered", "offered talks to"), ("MISSILE_STRIKE", "threatened", "threatened to fire at"),
    ("IMPOSE_SANCTIONS", "occurred", "put sanctions on"), ("ACCUSE", "alleged", "is said to have accused"),
)  # fmt: skip
WORDS = (
    "harbour", "refinery", "corridor", "border", "embassy", "pipeline", "parliament", "airfield", "ministry", "summit",
    "convoy", "frontier", "ceasefire", "exchange", "delegation", "warehouse", "strait", "province", "council", "grain",
)  # fmt: skip
SYLLABLES = (
    "ba", "dor", "ka", "len", "mi", "nor", "pe", "qua", "ri", "sel", "ta", "ul", "vo", "wen", "xa", "yor", "zi", "che",
    "gra", "hol", "jin", "sto", "tra", "bel",
)  # fmt: skip


def large_graph(n_actors: int, n_events: int) -> Graph:
    """Return a graph in which the few act most: every sixth actor is a person who acts for a state."""
    random = Random(1)
    draft = GraphDraft()
    n_states = min(STATES, max(n_actors // 10, 2))
    names = _names(n_actors, random)
    for n, name in enumerate(names):
        kind = (
            "state" if n < n_states else ("person", "company", "organisation", "armed_group", "igo", "military")[n % 6]
        )
        draft.actor(f"A{n}", name, kind)
    for n in range(n_events // EVENTS_OF_DOCUMENT + 1):
        moment = datetime(2024, 1, 2, tzinfo=UTC) + timedelta(days=n % DAYS)
        draft.node("Document", f"d{n}", name=f"d{n}", publisher=f"Gazette {n % PUBLISHERS}", title=_title(n),
            url=f"https://gazette-{n % PUBLISHERS}.example/{n}", lang="en", published_at=moment, published_precision="day")  # fmt: skip
    weights = [1 / (n + 3) for n in range(n_actors)]
    ends = random.choices(range(n_actors), weights, k=2 * n_events)
    for n in range(n_events):
        source, target = ends[2 * n], ends[2 * n + 1]
        if source != target:
            _tell(draft, n, (source, target, n_states), names, random)
    return draft.graph()


def _names(number: int, random: Random) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < number:
        parts = [
            "".join(random.choices(SYLLABLES, k=random.randint(2, 3))).capitalize() for _ in range(random.randint(1, 2))
        ]
        names[" ".join(parts)] = None
    return list(names)


def _title(number: int) -> str:
    return f"{WORDS[number % 20]} and {WORDS[number // 20 % 20]}, report {number}".capitalize()


def _tell(draft: GraphDraft, n: int, ends: tuple[int, int, int], names: list[str], random: Random) -> None:
    source, target, n_states = ends
    etype, status, verb = TOLD[n % len(TOLD)]
    row = event_types()[etype]
    day = FIRST_DAY + timedelta(days=random.randrange(DAYS))
    confidence = random.randint(40, 95) / 100
    happened = status == "occurred"
    event = draft.node("Event", content_id("clm", "event", str(n)), etype=etype, plover_type=row.plover, cameo=row.cameo, quad=row.quad,
        score=row.score, sign=row.sign, occurrence="occurred" if happened else "unknown", happened=happened,
        statuses=(f"{status} 1",), t_start=day, t_end=day, t_precision="day", n_claims=1, n_docs=1, n_independent=1,
        confidence=confidence)  # fmt: skip
    opening = f"{names[source]} {verb} "
    quote = f"{opening}{names[target]} over the {random.choice(WORDS)} and the {random.choice(WORDS)}, on day {n}."
    start = random.randrange(4000)
    claim = draft.node("Claim", f"c{n:05}", etype=etype, quote=quote, start=start, end=start + len(quote), sent_no=n % 30,
        trigger=verb, trigger_start=start + len(names[source]) + 1, trigger_end=start + len(opening) - 1, status=status,
        confidence=confidence, t_start=day, t_end=day, t_precision="day", t_basis="explicit", extractor="patterns",
        extractor_version="1")  # fmt: skip
    draft.join("ASSERTS", claim, event, coref_score=1.0)
    draft.join("FROM", claim, NodeRef(label="Document", key=f"d{n // EVENTS_OF_DOCUMENT}"), sent_no=n % 30,
        start=start, end=start + len(quote))  # fmt: skip
    for role, actor, at in (("ACTOR", source, 0), ("RECIPIENT", target, len(opening))):
        side = f"A{actor % n_states}" if actor >= n_states and actor % 6 == 0 else f"A{actor}"
        end = NodeRef(label="Actor", key=f"A{actor}")
        draft.join(role, event, end, acts_for=side, n_claims=1)
        draft.join("ROLE", claim, end, role=role, acts_for=side, raw_id=end.key,
            start=start + at, end=start + at + len(names[actor]))  # fmt: skip
