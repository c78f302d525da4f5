import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.lines import BREAKS_TO_SPACES, lines_of, paragraphs_of

WRAPPED = (
    "The port of Varr reopened on Monday after both sides\nagreed to let ships pass through, he\nsaid. Ships left.\n"
)


def cut(text, spans):
    return [text[start:end].translate(BREAKS_TO_SPACES) for start, end in spans]


def test_blank_lines_and_margins_are_left_out():
    assert cut("  a \r\n\r\n \t\n b\u2029c", lines_of("  a \r\n\r\n \t\n b\u2029c")) == ["a", "b", "c"]


def test_wrapped_lines_are_one_paragraph():
    text = f"{WRAPPED}\nNobody was hurt.\n"
    assert len(lines_of(text)) == 4
    assert cut(text, paragraphs_of(text)) == [" ".join(WRAPPED.split("\n")).strip(), "Nobody was hurt."]


@pytest.mark.parametrize(
    "text",
    [
        "Port reopens\nShips left Varr.\nMore will leave.\nNobody was hurt.",
        f"{'A long line of a story that nobody has wrapped. ' * 4}\n{WRAPPED}",
        "one\n\ntwo\n\nthree\n\nfour",
    ],
)
def test_lines_that_were_not_wrapped_stay_apart(text):
    assert paragraphs_of(text) == lines_of(text)


@given(st.text(alphabet="ab .\r\n\u2028", max_size=60))
def test_paragraphs_hold_all_that_is_not_white_space(text):
    for spans in (lines_of(text), paragraphs_of(text)):
        assert "".join("".join(cut(text, spans)).split()) == "".join(text.split())
