"""Words cut into the pieces that the encoder knows: WordPiece over lower case without accents, as BERT has it."""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.extract.tokens import Token

_MAX_WORD_CHARS = 100
_CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2CEAF), (0x2F800, 0x2FA1F))


class WordPieces:
    """The vocabulary of the encoder."""

    def __init__(self, path: Path) -> None:
        """Load the vocabulary of a tokenizer.json; "##" stands before pieces that go on inside a word.

        Raises:
            ValueError: It is no such file, or lacks one of [CLS], [SEP], [MASK], [UNK].
        """
        held = json.loads(path.read_text(encoding="utf-8"))
        self._ids: dict[str, int] = held["model"]["vocab"] if "model" in held else {}
        missing = [mark for mark in ("[CLS]", "[SEP]", "[MASK]", "[UNK]") if mark not in self._ids]
        if missing:
            raise ValueError(f"the vocabulary {path.name} lacks {', '.join(missing)}")
        self.start, self.end = self._ids["[CLS]"], self._ids["[SEP]"]
        self.mask, self.unknown = self._ids["[MASK]"], self._ids["[UNK]"]
        self.size = len(self._ids)
        self._cut: dict[str, tuple[int, ...]] = {}

    def of(self, tokens: Sequence[Token]) -> list[tuple[int, ...]]:
        """Return for each token the ids of its pieces, the unknown one for a token that has none."""
        return [self._of_text(token.text) for token in tokens]

    def _of_text(self, text: str) -> tuple[int, ...]:
        found = self._cut.get(text)
        if found is None:
            found = tuple(piece for word in _words(text) for piece in self._of_word(word)) or (self.unknown,)
            if len(self._cut) < _MAX_HELD:
                self._cut[text] = found
        return found

    def _of_word(self, word: str) -> list[int]:
        """Return the longest pieces from the left; the unknown one for a word that they do not cover."""
        pieces: list[int] = []
        start = 0
        if len(word) > _MAX_WORD_CHARS:
            return [self.unknown]
        while start < len(word):
            stop = len(word)
            mark = "##" if start else ""
            while stop > start and mark + word[start:stop] not in self._ids:
                stop -= 1
            if stop == start:
                return [self.unknown]
            pieces.append(self._ids[mark + word[start:stop]])
            start = stop
        return pieces


_MAX_HELD = 50_000  # different words whose pieces are remembered


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text: lower case, no accents, each punctuation mark and Chinese character on its own."""
    word = ""
    for char in unicodedata.normalize("NFD", text.lower()):
        kind = unicodedata.category(char)
        if kind == "Mn" or (kind in {"Cc", "Cf", "Co", "Cs"} and char not in "\t\n\r") or char == "\ufffd":
            continue
        is_space = char.isspace()
        if is_space or _stands_alone(char, kind):
            if word:
                yield word
            word = ""
            if not is_space:
                yield char
        else:
            word += char
    if word:
        yield word


def _stands_alone(char: str, kind: str) -> bool:
    code = ord(char)
    is_symbol = code < 128 and not char.isalnum()
    return is_symbol or kind.startswith("P") or any(first <= code <= last for first, last in _CJK)
