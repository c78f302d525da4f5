"""What the reader does to a map, in a real browser: it stands in the link, comes back with it, and can be undone."""

from itertools import pairwise

import networkx as nx
import pytest

from export.page_data import overlapping
from export.sample_graph import GraphDraft, sample_graph
from kg.export.page import HtmlExporter

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page, sample_file):
    opened = open_page(sample_file)
    yield opened.page
    assert opened.complaints == []
    assert opened.requests == []


def set_range(page, box, value):
    page.eval_on_selector(f"#{box}", "(box, n) => { box.value = n; box.dispatchEvent(new Event('input')); }", value)


def sight(page):
    """All that a reader sees of the state."""
    return page.evaluate(
        """() => ({
          ties: kgMap.ties(), actors: kgMap.drawnActors().sort(), panel: panel.innerText, window: window.innerText,
          off: [...document.querySelectorAll("[data-facet]:not(:checked)")].map((box) => box.value),
          least: least.value, from: from.value, to: to.value, theme: document.documentElement.dataset.theme || "",
          table: document.querySelector("#table-box").hidden, counts: counts.innerText, bar: window["picked-bar"].innerText,
          places: kgMap.drawnActors().sort().map((id) => kgMap.actorPlace(id)),
        })"""
    )


def choose_much(page):
    """Change one thing of each kind; return what is seen after each."""
    steps = (
        lambda: page.click("label[for=switch-cooperation]"),
        lambda: page.click("label[for=switch-denied]"),
        lambda: set_range(page, "least", 40),
        lambda: set_range(page, "from", 4),
        lambda: set_range(page, "to", int(page.get_attribute("#to", "max")) - 2),
        lambda: page.evaluate("kgMap.selectActor('n:IRN')"),
        lambda: page.click("#theme"),
        lambda: page.click("#panel .tie >> nth=0"),
        lambda: page.click("#view-table"),
    )
    seen = [sight(page)]
    for step in steps:
        step()
        seen.append(sight(page))
    return seen


def test_a_link_opens_the_same_sight(page, open_page, sample_file):
    *_, last = choose_much(page)
    page.reload()
    page.wait_for_timeout(300)
    assert sight(page) == last
    link = page.url.partition("#")[2]
    other = open_page(sample_file).page
    other.goto("about:blank")
    other.goto(f"{sample_file.as_uri()}#{link}")
    other.wait_for_timeout(300)
    assert sight(other) == last
    assert other.is_disabled("#undo")


def test_every_step_is_undone_and_redone(page):
    assert page.is_disabled("#undo")
    seen = choose_much(page)
    assert all(one != other for one, other in pairwise(seen))
    for before in reversed(seen[:-1]):
        page.keyboard.press("Control+z")
        page.wait_for_timeout(80)
        assert sight(page) == before
    assert page.is_disabled("#undo")
    assert page.url.partition("#")[2] == ""
    for after in seen[1:]:
        page.keyboard.press("Control+Shift+Z")
        page.wait_for_timeout(80)
        assert sight(page) == after
    assert page.is_disabled("#redo")


def test_the_buttons_of_the_page_and_of_the_browser_are_one(page):
    first = sight(page)
    page.evaluate("kgMap.selectActor('n:RUS')")
    second = sight(page)
    page.evaluate("kgMap.selectActor('n:IRN')")
    third = sight(page)
    page.go_back()
    assert sight(page) == second
    page.click("#undo")
    page.wait_for_function("document.querySelector('#undo').disabled")
    assert sight(page) == first
    page.go_forward()
    page.click("#redo")
    page.wait_for_function("document.querySelector('#redo').disabled")
    assert sight(page) == third
    page.click("#undo")
    page.wait_for_timeout(100)
    page.evaluate("kgMap.selectActor('n:USA')")  # a new way from here on
    assert page.is_disabled("#redo")


def test_a_thumb_that_is_drawn_along_is_one_step(page):
    page.focus("#to")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(500)
    few = page.evaluate("[to.value, to.max].map(Number)")
    assert few[0] == few[1] - 4
    page.keyboard.press("Control+z")
    page.wait_for_timeout(100)
    assert page.evaluate("to.value === to.max")
    assert page.is_disabled("#undo")


def test_playing_is_one_step(page):
    set_range(page, "to", int(page.get_attribute("#to", "max")) - 2)
    page.click("#play")
    page.wait_for_selector("#play[aria-pressed=false]", timeout=15_000)
    page.keyboard.press("Control+z")
    page.wait_for_timeout(100)
    assert page.evaluate("Number(to.value)") == int(page.get_attribute("#to", "max")) - 2


def test_the_link_is_copied(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("kgMap.selectActor('n:RUS')")
    page.click("#link")
    page.wait_for_function("live.textContent !== ''")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert page.url.endswith("#pick=actor*RUS")


@pytest.mark.parametrize(
    "told",
    [
        "pick=actor*__proto__",
        "pick=tie*RUS",
        "pick=folded*nobody*RUS",
        "pick=constructor",
        "from=x&to=x&least=NaN",
        "from=9999&to=0000",
        "least=1e999",
        "%E0%A4%A",
        "pick=%00&theme=%3Cscript%3E&kinds=__proto__",
        "kinds=conflict&kinds=%3Cimg%20src=x%20onerror=alert(1)%3E",
    ],
)
def test_a_link_from_anybody_breaks_nothing(page, sample_file, told):
    page.goto("about:blank")
    page.goto(f"{sample_file.as_uri()}#{told}")
    page.wait_for_timeout(200)
    page.evaluate("kgMap.selectActor('n:RUS')")
    assert page.inner_text(".panel-title") == "Russia"
    page.keyboard.press("Control+z")
    page.wait_for_timeout(100)
    assert page.inner_text("#panel h2 >> nth=0") != "Russia"


def test_a_window_of_days_that_this_file_has_not_takes_the_days_within(page, sample_file):
    page.goto("about:blank")
    page.goto(f"{sample_file.as_uri()}#from=2025-06-14&to=2025-06-20")
    page.wait_for_timeout(200)
    first, last = page.inner_text("#window").split(" – ")
    assert "2025-06-14" <= first <= last <= "2025-06-20"


def graph_of(page):
    """The ties that the switches let through, as a graph that has no directions."""
    return nx.Graph(page.evaluate("kgMap.passing()"))


@pytest.mark.parametrize(
    "off", [(), ("conflict",), ("conflict", "mediation"), ("cooperation", "happened"), ("structure",)]
)
def test_a_path_is_a_shortest_one_of_networkx(page, off):
    for switch in off:
        page.click(f"label[for=switch-{switch}]")
    graph = graph_of(page)
    actors = page.evaluate("kgMap.actors()")
    assert len(graph) > 3
    for number, one in enumerate(actors):
        for other in actors[number + 1 :]:
            way = page.evaluate("([one, other]) => kgMap.path(one, other)", [one, other])
            if one not in graph or other not in graph or not nx.has_path(graph, one, other):
                assert way is None, (one, other)
            else:
                assert way[0] == one
                assert way[-1] == other
                assert all(graph.has_edge(*step) for step in pairwise(way))
                assert len(way) - 1 == nx.shortest_path_length(graph, one, other)


def test_a_path_shows_the_quotes_of_each_step(page):
    page.evaluate("kgMap.selectActor('n:SRB')")
    page.click("text=Path to another actor")
    page.fill("#search", "oman")
    page.keyboard.press("Enter")
    way = page.evaluate("kgMap.path('n:SRB', 'n:OMN')")
    assert len(way) > 3
    assert page.inner_text(".panel-title") == "Serbia ⋯ Oman"
    assert page.locator(".path-step").count() == len(way) - 1
    for step in range(len(way) - 1):
        between = page.evaluate(
            """(n) => {
              const found = [];
              for (let e = document.querySelectorAll(".path-step")[n].nextElementSibling; e && !e.matches(".path-step"); e = e.nextElementSibling) found.push(e);
              return found.filter((e) => e.querySelector("blockquote")).length;
            }""",
            step,
        )
        assert between >= 1, way[step]
    strong = [t["id"] for t in page.evaluate("kgMap.drawnTies()") if t["opacity"] > 0.2]
    ends = {t["id"]: {t["source"], t["target"]} for t in page.evaluate("kgMap.ties()")}
    assert {frozenset(ends[tie]) for tie in strong} == {frozenset(step) for step in pairwise(way)}
    page.reload()
    page.wait_for_timeout(300)
    assert page.inner_text(".panel-title") == "Serbia ⋯ Oman"


def test_shift_and_a_click_on_a_second_actor_is_a_path(page):
    page.evaluate("kgMap.selectActor('n:SRB')")
    point = page.evaluate("kgMap.actorPoint('n:QAT')")
    page.keyboard.down("Shift")
    page.mouse.click(point["x"], point["y"])
    page.keyboard.up("Shift")
    page.wait_for_selector(".path-step")
    assert page.inner_text(".panel-title") == "Serbia ⋯ Qatar"


def test_where_nothing_joins_two_actors_the_panel_says_so(page):
    for switch in ("conflict", "cooperation", "neutral", "mediation", "host"):
        page.click(f"label[for=switch-{switch}]")
    page.evaluate("kgMap.selectActor('n:SRB')")
    page.click("text=Path to another actor")
    page.evaluate("kgMap.selectActor('n:OMN')")
    assert "Nothing joins them" in page.inner_text("#panel")


def test_a_state_unfolds_into_those_who_act_for_it_and_folds_again(page):
    folded = page.evaluate("kgMap.ties()")
    events = page.evaluate("kgMap.events()")
    page.evaluate("kgMap.selectActor('n:USA')")
    page.click("text=Unfold 2")
    assert {"n:act_trump", "n:act_treasury"} <= set(page.evaluate("kgMap.drawnActors()"))
    assert page.evaluate("kgMap.events()") == events  # none lost, none made up
    ends = {(t["source"], t["target"]) for t in page.evaluate("kgMap.ties()")}
    assert ("n:act_treasury", "n:act_nis") in ends
    assert ("n:act_trump", "n:RUS") in ends
    assert ("n:USA", "n:act_nis") in ends  # announced by Washington, not by the Treasury
    usa, trump = (page.evaluate("(id) => kgMap.actorPlace(id)", actor) for actor in ("n:USA", "n:act_trump"))
    assert 60 < ((usa["x"] - trump["x"]) ** 2 + (usa["y"] - trump["y"]) ** 2) ** 0.5 < 160
    assert page.is_visible("label[for^=switch-types] >> text=Person")
    page.click("#panel .panel-title ~ .deeds >> text=Fold 2 back")
    assert page.evaluate("kgMap.ties()") == folded


def test_each_tie_of_who_is_drawn_apart_holds_its_own_events(page):
    page.fill("#search", "khamenei")
    page.keyboard.press("Enter")
    page.click("text=Unfold from Iran")
    assert page.inner_text(".panel-title") == "Ali Khamenei"
    (tie,) = [
        t["id"]
        for t in page.evaluate("kgMap.ties()")
        if (t["source"], t["target"], t["isSaid"]) == ("n:act_khamenei", "n:USA", False)
    ]
    page.evaluate("(id) => kgMap.selectTie(id)", tie)
    quotes = page.eval_on_selector_all("#panel blockquote", "all => all.map((q) => q.textContent)")
    assert sorted(quotes) == [
        "He warned Washington of damage that could not be repaired.",
        "Khamenei rejected the American call to give in.",
    ]
    before = sight(page)
    page.reload()
    page.wait_for_timeout(300)
    assert sight(page) == before
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.wait_for_timeout(100)
    assert "n:act_khamenei" not in {t["source"] for t in page.evaluate("kgMap.ties()")}


def test_what_passes_inside_a_side_is_drawn_when_it_is_unfolded(open_page, tmp_path):
    draft = GraphDraft()
    for key, kind in (("USA", "state"), ("IRN", "state"), ("one", "person"), ("two", "person")):
        draft.actor(key, key, kind)
    draft.event("out", "CONDEMN", "ACTOR=one>USA;RECIPIENT=IRN", day="2025-06-01")
    draft.event("in", "CONDEMN", "ACTOR=one>USA;RECIPIENT=two>USA", day="2025-06-02")
    draft.event("up", "CONDEMN", "ACTOR=two>USA;RECIPIENT=USA", day="2025-06-03")
    HtmlExporter().write(draft.graph(), tmp_path / "map.html", {})
    page = open_page(tmp_path / "map.html").page

    def ends():
        return sorted((t["source"], t["target"]) for t in page.evaluate("kgMap.ties()"))

    assert ends() == [("n:USA", "n:IRN")]
    assert "2 events passed inside one side" in page.inner_text("footer")
    page.evaluate("kgMap.selectActor('n:USA')")
    page.click("text=Unfold 2")
    assert ends() == [("n:one", "n:IRN"), ("n:one", "n:two"), ("n:two", "n:USA")]
    page.click("text=Fold 2 back")
    assert ends() == [("n:USA", "n:IRN")]
    page.evaluate("kgMap.pick({ type: 'folded', id: 1 })")
    page.click("text=Unfold from USA")
    assert ends() == [("n:USA", "n:IRN"), ("n:USA", "n:two"), ("n:two", "n:USA")]


def test_names_stay_apart_when_all_are_unfolded(page):
    for side in ("RUS", "USA", "IRN", "QAT", "UKR", "SRB"):
        page.evaluate(f"kgMap.selectActor('n:{side}')")
        page.click("#panel .deeds >> text=/^Unfold/")
    page.evaluate("kgMap.clear()")
    boxes = page.evaluate("kgMap.labelBoxes()")
    assert len(boxes) >= len(page.evaluate("kgMap.drawnActors()")) - 2
    assert overlapping(boxes) == []


def test_an_actor_stays_where_it_is_dragged_to(page):
    start = page.evaluate("kgMap.actorPoint('n:SRB')")
    at = page.evaluate("kgMap.actorPlace('n:SRB')")
    page.mouse.move(start["x"], start["y"])
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 25, steps=5)
    page.mouse.up()
    page.wait_for_timeout(100)
    moved = page.evaluate("kgMap.actorPlace('n:SRB')")
    assert abs(moved["x"] - at["x"]) + abs(moved["y"] - at["y"]) > 30
    page.click("label[for=switch-conflict]")
    page.reload()
    page.wait_for_timeout(300)
    kept = page.evaluate("kgMap.actorPlace('n:SRB')")
    assert [kept["x"], kept["y"]] == [round(moved["x"]), round(moved["y"])]
    page.evaluate("kgMap.selectActor('n:SRB')")
    page.click("text=Let go of its place")
    assert page.evaluate("kgMap.actorPlace('n:SRB')") == at


def test_a_note_lives_in_the_link(page):
    text = "Ask again <img src=x onerror='window.PWN=1'> می‌پرسم\nsecond line"
    page.evaluate("kgMap.selectActor('n:SRB')")
    page.fill("#note", text)
    page.wait_for_timeout(500)
    page.evaluate("kgMap.selectTie('t:0')")
    page.fill("#note", "Strong")
    page.wait_for_timeout(500)
    assert page.evaluate("kgMap.badge('t:0')").endswith(" ✎")
    page.evaluate("kgMap.clear()")
    page.reload()
    page.wait_for_timeout(300)
    assert page.eval_on_selector_all(".notes p", "all => all.map((p) => p.textContent)") == [text, "Strong"]
    assert page.evaluate("window.PWN") is None
    page.click(".notes button >> nth=0")
    assert page.input_value("#note") == text
    page.fill("#note", "")
    page.wait_for_timeout(500)
    page.evaluate("kgMap.clear()")
    assert page.locator(".notes li").count() == 1


def test_a_typed_note_is_one_step_and_its_own_undo_is_that_of_the_text(page):
    page.evaluate("kgMap.selectActor('n:SRB')")
    page.click("#note")
    page.keyboard.type("pipeline", delay=20)
    page.wait_for_timeout(500)
    page.focus("#stage")
    page.keyboard.press("Control+z")
    page.wait_for_timeout(100)
    assert page.input_value("#note") == ""
    assert page.inner_text(".panel-title") == "Serbia"


def test_a_double_click_leaves_the_neighbourhood(page):
    everything = page.evaluate("kgMap.ties()")
    point = page.evaluate("kgMap.actorPoint('n:SRB')")
    page.mouse.dblclick(point["x"], point["y"])
    page.wait_for_selector("#focus-bar:not([hidden])")
    near = page.evaluate("kgMap.drawnActors()")
    beside = {end for t in everything for end in (t["source"], t["target"]) if "n:SRB" in (t["source"], t["target"])}
    assert set(near) == beside
    assert "focus=SRB" in page.url
    page.focus("#stage")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.is_hidden("#focus-bar")
    assert page.evaluate("kgMap.ties()") == everything


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_the_reader_adds(open_page, sample_file, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(sample_file, scheme=scheme).page
    page.goto("about:blank")
    link = "apart=act_putin&focus=RUS&pin=0,0,RUS&note=actor*RUS%0AA+note&pick=path*RUS*QAT"
    page.goto(f"{sample_file.as_uri()}#{link}")
    page.wait_for_timeout(300)
    for step in ("kgMap.actors()", "kgMap.selectActor('n:RUS')", "kgMap.clear()"):
        page.evaluate(step)
        result = Axe().run(page)
        assert result.violations_count == 0, result.generate_report()


def test_a_link_opens_on_a_file_that_lacks_some_of_it(page, open_page, tmp_path):
    page.evaluate("kgMap.selectActor('n:IRN')")
    page.click("#panel .deeds >> text=/^Unfold/")
    set_range(page, "from", 4)
    page.evaluate("kgMap.selectActor('n:HAMAS')")
    page.fill("#note", "Who pays?")
    page.wait_for_timeout(500)
    HtmlExporter().write(sample_graph(("e01", "e02", "e11", "e19")), tmp_path / "fewer.html", {"layout": "circle"})
    other = open_page(tmp_path / "fewer.html")
    other.page.goto("about:blank")
    other.page.goto(f"{(tmp_path / 'fewer.html').as_uri()}#{page.url.partition('#')[2]}")
    other.page.wait_for_timeout(300)
    drawn = other.page.evaluate("kgMap.drawnActors()")
    assert "n:act_khamenei" in drawn
    assert "n:HAMAS" not in drawn
    assert other.page.inner_text(".notes p") == "Who pays?"
    assert other.complaints == []


def test_what_was_known_on_a_day_unfolds_too(page):
    set_range(page, "known", 0)
    early = page.evaluate("kgMap.events()")
    for actor in ("IRN", "RUS"):
        page.evaluate(f"kgMap.selectActor('n:{actor}')")
        page.click("#panel .deeds >> text=/^Unfold/")
    assert page.evaluate("kgMap.events()") == early
    assert "n:act_khamenei" in page.evaluate("kgMap.drawnActors()")
    before = sight(page)
    page.reload()
    page.wait_for_timeout(300)
    assert sight(page) == before
    page.eval_on_selector("#known", "(box) => { box.value = box.max; box.dispatchEvent(new Event('input')); }")
    assert len(page.evaluate("kgMap.events()")) > len(early)
    assert "n:act_putin" in page.evaluate("kgMap.drawnActors()")


def test_a_tall_stage_has_dragged_places_of_its_own(page):
    page.evaluate("kgMap.selectActor('n:SRB')")
    page.goto(f"{page.url}&pin=-5,-7,SRB")
    page.wait_for_timeout(200)
    assert page.evaluate("kgMap.actorPlace('n:SRB')") == {"x": -5, "y": -7}
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    assert page.evaluate("kgMap.actorPlace('n:SRB')") != {"x": -5, "y": -7}
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_timeout(300)
    assert page.evaluate("kgMap.actorPlace('n:SRB')") == {"x": -5, "y": -7}


def test_on_a_phone_a_link_opens_with_all_discs_above_the_bar(open_page, sample_file):
    page = open_page(sample_file, width=390, height=844).page
    page.goto("about:blank")
    page.goto(f"{sample_file.as_uri()}#focus=RUS&pick=actor*RUS")
    page.wait_for_timeout(300)
    bar = page.eval_on_selector("#picked-bar", "bar => bar.getBoundingClientRect().top")
    places = page.evaluate("kgMap.drawnActors().map((id) => kgMap.actorPoint(id).y)")
    assert len(places) == 8
    assert max(places) < bar
