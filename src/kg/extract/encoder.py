"""What the trained encoder says of a document: which words name events, their status, and who plays which role."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from kg.extract.confidence import read_calibration
from kg.extract.spans import DocumentActors
from kg.extract.triggers import CONTENT_TAGS
from kg.extract.windows import (
    Event,
    Marks,
    Pairs,
    ReadSentence,
    Window,
    event_classes,
    status_fields,
    trigger_fields,
    windows_of,
)
from kg.extract.wordpieces import WordPieces
from kg.model.errors import WeightsError

FORMAT = "1"
VERSION = "3"
T = TypeVar("T")
Session = Any  # onnxruntime.InferenceSession
Array = Any  # numpy.ndarray; numpy is imported where the weights are loaded


class Encoder:
    """Weights of an encoder and its heads, loaded once; the same words give the same numbers."""

    def __init__(self, folder: Path) -> None:
        """Load `encoder.onnx`, `heads.npz`, `wordpieces.json` and, where there is one, `calibration.json` of a folder.

        Raises:
            WeightsError: A file is missing, broken or of another format; the message names it and the way out.
        """
        self.pieces = _loaded(folder / "wordpieces.json", WordPieces)
        self._session = _loaded(folder / "encoder.onnx", _session)
        self.heads = _loaded(folder / "heads.npz", _heads)
        self.calibration = _loaded(folder / "calibration.json", read_calibration)
        self._require_format(folder / "heads.npz")
        self.name = "encoder"
        self.version = f"{VERSION}.{_digest(folder)}"

    def _require_format(self, path: Path) -> None:
        given = str(self.heads.pop("format", "none"))
        classes = [str(c) for c in self.heads.pop("classes", [])]
        if given != FORMAT or classes != list(event_classes()):
            raise WeightsError(
                f"weights {path} are of format {given} with {len(classes)} event classes; this version of kg reads "
                f"format {FORMAT} with {len(event_classes())} of the ontology: train them again with kg train"
            )

    def states(self, window: Window, marks: Sequence[Sequence[int]]) -> Array:
        """Return T x size states of the tokens of a window, the mean of those of their pieces."""
        import numpy as np

        sizes = [len(p) for p in window.pieces]
        pieces = [self.pieces.start, *(p for token in window.pieces for p in token), self.pieces.end]
        of_pieces = np.zeros((1, len(pieces), len(marks[0])), dtype=np.int64)
        of_pieces[0, 1:-1] = np.repeat(np.array(marks, dtype=np.int64), sizes, axis=0)
        given = {"pieces": np.array([pieces], dtype=np.int64), "marks": of_pieces}
        (found,) = self._session.run(None, given)
        starts = np.cumsum([0, *sizes[:-1]])
        sums = np.add.reduceat(found[0, 1:-1], starts, axis=0)
        return sums / np.array(sizes, dtype=np.float32)[:, None]

    def dense(self, name: str, x: Array) -> Array:
        """Return the linear layer of that name for rows x.

        Not by `@`: the threads of a BLAS wait busily between products as small as these, and on two cores four of
        five CPU seconds went into waiting. Slower by itself, einsum costs a tenth of the whole and starts no thread.
        """
        import numpy as np

        found: Array = np.einsum("ij,kj->ik", x, self.heads[f"{name}.weight"])
        return found + self.heads[f"{name}.bias"] if f"{name}.bias" in self.heads else found

    def fields(self, name: str, rows: Sequence[Sequence[int]]) -> Array:
        """Return the sum of the embeddings of each row of fields."""
        import numpy as np

        places = np.array(rows, dtype=np.int64) + self.heads[f"{name}.starts"]
        return self.heads[f"{name}.table.weight"][places].sum(axis=1)


def _loaded(path: Path, load: Callable[[Path], T]) -> T:
    try:
        return load(path)
    except Exception as error:
        fault = f"cannot be loaded: {error}" if path.exists() else "is missing"
        raise WeightsError(
            f"weights {path} {fault}; train them again with kg train, or install kg again if they came with it"
        ) from error


def _session(path: Path) -> Session:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # more threads add in another order
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _heads(path: Path) -> dict[str, Array]:
    import numpy as np

    with path.open("rb") as file, np.load(file) as held:  # numpy leaves a file open that it opened and cannot read
        return {
            name: held[name].astype(np.float32) if held[name].dtype == np.float16 else held[name] for name in held.files
        }


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    for name in ("encoder.onnx", "heads.npz", "wordpieces.json", "calibration.json"):
        if (folder / name).exists():
            found.update((folder / name).read_bytes())
    return found.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _Held:
    """A window with the states of its tokens, and of its mentions what every event asks."""

    window: Window
    states: Array
    mentions: list[int]
    named: Array
    paired: Array


@cache
def load_encoder(folder: Path) -> Encoder:
    """Return the encoder of a folder; loaded once."""
    return Encoder(folder)


class DocumentScores:
    """The encoder's answers for one document."""

    def __init__(
        self, encoder: Encoder, read: Sequence[ReadSentence], found: DocumentActors, sides: Mapping[str, str]
    ) -> None:
        """Read the document once; the questions are answered from its states."""
        self._encoder, self._read, self._marks = encoder, read, Marks(found, sides)
        self._events: dict[tuple[int, int], list[float]] = {}
        self._windows: dict[tuple[int, int], tuple[int, int]] = {}  # token of an owned sentence: window, place in it
        self._held: list[_Held] = []
        for window in windows_of([encoder.pieces.of(sentence.tokens) for sentence in read]):
            if window.tokens:
                self._add(window)

    def _add(self, window: Window) -> None:
        tokens = [self._read[n].tokens[i] for n, i in window.tokens]
        marks = [
            self._marks.word(self._read[n], token, owned=n in window.owned)
            for (n, _), token in zip(window.tokens, tokens, strict=True)
        ]
        states = self._encoder.states(window, marks)
        asked = []
        for place, (n, i) in enumerate(window.tokens):
            if n in window.owned:
                self._windows[n, i] = len(self._held), place
                if tokens[place].tag in CONTENT_TAGS:
                    asked.append(place)
        mentions = [t for t, token in enumerate(tokens) if token.span is not None]
        named = self._encoder.dense("mention_in", states[mentions])
        self._held.append(_Held(window, states, mentions, named, self._encoder.dense("mention_pair", named)))
        if asked:
            self._score_events(window, states, asked)

    def _score_events(self, window: Window, states: Array, asked: Sequence[int]) -> None:
        places = [window.tokens[t] for t in asked]
        given = self._encoder.fields("trigger_fields", [trigger_fields(self._read[n].tokens, i) for n, i in places])
        hidden = gelu(self._encoder.dense("trigger_in", states[list(asked)]) + given)
        scores = self._encoder.dense("trigger_out", hidden)
        scores[:, 1:] += self._encoder.dense("trigger_class", hidden)[:, self._encoder.heads["parents"][1:]]
        for place, row in zip(places, softmax(scores).tolist(), strict=True):
            self._events[place] = row

    def event(self, number: int, i: int) -> list[float] | None:
        """Return the probabilities of the event classes of a noun, verb or adjective, None for others."""
        return self._events.get((number, i))

    def status(self, number: int, i: int, etype: str) -> list[float]:
        """Return the probabilities of the statuses, in the order of `STATUSES`."""
        import numpy as np

        held, place = self._windows[number, i]
        state = self._held[held].states[place]
        given = np.concatenate([state, self._type(etype)])[None]
        fields = self._encoder.fields("status_fields", [status_fields(self._read[number].tokens, i, etype)])
        scores = self._encoder.dense("status_out", gelu(self._encoder.dense("status_in", given) + fields))
        odds: list[float] = softmax(scores)[0].tolist()
        return odds

    def _type(self, etype: str) -> Array:
        return self._encoder.heads["types.weight"][event_classes().index(etype)]

    def roles(self, number: int, i: int, etype: str) -> dict[str, list[float]]:
        """Return for each actor of the window, by local id, the probabilities of no role and of `LEARNT_ROLES`."""
        import numpy as np

        held, place = self._windows[number, i]
        here = self._held[held]
        if not here.mentions:
            return {}
        pair = Pairs(Event(self._read[number], i, etype), self._marks)
        fields = [pair.fields(self._read[n], j) for n, j in (here.window.tokens[m] for m in here.mentions)]
        event = self._encoder.dense("event_in", np.concatenate([here.states[place], self._type(etype)])[None])
        hidden = self._encoder.dense("event_pair", event) + here.paired
        hidden = hidden + self._encoder.dense("product_pair", event * here.named)
        hidden = hidden + self._encoder.fields("pair_fields", fields)
        scores = self._encoder.dense("role_out", gelu(hidden))
        best: dict[str, Array] = {}
        for m, row in zip(here.mentions, scores, strict=True):
            n, j = here.window.tokens[m]
            span = self._read[n].tokens[j].span
            actor = span.local_id if span is not None else ""
            best[actor] = np.maximum(best[actor], row) if actor in best else row
        odds = softmax(np.concatenate([np.zeros((len(best), 1), np.float32), np.stack(list(best.values()))], axis=1))
        return dict(zip(best, odds.tolist(), strict=True))


def gelu(x: Array) -> Array:
    """Return the Gaussian error linear unit of x."""
    import numpy as np

    return 0.5 * x * (1.0 + _erf(x / np.float32(2**0.5)))


def _erf(x: Array) -> Array:
    """Return the error function (Abramowitz and Stegun 7.1.26; off by at most 1.5e-7)."""
    import numpy as np

    t = 1.0 / (1.0 + 0.3275911 * np.abs(x))
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.sign(x) * (1.0 - poly * np.exp(-x * x))


def softmax(scores: Array) -> Array:
    """Return the probabilities of rows of scores."""
    import numpy as np

    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)
