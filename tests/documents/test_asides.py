import pytest

from kg.documents.asides import has_lost_words, sentence_kinds
from kg.model.words import SentenceKind
from kg.text.sentences import split_sentences

NARRATION, POST, CAPTION = SentenceKind.NARRATION, SentenceKind.QUOTED_POST, SentenceKind.CAPTION


def kinds(text):
    return list(sentence_kinds(text, split_sentences(text)))


def test_a_post_is_its_author_line_and_the_line_above():
    text = (
        "The envoy left on Monday.\n"
        "Envoy: 'We leave now. We will be back.' pic.twitter.com/Ab12\n"
        "— Varr Watch (@varr_watch) June 21, 2025\n"
        "Talks go on."
    )
    assert kinds(text) == [NARRATION, POST, POST, POST, NARRATION]


def test_a_post_without_a_picture_is_known_by_its_author_line():
    assert kinds("The army has crossed the river.\n— Varr Watch (@varr) 3 May 2025\nIt denied this.") == [
        POST,
        POST,
        NARRATION,
    ]


def test_a_post_inside_a_story_in_one_line_is_only_its_own_sentence():
    story = "The ships waited for three days outside the port of Varr. " * 15
    assert kinds(f"{story}We are at sea. See pic.twitter.com/Ab12 now. {story}").count(POST) == 1


def test_a_caption_is_told_again_below():
    text = (
        "The truce between Varr and Orlan collapsed in March after new shelling along the river.(AFP) "
        "Envoys met on Tuesday.\n"
        "The truce, agreed in January between Varr and Orlan, collapsed in March after shelling along the river."
    )
    assert kinds(text) == [CAPTION, NARRATION, NARRATION]


def test_a_credit_at_the_end_of_a_story_makes_no_caption():
    text = "Envoys met on Tuesday in Varr.\nThe ministers of both countries said that talks would go on in May.(AFP)"
    assert kinds(text) == [NARRATION, NARRATION]


@pytest.mark.parametrize(
    "sentence",
    [
        'He stated that output depends on access to modern plant said, "Our drones need parts."',
        'She called for an end to all trade as long as the war goes on with said, "They love money."',
        'He asked for pressure on those who help Varr to keep its further stated, "It must stop."',
        "The rules cover satellite pictures to addressing the Harbour Forum on Friday, Quill called for a ban.",
    ],
)
def test_lost_words_are_seen(sentence):
    assert has_lost_words(sentence)
    assert kinds(sentence) == [SentenceKind.BROKEN]


@pytest.mark.parametrize(
    "sentence",
    [
        'The ministry said, "We wait."',
        'Our rules, he said, "are clear."',
        'She visited Varr and said, "We wait."',
        'He noted that sources close to the government said, "We wait."',
        'The group that she spoke for said, "We wait."',
        "They are committed to keeping the port open, Quill said on Monday.",
        "With an approach to addressing the dispute, he left Varr.",
    ],
)
def test_good_sentences_lost_nothing(sentence):
    assert not has_lost_words(sentence)
