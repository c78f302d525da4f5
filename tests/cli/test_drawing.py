"""`kg map` and `kg open` as a user types them, on a graph of five dispatches."""

import csv
import json
import os
import subprocess
import sys

import networkx as nx
import pytest
from click.testing import CliRunner
from lxml import etree, html

from jobs.dispatches import write_dump
from kg.cli.main import kg
from kg.jobs.ask import ask
from kg.jobs.ingest import ingest, sources_of
from kg.jobs.workplace import open_workplace
from kg.model.errors import UsageError

EVENTS_OF_IRAN = """// What Iran does.
// param: who string default Iran -- a name
MATCH (a:Actor {name: $who})<-[:ACTOR]-(e:Event) RETURN e
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawing")
    (folder / "kg.toml").write_text("[extract]\nextractors = ['patterns']\n")
    write_dump(folder / "news.jsonl")
    workplace = open_workplace(folder / ".kg")
    ingest(workplace, sources_of(workplace, [str(folder / "news.jsonl")]))
    return folder


@pytest.fixture
def draw(folder, tmp_path, monkeypatch):
    """Run `kg map` and return the lines it says, and the file that it names first."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        told = CliRunner().invoke(kg, ["map", "--home", str(folder / ".kg"), *words], catch_exceptions=False)
        assert told.exit_code == 0, told.output
        return told.output.splitlines()

    return run


def events_in(path):
    told = json.loads(path.read_text("utf-8"))
    return {node["id"].removeprefix("Event:") for node in told["nodes"] if node["label"] == "Event"}


def typed(folder, *words, **environment):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    return subprocess.run(
        [sys.executable, "-m", "kg.cli", *map(str, words), "--home", str(folder / ".kg")],
        env={**clean, **environment}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_every_format_holds_the_same_ties(draw, tmp_path):
    for suffix in ("html", "svg", "png", "graphml", "gexf", "json", "csv"):
        draw("--min-confidence", "0", "-o", f"map.{suffix}")
    graphml, gexf = nx.read_graphml("map.graphml"), nx.read_gexf("map.gexf")
    with (tmp_path / "map.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counts = {graphml.number_of_edges(), gexf.number_of_edges(), len(rows)}
    assert len(counts) == 1
    assert {row["event_id"] for row in rows} - {""} <= events_in(tmp_path / "map.json")
    assert etree.parse("map.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"
    assert (tmp_path / "map.png").read_bytes()[:4] == b"\x89PNG"
    page = html.parse("map.html")
    assert page.xpath("string(//h1)") == "Everything"


def test_the_first_sight_is_the_same_on_the_page_and_in_the_drawing(draw):
    draw("-o", "map.html")
    draw("-o", "map.svg")
    nodes = json.loads(html.parse("map.html").xpath("string(//script[@id='kg-nodes'])"))
    drawn = etree.parse("map.svg").xpath("//*[starts-with(@class, 'actor')]/*[local-name()='title']/text()")
    names = json.dumps(nodes, ensure_ascii=False)
    assert drawn
    assert all(json.dumps(name, ensure_ascii=False)[1:-1] in names for name in drawn if len(name) <= 28)


def test_a_status_leaves_the_others_out(draw, tmp_path):
    draw("-o", "all.json")
    draw("--status", "offered,requested", "-o", "some.json")
    draw("--status", "happened", "-o", "done.csv")
    some = events_in(tmp_path / "some.json")
    assert set() < some < events_in(tmp_path / "all.json")
    with (tmp_path / "done.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["status"] for row in rows if row["kind"] != "structure"} == {"happened"}


def test_a_question_gives_the_events_that_it_returns(draw, folder, tmp_path):
    lines = draw("--question", "mediation", "-o", "mediation.json")
    wanted = {row["event_id"] for row in ask(open_workplace(folder / ".kg"), "mediation", {})}
    assert events_in(tmp_path / "mediation.json") == wanted
    assert f"{len(wanted)} events" in lines[0]


def test_a_question_takes_parameters_and_heads_the_map(draw, tmp_path):
    [line, *_] = draw("--question", "mediation", "actor=Russia")
    assert "mediation-actor-russia.html" in line
    assert html.parse(line.partition(":")[0]).xpath("string(//h1)") == "mediation · actor=Russia"


def test_a_question_of_actors_gives_what_passes_between_them(draw, tmp_path):
    (tmp_path / "two.cypher").write_text(
        "MATCH (a:Actor) WHERE a.name IN ['Iran', 'Israel'] RETURN a.actor_id AS actor_id"
    )
    draw("--question", "two.cypher", "-o", "two.graphml")
    graph = nx.read_graphml("two.graphml")
    assert {"IRN", "ISR"} <= set(graph)
    sides = {told[f"{end}_acts_for"] for *_, told in graph.edges(data=True) for end in ("source", "target")}
    assert sides == {"IRN", "ISR"}


def test_a_question_of_a_file_may_return_nodes_and_take_parameters(draw, tmp_path):
    (tmp_path / "iran.cypher").write_text(EVENTS_OF_IRAN)
    draw("--question", "iran.cypher", "-o", "iran.json")
    draw("--question", "iran.cypher", "who=Israel", "-o", "israel.json")
    iran, israel = events_in(tmp_path / "iran.json"), events_in(tmp_path / "israel.json")
    assert iran
    assert israel
    assert iran != israel


def test_as_of_is_another_name_of_known_on(draw, tmp_path):
    for name in ("as-of", "known-on"):
        assert "1 document" in draw(f"--{name}", "2025-06-19", "-o", f"{name}.json")[0]
    assert (tmp_path / "as-of.json").read_bytes() == (tmp_path / "known-on.json").read_bytes()


def test_days_bound_what_is_drawn(draw, tmp_path):
    draw("--from", "2025-06-24", "--to", "2025-06-24", "--format", "csv", "-o", "day.csv")
    with (tmp_path / "day.csv").open(encoding="utf-8", newline="") as file:
        assert {row["t_start"] for row in csv.DictReader(file)} <= {"2025-06-24", ""}


def test_theme_and_layout_reach_the_page_and_the_drawing(draw):
    draw("--theme", "dark", "-o", "map.html")
    assert html.parse("map.html").getroot().get("data-theme") == "dark"
    draw("--theme", "dark", "--layout", "circle", "-o", "round.svg")
    draw("-o", "plain.svg")
    fills = [
        etree.parse(name).xpath("string((//*[local-name()='rect'])[1]/@fill)") for name in ("round.svg", "plain.svg")
    ]
    assert fills == ["#0f151c", "#f7f8fa"]


def test_the_language_reaches_the_page(draw):
    draw("--language", "ru", "-o", "map.html")
    page = html.parse("map.html")
    assert page.getroot().get("lang") == "ru"
    assert page.xpath("string(//button[@id='view-map'])") == "Карта"


def test_no_quotes_leaves_the_sentences_out(draw, tmp_path):
    draw("--no-quotes", "-o", "map.html")
    assert "hit a hospital" not in (tmp_path / "map.html").read_text("utf-8")


def test_a_folder_gets_an_index_and_each_map_the_one_before(draw, tmp_path):
    lines = draw("-o", "maps", "--as-of", "2025-06-21")
    assert lines[-2:][0] == "listed in maps/index.html"
    draw("-o", "maps")
    draw("-o", "maps")
    rows = html.parse("maps/index.html").xpath("//tbody/tr")
    assert [row.get("id") for row in rows] == ["map-2025-06-28.html", "map-2025-06-21.html"]
    assert rows[0].xpath("td/a/@href") == ["map-2025-06-21.html"]


def test_the_last_map_is_opened(folder, draw, tmp_path):
    draw("-o", "mine.html")
    draw("--format", "csv")
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path / "opened"}\n')
    browser.chmod(0o755)
    run = typed(folder, "open", BROWSER=f"{browser} %s")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "opened").read_text().strip() == (tmp_path / "mine.html").as_uri()


def test_without_a_browser_the_path_is_told(folder, draw, tmp_path):
    draw("-o", "mine.html")
    run = typed(folder, "open", PATH="/nowhere", DISPLAY="", WAYLAND_DISPLAY="", BROWSER="")
    assert run.returncode == 0, run.stderr
    assert str(tmp_path / "mine.html") in run.stdout
    assert "no browser" in run.stdout


def test_there_must_be_a_map_to_open(folder, draw, tmp_path):
    assert "no map was drawn yet" in typed(tmp_path, "open").stderr
    draw("-o", "mine.html")
    (tmp_path / "mine.html").unlink()
    run = typed(folder, "open")
    assert run.returncode == 2
    assert "is gone; draw it again: kg map -o" in run.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--question", "mediatoin"], "no question is called 'mediatoin'; did you mean mediation"),
        (["--question", "gone.cypher"], "question in 'gone.cypher' cannot be read"),
        (["--question", "events-by-type"], "neither actors nor events to draw"),
        (["--question", "mediation", "actor=Nobody"], "no actor of the graph is called 'Nobody'"),
        (["--question", "contradictions", "on=date"], "returns nothing"),
        (["--question", "sanction-life"], "sanction-life needs target=..."),
        (
            ["--question", "actors", "type=company"],
            "what question 'actors · type=company' returns has no event to draw",
        ),
        (["--status", "maybe"], "no status of the map is called 'maybe'; there are: happened, ongoing"),
        (["--format", "gif"], "no exporter is called 'gif'; installed are: csv, gexf, graphml, html, json, png, svg"),
        (["-o", "map.jpeg"], "map.jpeg: no format is called 'jpeg'; end it in csv, gexf"),
        (["-o", "file/map.html"], "cannot make the folder 'file'"),
        (["-o", "file/maps"], "cannot make the folder 'file/maps'"),
        (["--format", "csv", "--theme", "dark"], "the csv export has no option 'theme'; it knows quotes, title"),
    ],
)
def test_what_cannot_be_drawn_is_named_with_the_way_out(words, message, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("no folder")
    told = CliRunner().invoke(kg, ["map", "--home", str(folder / ".kg"), *words])
    assert isinstance(told.exception, UsageError)
    assert message in str(told.exception)


def test_an_actor_beside_a_question_is_no_parameter(folder):
    told = CliRunner().invoke(kg, ["map", "--home", str(folder / ".kg"), "--question", "mediation", "Iran"])
    assert told.exit_code == 2
    assert "'Iran' is no KEY=VALUE pair" in told.output
