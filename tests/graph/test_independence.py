"""Whole graphs of real texts: copies and credits are no further source, and no score stands without its bounds."""

from datetime import date, timedelta

import pytest

from graph.made import Story, events, graph_of, nodes
from kg.extract.patterns import PatternsExtractor
from kg.graph import build
from kg.model.ontology import event_types
from kg.resolve import resolve
from resolve.edited import document, edited_copies

DAY = date(2025, 6, 20)
AGENCY = (
    "Israel bombs Iran's Natanz plant as Russia offers to mediate",
    "JERUSALEM, June 20 - Israel bombed Iran's uranium plant at Natanz on Thursday night with more than forty aircraft.",
    "Iran condemned Israel for the attack and called its envoy in Vienna home for talks on what to do next.",
    "The planes returned to their bases in the south of the country shortly before sunrise, a spokesman let it be known.",
    "Workers at the site had been moved to a town nearby two days earlier, and no leak of radiation was measured.",
    "Oil rose by four dollars a barrel in Asian trade, and airlines sent their flights around the Gulf once more.",
    "Insurers doubled what they ask for tankers that pass the strait, brokers in London and Singapore found.",
    "Schools in the north stay closed until Monday at least, and beaches were empty for the third day running.",
)
OWN_REPORT = (
    "Night raid on Natanz",
    "Israel bombed Iran on Thursday, hitting the halls at Natanz where the centrifuges stand, people in the town found.",
    "Windows shook for an hour, and the sky over the hills was red until long after midnight, a baker there recalled.",
)


def graph_from(*documents):
    extractor = PatternsExtractor()
    return build(resolve([(one, (extractor.extract(one),)) for one in documents]))


def strikes(graph):
    """How many documents and how many origins tell of the strike on Iran."""
    struck = [e for e in nodes(graph, "Event") if event_types()[e.properties["etype"]].plover == "ASSAULT"]
    told = max(struck, key=lambda event: event.properties["n_docs"])
    return told.properties["n_docs"], told.properties["n_independent"]


def test_two_independent_reports_of_one_event_stay_two():
    one = document(AGENCY, name="one", publisher="Levant Wire", day=DAY)
    two = document(OWN_REPORT, name="two", publisher="Harbour Post", day=DAY)
    graph = graph_from(one, two, *edited_copies(AGENCY, 5, day=DAY + timedelta(days=1)))
    assert strikes(graph)[1] == 2
    assert strikes(graph_from(one, two)) == (2, 2)


def test_what_is_told_according_to_an_agency_is_that_agency_s_word():
    papers = [
        document([sentence], name=name, publisher=name, day=DAY)
        for name, sentence in (
            ("AFP", "Israel bombed Iran on Thursday."),
            ("Harbour Post", "Israel bombed Iran on Thursday, according to AFP."),
            ("Hill Gazette", "On Thursday Israel bombed Iran, Agence France-Presse reported."),
        )
    ]
    assert strikes(graph_from(*papers)) == (3, 1)
    own = document(["Israel bombed Iran on Thursday, residents found."], name="own", publisher="Own Post", day=DAY)
    assert strikes(graph_from(*papers, own)) == (4, 2)


def test_a_source_has_its_reliability_and_one_node_for_all_its_names():
    stories = [Story(name, publisher=name) for name in ("AFP", "Agence France-Presse", "The Lake Eye", "Lake Eye")]
    for story in stories:
        story.tell("struck", "AIRSTRIKE", actor="Israel", recipient="Iran")
    sources = {node.key: node.properties for node in nodes(graph_of(*stories), "Source")}
    assert {key: source["reliability"] for key, source in sources.items()} == {
        "agence france presse": "B",
        "lake eye": "F",
    }
    assert sources["agence france presse"]["name"] == "Agence France-Presse"
    assert sources["agence france presse"]["country"] == "FRA"


@pytest.mark.parametrize(
    ("confidences", "status", "interval"),
    [
        ((0.9, 0.9), "occurred", (2, 2)),
        ((0.9, 0.2), "occurred", (2, 1)),
        ((0.2,), "occurred", (1, 0)),
        ((0.9,), "alleged", (1, 0)),
        ((0.9,), "denied", (0, 0)),
        ((0.9,), "planned", (0, 0)),
    ],
)
def test_the_score_of_a_tie_lies_between_its_bounds(confidences, status, interval):
    story = Story("a")
    for n, confidence in enumerate(confidences):
        story.tell(
            f"struck{n}", "AIRSTRIKE", status, actor="Israel", recipient="Iran", on=f"2025-06-0{n + 1}",
            confidence=confidence,
        )  # fmt: skip
    graph = graph_of(story, min_confidence=0.5)
    (event, *_) = events(graph, "AIRSTRIKE")
    (tie,) = [r for r in graph.relationships if "score_low" in r.properties]
    low, high = (event.properties["score"] * n for n in interval)
    assert (tie.properties["score_low"], tie.properties["score_high"]) == (low, high)
    assert low <= tie.properties["score_sum"] <= high
