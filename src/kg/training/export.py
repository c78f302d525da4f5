"""A trained network as the files that the extractor loads: int8 ONNX, heads in half precision, word pieces, a card."""

import logging
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from kg.extract.encoder import FORMAT
from kg.extract.windows import event_classes
from kg.training.network import Network

OPSET = 17


class _Whole(nn.Module):
    """The encoder over one window without padding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder = network.encoder

    def forward(self, pieces: Tensor, marks: Tensor) -> Tensor:
        return self.encoder(pieces, marks, torch.ones_like(pieces))


def export(network: Network, tokenizer: Path, folder: Path, *, quantise: bool = True) -> None:
    """Write encoder.onnx, heads.npz and wordpieces.json to a folder; a calibration of other weights goes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "calibration.json").unlink(missing_ok=True)
    network = network.train(mode=False)
    full = folder / "encoder.fp32.onnx"
    marks = torch.zeros(1, 12, 4, dtype=torch.int64)
    with _quiet():
        torch.onnx.export(
            _Whole(network).train(mode=False), (torch.arange(12)[None], marks), str(full), dynamo=False,
            opset_version=OPSET, input_names=["pieces", "marks"], output_names=["states"],
            dynamic_axes={"pieces": {1: "length"}, "marks": {1: "length"}, "states": {1: "length"}},
        )  # fmt: skip
        if quantise:
            from onnxruntime.quantization import QuantType, quantize_dynamic

            quantize_dynamic(full, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
            full.unlink()
        else:
            full.replace(folder / "encoder.onnx")
    np.savez_compressed(folder / "heads.npz", **_heads(network))
    shutil.copyfile(tokenizer, folder / "wordpieces.json")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what the exporters advise: another exporter (it splits the weights), and a step before int8."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _heads(network: Network) -> dict[str, Any]:
    held: dict[str, Any] = {
        name: value.numpy().astype(np.float16)
        for name, value in network.state_dict().items()
        if not name.startswith("encoder.")
    }
    for name in ("trigger_fields", "status_fields", "pair_fields"):
        held[f"{name}.starts"] = getattr(network, name).starts.numpy()
    held["parents"] = network.parents.numpy()
    held["format"] = np.array(FORMAT)
    held["classes"] = np.array(event_classes())
    return held
