import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.sentences import MAX_SENTENCE_CHARS, abbreviation_of, split_sentences, word_before

GOLD = Path(__file__).parents[2] / ".." / "shared" / "gold"
# Gold sentences that themselves hold two sentences, or a dateline and one; found by reading all that differ.
DOUBLE_GOLD_SENTENCES = 24


def split(text):
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Treasury fined Lt. Gen. Mark Vane and Mr. Holt.",
        "On Jan. 5 the panel cited Art. 7 and No. 12 of the pact.",
        "George W. Hale met J. K. Orr at 5 p.m. Tuesday in St. Petersburg.",
        "Prices rose 3.5 percent to $1.2 billion, said Acme Inc. spokesman Lee.",
        'He said "we will not take part ... at least not now" and left.',
        '"Who gave the order?" Senator Mara Quill asked.',
        '"Enough!" the minister said on Monday.',
        "They [...] Did not answer the letter.",
        "VIENNA, May 3. /NewsDesk/. Envoys met for a third day.",
        "1. Unofficial results are listed below.",
        "The Ph.D. candidate and the Washington, D.C. office agreed.",
        'Col. Ana "J.D." Reyes spoke.',
        "He told reporters: 'Ask me tomorrow.' \"",
    ],
)
def test_one_sentence_stays_whole(text):
    assert split(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["Iran struck back.", "Israel did not."],
        ["They left the U.S.", "The talks failed."],
        ['He called it "a success."', "She did not."],
        ["He said “no.”", "“Never,” she added."],
        ["Why now?", "Nobody knows!", "We wait."],
        ["The army withdrew.[4]", "It came back in May."],
        ["The bridge fell afterwards.(AFP)", "Envoys met on Tuesday."],
        ["He was paid.", "$5 million went missing."],
        ["The post appeared on X.", "Growers were angry."],
        ["She left at 5 p.m.", "He stayed."],
        ["Das war alles.", "Über mehr sprach er nicht."],
        ["Он отказался.", "Переговоры идут."],
        ["他拒绝了。", "谈判继续。"],
    ],
)
def test_sentences_are_parted(parts):
    joint = "" if parts[0].endswith("。") else " "
    assert split(joint.join(parts)) == parts


def test_line_breaks_always_end_a_sentence():
    assert split("A heading\r\n\r\n  and a line\u2028another ") == ["A heading", "and a line", "another"]


def test_a_long_sentence_is_cut_at_a_space():
    pieces = split("word " * 2_500)
    assert max(map(len, pieces)) <= MAX_SENTENCE_CHARS
    assert all(set(piece.split(" ")) == {"word"} for piece in pieces)
    assert sum(piece.count("word") for piece in pieces) == 2_500


def test_a_long_word_is_cut_where_it_must_be():
    assert [len(piece) for piece in split("x" * (2 * MAX_SENTENCE_CHARS + 7))] == [5_000, 5_000, 7]


@given(st.text(alphabet="aB.?!… \n\"'”(1)[]—X", max_size=80) | st.text(max_size=80))
def test_spans_are_trimmed_ordered_and_lose_only_white_space(text):
    spans = split_sentences(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(not text[edges[i] : edges[i + 1]].strip() for i in range(0, len(edges), 2))


@pytest.mark.parametrize("text", ["." * 300_000, ". " + "(" * 300_000, '."' * 300_000, ". [1]" * 100_000])
def test_hostile_runs_end(text):
    assert len(split_sentences(text)) >= 1


def test_the_word_before_a_stop():
    assert word_before('the ("U.S.', 9) == "U.S"
    assert word_before("then-Gen.", 8) == "Gen"
    assert word_before("a .", 2) == ""


@pytest.mark.parametrize(("word", "kind"), [("Gen", "name"), ("Nov", "number"), ("U.S", "either"), ("J", "either")])
def test_abbreviations_have_a_kind(word, kind):
    assert abbreviation_of(word) == kind


@pytest.mark.parametrize("word", ["end", "gen", "X", "US", "", "2025"])
def test_plain_words_are_no_abbreviation(word):
    assert abbreviation_of(word) is None


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold texts do not lie beside this checkout")
def test_clean_sentences_are_not_broken():
    sentences = [
        sentence
        for path in sorted([*GOLD.glob("dev/*.texts.jsonl"), *GOLD.glob("train/*.texts.jsonl")])
        for line in path.read_text(encoding="utf-8").splitlines()
        for sentence in json.loads(line)["sentences"]
        if "\n" not in sentence
    ]
    broken = [sentence for sentence in sentences if len(split_sentences(sentence)) != 1]
    assert len(sentences) > 1_000
    assert len(broken) <= DOUBLE_GOLD_SENTENCES
