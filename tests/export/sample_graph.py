"""A graph as resolution would give it: some forty events of June 2025, told in sentences of our own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random

from kg.model.graph import Graph, Node, NodeRef, PropertyValue, Relationship
from kg.model.ontology import event_types
from kg.model.schema import ACTOR_LABELS
from kg.model.words import ActorType

ACTORS = (
    ("RUS", "Russia", "state", None),
    ("IRN", "Iran", "state", None),
    ("ISR", "Israel", "state", None),
    ("USA", "United States", "state", None),
    ("QAT", "Qatar", "state", None),
    ("UKR", "Ukraine", "state", None),
    ("SRB", "Serbia", "state", None),
    ("EGY", "Egypt", "state", None),
    ("OMN", "Oman", "state", None),
    ("EU", "European Union", "igo", None),
    ("IAEA", "International Atomic Energy Agency", "igo", None),
    ("OSCE", "Organization for Security and Co-operation in Europe", "igo", None),
    ("HAMAS", "Hamas", "armed_group", None),
    ("HOUTHIS", "Houthis", "armed_group", "YEM"),
    ("act_nis", "NIS", "company", "SRB"),
    ("act_gazprom", "Gazprom", "company", "RUS"),
    ("act_putin", "Vladimir Putin", "person", "RUS"),
    ("act_khamenei", "Ali Khamenei", "person", "IRN"),
    ("act_trump", "Donald Trump", "person", "USA"),
    ("act_araghchi", "Abbas Araghchi", "person", "IRN"),
    ("act_zelenskyy", "Volodymyr Zelenskyy", "person", "UKR"),
    ("act_vucic", "Aleksandar Vučić", "person", "SRB"),
    ("act_treasury", "US Department of the Treasury", "organisation", "USA"),
    ("act_idf", "Israel Defense Forces", "military", "ISR"),
    ("act_irgc", "Islamic Revolutionary Guard Corps", "military", "IRN"),
    ("act_ministry", "Ministry of Foreign Affairs of Qatar", "organisation", "QAT"),
)

DOCUMENTS = (
    ("d1", "Harbour Dispatch", "https://dispatch.example/iran-israel", "Strikes on both sides", "2025-06-19", "day"),
    ("d2", "Meridian Wire", "https://meridian.example/offer", "Moscow offers its good offices", "2025-06-19", "minute"),
    ("d3", "Danube Ledger", "https://ledger.example/nis", "A licence until the end of July", "2025-06-27", "day"),
    ("d4", "Gulf Courier", "https://courier.example/truce", "A truce after twelve days", "2025-06-24", "day"),
    ("d5", "Northern Post", None, "Notes from Kyiv", "2025-06-26", "day"),
)

# id, etype, roles, status of each claim, day, precision, (document, quote, trigger, speaker) of each claim
EVENTS: tuple[tuple[str, str, str, str, str | None, str, tuple[tuple[str, str, str, str | None], ...]], ...] = (
    ("e01", "AIRSTRIKE", "ACTOR=act_idf>ISR;RECIPIENT=IRN", "occurred", "2025-06-13", "day", (
        ("d1", "Israeli jets bombed enrichment halls near Natanz before dawn on Friday.", "bombed", None),
        ("d4", "It began on 13 June, when Israel bombed the halls at Natanz.", "bombed", None))),
    ("e02", "MISSILE_STRIKE", "ACTOR=IRN;RECIPIENT=ISR", "occurred", "2025-06-19", "day", (
        ("d1", "An Iranian missile hit a hospital in Beersheba on Thursday, the army said.", "hit", "act_idf"),)),
    ("e03", "MISSILE_STRIKE", "ACTOR=act_irgc>IRN;RECIPIENT=ISR", "occurred", "2025-06-16", "week", (
        ("d1", "The Guards fired two salvoes at Haifa earlier in the week.", "fired two salvoes", None),)),
    ("e04", "AIRSTRIKE", "ACTOR=ISR;RECIPIENT=IRN", "ongoing", "2025-06-19", "day", (
        ("d1", "Israel is still striking depots west of Tehran.", "striking", None),)),
    ("e05", "KILL", "ACTOR=ISR;RECIPIENT=IRN", "occurred", "2025-06-14", "day", (
        ("d1", "The campaign has killed several Iranian commanders.", "killed", None),)),
    ("e06", "AIRSTRIKE", "ACTOR=USA;RECIPIENT=IRN", "occurred", "2025-06-22", "day", (
        ("d4", "American bombers struck Fordow on 22 June.", "struck", None),
        ("d5", "The raid on Fordow took the United States into the war.", "raid", None))),
    ("e07", "MISSILE_STRIKE", "ACTOR=IRN;RECIPIENT=USA;AT=QAT", "occurred", "2025-06-23", "day", (
        ("d4", "Iran targeted the American base at Al Udeid on Monday; nobody was hurt.", "targeted", None),)),
    ("e08", "OFFER_MEDIATION", "ACTOR=act_putin>RUS;RECIPIENT=IRN,ISR", "occurred", "2025-06-18", "day", (
        ("d2", "Putin offered on Wednesday to help the two sides find a way out.", "offered", None),
        ("d4", "The Russian president had offered to mediate.", "offered to mediate", None))),
    ("e09", "MEDIATE", "ACTOR=RUS;RECIPIENT=IRN,ISR", "offered", None, "unknown", (
        ("d2", "Putin offered on Wednesday to help the two sides find a way out.", "find a way out", None),)),
    ("e10", "REJECT", "ACTOR=act_trump>USA;RECIPIENT=act_putin>RUS", "occurred", "2025-06-20", "day", (
        ("d4", "Trump turned the offer down: “Mediate your own,” he said.", "turned the offer down", None),)),
    ("e11", "REJECT", "ACTOR=act_khamenei>IRN;RECIPIENT=USA", "occurred", "2025-06-18", "day", (
        ("d2", "Khamenei rejected the American call to give in.", "rejected", None),)),
    ("e12", "WARN", "ACTOR=act_khamenei>IRN;RECIPIENT=USA", "occurred", "2025-06-18", "day", (
        ("d2", "He warned Washington of damage that could not be repaired.", "warned", None),)),
    ("e13", "ATTACK", "ACTOR=IRN;RECIPIENT=USA", "conditional", None, "unknown", (
        ("d2", "If Washington joins in, Iran will strike back, Khamenei said.", "strike back", "act_khamenei"),)),
    ("e14", "KILL", "ACTOR=ISR;RECIPIENT=act_khamenei", "possible", None, "unknown", (
        ("d2", "Asked what he would do were Israel to kill Khamenei, Putin did not answer.", "kill", None),)),
    ("e15", "KILL", "ACTOR=USA;RECIPIENT=act_khamenei", "denied", None, "unknown", (
        ("d2", "“We will not kill him, not now,” Trump wrote.", "kill", "act_trump"),)),
    ("e16", "SIGN_AGREEMENT", "ACTOR=RUS,IRN", "occurred", "2025-01-17", "month", (
        ("d2", "The Kremlin signed a partnership treaty with Tehran in January.", "signed", None),)),
    ("e17", "REQUEST_DEESCALATION", "ACTOR=RUS;RECIPIENT=ISR", "occurred", "2025-06-19", "day", (
        ("d2", "Moscow called on Israel to hold back.", "called on", None),)),
    ("e18", "CONDEMN", "ACTOR=RUS;RECIPIENT=ISR", "occurred", "2025-06-19", "day", (
        ("d2", "It condemned the raids on its partner.", "condemned", None),)),
    ("e19", "DRONE_STRIKE", "ACTOR=RUS;RECIPIENT=UKR", "occurred", "2025-06-17", "day", (
        ("d2", "Russian drones hit a block of flats in Kyiv; 28 people died.", "hit", None),
        ("d5", "The toll of the raid on the capital rose to 28.", "raid", None))),
    ("e20", "MISSILE_STRIKE", "ACTOR=RUS;RECIPIENT=UKR", "occurred", "2025-06-24", "day", (
        ("d5", "Missiles fired by Russia fell on Dnipro on Tuesday.", "fell", None),)),
    ("e21", "CONDEMN", "ACTOR=OSCE;RECIPIENT=RUS", "occurred", "2025-06-18", "day", (
        ("d2", "The raids were condemned by the OSCE.", "condemned", None),)),
    ("e22", "NEGOTIATE", "ACTOR=RUS,UKR", "occurred", "2025-06-02", "day", (
        ("d2", "Two rounds of talks between Moscow and Kyiv brought nothing.", "talks", None),)),
    ("e23", "DECLARE_CEASEFIRE", "ACTOR=IRN,ISR;MEDIATOR=QAT,USA", "occurred", "2025-06-24", "day", (
        ("d4", "Israel and Iran agreed on Tuesday to a truce brokered by Qatar and the United States.", "truce", None),
        ("d5", "Tuesday's truce between Israel and Iran holds.", "truce", None))),
    ("e24", "DECLARE_CEASEFIRE", "ACTOR=ISR,HAMAS", "possible", "2025-07-02", "week", (
        ("d4", "A truce with Hamas could come as early as next week, Trump said.", "truce", "act_trump"),)),
    ("e25", "MEDIATE", "ACTOR=act_ministry>QAT;RECIPIENT=ISR,HAMAS", "ongoing", "2025-06-27", "day", (
        ("d4", "Doha is carrying messages between Israel and Hamas.", "carrying messages", "act_ministry"),)),
    ("e26", "MEDIATE", "ACTOR=EGY;RECIPIENT=ISR,HAMAS", "occurred", "2025-06-27", "day", (
        ("d4", "Egypt relayed the answer of Hamas.", "relayed", None),)),
    ("e27", "IMPOSE_SANCTIONS", "ACTOR=act_treasury>USA;RECIPIENT=act_nis", "planned", "2025-07-29", "day", (
        ("d3", "The sanctions on NIS are due to take hold on 29 July.", "sanctions", "act_nis"),)),
    ("e28", "GRANT_SANCTIONS_RELIEF", "ACTOR=act_treasury>USA;RECIPIENT=act_nis", "occurred", "2025-06-27", "day", (
        ("d3", "The US Treasury gave NIS a licence that runs until 29 July.", "licence", "act_nis"),)),
    ("e29", "IMPOSE_SANCTIONS", "ACTOR=USA;RECIPIENT=act_nis", "occurred", "2025-01-10", "month", (
        ("d3", "Washington had announced sanctions on NIS in January.", "sanctions", None),)),
    ("e30", "IMPOSE_SANCTIONS", "ACTOR=SRB;RECIPIENT=RUS", "refused", None, "unknown", (
        ("d3", "Serbia refuses to impose sanctions on Russia.", "sanctions", None),)),
    ("e31", "IMPOSE_SANCTIONS", "ACTOR=EU;RECIPIENT=RUS", "occurred", "2025-05-20", "month", (
        ("d3", "The European Union has imposed sanctions on Russia.", "imposed sanctions", None),)),
    ("e32", "REQUEST_SANCTIONS", "ACTOR=act_zelenskyy>UKR;RECIPIENT=EU;TARGET_OF_REQUEST=RUS", "occurred",
        "2025-06-25", "day", (("d5", "Zelenskyy asked the European Union for new sanctions.", "asked", None),)),
    ("e33", "IMPOSE_SANCTIONS", "ACTOR=EU;RECIPIENT=RUS", "requested", None, "unknown", (
        ("d5", "Zelenskyy asked the European Union for new sanctions.", "sanctions", None),)),
    ("e34", "ACCUSE", "ACTOR=act_araghchi>IRN;RECIPIENT=USA,ISR", "occurred", "2025-06-21", "day", (
        ("d4", "Araghchi accused the two allies of wrecking the talks.", "accused", None),)),
    ("e35", "NEGOTIATE", "ACTOR=IRN,USA;HOST=OMN", "occurred", "2025-05-23", "day", (
        ("d4", "The two had held talks in Muscat in May.", "talks", None),)),
    ("e36", "GROUND_ATTACK", "ACTOR=ISR;RECIPIENT=HAMAS", "ongoing", "2025-06-27", "day", (
        ("d4", "Israeli troops are fighting Hamas in Khan Younis.", "fighting", None),)),
    ("e37", "ABDUCT", "ACTOR=HAMAS;RECIPIENT=ISR", "occurred", "2023-10-07", "day", (
        ("d4", "The hostages were taken by Hamas on 7 October 2023.", "taken", None),)),
    ("e38", "INVESTIGATE", "ACTOR=IAEA;RECIPIENT=IRN", "occurred", "2025-06-12", "day", (
        ("d1", "The agency found Iran in breach of its duties.", "found Iran in breach", None),)),
    ("e39", "MISSILE_STRIKE", "ACTOR=HOUTHIS;RECIPIENT=ISR", "alleged", "2025-06-15", "day", (
        ("d1", "The Houthis claimed to have fired at Jaffa; Israel did not confirm it.", "fired", "HOUTHIS"),)),
    ("e40", "THREATEN_FORCE", "ACTOR=act_trump>USA;RECIPIENT=IRN", "occurred", "2025-06-17", "day", (
        ("d2", "Trump threatened Iran with worse if it did not give in.", "threatened", None),)),
    ("e41", "ATTACK", "ACTOR=USA;RECIPIENT=IRN", "threatened", None, "unknown", (
        ("d2", "Trump threatened Iran with worse if it did not give in.", "worse", "act_trump"),)),
    ("e42", "VISIT", "ACTOR=act_vucic>SRB;RECIPIENT=RUS", "occurred", "2025-05-09", "day", (
        ("d3", "Vučić travelled to Moscow in May.", "travelled", None),)),
    ("e43", "COOPERATE_ECONOMIC", "ACTOR=SRB,RUS", "ongoing", "2025-06-27", "year", (
        ("d3", "Serbia buys most of its gas from Russia.", "buys", None),)),
    ("e44", "PROVIDE_MILITARY_AID", "ACTOR=USA;RECIPIENT=UKR", "occurred", "2025-06-26", "week", (
        ("d5", "American interceptors reached Ukraine this week.", "reached", None),)),
)  # fmt: skip

REALIS = {"occurred": "occurred", "ongoing": "ongoing", "planned": "expected", "denied": "did_not_occur"}


@dataclass
class GraphDraft:
    """Nodes and relationships as they come; `graph()` sorts them as a store would."""

    nodes: dict[NodeRef, Node] = field(default_factory=dict)
    relationships: list[Relationship] = field(default_factory=list)

    def node(self, label: str, key: str, /, *extra: str, **properties: PropertyValue) -> NodeRef:
        node = Node(label=label, key=key, extra_labels=tuple(extra), properties=properties)
        self.nodes[node.ref] = node
        return node.ref

    def join(self, kind: str, start: NodeRef, end: NodeRef, /, **properties: PropertyValue) -> None:
        self.relationships.append(Relationship(type=kind, start=start, end=end, properties=properties))

    def actor(self, key: str, name: str, kind: str = "state", **properties: PropertyValue) -> NodeRef:
        return self.node("Actor", key, ACTOR_LABELS[ActorType(kind)], name=name, type=kind, **properties)

    def document(self, key: str, publisher: str, *, title: str = "A story", url: str | None = None) -> NodeRef:
        return self.node("Document", key, name=key, publisher=publisher, title=title, url=url)

    def event(self, key: str, etype: str, roles: str, *, status: str = "occurred", day: str | None = None) -> NodeRef:
        row = event_types()[etype]
        happened = status in ("occurred", "ongoing")
        when = date.fromisoformat(day) if day else None
        event = self.node(
            "Event", key, etype=etype, plover_type=row.plover, cameo=row.cameo, quad=row.quad, score=row.score,
            sign=row.sign, occurrence=REALIS.get(status, "unknown"), happened=happened, statuses=(f"{status} 1",),
            t_start=when, t_end=when, t_precision="day" if day else "unknown", n_claims=1, n_docs=1, confidence=0.8,
        )  # fmt: skip
        for part in roles.split(";"):
            role, _, fillers = part.partition("=")
            for filler in fillers.split(","):
                actor, _, side = filler.partition(">")
                self.join(role, event, NodeRef(label="Actor", key=actor), acts_for=side or actor, n_claims=1)
        return event

    def claim(
        self, key: str, event: NodeRef, document: NodeRef, quote: str, trigger: str, **told: PropertyValue
    ) -> NodeRef:
        at = quote.index(trigger)
        told = {
            "quote": quote, "start": 100, "end": 100 + len(quote), "sent_no": 3, "trigger": trigger,
            "trigger_start": 100 + at, "trigger_end": 100 + at + len(trigger), "status": "occurred", "confidence": 0.8,
            "etype": self.nodes[event].properties["etype"], "extractor": "patterns", "extractor_version": "1", **told,
        }  # fmt: skip
        claim = self.node("Claim", key, **told)
        self.join("ASSERTS", claim, event, coref_score=1.0)
        for part in [r for r in self.relationships if r.start == event and r.end.label == "Actor"]:
            role = "PLACE" if part.type == "AT" else part.type
            self.join("ROLE", claim, part.end, role=role, acts_for=part.properties["acts_for"], raw_id=part.end.key)
        self.join("FROM", claim, document, sent_no=3, start=100, end=100 + len(quote))
        return claim

    def graph(self) -> Graph:
        nodes = sorted(self.nodes.values(), key=lambda n: (n.label, n.key))
        joined = sorted(self.relationships, key=lambda r: (r.type, r.start.key, r.end.key, r.ref.keys))
        return Graph(nodes=tuple(nodes), relationships=tuple(joined))


def sample_graph(events: Sequence[str] = ()) -> Graph:
    """Return the sample, or the part of it that some events make."""
    draft = GraphDraft()
    for key, name, kind, country in ACTORS:
        draft.actor(key, name, kind, country=country or (key if kind == "state" else None))
    for key, publisher, url, title, published, precision in DOCUMENTS:
        moment = datetime.fromisoformat(published).replace(tzinfo=UTC)
        draft.node("Document", key, name=key, publisher=publisher, title=title, url=url, lang="en",
            published_at=moment, published_precision=precision)  # fmt: skip
    for key, etype, roles, status, day, precision, told in EVENTS:
        if events and key not in events:
            continue
        _add(draft, (key, etype, roles, status, day, precision), told)
    draft.join(
        "OWNS", NodeRef(label="Actor", key="act_gazprom"), NodeRef(label="Actor", key="act_nis"), share="majority"
    )
    draft.join(
        "HOLDS_OFFICE", NodeRef(label="Actor", key="act_putin"), NodeRef(label="Actor", key="RUS"), office="president"
    )
    return draft.graph()


def crowd(n_actors: int, n_events: int) -> Graph:
    """Return a graph with a few hubs and many others, the same each time."""
    random = Random(1)
    draft = GraphDraft()
    for n in range(n_actors):
        draft.actor(f"A{n}", f"Actor {n}", "state" if n < 8 else "organisation")
    for n in range(n_events):
        one, other = random.sample(range(n_actors), 2)
        etype = ("AIRSTRIKE", "CONDEMN", "VISIT", "PROVIDE_ECONOMIC_AID")[n % 4]
        source, target = min(one, other) // 2, max(one, other)  # the low numbers are the hubs
        if source != target:
            draft.event(f"e{n:04}", etype, f"ACTOR=A{source};RECIPIENT=A{target}")
    return draft.graph()


def _add(
    draft: GraphDraft,
    event: tuple[str, str, str, str, str | None, str],
    told: Sequence[tuple[str, str, str, str | None]],
) -> None:
    key, etype, roles, status, day, precision = event
    ref = draft.event(key, etype, roles, status=status, day=day)
    node = draft.nodes[ref]
    counted = {"statuses": (f"{status} {len(told)}",), "n_claims": len(told), "t_precision": precision}
    draft.node("Event", key, **{**node.properties, **counted, "n_docs": len({document for document, *_ in told})})
    for number, (document, quote, trigger, speaker) in enumerate(told):
        moment = date.fromisoformat(day) if day else None
        claim = draft.claim(
            f"{key}c{number}", ref, NodeRef(label="Document", key=document), quote, trigger, status=status,
            t_start=moment, t_end=moment, t_precision=precision, confidence=0.9 - 0.1 * number,
        )  # fmt: skip
        if speaker:
            draft.join("SAYS", NodeRef(label="Actor", key=speaker), claim, verb="said")
