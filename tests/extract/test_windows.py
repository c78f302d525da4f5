"""Windows own every sentence once and fit the encoder; fields of words and pairs fit their tables."""

from hypothesis import given
from hypothesis import strategies as st

from extract.reading import document_of
from kg.extract.actors import find_actors
from kg.extract.reading import sides_of
from kg.extract.windows import MAX_PIECES, Event, Marks, Pairs, pair_sizes, read_sentences, windows_of

sentences_of_pieces = st.lists(st.lists(st.integers(1, 3).map(lambda n: (7,) * n), max_size=300), max_size=12)


@given(sentences_of_pieces)
def test_every_token_is_owned_once_and_no_window_is_too_long(pieces):
    owned = []
    for window in windows_of(pieces):
        assert sum(map(len, window.pieces)) <= MAX_PIECES
        assert list(window.tokens) == sorted(set(window.tokens))
        owned += [place for place in window.tokens if place[0] in window.owned]
    assert owned == [(n, i) for n, sentence in enumerate(pieces) for i in range(len(sentence))]


def test_a_word_of_more_pieces_than_a_window_is_cut():
    (window,) = windows_of([[(7,) * (3 * MAX_PIECES)]])
    assert window.pieces == ((7,) * MAX_PIECES,)


def test_a_later_window_is_read_with_the_title_and_the_sentences_before_it():
    sentence = [(7,)] * 50
    first, second, *_ = windows_of([sentence] * 20)
    context = {n for n, _ in second.tokens} - second.owned
    assert 0 in context
    assert max(first.owned) in context


def test_fields_of_pairs_fit_their_tables():
    document = document_of(
        "Iran strikes Israel",
        "Iran's army attacked Israel, which Russia and China condemned, including in talks with Qatar.",
        "The US asked Oman to help mediate between Iran and Israel.",
    )
    found = find_actors(document)
    read = read_sentences(document, found)
    marks = Marks(found, sides_of(found))
    for sentence in read:
        for i in range(len(sentence.tokens)):
            pairs = Pairs(Event(sentence, i, "ATTACK"), marks)
            for other in read:
                for j, token in enumerate(other.tokens):
                    if token.span is not None:
                        fields = pairs.fields(other, j)
                        assert all(0 <= f < size for f, size in zip(fields, pair_sizes(), strict=True))
