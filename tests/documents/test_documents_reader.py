import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.raws import RETRIEVED, raw
from kg.documents import read
from kg.documents.glue import count_words, find_glued
from kg.model.documents import MediaType
from kg.model.errors import DocumentError
from kg.model.words import Basis, Precision, SentenceKind

SHARED = Path(__file__).parents[2] / ".." / "shared"
SEEDS = SHARED / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed texts do not lie beside this checkout")

PAGE = """logo
Envoy meets rebels in Port Varr
Envoy meets rebels in Port Varr

Harbour Wire3 hours ago

The envoy met rebel leaders on Monday.They agreed to talk again.
Comments
No comments yet...
Related Articles

Ministry delays fuel sanctions
Ministry delays fuel sanctions
Plains Gazette
time20 minutes ago
  • Plains Gazette
Ministry delays fuel sanctions

The ministry delayed the sanctions. Envoy meets rebels in Port Varr, it noted.
Ministry delays fuel sanctions
DOWNLOAD THE APP
"""


def sentences(document, kind=None):
    return [document.text[s.start : s.end] for s in document.sentences if kind in (None, s.kind)]


def expected_stories():
    expected = json.loads((SHARED / "data/sources/seed_split_expected.json").read_text(encoding="utf-8"))
    return [(name, no, story) for name, stories in expected["files"].items() for no, story in enumerate(stories)]


def read_seed(name):
    return read(raw((SEEDS / name).read_bytes(), retrieved_at=RETRIEVED))


@needs_seeds
def test_seeds_give_their_stories():
    for name, no, story in expected_stories():
        document = read_seed(name)[no]
        body = document.text.removeprefix(story["title"] + "\n")
        advert = story.get("inline_boilerplate", "")
        assert document.title == story["title"]
        assert document.publisher == story["publisher"]
        assert sentences(document, SentenceKind.TITLE) == [story["title"]]
        starts = "Ukrainian President Volodymyr" if advert else story["body_starts"]
        assert f"\n{starts}" in document.text
        assert body.startswith(starts) != story.get("has_standfirst", False)
        assert body.endswith(story["body_ends"])
        assert advert == "" or advert not in document.text


@needs_seeds
def test_seeds_give_five_documents_and_no_interface_line():
    names = dict.fromkeys(name for name, _, _ in expected_stories())
    documents = [document for name in names for document in read_seed(name)]
    dropped = json.loads((SHARED / "data/sources/seed_split_expected.json").read_text(encoding="utf-8"))["dropped"]
    assert len({document.doc_id for document in documents}) == len(documents) == 5
    assert not [line for document in documents for line in document.text.split("\n") if line in dropped]
    assert all("Ready to dive" not in document.text for document in documents)
    assert {document.lang for document in documents} == {"en"}


@needs_seeds
def test_seeds_give_four_times():
    documents = read_seed("004_d087d1f10e451608.txt")
    assert [document.published.value for document in documents] == ["2025-06-21/2025-06-22", *["2025-06-27"] * 3]
    assert [document.published.end for document in documents] == [
        datetime(2025, 6, 22, 12, tzinfo=UTC),
        *(datetime(2025, 6, 27, 11, minute, tzinfo=UTC) for minute in (45, 41, 27)),
    ]


@needs_seeds
def test_seeds_have_every_lost_break_put_in():
    put_in = 0
    for name, no, story in expected_stories():
        document = read_seed(name)[no]
        for context in story.get("glued_contexts", ()):
            assert context not in document.text
            assert any(f"{context[:i]}\n{context[i:]}" in document.text for i in range(1, len(context)))
            put_in += 1
    assert put_in == 13


@needs_seeds
def test_seeds_mark_what_the_narrator_does_not_tell():
    of_kind = {
        kind: [len(sentences(document, kind)) for document in read_seed("004_d087d1f10e451608.txt")]
        for kind in (SentenceKind.QUOTED_POST, SentenceKind.CAPTION, SentenceKind.BROKEN)
    }
    assert of_kind == {
        SentenceKind.QUOTED_POST: [3, 0, 0, 0],
        SentenceKind.CAPTION: [0, 0, 0, 1],
        SentenceKind.BROKEN: [0, 0, 4, 0],
    }


@needs_seeds
def test_gold_sentences_have_no_break_put_in():
    paths = [*(SHARED / "gold").glob("dev/*.texts.jsonl"), *(SHARED / "gold").glob("train/*.texts.jsonl")]
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    gold = [sentence for line in lines for sentence in json.loads(line)["sentences"]]
    cut = [text for text in gold if find_glued(text, (0, len(text)), count_words(text))]
    assert len(gold) > 1_000
    assert len(cut) <= 1  # one is two sentences without a space between them


def test_a_page_of_an_aggregator_gives_one_document_a_story():
    content = raw(PAGE, retrieved_at=RETRIEVED, url="https://varr.example/")
    first, second = read(content)
    assert first.text == (
        "Envoy meets rebels in Port Varr\nThe envoy met rebel leaders on Monday.\nThey agreed to talk again."
    )
    assert (first.publisher, second.publisher) == ("Harbour Wire", "Plains Gazette")
    assert sentences(second) == [
        "Ministry delays fuel sanctions",
        "The ministry delayed the sanctions.",
        "Envoy meets rebels in Port Varr, it noted.",
    ]
    assert (first.segment_no, second.segment_no) == (0, 1)
    assert first.segment_of == second.segment_of == f"sha256:{content.sha256}"
    assert (first.name, second.url) == ("desk/page.txt#0", "https://varr.example/")


def test_an_age_is_counted_back_from_retrieval():
    first, second = read(raw(PAGE, retrieved_at=RETRIEVED))
    assert first.published.start == datetime(2025, 6, 27, 8, tzinfo=UTC)
    assert first.published.end == datetime(2025, 6, 27, 9, tzinfo=UTC)
    assert (first.published.precision, first.published.basis) == (Precision.HOUR, Basis.RETRIEVAL)
    assert (second.published_method, second.published.precision) == ("aggregator-relative", Precision.MINUTE)


def test_an_age_without_a_time_of_retrieval_says_so():
    first, _ = read(raw(PAGE))
    assert (first.published, first.published_method) == (None, "aggregator-relative, retrieval time unknown")


def test_a_story_told_twice_on_a_page_is_one_document():
    block = PAGE.removeprefix("logo\n").partition("Ministry")[0]
    assert len(read(raw(block + block))) == 1


def test_a_head_without_a_story_costs_nothing_else():
    teaser = "Rain ahead\nRain ahead\nHarbour Wire2 days ago\n"
    assert [document.segment_no for document in read(raw(teaser + PAGE))] == [1, 2]


def test_plain_text_is_one_story_with_title_and_standfirst():
    (document,) = read(raw("Port reopens\n\nShips may leave again\n\nThe port of Varr reopened. Ships left.\n"))
    assert document.title == "Port reopens"
    assert [s.kind for s in document.sentences] == [SentenceKind.TITLE, *[SentenceKind.NARRATION] * 3]
    assert (document.segment_of, document.published, document.published_method) == (None, None, None)


def test_a_known_title_is_the_title_even_if_it_ends_like_a_sentence():
    (document,) = read(raw("Port reopens.\n\nShips left Varr.", title="Port  reopens.", published_at="2025-06-19"))
    assert sentences(document, SentenceKind.TITLE) == ["Port reopens."]
    assert (document.published.value, document.published_method) == ("2025-06-19", "source")


def test_a_single_line_is_told_and_no_title():
    (document,) = read(raw("Varr closed its port", title="Port news"))
    assert [s.kind for s in document.sentences] == [SentenceKind.NARRATION]
    assert document.title == "Port news"


def test_wrapped_copy_is_read_by_paragraphs():
    text = (
        "Port of Varr reopens\r\n\r\n"
        "The port of Varr reopened on Monday after the two sides agreed to\r\n"
        "let ships pass, the harbour master said. Ships had been waiting\r\n"
        "since May.\r\n\r\nNobody was hurt.\r\n"
    )
    (document,) = read(raw(text))
    assert len(document.sentences) == 4
    assert "agreed to  let ships pass" in document.text


def test_a_bad_date_of_the_source_is_told_and_not_believed():
    (document,) = read(raw("Varr closed its port.", published_at="last week"))
    assert document.published is None
    assert "'last week'" in document.published_method


def test_any_other_media_type_is_read_as_it_stands():
    record = "<ENTRY>\n  <NAME>Varr Shipping.It trades</NAME>\n\n</ENTRY>"
    (document,) = read(raw(record, MediaType.UN_RECORD, title="Varr Shipping", published_at="2025-06-01"))
    assert document.text == record
    assert sentences(document) == ["<ENTRY>", "<NAME>Varr Shipping.It trades</NAME>", "</ENTRY>"]
    assert (document.title, document.published.value) == ("Varr Shipping", "2025-06-01")


def test_only_interface_lines_are_no_document():
    with pytest.raises(DocumentError, match=r"desk/page\.txt: no text but interface lines"):
        read(raw("Comments\nNo comments yet...\nShare\n"))


def test_a_copy_laid_out_anew_is_the_same_document():
    (first,) = read(raw("Port reopens\n\nShips left Varr. All were empty."))
    (second,) = read(raw("Port reopens\r\n\r\n\r\n   Ships left Varr.   All were empty.\r\n"))
    assert first.doc_id == second.doc_id


LINES = st.lists(
    st.sampled_from(
        [
            "Title here",
            "Varr Post5 days ago",
            "Comments",
            "It fell.Then it rose.",
            'He said "no."She left.',
            "a",
            " x ",
            "",
        ]
    )
    | st.text(max_size=30),
    max_size=12,
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_text_runs_in_step_with_the_raw_text(lines, line_break):
    page = line_break.join(lines)
    try:
        documents = read(raw(page.encode("utf-8", errors="replace"), charset="utf-8"))
    except DocumentError:
        return
    decoded = page.encode("utf-8", errors="replace").decode("utf-8-sig")
    for document in documents:
        starts = [start for start, _ in document.raw_offsets]
        for i, character in enumerate(document.text):
            at = max(no for no, start in enumerate(starts) if start <= i)
            start, raw_start = document.raw_offsets[at]
            if character == "\n":  # put in between two slices
                continue
            came_from = decoded[raw_start + i - start]
            assert came_from == character or (character == " " and came_from.isspace())
        assert all(document.text[s.start : s.end].strip() for s in document.sentences)
        assert read(raw(page.encode("utf-8", errors="replace"), charset="utf-8")) == documents
