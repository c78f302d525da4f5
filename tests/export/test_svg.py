"""The drawing: what it shows is what the map shows at first, and nothing in it hides anything else."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from export.sample_graph import GraphDraft, crowd, sample_graph
from export.world_graph import world_graph
from kg.export.map_model import map_model
from kg.export.options import read_options
from kg.export.palette import palette
from kg.export.picture import picture
from kg.export.png import SCALE, PngExporter
from kg.export.svg import NAMESPACE, SvgExporter, kind_of
from kg.model.errors import UsageError

GRAPHS = {"sample": sample_graph, "world": world_graph, "crowd": lambda: crowd(60, 300)}


def model_of(graph, **options):
    return map_model(graph, read_options(options, "svg", *SvgExporter.options))


def drawn(graph, folder, **options):
    """Draw on a circle, which is the quickest, unless told otherwise."""
    options = {"layout": "circle", **options}
    path = folder / "map.svg"
    SvgExporter().write(graph, path, options)
    return etree.parse(path).getroot()


def found(root, path):
    return root.xpath(path, namespaces={"s": NAMESPACE})


@pytest.mark.parametrize("name", GRAPHS)
def test_the_actors_ties_and_counts_are_those_of_the_first_sight(name, tmp_path):
    model, root = model_of(GRAPHS[name](), layout="circle"), drawn(GRAPHS[name](), tmp_path)
    actors = [actor for actor in model.actors if actor.is_core]
    ties = [tie for tie in model.ties if tie.is_core]
    assert found(root, "//s:g[starts-with(@class, 'actor')]/s:title/text()") == [actor.name for actor in actors]
    kinds = [element.get("class").split()[1] for element in found(root, "//s:g[starts-with(@class, 'tie')]")]
    assert sorted(kinds) == sorted(map(kind_of, ties))
    told = found(root, "string(//s:desc)")
    assert f"Actors: {len(actors)}" in told
    assert f"Ties: {len(ties)}" in told
    if len(ties) < len(model.ties):
        assert f"/ {len(model.ties)}" in told
    assert told in found(root, "//s:text/text()")


def test_what_was_only_said_is_drawn_otherwise_than_what_happened(tmp_path):
    root = drawn(sample_graph(), tmp_path)
    said = found(root, "//s:g[contains(@class, ' said')]/s:path[1]")
    assert said
    assert {line.get("stroke-width") for line in said} == {"1.1"}
    assert {line.get("stroke-dasharray") for line in said} <= {"3 4", "1.5 5"}
    deeds = found(root, "//s:g[@class='tie conflict']/s:path[1][not(@stroke-dasharray)]")
    assert deeds
    assert min(float(line.get("stroke-width")) for line in deeds) > 1.1


@pytest.mark.parametrize("name", GRAPHS)
def test_names_and_counts_lie_on_nothing_and_inside_the_sheet(name):
    shown = picture(model_of(GRAPHS[name]()))
    boxes = [disc.name for disc in shown.discs if disc.name] + [curve.badge for curve in shown.curves if curve.badge]
    for number, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[number + 1 :])
        assert box.left >= shown.frame.left - 1e-6
        assert box.top + box.height <= shown.frame.top + shown.frame.height + 1e-6
    for disc in shown.discs:
        assert not any(box.overlaps(disc.box) for box in boxes if box is not disc.name)
    assert all(disc.name for disc in shown.discs if disc.actor.type == "state")


def test_curves_run_from_rim_to_rim_and_the_two_directions_part():
    shown = picture(model_of(sample_graph()))
    discs = {disc.actor.actor_id: disc for disc in shown.discs}
    for curve in shown.curves:
        for point, end in ((curve.start, curve.tie.source), (curve.end, curve.tie.target)):
            actor = discs[end].actor
            apart = ((point[0] - actor.x) ** 2 + (point[1] - actor.y) ** 2) ** 0.5
            assert discs[end].radius < apart < discs[end].radius + 14
    middles = [curve.point(0.5) for curve in shown.curves]
    assert len(set(middles)) == len(middles)


@pytest.mark.parametrize("theme", ["", "light", "dark"])
def test_colours_are_those_of_the_page(theme, tmp_path):
    root = drawn(sample_graph(), tmp_path, theme=theme)
    colours = palette(is_dark=theme == "dark")
    assert found(root, "//s:rect/@fill")[0] == colours["ground"]
    assert set(found(root, "//s:g[contains(@class, 'conflict')]/s:path/@stroke")) == {colours["conflict"]}


def test_words_of_another_language(tmp_path):
    assert "Участники: 17" in found(drawn(sample_graph(), tmp_path, language="ru"), "string(//s:desc)")


def test_nothing_is_loaded_and_nothing_runs(tmp_path):
    root = drawn(sample_graph(), tmp_path, title="<script>alert(1)</script>")
    assert {etree.QName(element).localname for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "g", "path", "circle", "polygon", "text", "line"
    }  # fmt: skip
    names = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or "href" in name]


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=60))
def test_any_name_gives_a_drawing_that_can_be_read(text, tmp_path_factory):
    draft = GraphDraft()
    draft.actor("A", text + "\x00\u202e")
    draft.actor("B", "B")
    draft.event("e", "CONDEMN", "ACTOR=A;RECIPIENT=B")
    root = drawn(draft.graph(), tmp_path_factory.mktemp("any"), title=text)
    assert len(found(root, "//s:g[starts-with(@class, 'actor')]")) == 2
    assert not set("\x00\u202e") & set("".join(root.itertext()))


def test_two_drawings_are_the_same_bytes_and_places_stay(tmp_path):
    for name in ("one", "two"):
        SvgExporter().write(sample_graph(), tmp_path / name, {"places": str(tmp_path / "places.json")})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_circle_has_nobody_inside_and_keeps_no_places(tmp_path):
    places = tmp_path / "places.json"
    drawn(sample_graph(), tmp_path, layout="circle", places=str(places))
    assert not places.exists()
    actors = [actor for actor in model_of(sample_graph(), layout="circle").actors if actor.is_core]
    assert {round(((a.x / 380) ** 2 + (a.y / 380) ** 2) ** 0.5, 1) for a in actors} == {1.0}


def test_places_found_anew_are_those_of_a_first_map(tmp_path):
    places = tmp_path / "places.json"
    before = drawn(sample_graph(), tmp_path, layout="kept")
    drawn(sample_graph(["e01", "e02", "e08"]), tmp_path, places=str(places), layout="kept")
    anew = drawn(sample_graph(), tmp_path, places=str(places), layout="anew")
    assert etree.tostring(anew) == etree.tostring(before)


def test_an_option_takes_its_words_only(tmp_path):
    with pytest.raises(UsageError, match="option theme of the svg export is 'blue'; write light or dark"):
        drawn(sample_graph(), tmp_path, theme="blue")
    with pytest.raises(UsageError, match="option layout of the svg export is 'spiral'; write kept, anew or circle"):
        drawn(sample_graph(), tmp_path, layout="spiral")


def test_the_picture_is_the_drawing_in_pixels(tmp_path):
    root = drawn(sample_graph(), tmp_path)
    PngExporter().write(sample_graph(), tmp_path / "map.png", {"layout": "circle"})
    content = (tmp_path / "map.png").read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    size = struct.unpack(">II", content[16:24])
    for pixels, name in zip(size, ("width", "height"), strict=True):
        assert abs(pixels - SCALE * float(root.get(name))) <= 2
    PngExporter().write(sample_graph(), tmp_path / "again.png", {"layout": "circle"})
    assert (tmp_path / "again.png").read_bytes() == content
