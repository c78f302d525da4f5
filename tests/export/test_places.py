"""Places that are kept from one drawing of a map to the next."""

import pytest

from export.page_data import block_of, rows_of
from export.sample_graph import sample_graph
from kg.export.page import HtmlExporter
from kg.model.errors import UsageError

SOME = tuple(f"e{n:02}" for n in range(1, 36))


def drawn_nodes(path):
    nodes = rows_of(block_of(path.read_text(encoding="utf-8"), "kg-nodes"))
    return {node["id"]: (node["x"], node["y"], node["narrow_x"], node["narrow_y"]) for node in nodes}


def test_a_map_that_grows_leaves_everybody_in_place(tmp_path):
    options = {"places": str(tmp_path / "places.json")}
    HtmlExporter().write(sample_graph(SOME), tmp_path / "yesterday.html", options)
    HtmlExporter().write(sample_graph(), tmp_path / "today.html", options)
    yesterday, today = (drawn_nodes(tmp_path / f"{name}.html") for name in ("yesterday", "today"))
    assert len(today) > len(yesterday) > 10
    assert {key: today[key] for key in yesterday} == yesterday


def test_who_is_away_for_a_day_comes_back_to_its_place(tmp_path):
    options = {"places": str(tmp_path / "places.json")}
    for name, events in (("one", ()), ("two", SOME), ("three", ())):
        HtmlExporter().write(sample_graph(events), tmp_path / f"{name}.html", options)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "three.html").read_bytes()


@pytest.mark.parametrize("text", ["no json", "[]", '{"RUS": [1, 2]}', '{"RUS": "here"}'])
def test_a_file_of_something_else_is_named_with_the_way_out(tmp_path, text):
    (tmp_path / "places.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"places\.json.*delete the file"):
        HtmlExporter().write(sample_graph(), tmp_path / "map.html", {"places": str(tmp_path / "places.json")})
