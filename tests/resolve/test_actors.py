import pytest

from graph.made import ACTORS, Story, actor, read_all
from kg.model.ids import content_id
from kg.resolve import resolve
from kg.resolve.actors import actor_id


def ids_and_sides(read):
    resolution = resolve(read)
    (document, (extraction,)) = read[0]
    found = resolution.documents[document.doc_id]
    return {a.name: (found.actor_of[a.raw_id], found.side_of[a.raw_id]) for a in extraction.actors}


@pytest.mark.parametrize(
    ("who", "found"),
    [
        (actor("Russia", "RUS", "state"), "RUS"),
        (actor("European Union", "EU", "igo"), "EU"),
        (actor("Hamas", "HAMAS", "armed_group"), "HAMAS"),
        (actor("Doha", type_="place"), content_id("plc", "doha")),
    ],
)
def test_well_known_keys_are_ids(who, found):
    assert actor_id(who) == found


@pytest.mark.parametrize(
    "who",
    [
        actor("Vladimir Putin"),
        actor("NIS", type_="company"),
        actor("CAN", "CAN", "igo"),  # Canada has that key
        actor("HAMAS", "HAMAS", "organisation"),
        actor("New Front", "NF", "armed_group"),
        actor("RUS", "RUS", "company"),
        actor("Russia", "RUS", "state", list_ids=("UN:x",)),
    ],
)
def test_everybody_else_has_a_hash(who):
    assert actor_id(who) == content_id("act", who.raw_id)


def test_the_same_actor_of_two_documents_is_one():
    one, two = Story("one"), Story("two")
    for story in (one, two):
        story.tell("met", "MEET", actor="Vladimir Putin,Iran")
    resolution = resolve(read_all(one, two))
    (putin,) = [a for a in resolution.actors if a.name == "Vladimir Putin"]
    found = [one.actor_of[raw_id] for one in resolution.documents.values() for raw_id in putin.raw_ids]
    assert found == [putin.actor_id, putin.actor_id]


def test_two_listed_people_of_one_name_stay_two():
    both = [actor("a", "Ali Karimi", list_ids=("UN:1",)), actor("b", "Ali Karimi", list_ids=("UN:2",))]
    assert len({actor_id(a) for a in both} | {actor_id(actor("c", "Ali Karimi"))}) == 3


def test_sides_are_followed_to_the_end():
    story = Story("s")
    story.actors = ACTORS | {
        "Envoy": actor("Envoy", acts_for="US Department of the Treasury"),
    }
    story.tell("met", "MEET", actor="Envoy,Iran")
    found = ids_and_sides(read_all(story))
    assert found["Envoy"][1] == "USA"
    assert found["US Treasury"][1] == "USA"
    assert found["Iran"] == ("IRN", "IRN")


def test_a_circle_of_principals_ends():
    story = Story("s")
    story.actors = {"A": actor("A", acts_for="B"), "B": actor("B", acts_for="A"), "C": actor("C", acts_for="C")}
    story.tell("met", "MEET", actor="A,B,C")
    found = ids_and_sides(read_all(story))
    assert found["A"][1] == found["B"][0]
    assert found["B"][1] == found["A"][0]
    assert found["C"][1] == found["C"][0]


def test_a_place_never_takes_the_side_of_a_state():
    story = Story("s")
    story.actors = {
        "Gaza": actor("Gaza", "PSE", "place"),
        "Palestine": actor("Palestine", "PSE", "state"),
        "Mayor": actor("Mayor", acts_for="PSE"),
    }
    story.tell("met", "MEET", actor="Gaza,Palestine,Mayor")
    found = ids_and_sides(read_all(story))
    assert found["Mayor"][1] == "PSE"
    assert found["Gaza"][1] == found["Gaza"][0] != "PSE"


def test_the_side_belongs_to_the_document():
    then, now = Story("then", "2019-01-01"), Story("now", "2025-01-01")
    then.actors = {"Minister": actor("Minister", acts_for="RUS"), "Russia": ACTORS["Russia"]}
    now.actors = {"Minister": actor("Minister")}
    for story in (then, now):
        story.tell("met", "MEET", actor="Minister")
    read = read_all(then, now)
    resolution = resolve(read)
    raw_id = actor("Minister").raw_id
    before, after = (resolution.documents[document.doc_id] for document, _ in read)
    assert before.side_of[raw_id] == "RUS"
    assert after.side_of[raw_id] == after.actor_of[raw_id]


def test_the_commonest_name_is_the_name_and_the_others_are_aliases_but_what_is_said_of_many():
    stories = []
    for number, name in enumerate(["Araghchi", "Araqchi", "Araqchi"]):
        story = Story(f"s{number}")
        story.actors = {name: actor(name, "Abbas Araghchi", aliases=("A. Araghchi", "the minister"))}
        story.tell("met", "MEET", actor=name)
        stories.append(story)
    (found,) = resolve(read_all(*stories)).actors
    assert found.name == "Araqchi"
    assert found.aliases == ("A. Araghchi", "Araghchi")
