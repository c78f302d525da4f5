"""A folder of maps and its index."""

import re

import pytest
from lxml import html

from export.sample_graph import GraphDraft, sample_graph
from kg.export.folder import INDEX, add_to_folder, read_index
from kg.export.gexf import GexfExporter
from kg.export.page import HtmlExporter
from kg.export.svg import SvgExporter
from kg.export.table import CsvExporter
from kg.model.errors import UsageError


def added(folder, graph, exporter=None, name="map", **options):
    return add_to_folder(folder, name, graph, exporter or CsvExporter(), options)[0].name


def index_of(folder):
    return html.parse(str(folder / INDEX)).getroot()


def test_maps_are_listed_with_their_counts_the_latest_on_top(tmp_path):
    folder = tmp_path / "new" / "maps"
    assert added(folder, sample_graph(["e01", "e02"]), title="Early") == "map-2025-06-27.csv"
    assert added(folder, sample_graph(), title="Late") == "map-2025-06-27-2.csv"
    rows = index_of(folder).xpath("//tbody/tr")
    assert [row.xpath("string(th/a)") for row in rows] == ["Late", "Early"]
    graph = sample_graph()
    counts = [sum(node.label == label for node in graph.nodes) for label in ("Actor", "Event", "Claim", "Document")]
    assert [int(cell.text) for cell in rows[0].xpath("td[@class='number']")] == counts
    for link in index_of(folder).xpath("//a/@href"):
        assert (folder / link).is_file()


def test_each_map_leads_to_the_one_before_of_its_kind(tmp_path):
    for graph in (sample_graph(["e01"]), sample_graph(["e01", "e02", "e03"])):
        added(tmp_path, graph)
        added(tmp_path, graph, GexfExporter())
        added(tmp_path, graph, name="iran")
    entries = {entry.file: entry.before for entry in read_index(tmp_path / INDEX)}
    assert entries == {
        "map-2025-06-27.csv": "", "map-2025-06-27.gexf": "", "iran-2025-06-27.csv": "",
        "map-2025-06-27-2.csv": "map-2025-06-27.csv", "map-2025-06-27-2.gexf": "map-2025-06-27.gexf",
        "iran-2025-06-27-2.csv": "iran-2025-06-27.csv",
    }  # fmt: skip
    row = index_of(tmp_path).xpath("//tr[@id='map-2025-06-27-2.csv']")[0]
    assert row.xpath("td/a/@href") == ["map-2025-06-27.csv"]
    assert row.xpath("string(td[last()]/span)") == "events +2, sentences +2"


def test_the_index_speaks_the_language_of_the_map(tmp_path):
    for graph in (sample_graph(["e01"]), sample_graph(["e01", "e02", "e03"])):
        added(tmp_path, graph, SvgExporter(), language="ru")
    index = index_of(tmp_path)
    assert index.get("lang") == "ru"
    told = index.xpath("string(//h1)") + index.xpath("string(//table)")
    assert "события +2, предложения +2" in told
    assert not re.search("[A-Za-z]{3}", re.sub(r"map-\S+|\bmap\b", "", told)), told


def test_a_page_of_a_folder_leads_to_its_index(tmp_path):
    path = tmp_path / added(tmp_path, sample_graph(["e01"]), HtmlExporter())
    (link,) = html.parse(str(path)).getroot().xpath("//footer/a/@href")
    assert (tmp_path / link).is_file()
    again = added(tmp_path, sample_graph(["e01"]), HtmlExporter())
    assert again == path.name
    HtmlExporter().write(sample_graph(["e01"]), tmp_path / "alone.html", {})
    assert html.parse(str(tmp_path / "alone.html")).getroot().xpath("//footer/a") == []


def test_the_same_again_adds_nothing(tmp_path):
    first = added(tmp_path, sample_graph())
    before = (tmp_path / INDEX).read_bytes()
    assert added(tmp_path, sample_graph()) == first
    assert (tmp_path / INDEX).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", first]


def test_a_map_that_was_deleted_is_no_longer_listed(tmp_path):
    first = added(tmp_path, sample_graph(["e01"]))
    (tmp_path / first).unlink()
    assert added(tmp_path, sample_graph()) == first
    [entry] = read_index(tmp_path / INDEX)
    assert (entry.events, entry.before) == (44, "")


@pytest.mark.parametrize(
    "text", ["", "<p>mine</p>", "<script id='kg-maps'>[{}]</script>", "<script id='kg-maps'>no</script>"]
)
def test_an_index_of_somebody_else_is_left_alone(text, tmp_path):
    (tmp_path / INDEX).write_text(text)
    with pytest.raises(UsageError, match="was not written by kg"):
        added(tmp_path, sample_graph())
    assert [path.name for path in tmp_path.iterdir()] == [INDEX]
    assert (tmp_path / INDEX).read_text() == text


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot make the folder"):
        added(tmp_path / "file" / "maps", sample_graph())


def test_no_map_takes_the_place_of_the_index(tmp_path):
    class Page(CsvExporter):
        name = "html"

    draft = GraphDraft()
    draft.actor("A", "A")
    assert added(tmp_path, draft.graph(), Page(), name="index") == "index-2.html"


def test_a_title_is_text_and_nothing_is_loaded(tmp_path):
    added(tmp_path, sample_graph(), title="</script><img src=x onerror=alert(1)>")
    tree = index_of(tmp_path)
    assert tree.xpath("string(//tbody//a)") == "</script><img src=x onerror=alert(1)>"
    assert tree.xpath("//img | //script[not(@type='application/json')] | //*[@style or @src]") == []
    assert read_index(tmp_path / INDEX)[0].title.startswith("</script>")
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
