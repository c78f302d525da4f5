"""Who says what in a sentence, and which speech act holds a content."""

import pytest

from extract.reading import document_of
from kg.extract.actors import find_actors
from kg.extract.links import SentenceParties
from kg.extract.quotes import cut_quote
from kg.extract.speech import content_kind, find_tellings, teller_of
from kg.extract.tokens import tokenise
from kg.model.claims import MAX_QUOTE_CHARS
from kg.model.documents import Sentence
from kg.model.words import HAPPENED_STATUSES, Status


def teller(sentence, word):
    document = document_of(sentence)
    tokens = tokenise(document.text, 0, len(sentence), list(find_actors(document).within(0, len(sentence))))
    i = next(i for i, t in enumerate(tokens) if t.lower == word)
    telling = teller_of(find_tellings(SentenceParties(tokens)), i)
    return tokens[telling.speaker].text if telling else None


@pytest.mark.parametrize(
    ("sentence", "word", "speaker"),
    [
        ("Iraq said that Iran shelled a town.", "shelled", "Iraq"),
        ("Iran shelled a town, Iraq said on Tuesday.", "shelled", "Iraq"),
        ("According to Iraq, Iran shelled a town.", "shelled", "Iraq"),
        ("Iran shelled a town, according to Iraq.", "shelled", "Iraq"),
        ("Gazprom, which owns the plant, said that Iran shelled it.", "shelled", "Gazprom"),
        ("Iran shelled a town.", "shelled", None),
        ("Iraq confirmed the visit after Iran shelled a town.", "shelled", None),
    ],
)
def test_the_speaker_is_who_says_it(sentence, word, speaker):
    assert teller(sentence, word) == speaker


def test_what_happened_is_no_content():
    assert all(content_kind(status) is None for status in HAPPENED_STATUSES)
    assert all(content_kind(status) is not None for status in set(Status) - HAPPENED_STATUSES)


@pytest.mark.parametrize("at", [0, 120, 333, 595])
def test_a_quote_is_cut_between_words_and_holds_the_trigger(at):
    text = "word " * 120
    start = at - at % 5
    low, high = cut_quote(text, Sentence(start=0, end=599), [(start, start + 4), (0, 4)])
    assert high - low <= MAX_QUOTE_CHARS
    assert low <= start
    assert start + 4 <= high
    assert text[low:high].strip() == text[low:high]
    assert set(text[low:high].split()) == {"word"}


def test_a_short_sentence_is_quoted_whole():
    assert cut_quote("Israel struck Iran.", Sentence(start=0, end=19), [(7, 13)]) == (0, 19)
