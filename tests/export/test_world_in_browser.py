"""What time does, in a real browser: lives of sanctions, answers, contradictions, the window of days, the filters."""

import pytest

from export.world_graph import world_graph
from kg.export.page import HtmlExporter

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def world_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "world.html"
    HtmlExporter().write(world_graph(), path, {"title": "World"})
    return path


@pytest.fixture
def world(open_page, world_file):
    return open_page(world_file)


def set_thumb(page, thumb, value):
    page.eval_on_selector(f"#{thumb}", "(box, n) => { box.value = n; box.dispatchEvent(new Event('input')); }", value)


def tie_of(page, source, target, *, is_said=False, kind="conflict"):
    return next(
        t["id"]
        for t in page.evaluate("kgMap.ties()")
        if (t["source"], t["target"], t["isSaid"], t["kind"]) == (f"n:{source}", f"n:{target}", is_said, kind)
    )


def test_a_sanction_carries_what_holds_on_its_arrow(world):
    page = world.page
    licence = tie_of(page, "A", "firm", kind="cooperation")
    assert page.evaluate("(id) => kgMap.badge(id)", licence) == "licensed until 2025-07-29"
    page.evaluate("(id) => kgMap.selectTie(id)", licence)
    panel = page.inner_text("#panel")
    assert "Sanctions of Aland on Firm: asset freeze (news)" in panel
    assert "2025-07-30 in force, presumed from the relief" in panel
    assert world.complaints == []


def test_an_offer_shows_its_answer_and_what_came_of_it(world):
    page = world.page
    page.evaluate("(id) => kgMap.selectTie(id)", tie_of(page, "A", "B", is_said=True, kind="cooperation"))
    assert page.eval_on_selector_all(".answer summary", "rows => rows.map((row) => row.textContent)") == [
        "answered by: reject Émir Näme, 2025-06-25 (day)",
        "kept by: negotiate Aland, Bland, 2025-06-28 (day)",
    ]
    page.click(".answer summary >> nth=0")
    assert page.locator(".answer blockquote >> nth=0").inner_text() == "The emir said no."


def test_sentences_that_contradict_each_other_stand_side_by_side(world):
    page = world.page
    page.evaluate("(id) => kgMap.selectTie(id)", tie_of(page, "A", "B"))
    assert page.inner_text(".dispute-title") == "They contradict each other on the number"
    one, other = page.eval_on_selector_all(
        ".dispute .evidence", "rows => rows.map((row) => row.getBoundingClientRect().toJSON())"
    )
    assert one["top"] == other["top"]
    assert one["right"] <= other["left"]
    assert "Told by 2 documents, 1 independent source." in page.inner_text("#panel")
    marks = page.eval_on_selector_all(
        "#panel .card > .evidence mark", "all => all.map((m) => [m.className, m.textContent])"
    )
    assert marks[:3] == [["actor", "Aland"], ["trigger", "bombed"], ["recipient", "Bland"]]


def test_the_window_of_days_takes_out_what_lies_outside(open_page, sample_file):
    page = open_page(sample_file).page
    everything = page.evaluate("kgMap.ties().length")
    last = int(page.get_attribute("#to", "max"))
    set_thumb(page, "from", last // 2)
    fewer = page.evaluate("kgMap.ties().length")
    assert 0 < fewer < everything
    set_thumb(page, "to", 0)  # never before the start
    assert page.evaluate("[from.value, to.value].map(Number)") == [last // 2, last // 2]
    first, end = page.inner_text("#window").split(" – ")
    assert first == end == page.get_attribute("#from", "aria-valuetext")
    page.click("#reset")
    assert page.evaluate("kgMap.ties().length") == everything
    assert page.is_hidden("#reset")


def test_bars_stand_above_the_line_for_conflict_and_below_for_the_rest(open_page, sample_file):
    page = open_page(sample_file).page
    up = page.eval_on_selector_all(
        "#bars .conflict", "all => all.map((r) => r.y.baseVal.value + r.height.baseVal.value)"
    )
    down = page.eval_on_selector_all("#bars .cooperation", "all => all.map((r) => r.y.baseVal.value)")
    assert up
    assert down
    assert max(up) < min(down)
    assert page.locator(".day-said").count() > 0


def test_playing_adds_day_after_day_and_stops(open_page, world_file):
    page = open_page(world_file).page
    set_thumb(page, "to", 0)
    page.click("#play")
    assert page.get_attribute("#play", "aria-pressed") == "true"
    page.wait_for_selector("#play[aria-pressed=false]", timeout=15_000)
    assert page.evaluate("to.value === to.max")


@pytest.mark.parametrize(("facet", "row"), [("types", "State"), ("labels", "airstrike"), ("sources", "Meridian Wire")])
def test_only_leaves_one_row_of_a_filter(open_page, sample_file, facet, row):
    page = open_page(sample_file).page
    everything = page.evaluate("kgMap.ties().length")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.focus(f"#{facet} button[aria-label='Only {row}']")
    page.keyboard.press("Enter")
    assert page.locator(f"#{facet} input:checked").count() == 1
    assert 0 < page.evaluate("kgMap.ties().length") < everything
    page.keyboard.press("Enter")
    assert page.evaluate("kgMap.ties().length") == everything


def test_offered_and_denied_alone_are_never_told_as_happened(open_page, sample_file):
    page = open_page(sample_file).page
    for box in page.query_selector_all("#groups input"):
        if box.get_attribute("value") not in ("offered", "denied"):
            page.click(f"label[for={box.get_attribute('id')}]")
    ties = [tie for tie in page.evaluate("kgMap.ties()") if tie["kind"] != "structure"]
    assert ties
    assert all(tie["isSaid"] for tie in ties)
    assert "0 events happened, 3 only said" in page.inner_text("#counts")


def test_the_least_confidence_takes_out_what_is_less_sure(open_page, sample_file):
    page = open_page(sample_file).page
    set_thumb(page, "least", 85)
    assert all(tie["kind"] == "structure" for tie in page.evaluate("kgMap.ties()"))


def test_light_and_dark_are_switched_by_hand_too(world):
    page = world.page
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 21, 28)"
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(247, 248, 250)"
    assert world.violations() == []
