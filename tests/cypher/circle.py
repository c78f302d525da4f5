"""A small world of June 2025 for questions: an offer and its rejection, strikes, a truce, a licence, a listed man."""

from contextlib import closing
from datetime import date
from pathlib import Path

from graph.made import ACTORS, Story, actor, read_all, sanction
from kg.graph import build, plan
from kg.jobs.workplace import Workplace, open_workplace
from kg.model.documents import MediaType
from kg.model.graph import Graph
from kg.resolve import resolve

PEOPLE = ACTORS | {
    a.name: a
    for a in (
        actor("Ali Karimi", acts_for=None),
        actor("Security Council", "UN", "igo"),
        actor("ALI KARIMI", "ALI KARIMI", list_ids=("UN:QDi.999",), aliases=("Ali Karimi",)),
    )
}


def stories() -> list[Story]:
    alpha = Story("alpha", "2025-06-19", "Alpha Wire")
    offer = alpha.tell("offered", "OFFER_MEDIATION", actor="Vladimir Putin", recipient="Israel,Iran", on="2025-06-18")
    alpha.tell(
        "mediate",
        "MEDIATE",
        "offered",
        actor="Russia",
        recipient="Israel,Iran",
        of=offer,
        kind="offered",
        same_sentence=True,
    )
    alpha.tell("hit", "AIRSTRIKE", actor="Israel", recipient="Iran", object="Natanz", on="2025-06-19", killed=3)
    alpha.tell("fired", "MISSILE_STRIKE", actor="Iran", recipient="Israel", on="2025-06-19")
    alpha.tell("urged", "REQUEST_DEESCALATION", actor="Russia", recipient="Israel", on="2025-06-19")

    beta = Story("beta", "2025-06-22", "Beta Daily")
    beta.tell("offered", "OFFER_MEDIATION", actor="Vladimir Putin", recipient="Israel,Iran", on="2025-06-18")
    beta.tell("rejected", "REJECT", actor="Donald Trump", recipient="Vladimir Putin", on="2025-06-21", more="the offer")
    beta.tell("hit", "AIRSTRIKE", actor="Israel", recipient="Iran", on="2025-06-19", killed=2)
    beta.tell("fired", "MISSILE_STRIKE", "denied", actor="Iran", recipient="Israel", on="2025-06-19", says="Iran")
    beta.tell("meet", "MEET", "planned", actor="Russia,Qatar", on="2025-07-01")

    gamma = Story("gamma", "2025-06-25", "Gamma Post")
    gamma.tell("agreed", "DECLARE_CEASEFIRE", actor="Israel,Iran", mediator="United States,Qatar", on="2025-06-24")
    gamma.tell(
        "announced",
        "IMPOSE_SANCTIONS",
        actor="US Treasury",
        recipient="NIS",
        on="2025-01-10",
        sanction=sanction("announced"),
    )
    gamma.tell(
        "licensed",
        "GRANT_SANCTIONS_RELIEF",
        actor="US Treasury",
        recipient="NIS",
        on="2025-06-24",
        sanction=sanction("licensed", licence="specific", until=date(2025, 7, 29)),
    )
    gamma.tell(
        "due",
        "IMPOSE_SANCTIONS",
        "planned",
        actor="United States",
        recipient="NIS",
        on="2025-07-29",
        sanction=sanction("entered_into_force", effective=date(2025, 7, 29)),
    )
    gamma.tell("arrested", "ARREST", actor="Serbia", recipient="Ali Karimi", on="2025-06-23")

    delta = Story("delta", None, None)  # nothing tells when or by whom it was published
    delta.tell("hit", "AIRSTRIKE", actor="Israel", recipient="Iran", on="2025-06-19")
    delta.tell("brokers", "MEDIATE", "ongoing", actor="Qatar,United States", recipient="Hamas,Israel", on="2025-06-15")
    delta.tell("carries messages", "MEDIATE", actor="Serbia", on="2025-06-15")
    delta.tell("called on", "REQUEST_TALKS", actor="European Union", recipient="Iran,Israel")

    listed = Story("list entry", None, "Security Council", MediaType.UN_RECORD)
    listed.tell(
        "listed",
        "IMPOSE_SANCTIONS",
        actor="Security Council",
        recipient="ALI KARIMI",
        on="2020-02-02",
        sanction=sanction("imposed", list_id="UN:QDi.999", programme="Al-Qaida"),
    )
    for story in (alpha, beta, gamma, delta, listed):
        story.actors = PEOPLE
    return [alpha, beta, gamma, delta, listed]


def circle_home(home: Path) -> Workplace:
    """A workplace whose graph is the circle; its ledger is empty."""
    workplace = open_workplace(home)
    with closing(workplace.graph_store()) as store:
        store.prepare()
        for planned in plan(circle().rows, {}, max_rows=5_000):
            store.write(planned.batch)
    return workplace


def circle(min_confidence: float = 0.0) -> Graph:
    read = read_all(*stories())
    return build(resolve(read), min_confidence=min_confidence)
