"""Words cut as the published tokenizer of the encoder cuts them."""

import json

import pytest

from kg.extract.tokens import Token
from kg.extract.wordpieces import WordPieces

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "iran",
    "strike",
    "##s",
    "un",
    "##accept",
    "##able",
    "'",
    "-",
    "外",
    "e",
]


@pytest.fixture(scope="module")
def pieces(tmp_path_factory):
    path = tmp_path_factory.mktemp("pieces") / "wordpieces.json"
    path.write_text(json.dumps({"model": {"vocab": {word: n for n, word in enumerate(VOCABULARY)}}}))
    return WordPieces(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran", ["iran"]),
        ("STRIKES", ["strike", "##s"]),
        ("unacceptable", ["un", "##accept", "##able"]),
        ("Iran-strikes'", ["iran", "-", "strike", "##s", "'"]),
        ("Iran strike", ["iran", "strike"]),
        ("É", ["e"]),
        ("外外", ["外", "外"]),
        ("i\u200bran", ["iran"]),
        ("strikez", ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
        ("s" * 101, ["[UNK]"]),
    ],
)
def test_a_word_is_cut_into_the_longest_pieces_from_the_left(pieces, text, expected):
    (ids,) = pieces.of([Token(0, len(text), text)])
    assert [VOCABULARY[i] for i in ids] == expected


def test_a_file_without_the_marks_is_refused(tmp_path):
    path = tmp_path / "wordpieces.json"
    path.write_text(json.dumps({"model": {"vocab": {"iran": 0}}}))
    with pytest.raises(ValueError, match=r"lacks \[CLS\], \[SEP\], \[MASK\], \[UNK\]"):
        WordPieces(path)
