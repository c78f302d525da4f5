"""What the reader cuts out of the map and takes along: who mediates, what was known when, and files of what is shown."""

import csv
import json
import re
from collections import Counter
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from export.sample_graph import GraphDraft, crowd
from export.world_graph import world_graph
from kg.export.graph import to_networkx
from kg.export.page import HtmlExporter
from kg.export.table import COLUMNS
from kg.model.graph import NodeRef

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def world_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "world.html"
    HtmlExporter().write(world_graph(), path, {"title": "World"})
    return path


def brokered():
    """Aland and Bland meet twice: Cland mediates, Dland hosts."""
    draft = GraphDraft()
    for key in "ABCD":
        draft.actor(key, f"{key}land")
    paper = draft.document("d", "Paper")
    talks = draft.event("talks", "NEGOTIATE", "ACTOR=A,B;MEDIATOR=C;HOST=D", day="2025-06-20")
    truce = draft.event("truce", "DECLARE_CEASEFIRE", "ACTOR=A,B;MEDIATOR=C", day="2025-06-22")
    draft.claim("c1", talks, paper, "They met in Dland.", "met")
    draft.claim("c2", truce, paper, "They stopped the fight.", "stopped")
    return draft.graph()


def set_thumb(page, thumb, value):
    page.eval_on_selector(f"#{thumb}", "(box, n) => { box.value = n; box.dispatchEvent(new Event('input')); }", value)


def ties_of(page):
    return Counter((t["source"][2:], t["target"][2:], t["kind"], t["isSaid"]) for t in page.evaluate("kgMap.ties()"))


def downloaded(page, form):
    page.evaluate("document.getElementById('downloads').open = true")
    with page.expect_download() as waiting:
        page.click(f"#downloads button[data-format={form}]")
    assert waiting.value.suggested_filename == f"kg-map.{form}"
    return Path(waiting.value.path()).read_bytes()


def told_by(page):
    """What the head and the menu say: actors, ties, events that happened, events only said, rows."""
    page.evaluate("document.getElementById('downloads').open = true")
    page.wait_for_timeout(50)
    head, menu = page.inner_text("#counts"), page.inner_text("#download-what")
    actors, ties, happened = (
        int(n) for n in re.match(r"(\d+) actors? · (\d+) of \d+ ties? · (\d+) event", head).groups()
    )
    said = re.search(r"(\d+) only said", head)
    rows = int(re.search(r"(\d+) rows?", menu)[1])
    assert menu == f"What is shown: {actors} actors, {ties} ties, {rows} rows."
    return actors, ties, happened, int(said[1]) if said else 0, rows


def counted(nodes, edges):
    """The same, of the nodes and edges of a file."""
    ties = {(e["source"], e["target"], e["kind"], e.get("sign"), e.get("happened"), e["mutual"]) for e in edges}
    events = {e["event_id"]: e["happened"] for e in edges if e["kind"] != "structure"}
    happened = sum(events.values())
    return len(nodes), len(ties), happened, len(events) - happened, len(edges)


def test_who_mediates_and_who_hosts_are_ties_of_their_own_and_no_parties(open_page, tmp_path):
    HtmlExporter().write(brokered(), tmp_path / "map.html", {})
    page = open_page(tmp_path / "map.html").page
    assert ties_of(page) == Counter(
        {
            ("A", "B", "cooperation", False): 1,
            **{("C", party, "mediation", False): 1 for party in "AB"},
            **{("D", party, "host", False): 1 for party in "AB"},
        }
    )
    drawn = {tie["id"]: tie for tie in page.evaluate("kgMap.drawnTies()")}
    looks = {
        t["kind"]: (tuple(drawn[t["id"]]["dashes"] or ()), drawn[t["id"]]["arrows"]["to"]["type"])
        for t in page.evaluate("kgMap.ties()")
    }
    assert len(set(looks.values())) == 3, looks
    assert page.inner_text("label[for=switch-host]").split("\n") == ["Hosts", "1"]
    host = next(t["id"] for t in page.evaluate("kgMap.ties()") if t["kind"] == "host")
    page.evaluate("(id) => kgMap.selectTie(id)", host)
    assert "hosts, 1 event" in page.inner_text(".panel-sub")
    assert "Aland, Bland · through Cland, Dland" in page.inner_text("#panel")
    page.click("label[for=switch-host]")
    assert {kind for _, _, kind, _ in ties_of(page)} == {"cooperation", "mediation"}


def test_on_an_earlier_day_only_what_was_published_by_then_counts(open_page, world_file):
    watched = open_page(world_file)
    page = watched.page
    everything = ties_of(page)
    assert everything["A", "B", "conflict", False] == 1
    set_thumb(page, "known", 0)
    assert page.inner_text("#known-told") == page.get_attribute("#known", "aria-valuetext") == "2025-06-27"
    assert ties_of(page) == everything - Counter({("A", "B", "cooperation", False): 1})  # the talks of paper 2
    strike = next(t["id"] for t in page.evaluate("kgMap.ties()") if t["kind"] == "conflict" and t["target"] == "n:B")
    page.evaluate("(id) => kgMap.selectTie(id)", strike)
    panel = page.inner_text("#panel")
    assert "3 died" in panel
    assert "9 dead" not in panel
    assert "They contradict" not in panel
    assert "Told by" not in panel
    set_thumb(page, "known", 1)
    assert page.inner_text("#known-told") == "any day"
    assert ties_of(page) == everything
    assert "They contradict each other" in page.inner_text("#panel")
    assert watched.complaints == []


def later_denied():
    """A raid told as having happened, denied two days later; talks planned, then held; relief in two steps."""
    draft = GraphDraft()
    for key in "AB":
        draft.actor(key, f"{key}land")
    draft.actor("firm", "Firm", "company")
    papers = []
    for n in range(3):
        paper = draft.document(f"d{n}", f"Paper {n}")
        draft.node("Document", paper.key, **{**draft.nodes[paper].properties, "published_at": date(2025, 6, 20 + n)})
        papers.append(paper)
    raid = draft.event("raid", "AIRSTRIKE", "ACTOR=A;RECIPIENT=B", status="denied", day="2025-06-19")
    draft.node("Event", "raid", **{**draft.nodes[raid].properties, "statuses": ("occurred 1", "denied 1")})
    talks = draft.event("talks", "NEGOTIATE", "ACTOR=A,B", day="2025-06-21")
    for key, event, paper, status in (
        ("c1", raid, 0, "occurred"), ("c2", raid, 2, "denied"), ("c3", talks, 0, "planned"), ("c4", talks, 2, "occurred"),
    ):  # fmt: skip
        draft.claim(key, event, papers[paper], f"Sentence {key}.", "Sentence", status=status)
    first = draft.event("listed", "IMPOSE_SANCTIONS", "ACTOR=A;RECIPIENT=firm", day="2025-06-19")
    lifted = draft.event("lifted", "GRANT_SANCTIONS_RELIEF", "ACTOR=A;RECIPIENT=firm", day="2025-06-21")
    des = draft.node("Designation", "des", authority="Aland", evidence="news", measures=(),
        states=("2025-06-19 in_force", "2025-06-21 lifted"))  # fmt: skip
    draft.join("TARGETS", des, NodeRef(label="Actor", key="firm"))
    for event, paper in ((first, 0), (lifted, 2)):
        draft.claim(f"c-{event.key}", event, papers[paper], f"It was {event.key}.", event.key)
        draft.join("MODIFIES", NodeRef(label="SanctionAct", key=event.key), des)
    return draft.graph()


def test_what_is_known_later_changes_how_it_is_told_and_what_holds(open_page, tmp_path):
    HtmlExporter().write(later_denied(), tmp_path / "map.html", {})
    watched = open_page(tmp_path / "map.html")
    page = watched.page
    assert set(ties_of(page)) == {
        ("A", "B", "conflict", True), ("A", "B", "cooperation", False),
        ("A", "firm", "conflict", False), ("A", "firm", "cooperation", False),
    }  # fmt: skip
    set_thumb(page, "known", 0)
    assert set(ties_of(page)) == {
        ("A", "B", "conflict", False), ("A", "B", "cooperation", True), ("A", "firm", "conflict", False),
    }  # fmt: skip
    assert "2 events happened, 1 only said" in page.inner_text("#counts")
    listed = next(t["id"] for t in page.evaluate("kgMap.ties()") if t["target"] == "n:firm")
    assert page.evaluate("(id) => kgMap.badge(id)", listed) == "in force"
    page.evaluate("(id) => kgMap.selectTie(id)", listed)
    assert "lifted" not in page.inner_text("#panel")
    assert page.locator(".day-said").count() == 1
    link = page.evaluate("location.hash")
    assert "known=2025-06-20" in link
    page.reload()
    page.wait_for_timeout(300)
    assert page.inner_text("#known-told") == "2025-06-20"
    assert ("A", "B", "conflict", False) in ties_of(page)
    page.click("#reset")
    assert page.inner_text("#known-told") == "any day"
    assert ("A", "B", "conflict", True) in ties_of(page)
    assert watched.complaints == []


def test_events_of_fewer_independent_sources_go(open_page, tmp_path):
    draft = GraphDraft()
    for key in "ABC":
        draft.actor(key, f"{key}land")
    papers = [draft.document(f"d{n}", f"Paper {n}") for n in range(3)]
    for target, tellers in (("B", 3), ("C", 1)):
        event = draft.event(f"e{target}", "AIRSTRIKE", f"ACTOR=A;RECIPIENT={target}")
        draft.node("Event", event.key, **{**draft.nodes[event].properties, "n_docs": tellers, "n_independent": tellers})
        for n in range(tellers):
            draft.claim(f"c{target}{n}", event, papers[n], "It fell.", "fell")
    HtmlExporter().write(draft.graph(), tmp_path / "map.html", {})
    page = open_page(tmp_path / "map.html").page
    assert page.get_attribute("#independent", "max") == "3"
    set_thumb(page, "independent", 2)
    assert list(ties_of(page)) == [("A", "B", "conflict", False)]
    page.evaluate("document.querySelectorAll('.controls details').forEach((d) => { d.open = true; })")
    page.click("label[for=switch-sources-0]")
    page.click("label[for=switch-sources-1]")
    assert not ties_of(page)  # of its three sources one is left
    page.click("#reset")
    assert len(ties_of(page)) == 2
    assert page.inner_text("#independent-told") == "1"


@pytest.mark.parametrize("narrowed", [False, True])
@pytest.mark.parametrize("form", ["csv", "json", "graphml", "gexf"])
def test_files_of_what_is_shown_count_what_the_screen_says(open_page, sample_file, form, narrowed):
    watched = open_page(sample_file)
    page = watched.page
    if narrowed:
        page.click("label[for=switch-happened]")
        set_thumb(page, "from", int(page.get_attribute("#to", "max")) // 3)
    told = told_by(page)
    assert told[4] > 5
    assert counted(*read_back(form, downloaded(page, form))) == told
    assert watched.complaints == []
    assert watched.requests == []


def read_back(form, raw):
    """Nodes and edges of a file, as the programs of others read them."""
    if form == "csv":
        rows = list(csv.DictReader(StringIO(raw.decode("utf-8"), newline="")))
        for row in rows:
            row |= {"happened": row["happened"] == "true"}
        return {name for row in rows for name in (row["source"], row["target"])}, rows
    if form == "json":
        graph = nx.node_link_graph(json.loads(raw), edges="edges")
    else:
        graph = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[form](BytesIO(raw))
    assert graph.is_directed()
    edges = [{"source": source, "target": target, **told} for source, target, told in graph.edges(data=True)]
    return list(graph.nodes), edges


def test_the_table_has_the_columns_of_the_other_table(open_page, sample_file):
    header = downloaded(open_page(sample_file).page, "csv").decode("utf-8").splitlines()[0].split(",")
    own = {"actors", "recipients", "brokers"}
    assert [name for name in header if name not in own] == [name for name in COLUMNS if name in header]
    assert set(COLUMNS) - set(header) == {"source_acts_for", "target_acts_for", "plover", "occurrence"}


def test_the_edges_carry_what_networkx_gets_from_python(open_page, tmp_path):
    HtmlExporter().write(brokered(), tmp_path / "map.html", {})
    page = open_page(tmp_path / "map.html").page
    theirs = nx.node_link_graph(json.loads(downloaded(page, "json")), edges="edges")
    ours = to_networkx(brokered())
    assert set(theirs.edges(keys=True)) == set(ours.edges(keys=True))
    for source, target, key, told in theirs.edges(keys=True, data=True):
        python = ours.edges[source, target, key]
        shared = set(told) & set(python)
        assert {"kind", "mutual", "etype", "status", "happened", "sign", "t_start", "t_precision"} <= shared
        assert {name: told[name] for name in shared} == {name: python[name] for name in shared}


HOSTILE = ['=HYPERLINK("http://evil")', "+1+1", "-2+3", "@SUM(A1)", 'a "quoted", name', "<b>&amp;\x01\x1f", "טראמפ ۱"]


def hostile():
    draft = GraphDraft()
    for n, text in enumerate(HOSTILE):
        draft.actor(f"A{n}", text)
    for n in range(len(HOSTILE) - 1):
        event = draft.event(f"e{n}", "AIRSTRIKE", f"ACTOR=A{n};RECIPIENT=A{n + 1}")
        draft.claim(f"c{n}", event, draft.document(f"d{n}", HOSTILE[n]), HOSTILE[n] + "\r\nnext", HOSTILE[n][:1])
    return draft.graph()


@pytest.mark.parametrize("form", ["svg", "csv", "json", "graphml", "gexf"])
def test_hostile_names_come_back_whole_and_harmless(open_page, tmp_path, form):
    HtmlExporter().write(hostile(), tmp_path / "map.html", {})
    watched = open_page(tmp_path / "map.html")
    raw = downloaded(watched.page, form)
    assert not watched.is_pwned()
    clean = {re.sub("[\x01\x1f]", "", text) for text in HOSTILE}
    if form == "svg":
        texts = {re.sub("[\u2068\u2069]", "", node.text) for node in ET.fromstring(raw).iter(f"{SVG}text")}
        assert clean <= texts
    elif form == "csv":
        _, rows = read_back(form, raw)
        told = {cell for row in rows for name, cell in row.items() if name not in ("sign", "score", "happened")}
        assert not [cell for cell in told if re.match(r"[=+\-@\t\r]", cell)]
        assert {row["source_name"].removeprefix("'") for row in rows} == set(HOSTILE[:-1])
        assert rows[0]["quote"].endswith("\r\nnext")
    elif form == "json":
        assert {node["name"] for node in json.loads(raw)["nodes"]} == set(HOSTILE)
    else:
        read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[form](BytesIO(raw))
        assert {told["name"] for _, told in read.nodes(data=True)} == clean


def test_the_svg_shows_every_name_and_tie_that_the_stage_shows(open_page, sample_file):
    page = open_page(sample_file).page
    picture = ET.fromstring(downloaded(page, "svg"))
    box = page.evaluate("[stage.clientWidth, stage.clientHeight]")
    assert picture.get("viewBox") == f"0 0 {box[0]} {box[1] + 84}"
    assert all(path.get("d").startswith("M") for path in picture.iter(f"{SVG}path"))
    texts = [node.text for node in picture.iter(f"{SVG}text")]
    assert "Sample" in texts
    assert page.inner_text("#counts") in texts
    assert {"Iran", "Israel", "Qatar", "Hamas"} <= set(texts)
    curves = [p for p in picture.iter(f"{SVG}path") if "Q" in p.get("d") and p.get("stroke", "none") != "none"]
    assert len(curves) == page.evaluate("kgMap.ties().length")
    colours = {value for p in picture.iter() for name in ("fill", "stroke") if (value := p.get(name))}
    assert all(re.fullmatch(r"#[0-9a-f]{3,6}|none", colour) for colour in colours), colours
    assert {"#a52a05", "#2f8fcb"} <= colours


def test_the_png_is_twice_as_large_as_the_stage_and_painted(open_page, sample_file):
    page = open_page(sample_file).page
    raw = downloaded(page, "png")
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(raw[at : at + 4]) for at in (16, 20))
    stage = page.evaluate("[stage.clientWidth, stage.clientHeight]")
    assert width >= 2 * stage[0]
    assert height >= 2 * stage[1]
    assert len(raw) > 50_000


def test_a_drawing_has_the_line_to_a_side_and_the_dot_of_a_place(open_page, sample_file):
    page = open_page(sample_file).page
    plain = ET.fromstring(downloaded(page, "svg"))
    page.keyboard.press("Escape")
    page.evaluate("kgMap.selectActor('n:USA')")
    page.click("text=Unfold 2")
    page.evaluate("kgMap.clear()")
    at = page.evaluate("kgMap.actorPoint('n:QAT')")
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    page.mouse.move(at["x"] + 30, at["y"] + 20, steps=3)
    page.mouse.up()
    drawn = ET.fromstring(downloaded(page, "svg"))

    def lines(drawing):
        """Straight dotted lines; ties are curves."""
        found = [path for path in drawing.iter(f"{SVG}path") if path.get("fill") == "none"]
        return [
            p for p in found if re.fullmatch(r"M[^A-Z]+L[^A-Z]+", p.get("d")) and p.get("stroke-dasharray") != "none"
        ]

    def dots(drawing):
        return [p for p in drawing.iter(f"{SVG}path") if p.get("d").count("A2.5 2.5") == 2 and p.get("fill") != "none"]

    assert (len(lines(plain)), len(dots(plain))) == (0, 0)
    assert (len(lines(drawn)), len(dots(drawn))) == (2, 1)


def test_a_disc_under_the_pointer_keeps_its_colour(open_page, sample_file):
    page = open_page(sample_file).page
    at = page.evaluate("kgMap.actorPoint('n:QAT')")
    colour = """({ x, y }) => {
      const canvas = document.querySelector("#stage canvas");
      const box = canvas.getBoundingClientRect();
      const spot = [x - box.left, y - box.top].map((part) => Math.round((part * canvas.width) / box.width));
      return [...canvas.getContext("2d").getImageData(...spot, 1, 1).data];
    }"""
    before = page.evaluate(colour, at)
    page.mouse.move(at["x"], at["y"])
    page.wait_for_timeout(300)
    assert page.evaluate(colour, at) == before


def test_what_takes_filters_back_is_in_view_at_once(open_page, sample_file):
    for height in (620, 900):
        page = open_page(sample_file, height=height).page
        page.click("label[for=switch-conflict]")
        box = page.eval_on_selector("#reset", "node => node.getBoundingClientRect().toJSON()")
        seen = page.evaluate("(box) => document.elementFromPoint(box.x + 20, box.bottom - 3).id", box)
        assert (seen, box["bottom"] <= height) == ("reset", True)


def test_the_legend_is_in_view_or_one_click_away(open_page, tmp_path, sample_file):
    HtmlExporter().write(crowd(60, 300), tmp_path / "map.html", {})
    for file, height in ((sample_file, 950), (sample_file, 620), (tmp_path / "map.html", 950)):
        page = open_page(file, height=height).page
        foot = page.eval_on_selector(".controls", "node => node.getBoundingClientRect().bottom")
        box = page.eval_on_selector("#legend summary", "node => node.getBoundingClientRect().toJSON()")
        assert 0 < box["top"] < box["bottom"] <= foot
        if not page.evaluate("legend.open"):
            page.click("#legend summary")
        item = page.eval_on_selector("#legend-list li", "node => node.getBoundingClientRect().toJSON()")
        assert 0 < item["top"] < item["bottom"] <= height


def test_on_paper_the_bars_of_days_keep_within_the_page(open_page, sample_file):
    page = open_page(sample_file).page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1000})
    page.wait_for_timeout(300)
    box = page.eval_on_selector("#bars svg", "node => node.getBoundingClientRect().toJSON()")
    assert box["width"] > 300
    assert box["right"] <= 720
    assert page.is_hidden("#downloads")
    assert page.is_visible("#window")


def test_the_legend_is_open_on_paper_and_then_as_it_was(open_page, sample_file):
    page = open_page(sample_file, height=620).page
    assert page.is_hidden("#legend-list li")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.is_visible("#legend-list li")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.is_hidden("#legend-list li")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_menu_of_downloads_lies_in_view_and_closes(open_page, sample_file, width):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(sample_file, width=width).page
    page.click("#downloads summary")
    box = page.eval_on_selector("#downloads > div", "node => node.getBoundingClientRect().toJSON()")
    assert 0 <= box["left"] < box["right"] <= width
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    page.keyboard.press("Escape")
    assert not page.evaluate("downloads.open")
    page.click("#downloads summary")
    page.click("h1")
    assert not page.evaluate("downloads.open")
