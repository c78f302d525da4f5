"""A small story with known answers, as a graph."""

from datetime import UTC, date, datetime

from kg.model.graph import Graph, Node, NodeRef, Relationship
from store.graphs import in_order


def actor(key, name, kind="State", **properties):
    return Node(label="Actor", key=key, extra_labels=(kind,), properties={"name": name, **properties})


def event(key, day=None, **properties):
    days = {"t_start": day, "t_end": day} if day else {}
    return Node(label="Event", key=key, properties=days | properties)


def rel(type_, start, end, /, **properties):
    return Relationship(
        type=type_,
        start=NodeRef(label=start[0], key=start[1]),
        end=NodeRef(label=end[0], key=end[1]),
        properties=properties,
    )


def A(key):  # noqa: N802
    return "Actor", key


def E(key):  # noqa: N802
    return "Event", key


STORY = in_order(
    Graph(
        nodes=(
            actor("ISL", "Iceland", aliases=("Reykjavík", "Island republic")),
            actor("NOR", "Norway"),
            actor("MLT", "Malta"),
            actor("act_minister", "Jóna Björk", "Person"),
            actor("FISHCO", "North Fish", "Organization"),
            Node(label="Claim", key="c_offer", properties={"etype": "OFFER_MEDIATION", "quote": "offered to mediate"}),
            Node(label="Claim", key="c_malta", properties={"etype": "MEET"}),
            Node(label="Designation", key="des_fish", properties={"state": "in_force"}),
            Node(label="Document", key="doc_1", properties={"published_at": datetime(2025, 6, 20, 8, 30, tzinfo=UTC)}),
            Node(label="Document", key="doc_2"),
            event("e_offer", date(2025, 6, 19), etype="OFFER_MEDIATION", happened=True),
            event("e_talks", date(2025, 7, 2), etype="MEDIATE", happened=False),
            event("e_reject", date(2025, 6, 21), etype="REJECT"),
            event("e_malta", date(2025, 6, 19), etype="MEET"),
            event("e_undated", etype="MEET"),
            Node(label="Event", key="e_act", extra_labels=("SanctionAct",), properties={"act": "imposed"}),
            Node(label="Licence", key="lic_1"),
            Node(label="Place", key="pl_oslo", properties={"name": "Oslo"}),
            Node(label="Source", key="src_wire", properties={"name": "Wire"}),
        ),
        relationships=(
            rel("ACTOR", E("e_offer"), A("act_minister"), acts_for="ISL"),
            rel("RECIPIENT", E("e_offer"), A("NOR"), acts_for="NOR"),
            rel("AT", E("e_offer"), ("Place", "pl_oslo")),
            rel("CONTENT", E("e_offer"), E("e_talks"), kind="offered"),
            rel("RESPONSE_TO", E("e_reject"), E("e_offer")),
            rel("ACTOR", E("e_reject"), A("NOR"), acts_for="NOR"),
            rel("ACTOR", E("e_malta"), A("MLT"), acts_for="MLT"),
            rel("ACTOR", E("e_undated"), A("ISL"), acts_for="ISL"),
            rel("ASSERTS", ("Claim", "c_offer"), E("e_offer")),
            rel("ASSERTS", ("Claim", "c_malta"), E("e_malta")),
            rel("FROM", ("Claim", "c_offer"), ("Document", "doc_1"), start=3, end=9),
            rel("FROM", ("Claim", "c_malta"), ("Document", "doc_2")),
            rel("PUBLISHED_BY", ("Document", "doc_1"), ("Source", "src_wire")),
            rel("ROLE", ("Claim", "c_offer"), A("act_minister"), role="ACTOR"),
            rel("ROLE", ("Claim", "c_offer"), A("act_minister"), role="HOST"),
            rel("SAYS", A("FISHCO"), ("Claim", "c_offer")),
            rel("TARGETS", ("Designation", "des_fish"), A("act_minister")),
            rel("MODIFIES", ("SanctionAct", "e_act"), ("Designation", "des_fish")),
            rel("GRANTS", ("SanctionAct", "e_act"), ("Licence", "lic_1")),
            rel("ONLY_SAID", A("ISL"), A("NOR"), etype="MEDIATE", occurrence="expected", event_ids=("e_talks",)),
            rel("ONLY_SAID", A("NOR"), A("ISL"), etype="MEET", occurrence="unknown", event_ids=("e_elsewhere",)),
        ),
    )
)
