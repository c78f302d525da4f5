"""Words cut into the pieces that the encoder knows."""

from collections.abc import Sequence
from pathlib import Path

from kg.extract.tokens import Token


class WordPieces:
    """The vocabulary of the encoder."""

    def __init__(self, path: Path) -> None:
        """Load a tokenizer.json."""
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.start, self.end, self.mask, self.unknown = map(self._id, ("[CLS]", "[SEP]", "[MASK]", "[UNK]"))

    def _id(self, mark: str) -> int:
        found = self._tokenizer.token_to_id(mark)
        if found is None:
            raise ValueError(f"the vocabulary lacks {mark}")
        return found

    def of(self, tokens: Sequence[Token]) -> list[tuple[int, ...]]:
        """Return for each token the ids of its pieces, the unknown one for a token that has none."""
        cut = self._tokenizer.encode_batch([t.text for t in tokens], add_special_tokens=False)
        return [tuple(c.ids) or (self.unknown,) for c in cut]
