import pytest

from documents.raws import raw
from kg.documents.aggregator import Story
from kg.documents.compose import Imprint, compose, document_id
from kg.documents.lines import lines_of
from kg.model.errors import DocumentError
from kg.model.words import SentenceKind

ADVERT = "Academy Empower your mind, elevate your skills"


def compose_all(source, *, has_title=False):
    lines = lines_of(source)
    story = Story(title=lines[0] if has_title else None, lines=lines[1:] if has_title else lines)
    return compose(raw(source), source, story, Imprint(name="x1"))


def test_offsets_are_told_where_text_and_raw_text_begin_to_run_in_step():
    source = "Port reopens\n\nIt fell.Then it rose. So\n  be it."
    document = compose_all(source, has_title=True)
    assert document.text == "Port reopens\nIt fell.\nThen it rose. So\nbe it."
    assert document.raw_offsets == ((0, 0), (13, 14), (22, 22), (39, 41))


def test_lines_one_break_apart_run_in_step():
    assert compose_all("It fell.\nThen it rose.").raw_offsets == ((0, 0),)


def test_an_advert_fused_to_the_first_sentence_is_cut():
    document = compose_all(f"{ADVERT} Varr is calm.")
    assert (document.text, document.raw_offsets) == ("Varr is calm.", ((0, len(ADVERT) + 1),))


def test_a_title_is_one_sentence_even_if_it_holds_two():
    document = compose_all("Why now? Because of May\nShips left.", has_title=True)
    assert [(s.start, s.end, s.kind) for s in document.sentences] == [
        (0, 23, SentenceKind.TITLE),
        (24, 35, SentenceKind.NARRATION),
    ]


def test_a_title_alone_is_no_document():
    with pytest.raises(DocumentError, match="x1: no text but a title; leave it out"):
        compose_all("Port reopens", has_title=True)


def test_the_id_of_a_text_does_not_depend_on_its_white_space():
    assert document_id(" Ships\tleft\n\nVarr. ") == document_id("Ships left Varr.") != document_id("Shipsleft Varr.")
