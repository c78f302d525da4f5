from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.made import Story, actor, events, graph_of, named, nodes, read_all, relationships
from kg.graph import build, fingerprint
from kg.resolve import resolve


def offer(day="2025-06-19", name="offer"):
    story = Story(name, day)
    act = story.tell("offered", "OFFER_MEDIATION", actor="Vladimir Putin", recipient="Israel,Iran")
    story.tell(
        "mediate",
        "MEDIATE",
        "offered",
        actor="Russia",
        recipient="Israel,Iran",
        of=act,
        kind="offered",
        same_sentence=True,
    )
    return story


def test_every_claim_leads_back_to_its_sentence():
    story = Story("s")
    story.tell("struck", "AIRSTRIKE", actor="Israel", recipient="Iran", object="Natanz", on="2025-06-19")
    document, _ = story.read()
    graph = graph_of(story)
    (claim,) = nodes(graph, "Claim")
    (source,) = relationships(graph, "FROM")
    told = source.properties
    assert source.start == claim.ref
    assert source.end.key == document.doc_id
    assert document.text[told["start"] : told["end"]] == claim.properties["quote"]
    span = slice(claim.properties["trigger_start"], claim.properties["trigger_end"])
    assert document.text[span] == claim.properties["trigger"] == "struck"
    assert claim.owner == source.owner == f"doc:{document.doc_id}"


def test_direction_stays_with_each_side():
    story = Story("s")
    story.tell("hit", "AIRSTRIKE", actor="Israel", recipient="Iran", on="2025-06-19")
    story.tell("fired", "MISSILE_STRIKE", actor="Iran", recipient="Israel", on="2025-06-19")
    graph = graph_of(story)
    (hit,) = relationships(graph, "STRUCK_FROM_AIR")
    (fired,) = relationships(graph, "STRUCK_WITH_MISSILES")
    assert (hit.start.key, hit.end.key) == ("ISR", "IRN")
    assert (fired.start.key, fired.end.key) == ("IRN", "ISR")


def test_an_offer_is_a_deed_and_its_content_is_only_said():
    graph = graph_of(offer())
    (act,) = events(graph, "OFFER_MEDIATION")
    (content,) = events(graph, "MEDIATE")
    assert act.properties["happened"] is True
    assert (content.properties["happened"], content.properties["occurrence"]) == (False, "unknown")
    (link,) = relationships(graph, "CONTENT")
    assert (link.start, link.end, link.properties["kind"]) == (act.ref, content.ref, "offered")
    assert not relationships(graph, "MEDIATED_FOR")
    said = relationships(graph, "ONLY_SAID")
    assert {(r.start.key, r.end.key, r.properties["etype"]) for r in said} == {
        ("RUS", "ISR", "MEDIATE"),
        ("RUS", "IRN", "MEDIATE"),
    }
    assert all(r.properties["score_sum"] == 0 for r in said)


def test_a_mediator_is_no_party():
    story = Story("s")
    story.tell("agreed", "DECLARE_CEASEFIRE", actor="Israel,Iran", mediator="United States,Qatar", on="2025-06-19")
    graph = graph_of(story)
    assert [(r.start.key, r.end.key) for r in relationships(graph, "DECLARED_CEASEFIRE_WITH")] == [("IRN", "ISR")]
    assert {r.end.key for r in relationships(graph, "MEDIATOR")} == {"USA", "QAT"}


def test_a_minister_keeps_his_own_node_and_his_side():
    graph = graph_of(offer())
    (role,) = [r for r in relationships(graph, "ACTOR") if r.end.key != "RUS"]
    assert named(graph, role.end.key) == "Vladimir Putin"
    assert role.properties["acts_for"] == "RUS"
    (office,) = relationships(graph, "HOLDS_OFFICE")
    assert office.end.key == "RUS"
    assert office.properties == {"office": "president", "first_seen": date(2025, 6, 19), "last_seen": date(2025, 6, 19)}


def test_nobody_meets_the_side_that_he_acts_for():
    story = Story("s")
    story.tell("met", "MEET", actor="Vladimir Putin,Russia,Donald Trump", on="2025-06-19")
    ties = relationships(graph_of(story), "MET")
    graph = graph_of(story)
    assert {frozenset((named(graph, r.start.key), named(graph, r.end.key))) for r in ties} == {
        frozenset(("Vladimir Putin", "Donald Trump")),
        frozenset(("Russia", "Donald Trump")),
    }


def test_two_names_of_one_side_are_no_pair_when_no_claim_has_both():
    one, two = Story("one", "2025-01-18"), Story("two", "2025-01-19")
    one.tell("signed", "SIGN_AGREEMENT", actor="Vladimir Putin,Iran", on="2025-01-17")
    two.tell("signed", "SIGN_AGREEMENT", actor="Russia,Iran", on="2025-01-17")
    graph = graph_of(one, two)
    assert len(events(graph, "SIGN_AGREEMENT")) == 1
    ties = relationships(graph, "SIGNED_WITH")
    assert all("IRN" in (r.start.key, r.end.key) for r in ties)
    assert len(ties) == 2


def test_a_denial_adds_no_pair_to_an_event_that_happened():
    story = Story("s")
    story.tell("struck", "AIRSTRIKE", actor="Israel", recipient="Iran", on="2025-06-19")
    graph = graph_of(story)
    assert len(relationships(graph, "STRUCK_FROM_AIR")) == 1
    later = Story("later", "2025-06-21")
    later.tell("struck", "AIRSTRIKE", "denied", actor="Israel", recipient="Iran", on="2025-06-19")
    disputed = graph_of(story, later)
    assert not relationships(disputed, "STRUCK_FROM_AIR")
    (said,) = relationships(disputed, "ONLY_SAID")
    assert said.properties["occurrence"] == "disputed"


def rejected_by(who, actors="Israel,Iran"):
    story = offer()
    story.tell("rejected", "REJECT", actor=who, recipient="Russia")
    return graph_of(story)


def test_a_needed_party_that_rejects_ends_the_offer():
    graph = rejected_by("Iran")
    assert events(graph, "MEDIATE")[0].properties["occurrence"] == "did_not_occur"


def test_what_came_about_after_all_is_not_told_as_turned_down():
    story, later = offer(), Story("later", "2025-06-25")
    story.tell("rejected", "REJECT", actor="Iran", recipient="Russia")
    later.tell("mediated", "MEDIATE", actor="Russia", recipient="Israel,Iran", on="2025-06-24")
    graph = graph_of(story, later)
    (kept,) = relationships(graph, "FULFILS")
    (offered,) = [event for event in events(graph, "MEDIATE") if event.key == kept.end.key]
    assert offered.properties["occurrence"] == "unknown"


def test_a_third_party_that_rejects_leaves_the_offer_open():
    graph = rejected_by("Donald Trump")
    assert events(graph, "MEDIATE")[0].properties["occurrence"] == "unknown"
    (answer,) = relationships(graph, "RESPONSE_TO")
    assert answer.start == events(graph, "REJECT")[0].ref
    assert answer.end == events(graph, "OFFER_MEDIATION")[0].ref


def test_event_counts_documents_and_joins_their_confidence():
    one, two = Story("one", "2025-06-20"), Story("two", "2025-06-21", "Other Wire")
    for story in (one, two):
        story.tell(
            "hit",
            "AIRSTRIKE",
            actor="Israel",
            recipient="Iran",
            on="2025-06-19",
            killed=len(story.name),
            confidence=0.5,
        )
    two.told[0]["killed"] = 9
    (event,) = events(graph_of(one, two), "AIRSTRIKE")
    told = event.properties
    assert (told["n_claims"], told["n_docs"], told["n_independent"]) == (2, 2, 2)
    assert told["confidence"] == 0.6087
    assert (told["dead_min"], told["dead_max"]) == (3.0, 9.0)
    assert told["statuses"] == ("occurred 2",)
    assert told["t_start"] == told["t_end"] == date(2025, 6, 19)


def test_a_copied_sentence_is_no_second_witness():
    one, two = Story("same", "2025-06-20"), Story("same", "2025-06-21", "Other Wire")
    for story in (one, two):
        story.tell("hit", "AIRSTRIKE", actor="Israel", recipient="Iran", on="2025-06-19", confidence=0.5)
    two.tell("wept", "CONDEMN", actor="Iran", recipient="Israel")
    (event,) = events(graph_of(one, two), "AIRSTRIKE")
    assert (event.properties["n_docs"], event.properties["n_independent"]) == (2, 1)
    assert event.properties["confidence"] == 0.465


def test_the_narrowest_time_stands_and_what_happened_before_what_was_planned():
    plan, deed = Story("plan", "2025-06-18"), Story("deed", "2025-06-21")
    plan.tell("meet", "MEET", "planned", actor="Russia,Iran", on="2025-06-20")
    deed.tell("met", "MEET", actor="Russia,Iran", on="2025-06-19/2025-06-21")
    (event,) = events(graph_of(plan, deed), "MEET")
    assert event.properties["occurrence"] == "occurred"
    assert (event.properties["t_start"], event.properties["t_end"]) == (date(2025, 6, 19), date(2025, 6, 21))


@pytest.mark.parametrize(
    ("on", "occurrence"), [("2025-06-21", "occurred"), ("2025-06-22", "occurred"), ("2025-06-23", "expected")]
)
def test_what_lies_after_its_publication_has_not_happened(on, occurrence):
    story = Story("s", "2025-06-21")
    story.tell("imposed", "IMPOSE_SANCTIONS", actor="United States", recipient="NIS", on=on)
    graph = graph_of(story)
    assert events(graph, "IMPOSE_SANCTIONS")[0].properties["occurrence"] == occurrence
    assert bool(relationships(graph, "SANCTIONED")) is (occurrence == "occurred")


def test_mentions_publishers_and_speakers():
    story = Story("s", publisher="Own Wire")
    story.tell("hit", "AIRSTRIKE", actor="Israel", recipient="Iran", place="Tehran", says="Donald Trump")
    graph = graph_of(story)
    assert {(named(graph, r.end.key), r.properties["count"]) for r in relationships(graph, "MENTIONS")} == {
        ("Israel", 1),
        ("Iran", 1),
        ("Tehran", 1),
        ("Donald Trump", 1),
    }
    assert [n.key for n in nodes(graph, "Source")] == ["own wire"]
    (says,) = relationships(graph, "SAYS")
    assert named(graph, says.start.key) == "Donald Trump"
    (at,) = relationships(graph, "AT")
    assert at.end.label == "Place"


def test_unknown_publication_is_not_today():
    story = Story("s", None)
    story.tell("hit", "AIRSTRIKE", actor="Israel", recipient="Iran")
    (claim,) = nodes(graph_of(story), "Claim")
    assert claim.properties["known_from"] is None
    assert claim.properties["reported_at"] is None


@pytest.mark.parametrize(("before", "occurrence"), [("after", "occurred"), ("denied", "disputed")])
def test_a_denial_that_takes_the_event_for_granted_does_not_dispute_it(before, occurrence):
    truce = Story("truce", "2025-06-24")
    ends = {"actor": "Israel,Iran", "on": "2025-06-24"}
    truce.tell("agreed to a ceasefire", "DECLARE_CEASEFIRE", **ends)
    truce.tell(f"denied a shot {before} the ceasefire", "DECLARE_CEASEFIRE", status="denied", **ends)
    document, (extraction,) = truce.read()
    told, denial = extraction.claims
    narrowed = replace(denial, trigger_start=document.text.index("ceasefire", denial.start))
    read = [(document, (replace(extraction, claims=(told, narrowed)),))]
    graph = build(resolve(read), min_confidence=0.0)
    (event,) = events(graph, "DECLARE_CEASEFIRE")
    assert event.properties["occurrence"] == occurrence
    assert event.properties["statuses"] == ("denied 1", "occurred 1")


def test_contradictions_are_kept_between_claims():
    one, two, three = Story("one", "2025-06-20"), Story("two", "2025-06-21"), Story("three", "2025-06-20")
    one.tell("hit", "AIRSTRIKE", actor="Israel", recipient="Iran", on="2025-06-19", killed=3)
    two.tell("hit", "AIRSTRIKE", "denied", actor="Israel", recipient="Iran", on="2025-06-19")
    three.tell("hit", "AIRSTRIKE", actor="Israel", recipient="Iran", on="2025-06-19", killed=5)
    found = {r.properties["on"] for r in relationships(graph_of(one, two, three), "CONTRADICTS")}
    assert found == {"number", "occurrence"}


STATUSES = ("occurred", "planned", "denied", "alleged", "offered", "requested", "possible")
TYPES = ("AIRSTRIKE", "MEET", "IMPOSE_SANCTIONS", "REJECT", "OFFER_MEDIATION", "ATTACK")
SIDES = ("Russia", "Iran", "Israel", "United States", "Vladimir Putin", "Hamas")


@st.composite
def made_stories(draw):
    stories = []
    for number in range(draw(st.integers(1, 4))):
        story = Story(f"story {number}", draw(st.sampled_from([None, "2025-06-18", "2025-06-20", "2025-07-20"])))
        for _ in range(draw(st.integers(1, 4))):
            told = {
                "actor": draw(st.sampled_from(SIDES)),
                "recipient": draw(st.sampled_from(SIDES)),
                "on": draw(st.sampled_from([None, "2025-06-17", "2025-06-17/2025-06-19"])),
            }
            if story.told and draw(st.booleans()):
                told["of"] = draw(st.integers(0, len(story.told) - 1))
            story.tell("did", draw(st.sampled_from(TYPES)), draw(st.sampled_from(STATUSES)), **told)
        stories.append(story)
    return stories


@settings(deadline=None, max_examples=60)
@given(made_stories(), st.randoms(use_true_random=False))
def test_order_of_documents_does_not_matter(stories, random):
    read = read_all(*stories)
    graph = build(resolve(read))
    random.shuffle(read)
    again = build(resolve(read))
    assert again == graph
    assert fingerprint(again) == fingerprint(graph)


@settings(deadline=None, max_examples=60)
@given(made_stories())
def test_every_relationship_has_both_its_ends(stories):
    graph = graph_of(*stories)
    there = {(node.label, node.key) for node in graph.nodes}
    for row in graph.relationships:
        for end in (row.start, row.end):
            assert ("Event" if end.label == "SanctionAct" else end.label, end.key) in there


@settings(deadline=None, max_examples=60)
@given(made_stories())
def test_typed_ties_hold_only_what_happened(stories):
    graph = graph_of(*stories)
    happened = {node.key: node.properties["happened"] for node in nodes(graph, "Event")}
    for row in graph.relationships:
        for event_id in row.properties.get("event_ids", ()):
            assert happened[event_id] is (row.type != "ONLY_SAID")


def test_the_same_documents_twice_are_one():
    read = read_all(offer())
    assert build(resolve(read + read)) == build(resolve(read))


def test_an_extractor_whose_local_ids_clash_keeps_its_own_actors():
    document, (extraction,) = offer().read()
    by_name = {a.name: a for a in extraction.actors}
    swapped = type(extraction)(
        doc_id=document.doc_id,
        extractor="other",
        extractor_version="1",
        actors=(
            type(by_name["Iran"])(local_id="Russia", name="Iran", type=by_name["Iran"].type, key="IRN"),
            type(by_name["Iran"])(local_id="Iran", name="Russia", type=by_name["Iran"].type, key="RUS"),
        ),
    )
    read = [(document, (extraction, swapped))]
    graph = build(resolve(read))
    content = events(graph, "MEDIATE")[0].ref
    assert [r.end.key for r in relationships(graph, "ACTOR") if r.start == content] == ["RUS"]


@pytest.mark.parametrize("label", ["SanctionAct"])
def test_second_labels_follow_the_type(label):
    story = Story("s")
    story.tell("imposed", "IMPOSE_SANCTIONS", actor="European Union", recipient="Russia")
    story.tell("hit", "AIRSTRIKE", actor="Israel", recipient="Iran")
    assert [n.properties["etype"] for n in nodes(graph_of(story), label)] == ["IMPOSE_SANCTIONS"]


def test_the_same_actor_twice_in_one_role_is_one_role():
    story = Story("s")
    story.tell("hit", "AIRSTRIKE", actor="Israel,Israel", recipient="Iran")
    graph = graph_of(story)
    assert [r.end.key for r in relationships(graph, "ROLE") if r.properties["role"] == "ACTOR"] == ["ISR"]
    (role,) = relationships(graph, "ACTOR")
    assert role.properties["n_claims"] == 1


def test_without_publisher_the_host_of_the_address_publishes():
    document, extractions = Story("s", publisher=None, told=offer().told).read()
    there = replace(document, url="https://news.example.org/a?b=1")
    graph = build(resolve([(there, extractions)]))
    assert [node.properties["name"] for node in nodes(graph, "Source")] == ["news.example.org"]
    bare = build(resolve([(document, extractions)]))
    assert not nodes(bare, "Source")


def test_a_place_says_nothing_and_holds_no_office():
    story = Story("s")
    story.actors = dict(story.actors) | {
        "Mayor": actor("Mayor", acts_for="Doha", office="mayor"),
    }
    story.tell("hit", "AIRSTRIKE", actor="Mayor", recipient="Iran", says="Doha")
    graph = graph_of(story)
    assert not relationships(graph, "SAYS")
    assert not relationships(graph, "HOLDS_OFFICE")


def test_a_ministry_is_part_of_its_state_and_a_company_is_not():
    story = Story("s")
    story.actors = dict(story.actors) | {"Rosneft": actor("Rosneft", type_="company", acts_for="RUS")}
    story.tell("met", "MEET", actor="US Treasury,Rosneft")
    graph = graph_of(story)
    assert [(named(graph, r.start.key), r.end.key) for r in relationships(graph, "PART_OF")] == [("US Treasury", "USA")]
