"""Hostile text in every field of a graph runs nothing; stock pyvis, which does run it, shows that the watch works."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from export.page_data import block_of, rows_of
from export.sample_graph import GraphDraft
from kg.export.page import HtmlExporter
from kg.model.graph import Graph, NodeRef

pytestmark = pytest.mark.browser

OWN = (
    "<script>window.PWN=1</script>",
    "</script><script>window.PWN=1</script>",
    '<img src=x onerror="window.PWN=1">',
    '"><svg onload="window.PWN=1">',
    '<a href="javascript:window.PWN=1">href</a>',
    "javascript:window.PWN=1",
    "<!--<script>",
    "]]><iframe srcdoc='<script>parent.PWN=1</script>'>",
    "{{ 7 * 7 }} {% raw %}",
    "${window.PWN=1}`",
    "line\u2028window.PWN=1\u2029end",
    "\u202egnp.exe\u2066",
    "محمد <b>جواد</b>",
    "=HYPERLINK(\"http://127.0.0.1:9/\")",
    "__proto__",
    "constructor",
    "toString",
    "1",
    "\x00\x1b[31m\x7f",
    "broken \ud800 half",
    "a" * 5000,
)  # fmt: skip
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "sources" / "injection_strings.jsonl"


def hostile_strings() -> list[str]:
    lines = SHARED.read_text(encoding="utf-8").splitlines() if SHARED.exists() else []
    return [*OWN, *(str(json.loads(line)["s"]) for line in lines)]


def hostile_graph() -> Graph:
    """Every text of the graph is hostile: ids, names, types, quotes, publishers, addresses, statuses, offices, sanctions."""
    draft = GraphDraft()
    state = draft.actor("STATE", "<b>State</b>")
    for number, text in enumerate(hostile_strings()):
        actor = draft.node("Actor", text, "Person", name=text, type=text, aliases=(text, f"href {text}"))
        side = draft.node("Actor", f"s{number}", "Person", name=f"{text} href", type="person")
        document = draft.node(
            "Document", text, name=text, publisher=text, title=text, url=text, published_at=datetime(2025, 6, 1, tzinfo=UTC),
            published_precision=text,
        )  # fmt: skip
        source = draft.node("Source", text, name=text)
        draft.join("PUBLISHED_BY", document, source)
        claims = []
        for kind, status in (("CONDEMN", "occurred"), ("KILL", "possible")):
            event = draft.event(f"{kind}{text}", kind, f"ACTOR=STATE;RECIPIENT={number}", status=status)
            told = {
                **draft.nodes[event].properties,
                "t_precision": text,
                "statuses": (f"{text} 1",),
                "occurrence": text,
            }
            draft.node("Event", event.key, **told)
            draft.relationships = [r for r in draft.relationships if r.end.key != str(number)]
            draft.join("RECIPIENT", event, actor, acts_for=text)
            draft.join("MEDIATOR", event, side, acts_for="STATE")
            claim = draft.claim(
                f"c{kind}{text}", event, document, f"{text} href {text}", "href", status=text, extractor=text
            )
            draft.join("SAYS", side, claim, verb=text)
            claims.append(claim)
        draft.join("CONTRADICTS", *claims, on=text)
        _sanction(draft, text, actor)
        place = draft.node("Place", f"place {text}", name=text, country=text)
        raid = draft.event(f"raid{text}", "AIRSTRIKE", "ACTOR=STATE")
        draft.join("RECIPIENT", raid, place, acts_for=text)
        draft.join("AT", raid, place, acts_for=text)
        draft.join("OWNS", state, actor, share=text)
        draft.join("HOLDS_OFFICE", actor, state, office=text)
    return draft.graph()


def _sanction(draft: GraphDraft, text: str, target: NodeRef) -> None:
    """An act on a designation each of whose states, days, measures and names is hostile."""
    act = draft.event(f"listed{text}", "IMPOSE_SANCTIONS", "ACTOR=STATE")
    draft.join("RECIPIENT", act, target, acts_for=text)
    designation = draft.node(
        "Designation",
        text,
        authority=text,
        evidence=text,
        measures=(text, f"{text} 2"),
        states=(f"2025-06-01 {text}", text),
    )
    draft.join("TARGETS", designation, target)
    draft.join("MODIFIES", NodeRef(label="SanctionAct", key=act.key), designation)


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "map.html"
    HtmlExporter().write(hostile_graph(), path, {"title": OWN[1] + OWN[2]})
    return path


def test_no_hostile_text_runs_or_becomes_markup(open_page, hostile_file):
    opened = open_page(hostile_file)
    page = opened.page
    page.click("label[for=show-all]")
    for actor in page.evaluate("kgMap.drawnActors()")[:40]:
        page.evaluate("(id) => kgMap.selectActor(id)", actor)
    for tie in page.evaluate("kgMap.ties()")[:40]:
        page.evaluate("(tie) => kgMap.selectTie(tie.id)", tie)
        point = page.evaluate("(tie) => kgMap.tiePoint(tie.id)", tie)
        if 230 < point["x"] < 1060 and 70 < point["y"] < 860:
            page.mouse.move(point["x"], point["y"])
    page.fill("#search", "href")
    page.click("#view-table")
    page.wait_for_timeout(200)
    assert not opened.is_pwned()
    assert (opened.requests, opened.complaints, opened.violations()) == ([], [], [])
    assert page.locator("img, iframe, object, embed, b, svg [onload]").count() == 0
    assert page.locator("script").count() == 6
    hrefs = page.eval_on_selector_all("a", "links => links.map((a) => a.protocol)")
    assert set(hrefs) <= {"http:", "https:"}


def test_no_actor_of_a_hostile_name_is_lost(open_page, hostile_file):
    page = open_page(hostile_file).page
    page.click("label[for=show-all]")
    nodes = rows_of(block_of(hostile_file.read_text(encoding="utf-8"), "kg-nodes"))
    drawn = page.evaluate("kgMap.drawnActors()")
    assert len(drawn) == len(set(drawn)) == len(nodes) > len(OWN)
    assert {"n:__proto__", "n:constructor", "n:toString", "n:1"} <= set(drawn)


def test_hostile_names_are_shown_as_they_are(open_page, hostile_file):
    page = open_page(hostile_file).page
    assert page.inner_text("h1") == (OWN[1] + OWN[2])[:120]
    page.evaluate("kgMap.selectActor('n:__proto__')")
    assert page.inner_text(".panel-title") == "__proto__"
    page.evaluate("(id) => kgMap.selectActor(id)", f"n:{OWN[0]}")
    assert page.inner_text(".panel-title") == OWN[0]


def test_hostile_sanctions_and_places_are_shown_as_they_are(open_page, hostile_file):
    page = open_page(hostile_file).page
    page.evaluate("(id) => kgMap.selectActor(id)", f"n:{OWN[2]}")
    told = page.inner_text("#panel > .standing")
    assert told.count(OWN[2]) >= 5  # authority, target, measures, evidence, state
    page.evaluate("(id) => kgMap.selectActor(id)", f"n:place {OWN[2]}")
    assert page.inner_text(".panel-title") == OWN[2]


def test_names_of_built_in_properties_are_drawn_like_any_other(open_page, tmp_path):
    draft = GraphDraft()
    draft.actor("1", "One")
    for key in ("__proto__", "constructor", "toString", "hasOwnProperty"):
        draft.actor(key, key)
        draft.event(f"e{key}", "CONDEMN", f"ACTOR=1;RECIPIENT={key}")
    HtmlExporter().write(draft.graph(), tmp_path / "map.html", {})
    page = open_page(tmp_path / "map.html").page
    assert len(page.evaluate("kgMap.drawnActors()")) == 5
    assert len(page.evaluate("kgMap.labelBoxes()")) == 5


def test_the_watch_sees_what_stock_pyvis_lets_run(open_page, tmp_path):
    """The control: the same texts in pyvis' own template do run, so that the silence above means something."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", heading=OWN[2])
    for text in hostile_strings():
        network.add_node(text, label=text, title=f"href {text}")
    file = tmp_path / "stock.html"
    file.write_bytes(network.generate_html("stock.html").encode("utf-8", errors="replace"))
    opened = open_page(file)
    opened.page.wait_for_timeout(500)
    assert opened.is_pwned()


def test_the_draft_of_hostile_nodes_is_what_it_says():
    nodes = {node.ref for node in hostile_graph().nodes}
    assert {NodeRef(label="Actor", key=text) for text in OWN} <= nodes
