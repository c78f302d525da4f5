"""The map of the sample graph, which several tests open in a browser."""

import pytest

from export.sample_graph import sample_graph
from kg.export.page import HtmlExporter


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "map.html"
    HtmlExporter().write(sample_graph(), path, {"title": "Sample"})
    return path
