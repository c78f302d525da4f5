import json

import pytest

from documents.raws import RETRIEVED, raw
from kg.documents import read
from kg.model.documents import MediaType
from kg.model.errors import DocumentError
from kg.model.words import Precision, SentenceKind

SENTENCES = ["Port reopens", "Ships left Varr.They were empty.", " None was hurt. "]


def read_line(line, **known):
    content = line if isinstance(line, str) else json.dumps(line)
    (document,) = read(raw(content, MediaType.KG_DOCUMENT, **known))
    return document


def test_sentences_are_taken_as_they_stand():
    document = read_line({"doc": "x1", "title": "Port reopens", "sentences": SENTENCES, "unknown": [1]})
    assert document.text == "\n".join(SENTENCES)
    assert [document.text[s.start : s.end] for s in document.sentences] == [s.strip() for s in SENTENCES]
    assert [s.kind for s in document.sentences] == [SentenceKind.TITLE, *[SentenceKind.NARRATION] * 2]
    assert (document.name, document.title, document.lang) == ("x1", "Port reopens", None)


def test_the_first_sentence_is_no_title_unless_it_is_the_same():
    assert read_line({"title": "Port", "sentences": SENTENCES}).sentences[0].kind is SentenceKind.NARRATION
    assert read_line({"sentences": SENTENCES}).sentences[0].kind is SentenceKind.NARRATION


def test_text_gets_its_title_on_top_and_its_breaks_back():
    document = read_line({"title": "Port reopens", "text": "Ships left Varr.They were empty. None was hurt."})
    assert document.text == "Port reopens\nShips left Varr.\nThey were empty. None was hurt."
    assert [s.kind for s in document.sentences] == [SentenceKind.TITLE, *[SentenceKind.NARRATION] * 3]


@pytest.mark.parametrize("text", ["Port reopens\nShips left Varr.", "Port reopens\n\n\nShips left Varr."])
def test_text_that_starts_with_the_title_has_it_once(text):
    assert read_line({"title": "Port reopens", "text": text}).text == "Port reopens\nShips left Varr."


def test_what_the_line_says_of_itself_is_kept():
    document = read_line(
        {
            "title": "t",
            "text": "x y.",
            "publisher": "Varr Post",
            "published_at": "2025-06-19",
            "url": "https://v.example/1",
            "lang": "en-GB",
        },
        retrieved_at=RETRIEVED,
    )
    assert (document.publisher, document.url, document.lang) == ("Varr Post", "https://v.example/1", "en")
    assert (document.published.value, document.published.precision) == ("2025-06-19", Precision.DAY)
    assert (document.published_method, document.retrieved_at) == ("dump", RETRIEVED)


def test_nothing_but_text_is_needed():
    document = read_line({"text": "Ships left Varr.", "title": None, "published_at": None})
    assert (document.name, document.title, document.published) == ("desk/page.txt", None, None)
    assert [s.kind for s in document.sentences] == [SentenceKind.NARRATION]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nope", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", r"'\[1\]' is no JSON object"),
        ({"title": "t"}, "neither 'text' nor 'sentences' has any text"),
        ({"text": " \n"}, "neither 'text' nor 'sentences' has any text"),
        ({"text": 5}, "'text' is 5, not a string"),
        ({"text": "x", "title": ["t"]}, r"'title' is \['t'\], not a string"),
        ({"text": "x", "doc": 7}, "'doc' is 7, not a string"),
        ({"text": "x", "published_at": "yesterday"}, "'published_at' is 'yesterday', not a date"),
        ({"sentences": []}, r"'sentences' is \[\], not a list of strings with at least one"),
        ({"sentences": "x"}, "'sentences' is 'x', not a list"),
        ({"sentences": ["a", 3]}, r"'sentences'\[1\] is 3, not a string with words"),
        ({"sentences": ["a", " "]}, r"'sentences'\[1\] is ' ', not a string with words"),
        ('{"text": "\\ud83d x"}', "'text' has half a surrogate pair at character 0"),
    ],
)
def test_a_bad_line_names_the_place_and_the_key(line, message):
    with pytest.raises(DocumentError, match=rf"desk/page\.txt: {message}"):
        read_line(line)
