"""How actors stand to a verb: voice, parties, subjects, governors."""

import pytest

from extract.reading import document_of
from kg.extract.actors import find_actors
from kg.extract.links import SentenceParties, governor_of, verb_group
from kg.extract.tokens import tokenise


def parse(sentence):
    document = document_of(sentence)
    return tokenise(document.text, 0, len(sentence), list(find_actors(document).within(0, len(sentence))))


def at(tokens, word):
    return next(i for i, t in enumerate(tokens) if t.lower == word)


@pytest.mark.parametrize(
    ("sentence", "verb", "mode"),
    [
        ("Israel has struck Iran.", "struck", "finite"),
        ("Iran was struck by Israel.", "struck", "passive"),
        ("Iran offered to mediate.", "mediate", "infinitive"),
        ("Iran offered to help mediate.", "mediate", "infinitive"),
        ("Israel left, attacking Iran.", "attacking", "participle"),
        ("Israel met Iran and attacked Syria.", "attacked", "conjoined"),
        ("Weapons given to Iran were lost.", "given", "reduced"),
        ("A deal brokered by Qatar held.", "brokered", "reduced"),
    ],
)
def test_a_verb_stands_in_a_mode(sentence, verb, mode):
    tokens = parse(sentence)
    assert verb_group(tokens, at(tokens, verb)).mode == mode


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("Israel and Iran met.", [["Israel", "Iran"]]),
        ("France, Germany and Italy met Iran.", [["France", "Germany", "Italy"], ["Iran"]]),
        ("Talks between Israel and Iran failed.", [["Israel", "Iran"]]),
        ("The Israel-Iran truce held.", [["Israel", "Iran"]]),
        ("Israel struck, and Iran struck back.", [["Israel"], ["Iran"]]),
    ],
)
def test_who_acts_together_is_one_party(sentence, parties):
    tokens = parse(sentence)
    assert [[tokens[m].text for m in p.members] for p in SentenceParties(tokens).parties] == parties


@pytest.mark.parametrize(
    ("sentence", "verb", "subject"),
    [
        ("Serbia has ties with Russia and refuses to impose sanctions.", "impose", "Serbia"),
        ("Israel struck Iran, killing two men.", "killing", "Israel"),
        ("Talks with Iran failed, as Russia attacked Ukraine.", "attacked", "Russia"),
    ],
)
def test_a_verb_shares_the_subject_of_the_verb_it_hangs_on(sentence, verb, subject):
    tokens = parse(sentence)
    party = SentenceParties(tokens).subject(at(tokens, verb))
    assert tokens[party.last].text == subject


def test_the_governor_of_an_infinitive_is_found_beyond_help():
    tokens = parse("Norway offered to help mediate.")
    assert tokens[governor_of(tokens, at(tokens, "mediate"))].lemma == "offer"
    assert governor_of(tokens, at(tokens, "offered")) is None


def test_the_preposition_reaches_over_including():
    tokens = parse("Russia was condemned by several bodies, including NATO and the EU.")
    assert [p.preposition for p in SentenceParties(tokens).parties] == ["", "by"]
