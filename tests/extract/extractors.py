"""The extractors of this room that read English news, for the tests that hold for each of them."""

from importlib.resources import files

import pytest

from kg.extract.patterns import PatternsExtractor
from kg.extract.trained import EncoderExtractor

WEIGHTS = files("kg.extract").joinpath("data", "encoder")
needs_weights = pytest.mark.skipif(not WEIGHTS.is_dir(), reason="no weights of the encoder lie in this checkout")
BOTH = [
    pytest.param(PatternsExtractor, id="patterns"),
    pytest.param(EncoderExtractor, id="encoder", marks=needs_weights),
]
