"""What the map knows of sanctions over time, answers, kept promises and contradictions."""

from export.world_graph import world_graph
from kg.export.map_model import map_model
from kg.export.map_values import EventLink
from kg.export.options import read_options


def world_model():
    return map_model(world_graph(), read_options({}, "html"))


def event_of(model, label, *, said=False):
    return next(n for n, e in enumerate(model.events) if e.label == label and (e.group == "offered") == said)


def test_both_acts_lead_to_the_designation_and_its_states():
    model = world_model()
    (designation,) = model.designations
    assert (designation.authority, designation.target) == ("Aland", "Firm")
    assert designation.states[0] == ("2025-01-10", "announced, due on 2025-06-27")
    assert designation.states[-1] == ("2025-07-30", "in force, presumed from the relief")
    acts = {event.label for event in model.events if event.designation == 0}
    assert acts == {"impose sanctions", "grant sanctions relief"}


def test_an_offer_names_its_answer_and_the_deed_that_keeps_it():
    model = world_model()
    offer, talks = event_of(model, "negotiate", said=True), event_of(model, "negotiate")
    answer = event_of(model, "reject")
    assert model.events[offer].links == (
        EventLink(how="answered by", event=answer),
        EventLink(how="kept by", event=talks),
    )
    assert model.events[talks].links == (EventLink(how="keeps", event=offer),)
    assert not any(answer in tie.events for tie in model.ties)  # it joins nobody to anybody


def test_sentences_that_contradict_each_other_are_a_pair():
    model = world_model()
    (found,) = model.contradictions
    assert found.on == "number"
    quotes = {"".join(text for text, _ in model.evidence[n].quote) for n in (found.one, found.other)}
    assert quotes == {"Aland bombed Bland; 3 died.", "Bland counted 9 dead after the raid."}


def test_both_ends_are_marked_in_the_quote():
    model = world_model()
    event = model.events[event_of(model, "airstrike")]
    marks = [model.evidence[n].quote for n in event.evidence if len(model.evidence[n].quote) > 3]
    assert marks == [
        (("Aland", "actor"), (" ", ""), ("bombed", "trigger"), (" ", ""), ("Bland", "recipient"), ("; 3 died.", ""))
    ]
    assert (event.n_docs, event.n_independent) == (2, 1)
    assert model.evidence[event.evidence[0]].basis == "as written"
