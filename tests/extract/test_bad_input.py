"""Texts that are no clean English news: neither extractor fails, invents claims or takes its time."""

import random
import time

import pytest

from extract.extractors import BOTH
from extract.reading import document_of
from kg.model.checks import require_sound
from kg.model.documents import Document, Sentence
from kg.model.errors import DocumentError

MAX_SECONDS = 5.0  # for a sentence of 5,000 characters; 0.7 to 2.5 measured, 22 before places were looked up
STATES = [
    "Iran",
    "Israel",
    "Russia",
    "China",
    "France",
    "Germany",
    "Turkey",
    "Egypt",
    "Qatar",
    "Oman",
    "Iraq",
    "Syria",
    "Lebanon",
    "Jordan",
    "Kuwait",
    "Ukraine",
    "Poland",
    "India",
    "Japan",
    "Canada",
]
JOINTS = (" attacked", " said that", " and", ", which condemned", " with", " sanctioned", "'s strikes on")

OTHER_LANGUAGES = {
    "Russian": "Россия нанесла удар по Украине, сообщил Владимир Путин в Москве.",
    "Persian": "ایران روز چهارشنبه حملات اسرائیل را محکوم کرد.",
    "Arabic": "قالت إسرائيل إن إيران هاجمت تل أبيب أمس.",
    "Chinese": "伊朗外长星期三谴责以色列对德黑兰的袭击。",
}
STRANGE = {
    "nothing at all": (),
    "an empty sentence": ("Iran attacked Israel.", "", "Israel answered."),
    "only white space": ("   ",),
    "only punctuation": ('!!! ... ??? --- ,,, "" \'',),
    "emoji": ("🇮🇷 Iran 🚀 attacked 🇮🇱 Israel 👨\u200d👩\u200d👧 on Monday 😀",),
    "combining characters": ("I\u0301ra\u0301n attacke\u0301d Israe\u0308l on Monday.",),
    "zero-width characters": ("Ir\u200ban attacked\u200b Israel\u200d on\ufeff Monday.",),
    "control characters": ("Iran\x00 attacked \x07Israel.",),
    "half a character": ("Iran \ud800 attacked Israel.",),
    "marks of writing direction": ("\u202bIran attacked Israel\u202c and \u2067Russia\u2069 condemned it.",),
    "no capital letters": ("iran attacked israel on monday, vladimir putin said.",),
    "a table": ("| Iran | 12 | attack |", "| --- | --- | --- |", "| Israel | 3 | strike |"),
    "a list": ("- Iran", "* Israel", "1. attacks", "2) sanctions on Russia"),
    "code": ('if iran.attack(israel): raise War("Iran")  # attack', 'def f(x): return {"Iran": [1, 2]}'),
}
LONG = {
    "a word of 10,000 letters": "Iran attacked " + "x" * 10_000 + " Israel.",
    "10,000 Chinese characters": "伊" * 10_000,
    "a list of names": ", ".join(STATES * 30),
    "names joined by hyphens": "-".join(STATES * 30),
    "a chain of help": "Iran " + "help " * 1_200 + "attack Israel.",
    "a chain of including": "talks " + "including " * 600 + "Iran attacked.",
    "verbs that carry one another": "Iran may " + "carry remain stay " * 350 + "attack Israel.",
    "a chain of not": "Iran did " + "not " * 1_500 + "attack Israel.",
    "quotation marks": '"' * 2_500 + "Iran attacked Israel" + '"' * 2_500,
    "dates": "on Monday June 5, 2025 " * 220 + "Iran attacked Israel.",
    "numbers": "12 people were killed and " * 200 + "Iran attacked Israel.",
    "who says what": "he said that they attacked it and " * 150,
}


def long_sentence(characters):
    """Return a sentence of names with all that can stand between them, the same one each time."""
    chosen, words, size = random.Random(1), [], 0
    while size < characters:
        words.append(chosen.choice(STATES) + chosen.choice(JOINTS))
        size += len(words[-1]) + 1
    return " ".join(words)[:characters]


def extract(extractor, document):
    return require_sound(document, extractor().extract(document))


def seconds(extractor, document):
    """Return the CPU seconds of the better of two extractions, the tables loaded before."""
    reader = extractor()
    reader.extract(document_of("Iran attacked Israel on Monday, and Russia imposed sanctions."))
    took = []
    for _ in range(2):
        started = time.process_time()
        require_sound(document, reader.extract(document))
        took.append(time.process_time() - started)
    return min(took)


@pytest.mark.parametrize("extractor", BOTH)
@pytest.mark.parametrize("sentences", STRANGE.values(), ids=STRANGE)
def test_strange_texts_are_read_without_an_error(extractor, sentences):
    document = document_of(*sentences)
    assert extract(extractor, document).doc_id == document.doc_id


@pytest.mark.parametrize("extractor", BOTH)
@pytest.mark.parametrize("text", OTHER_LANGUAGES.values(), ids=OTHER_LANGUAGES)
def test_other_languages_give_no_claims(extractor, text):
    assert extract(extractor, document_of(text, text)).claims == ()


@pytest.mark.parametrize("extractor", BOTH)
@pytest.mark.parametrize(
    "text", ["IRAN ATTACKED ISRAEL ON MONDAY.", "🇮🇷 Iran\xa0attacked \u202aIsrael\u202c 🚀 on Monday."]
)
def test_capitals_and_signs_around_names_hide_no_event(extractor, text):
    found = extract(extractor, document_of(text))
    assert [claim.etype for claim in found.claims] == ["ATTACK"]
    assert {actor.key for actor in found.actors} == {"IRN", "ISR"}


@pytest.mark.parametrize("extractor", BOTH)
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_sentences_are_read_in_bounded_time(extractor, text):
    assert seconds(extractor, document_of(text)) < MAX_SECONDS


@pytest.mark.parametrize("extractor", BOTH)
def test_a_sentence_of_5000_characters_full_of_names_is_read_in_bounded_time(extractor):
    assert seconds(extractor, document_of(long_sentence(5_000))) < MAX_SECONDS


@pytest.mark.parametrize("extractor", BOTH)
def test_time_grows_with_the_text_and_not_with_its_square(extractor):
    sentences = [
        f"{a} attacked {b} on Monday, and Russia condemned it." for a, b in zip(STATES, STATES[7:], strict=False)
    ]
    short, long = seconds(extractor, document_of(*sentences)), seconds(extractor, document_of(*sentences * 6))
    assert long < 10 * short  # 6 when linear, 36 when quadratic


@pytest.mark.parametrize("extractor", BOTH)
def test_200_states_in_one_paragraph_are_all_mentioned(extractor):
    document = document_of(*[f"{', '.join(STATES[:-1])} and {STATES[-1]} signed it." for _ in range(10)])
    assert len(extract(extractor, document).mentions) == 200


@pytest.mark.parametrize(
    "places",
    [((22, 42), (0, 21)), ((0, 30), (10, 42)), ((0, 21), (22, 400)), ((5, 2),), ((-5, 21),), ((0, 21), (0, 21))],
    ids=[
        "out of order",
        "overlapping",
        "beyond the text",
        "ends before it starts",
        "before the text",
        "twice the same",
    ],
)
def test_sentences_that_do_not_lie_in_order_are_named(places):
    with pytest.raises(DocumentError, match=r"story 7: sentence \d at -?\d+ to \d+ does not lie between .* order"):
        Document(
            doc_id="doc_test",
            name="story 7",
            source="test",
            media_type="text/plain",
            text="Iran attacked Israel. Russia condemned it.",
            sentences=tuple(Sentence(start=start, end=end) for start, end in places),
        )
