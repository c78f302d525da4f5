"""The encoder's weights are checked when loaded, and the same text gives the same bytes wherever it is read."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from extract.extractors import BOTH, WEIGHTS, needs_weights
from extract.reading import document_of
from kg.extract.encoder import gelu, load_encoder, softmax
from kg.extract.trained import EncoderExtractor
from kg.model.errors import WeightsError

TEXTS = (
    ("Iran strikes Israel", "Iran attacked Israel on Monday, and Russia condemned it.", "It wants talks with the US."),
    ("The US imposed sanctions on Russia after Ukraine and Poland had asked for them.", "Moscow refused to talk."),
    ("Qatar offered to mediate between Israel and Hamas, Egypt said.", "Both sides rejected the offer."),
)
ONE_RUN = """
import sys
from extract.test_encoder import digest
from kg.extract.patterns import PatternsExtractor
from kg.extract.trained import EncoderExtractor
print(digest({"PatternsExtractor": PatternsExtractor, "EncoderExtractor": EncoderExtractor}[sys.argv[1]]))
"""


def digest(extractor, *, backwards=False):
    """Return a hash of all that is extracted of the texts, told in one order whichever they were read in."""
    documents = [document_of(*text) for text in TEXTS]
    reader = extractor()
    order = reversed(range(len(documents))) if backwards else range(len(documents))
    read = {n: repr(reader.extract(documents[n])) for n in order}
    return hashlib.sha256("\n".join(read[n] for n in range(len(documents))).encode()).hexdigest()


@pytest.mark.parametrize("extractor", BOTH)
def test_the_order_of_documents_does_not_matter(extractor):
    assert digest(extractor) == digest(extractor, backwards=True)


@pytest.mark.parametrize("extractor", BOTH)
def test_who_carries_out_a_strike_does_not_mediate(extractor):
    sentence = "Israel carried out air strikes on nuclear and military sites across Iran early on Friday."
    assert [claim.etype for claim in extractor().extract(document_of(sentence)).claims] == ["AIRSTRIKE"]


@pytest.mark.parametrize("extractor", BOTH)
def test_two_processes_give_the_same_bytes(extractor):
    found = {
        subprocess.run(
            [sys.executable, "-c", ONE_RUN, extractor.__name__],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "OPENBLAS_NUM_THREADS": threads,
                "PYTHONPATH": str(Path(__file__).parents[1]),
            },
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed, threads in (("1", "1"), ("2", "4"))
    }
    assert found == {digest(extractor)}


def test_missing_weights_are_named_with_the_way_out(tmp_path):
    with pytest.raises(WeightsError, match=r"wordpieces\.json is missing; train them again"):
        EncoderExtractor(str(tmp_path))


@needs_weights
@pytest.mark.parametrize("name", ["encoder.onnx", "heads.npz", "wordpieces.json"])
def test_broken_weights_are_named(tmp_path, name):
    folder = shutil.copytree(WEIGHTS, tmp_path / "weights")
    (folder / name).write_bytes(b"broken")
    with pytest.raises(WeightsError, match=rf"{name} cannot be loaded: .*; train them again"):
        load_encoder(folder)


@needs_weights
def test_weights_of_another_format_are_refused(tmp_path):
    folder = shutil.copytree(WEIGHTS, tmp_path / "weights")
    with np.load(folder / "heads.npz") as held:
        np.savez(folder / "heads.npz", **{**held, "format": np.array("0")})
    with pytest.raises(WeightsError, match=r"format 0 .* reads format 1 .* kg train"):
        load_encoder(folder)


def test_gelu_and_softmax_are_what_torch_has():
    x = np.array([[-3.0, -1.0, 0.0, 1.0, 3.0]], dtype=np.float32)
    assert gelu(x)[0] == pytest.approx([-0.00404951, -0.15865525, 0.0, 0.8413447, 2.9959507], abs=1e-6)
    assert softmax(x)[0].sum() == pytest.approx(1.0)
    assert softmax(x + 1000)[0] == pytest.approx(softmax(x)[0])
