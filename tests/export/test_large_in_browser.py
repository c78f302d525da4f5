"""Maps of a hundred to ten thousand actors: a first sight of few, every name readable, and few bytes."""

import pytest

from export.large_graph import large_graph
from export.page_data import block_of, overlapping
from export.sample_graph import sample_graph
from kg.export import html
from kg.export.map_model import map_model
from kg.export.options import read_options
from kg.export.page import HtmlExporter

pytestmark = pytest.mark.browser

SIZES = {100: 300, 500: 2_400, 2_000: 9_500}
"""Actors and events; `make bench` draws 10,000 and 48,000."""
BLOCKS = ("kg-nodes", "kg-edges", "kg-data")
BYTES_OF_EVENT = 340  # with its sentence of some 95 characters, its share of actors, ties and documents


@pytest.fixture(scope="module", params=SIZES, ids=str)
def large_file(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / f"{request.param}.html"
    HtmlExporter().write(large_graph(request.param, SIZES[request.param]), path, {})
    return path


@pytest.fixture(scope="module")
def large(open_shared_page, large_file):
    return open_shared_page(large_file)


def test_the_first_sight_is_of_few(large):
    page = large.page
    assert 10 <= len(page.evaluate("kgMap.drawnActors()")) <= 25
    assert 20 <= len(page.evaluate("kgMap.ties()")) <= 90
    assert (large.requests, large.complaints, large.violations()) == ([], [], [])


def test_every_name_is_readable_without_a_touch(large):
    boxes = large.page.evaluate("kgMap.labelBoxes()")
    assert {box["id"] for box in boxes} == set(large.page.evaluate("kgMap.drawnActors()"))
    assert overlapping(boxes) == []


def test_dashes_are_only_drawn_where_few_ties_are(large):
    page = large.page
    assert any(tie["dashes"] for tie in page.evaluate("kgMap.drawnTies()")) or len(page.evaluate("kgMap.ties()")) > 60
    page.click("label[for=show-all]")
    drawn = page.evaluate("kgMap.drawnTies()")
    page.click("label[for=show-all]")
    assert any(tie["dashes"] for tie in drawn) == (len(drawn) <= 150)


def test_a_switch_leaves_no_more_than_the_first_sight_either(large):
    page = large.page
    for switch in ("conflict", "happened"):
        page.click(f"label[for=switch-{switch}]")
        assert 0 < len(page.evaluate("kgMap.ties()")) <= 90
        assert len(page.evaluate("kgMap.drawnActors()")) <= 25
        page.click(f"label[for=switch-{switch}]")


def test_who_stands_far_off_comes_near_when_picked(open_page, large_file):
    page = open_page(large_file).page
    drawn, actors = set(page.evaluate("kgMap.drawnActors()")), page.evaluate("kgMap.actors()")
    first = page.evaluate("kgMap.scale()")
    places = {actor: page.evaluate("(id) => kgMap.actorPlace(id)", actor) for actor in drawn}
    for actor in [a for a in actors if a not in drawn][::-80][:8]:
        page.evaluate("(id) => kgMap.selectActor(id)", actor)
        assert page.evaluate("kgMap.scale()") > 0.7 * first
        at = page.evaluate("(id) => kgMap.actorPoint(id)", actor)
        assert 226 < at["x"] < 1068
        assert 62 < at["y"] < 760
        assert {other: page.evaluate("(id) => kgMap.actorPlace(id)", other) for other in drawn} == places
        page.evaluate("kgMap.clear()")


def test_the_file_grows_by_little_with_each_event(large_file):
    page = large_file.read_text(encoding="utf-8")
    events = block_of(page, "kg-data")["events"]["length"]
    told = sum(len(page.split(f'id="{name}">', 1)[1].split("</script>", 1)[0].encode()) for name in BLOCKS)
    assert told < BYTES_OF_EVENT * events


def test_a_packed_payload_is_the_same_map(open_page, tmp_path, monkeypatch):
    model = map_model(sample_graph(), read_options({}, "html"))
    for name, least in (("plain", html.PACKED_FROM), ("packed", 1_000)):
        monkeypatch.setattr(html, "PACKED_FROM", least)
        (tmp_path / f"{name}.html").write_bytes(html.html_page(model).encode("utf-8"))
    plain, packed = (tmp_path / f"{name}.html" for name in ("plain", "packed"))
    assert packed.stat().st_size < plain.stat().st_size
    one, other = open_page(plain), open_page(packed)
    for told in ("kgMap.ties()", "kgMap.drawnActors()", "document.querySelector('#panel').innerText"):
        assert one.page.evaluate(told) == other.page.evaluate(told)
    assert (other.requests, other.complaints, other.violations()) == ([], [], [])
