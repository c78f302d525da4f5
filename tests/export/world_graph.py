"""A small world with what time does to it: a sanction and its licence, an offer and its answers, a contradiction."""

from datetime import date

from export.sample_graph import GraphDraft
from kg.model.graph import Graph, NodeRef


def world_graph() -> Graph:
    """The Treasury announces sanctions on a firm and licenses it; Aland offers talks; two papers differ on a strike."""
    draft = GraphDraft()
    for key, name, kind in (("A", "Aland", "state"), ("B", "Bland", "state"), ("firm", "Firm", "company")):
        draft.actor(key, name, kind)
    draft.actor("emir", "Émir Näme", "person")
    papers = [draft.document(f"d{n}", f"Paper {n}", url=f"https://paper.example/{n}") for n in range(3)]

    def told(key, etype, roles, paper, quote, trigger, **more):
        status = more.pop("status", "occurred")
        event = draft.event(key, etype, roles, status=status, day=more.pop("day", None))
        claim = draft.claim(f"c-{key}", event, papers[paper], quote, trigger, status=status, t_basis="explicit", **more)
        return event, claim

    announced, _ = told("announced", "IMPOSE_SANCTIONS", "ACTOR=A;RECIPIENT=firm", 0, "Aland announced sanctions.",
        "announced", status="planned", day="2025-07-29")  # fmt: skip
    licensed, _ = told("licensed", "GRANT_SANCTIONS_RELIEF", "ACTOR=A;RECIPIENT=firm", 0, "Aland licensed Firm.",
        "licensed", day="2025-06-27")  # fmt: skip
    designation = draft.node(
        "Designation", "des", authority="Aland", evidence="news", measures=("asset freeze",),
        states=("2025-01-10 announced, due on 2025-06-27",
                "2025-06-27 announced, licensed until 2025-07-29, due on 2025-07-29",
                "2025-07-30 in_force, presumed from the relief"),
    )  # fmt: skip
    draft.join("TARGETS", designation, NodeRef(label="Actor", key="firm"))
    for event in (announced, licensed):
        draft.join("MODIFIES", NodeRef(label="SanctionAct", key=event.key), designation)

    offer, _ = told("offer", "NEGOTIATE", "ACTOR=A,B", 1, "Aland offered talks.", "talks", status="offered")
    answer, _ = told("answer", "REJECT", "ACTOR=emir", 1, "The emir said no.", "said no", day="2025-06-25")
    talks, _ = told("talks", "NEGOTIATE", "ACTOR=A,B", 2, "Aland met Bland.", "met", day="2025-06-28")
    draft.join("RESPONSE_TO", answer, offer, confidence=0.6)
    draft.join("FULFILS", talks, offer, confidence=0.7)

    strike, first = told("strike", "AIRSTRIKE", "ACTOR=A;RECIPIENT=B", 1, "Aland bombed Bland; 3 died.", "bombed",
        day="2025-06-20")  # fmt: skip
    second = draft.claim("c-more", strike, papers[2], "Bland counted 9 dead after the raid.", "raid")
    draft.join("CONTRADICTS", first, second, on="number")
    draft.node("Event", "strike", **{**draft.nodes[strike].properties, "n_docs": 2, "n_independent": 1})
    for role in [r for r in draft.relationships if r.type == "ROLE" and r.start == first]:
        at = {"A": (100, 105), "B": (113, 118)}[role.end.key]
        role.properties.update(start=at[0], end=at[1])
    for paper, day in zip(papers, (27, 27, 29), strict=True):
        about = {**draft.nodes[paper].properties, "published_at": date(2025, 6, day)}
        draft.node("Document", paper.key, **about)
    return draft.graph()
