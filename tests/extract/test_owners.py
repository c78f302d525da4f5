"""Whom the grammar alone makes the author of what a noun tells."""

import pytest

from extract.reading import document_of
from kg.extract.actors import find_actors
from kg.extract.links import SentenceParties
from kg.extract.mediators import told_roles
from kg.extract.owners import bystander_of, is_two_sided, partner_of, sure_actor
from kg.extract.tokens import tokenise
from kg.model.words import Role


def parse(sentence, word):
    document = document_of(sentence)
    found = find_actors(document)
    tokens = tokenise(document.text, 0, len(sentence), list(found.within(0, len(sentence))))
    keys = {actor.local_id: actor.key for actor in found.actors}
    return SentenceParties(tokens), next(i for i, t in enumerate(tokens) if t.lower == word), keys


def keys_of(parties, party, keys):
    return {keys[parties.tokens[m].span.local_id] for m in party.members} if party else set()


@pytest.mark.parametrize(
    ("sentence", "noun", "actors"),
    [
        ("Iran's strikes on Israel went on.", "strikes", {"IRN"}),
        ("Israeli air strikes shook Lebanon.", "strikes", {"ISR"}),
        ("Norway protested against US attacks on Yemen.", "attacks", {"USA"}),
        ("Talks with Norway go on as Moscow widens its war against Ukraine.", "war", {"RUS"}),
        ("Israel met France before Iran launched a salvo of missiles.", "salvo", {"IRN"}),
        ("The war between Israel and Iran worries Norway.", "war", {"ISR", "IRN"}),
        ("Norway fears the Israel-Iran conflict.", "conflict", {"ISR", "IRN"}),
        ("The Ukraine war worries Norway.", "war", set()),
        ("Norway spoke of the strikes.", "strikes", set()),
    ],
)
def test_an_owner_is_the_actor_and_nothing_else_is_sure(sentence, noun, actors):
    parties, i, keys = parse(sentence, noun)
    assert keys_of(parties, sure_actor(parties, i), keys) == actors


@pytest.mark.parametrize(
    ("sentence", "noun", "bystanders"),
    [
        ("Norway condemned the attack on Kyiv.", "attack", {"NOR"}),
        ("Norway took no part in the strikes.", "strikes", {"NOR"}),
        ("Norway launched the strikes.", "strikes", set()),
        ("Norway condemned and Russia attacked.", "attacked", set()),
    ],
)
def test_who_judges_or_stays_out_is_a_bystander(sentence, noun, bystanders):
    parties, i, keys = parse(sentence, noun)
    assert {keys[local_id] for local_id in bystander_of(parties, i)} == bystanders


def test_a_truce_with_somebody_names_its_partner():
    parties, i, keys = parse("Norway spoke to Israel and Hamas about the ceasefire with Iran.", "ceasefire")
    assert keys_of(parties, partner_of(parties, i), keys) == {"IRN"}
    parties, i, _ = parse("Norway spoke to Israel about the ceasefire in Gaza.", "ceasefire")
    assert partner_of(parties, i) is None


def test_a_war_has_two_sides_and_an_invasion_one():
    assert is_two_sided(*parse("The war went on.", "war")[:2])
    assert not is_two_sided(*parse("The invasion went on.", "invasion")[:2])


@pytest.mark.parametrize(
    ("sentence", "noun", "etype", "mediators"),
    [
        (
            "Israel and Iran agreed on a truce brokered by Qatar and Egypt.",
            "truce",
            "DECLARE_CEASEFIRE",
            {"QAT", "EGY"},
        ),
        ("The accord which Qatar and Turkey brokered holds.", "accord", "SIGN_AGREEMENT", {"QAT", "TUR"}),
        ("Qatar has hosted indirect talks of Israel and Iran.", "talks", "NEGOTIATE", {"QAT"}),
        ("Israel and Iran began talks under Saudi and Egyptian auspices.", "talks", "NEGOTIATE", {"SAU", "EGY"}),
        ("The talks are to open in February with Turkish help.", "talks", "NEGOTIATE", {"TUR"}),
        ("The two signed through the good offices of Norway.", "signed", "SIGN_AGREEMENT", {"NOR"}),
        ("Israel and Iran held talks with Norway as mediator.", "talks", "NEGOTIATE", {"NOR"}),
        ("Israel and Iran held talks in Norway.", "talks", "NEGOTIATE", set()),
        ("The talks were criticised by Norway.", "talks", "NEGOTIATE", set()),
        ("Norway attacked the talks that Qatar hosted.", "attacked", "ATTACK", set()),
        ("Norway offered mediation under UN auspices.", "mediation", "OFFER_MEDIATION", set()),
        ("Earlier mediation in Jeddah by Norway and Egypt failed.", "mediation", "MEDIATE", {"NOR", "EGY"}),
        ("Hamas asked Egypt and Qatar to mediate.", "mediate", "MEDIATE", {"EGY", "QAT"}),
    ],
)
def test_the_words_round_a_name_tell_who_mediates(sentence, noun, etype, mediators):
    parties, i, keys = parse(sentence, noun)
    told = [party for party, role in told_roles(parties, i, etype) if role is not Role.RECIPIENT]
    assert set().union(*(keys_of(parties, party, keys) for party in told)) == mediators


@pytest.mark.parametrize(
    ("sentence", "asker"),
    [
        ("Hamas asked Egypt and Qatar to mediate.", {"HAMAS"}),
        ("Hamas, which has urged Egypt to mediate, waits.", {"HAMAS"}),
        ("Hamas praised the offer of Egypt to mediate.", set()),
        ("Hamas wants to mediate.", set()),
    ],
)
def test_who_asks_for_mediation_is_a_party_to_it(sentence, asker):
    parties, i, keys = parse(sentence, "mediate")
    told = [party for party, role in told_roles(parties, i, "MEDIATE") if role is Role.RECIPIENT]
    assert set().union(*(keys_of(parties, party, keys) for party in told)) == asker
