"""The map in a real browser: it opens offline, shows its evidence, and serves those who do not see the canvas."""

import pytest

from export.page_data import overlapping
from export.sample_graph import GraphDraft, crowd, sample_graph
from kg.export.page import HtmlExporter

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def crowded_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "crowd.html"
    HtmlExporter().write(crowd(300, 1500), path, {})
    return path


@pytest.fixture
def opened(open_page, sample_file):
    return open_page(sample_file)


def tie_id(page, source, target, kind, *, is_said=False):
    ties = page.evaluate("kgMap.ties()")
    (found,) = [
        t["id"]
        for t in ties
        if (t["source"], t["target"], t["kind"], t["isSaid"]) == (f"n:{source}", f"n:{target}", kind, is_said)
    ]
    return found


def panel_text(page):
    return page.inner_text("#panel")


def test_it_opens_offline_without_a_request_or_a_complaint(opened):
    assert opened.requests == []
    assert opened.complaints == []
    assert opened.violations() == []
    assert opened.page.evaluate("document.compatMode") == "CSS1Compat"
    assert opened.page.inner_text("#counts").startswith("17 actors · 46 of 46 ties · 34 events happened, 10 only said")


def test_the_canvas_is_painted(opened):
    painted = opened.page.evaluate(
        """() => {
          const canvas = document.querySelector("#stage canvas");
          const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          return pixels.filter((value, index) => index % 4 === 3 && value > 0).length;
        }"""
    )
    assert painted > 20_000
    assert len(opened.page.evaluate("kgMap.drawnActors()")) == 17


def test_names_do_not_overlap_and_every_actor_has_one(opened):
    boxes = opened.page.evaluate("kgMap.labelBoxes()")
    assert len(boxes) == 17
    assert overlapping(boxes) == []


def test_a_click_on_a_tie_shows_the_sentence_behind_it(opened):
    page = opened.page
    point = page.evaluate("(id) => kgMap.tiePoint(id)", tie_id(page, "RUS", "UKR", "conflict"))
    page.mouse.click(point["x"], point["y"])
    page.wait_for_selector(".panel-title")
    assert page.inner_text(".panel-title") == "Russia → Ukraine"
    assert "Missiles fired by Russia fell on Dnipro on Tuesday." in panel_text(page)
    assert page.inner_text("#panel mark >> nth=0") == "fell"


def test_a_click_on_an_actor_shows_its_ties(opened):
    point = opened.page.evaluate("kgMap.actorPoint('n:QAT')")
    opened.page.mouse.click(point["x"], point["y"])
    opened.page.wait_for_selector(".panel-title")
    assert opened.page.inner_text(".panel-title") == "Qatar"
    assert "Ministry of Foreign Affairs of Qatar" in panel_text(opened.page)
    opened.page.keyboard.press("Escape")
    opened.page.mouse.click(300, 880 - 60)
    assert "Strongest ties" in panel_text(opened.page)


def test_every_card_says_what_it_rests_on(opened):
    page = opened.page
    page.evaluate("kgMap.selectActor('n:IRN')")
    for card in page.query_selector_all("#panel .card"):
        assert card.query_selector("blockquote").inner_text().strip()
        text = card.inner_text()
        assert "told as" in text
        assert "confidence" in text
        assert "characters 100–" in text
        assert any(day in text for day in ("(day)", "(week)", "(month)", "(year)", "no date told"))
    links = page.eval_on_selector_all("#panel a", "links => links.map((a) => [a.href, a.rel, a.target])")
    assert ["https://dispatch.example/iran-israel", "noopener noreferrer", "_blank"] in links


def test_what_was_only_said_is_thin_and_dashed_and_says_so(opened):
    page = opened.page
    said = tie_id(page, "ISR", "act_khamenei", "conflict", is_said=True)
    drawn = {tie["id"]: tie for tie in page.evaluate("kgMap.drawnTies()")}
    assert drawn[said]["dashes"]
    assert drawn[said]["width"] < drawn[tie_id(page, "ISR", "IRN", "conflict")]["width"] / 2
    assert not drawn[tie_id(page, "ISR", "IRN", "conflict")]["dashes"]
    page.evaluate("(id) => kgMap.selectTie(id)", said)
    assert "None of this is told as having happened." in panel_text(page)
    assert "possible" in panel_text(page)


def test_mediation_is_dotted_and_ends_in_no_arrow(opened):
    page = opened.page
    drawn = {tie["id"]: tie for tie in page.evaluate("kgMap.drawnTies()")}
    tie = drawn[tie_id(page, "QAT", "ISR", "mediation")]
    assert tie["dashes"]
    assert tie["arrows"]["to"]["type"] == "circle"


def test_conflict_and_cooperation_differ_in_their_heads(opened):
    page = opened.page
    drawn = {tie["id"]: tie for tie in page.evaluate("kgMap.drawnTies()")}
    assert drawn[tie_id(page, "ISR", "IRN", "conflict")]["arrows"]["to"]["type"] == "arrow"
    treaty = drawn[tie_id(page, "IRN", "RUS", "cooperation")]["arrows"]
    assert treaty["to"]["type"] == treaty["from"]["type"] == "vee"


def test_each_switch_takes_its_events_away(opened):
    page = opened.page
    switches = page.eval_on_selector_all(
        "#kinds input, #groups input, #types input", "boxes => boxes.map((box) => box.id)"
    )
    assert len(switches) > 13
    for switch in switches:
        before = len(page.evaluate("kgMap.ties()"))
        page.click(f"label[for={switch}]")
        assert len(page.evaluate("kgMap.ties()")) < before, switch
        page.click(f"label[for={switch}]")
        assert len(page.evaluate("kgMap.ties()")) == before
    for group in ("happened", "ongoing"):
        page.click(f"label[for=switch-{group}]")
    assert all(tie["isSaid"] or tie["kind"] == "structure" for tie in page.evaluate("kgMap.ties()"))


def test_with_everything_off_the_panel_says_how_to_go_on(opened):
    for kind in ("conflict", "cooperation", "neutral", "mediation", "host", "structure"):
        opened.page.click(f"label[for=switch-{kind}]")
    assert "Switch some on" in panel_text(opened.page)
    assert opened.complaints == []


def test_search_finds_an_actor_that_is_shown_as_its_side(opened):
    page = opened.page
    page.fill("#search", "vucic")  # Vučić
    page.keyboard.press("Enter")
    assert page.inner_text(".panel-title") == "Aleksandar Vučić"
    assert "acts for Serbia" in panel_text(page)
    assert "travelled" in page.inner_text("#panel blockquote")


def test_search_is_a_list_for_the_keyboard(opened):
    page = opened.page
    page.fill("#search", "is")
    titles = page.eval_on_selector_all("#search-list li", "rows => rows.map((row) => row.textContent)")
    assert titles[0] == "Israel"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search", "aria-activedescendant") == "found-1"
    page.keyboard.press("Escape")
    assert page.get_attribute("#search", "aria-expanded") == "false"
    page.fill("#search", "atlantis")
    assert page.inner_text("#live") == "No actor of that name in this map"


def test_the_table_holds_the_same_ties(opened):
    page = opened.page
    page.click("#view-table")
    assert page.locator("tbody tr").count() == len(page.evaluate("kgMap.ties()")) == 46
    assert page.locator("thead th[scope=col]").count() == 8
    page.click("tbody tr:first-child button")
    assert page.inner_text(".panel-title") == "Iran → United States"


def test_the_keyboard_reaches_the_ties(opened):
    page = opened.page
    page.focus("#stage")
    page.keyboard.press("n")
    assert page.inner_text(".panel-title") == "Iran → United States"
    assert "conflict, 4 events" in page.inner_text("#live")
    page.keyboard.press("n")
    page.keyboard.press("b")
    assert page.inner_text(".panel-title") == "Iran → United States"
    before = page.evaluate("kgMap.actorPoint('n:RUS')")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    assert page.evaluate("kgMap.actorPoint('n:RUS')") != before
    page.keyboard.press("Escape")
    assert "Strongest ties" in panel_text(page)


def test_the_foot_counts_what_is_passed_on_with_the_file(opened):
    assert opened.page.inner_text("#foot").startswith(
        "This file holds 49 quotes from 5 documents of 5 sources, as of 2025-06-27."
    )


def test_without_quotes_the_cards_say_where_to_look(open_page, tmp_path):
    HtmlExporter().write(sample_graph(), tmp_path / "map.html", {"quotes": "no"})
    opened = open_page(tmp_path / "map.html")
    opened.page.evaluate("kgMap.selectActor('n:RUS')")
    assert opened.page.locator("blockquote").count() == 0
    assert "The quote was left out of this file." in panel_text(opened.page)
    assert "characters 100–" in panel_text(opened.page)
    assert "no quotes" in opened.page.inner_text("#foot")


@pytest.mark.parametrize("width", [390, 820, 1100])
def test_nothing_has_to_be_scrolled_sideways(open_page, sample_file, width):
    opened = open_page(sample_file, width=width, height=844)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(page.evaluate("kgMap.labelBoxes()")) >= 16
    page.evaluate("kgMap.selectActor('n:IRN')")
    page.click("#view-table")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.complaints == []


def test_on_a_phone_a_bar_leads_from_the_map_to_the_sentences(open_page, sample_file):
    page = open_page(sample_file, width=390, height=844).page
    page.evaluate("(id) => kgMap.selectTie(id)", tie_id(page, "RUS", "UKR", "conflict"))
    page.click("#picked-bar")
    top = page.evaluate("document.querySelector('#panel').getBoundingClientRect().top")
    assert top < 200


def test_a_window_that_turns_narrow_gets_the_tall_places(open_page, sample_file):
    page = open_page(sample_file).page
    wide = page.evaluate("kgMap.actorPoint('n:UKR')")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    narrow = page.evaluate("kgMap.actorPoint('n:UKR')")
    assert wide["x"] > 390 > narrow["x"] > 0
    assert len(page.evaluate("kgMap.labelBoxes()")) >= 16


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(open_page, sample_file, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(sample_file, scheme=scheme, width=width).page
    for step in ("kgMap.clear()", "kgMap.selectTie('t:0')", "kgMap.selectActor('n:RUS')"):
        page.evaluate(step)
        result = Axe().run(page)
        assert result.violations_count == 0, result.generate_report()
    page.click("#view-table")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_the_dark_scheme_reaches_the_canvas(open_page, sample_file):
    page = open_page(sample_file, scheme="dark").page
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 21, 28)"
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(200)
    fill = page.evaluate(
        """() => {
          const point = kgMap.actorPoint("n:RUS");
          const canvas = document.querySelector("#stage canvas");
          const box = canvas.getBoundingClientRect();
          const ratio = canvas.width / box.width;
          return [...canvas.getContext("2d").getImageData((point.x - box.left) * ratio, (point.y - box.top) * ratio, 1, 1).data];
        }"""
    )
    assert fill[:3] == [0x33, 0x47, 0x5B]


def test_a_crowd_opens_on_its_backbone_and_more_is_drawn_when_asked(open_page, crowded_file):
    opened = open_page(crowded_file)
    page = opened.page
    assert len(page.evaluate("kgMap.ties()")) <= 90
    assert len(page.evaluate("kgMap.drawnActors()")) <= 25
    for x, y in page.evaluate("kgMap.drawnActors().map(kgMap.actorPoint).map((point) => [point.x, point.y])"):
        assert 226 < x < 1440 - 372
        assert 60 < y < 870
    page.click("label[for=switch-conflict]")
    rest = page.evaluate("kgMap.ties()")
    assert {tie["kind"] for tie in rest} == {"cooperation"}
    assert 20 < len(rest) <= 72  # the next strongest of what is asked for come in
    assert len(page.evaluate("kgMap.drawnActors()")) <= 25
    page.click("#reset")
    page.evaluate("kgMap.selectActor('n:A250')")
    assert "n:A250" in page.evaluate("kgMap.drawnActors()")
    point = page.evaluate("kgMap.actorPoint('n:A250')")
    assert 226 < point["x"] < 1440 - 372
    assert 60 < point["y"] < 870
    page.evaluate("kgMap.clear()")
    page.click("label[for=show-all]")
    drawn = page.evaluate("kgMap.drawnTies()")
    assert len(drawn) == 600
    assert not any(tie["dashes"] for tie in drawn)  # more than 150: dashes are too dear
    assert opened.complaints == []


def test_deeds_are_named_before_words_and_the_weightiest_first(open_page, tmp_path):
    draft = GraphDraft()
    draft.actor("A", "Aland")
    draft.actor("B", "Bland")
    told = ("MISSILE_STRIKE", "ACCUSE", "WARN", "WARN", "EXPEL", "AIRSTRIKE", "AIRSTRIKE")
    for n, etype in enumerate(told):
        draft.event(f"e{n}", etype, "ACTOR=A;RECIPIENT=B", day=f"2025-06-{20 - n}")
    HtmlExporter().write(draft.graph(), tmp_path / "map.html", {})
    page = open_page(tmp_path / "map.html").page
    assert page.inner_text(".tie-note >> nth=0") == "airstrike ×2, missile strike, expel and 2 other kinds"


def test_entries_of_a_list_wait_until_asked_for(open_page, tmp_path):
    draft = GraphDraft()
    for key in ("IRN", "ISR", "UN", "one", "two"):
        draft.actor(key, f"Actor {key}")
    draft.event("news", "AIRSTRIKE", "ACTOR=ISR;RECIPIENT=IRN")
    source = draft.node("Source", "council", name="The Council", kind="list")
    for key in ("one", "two"):
        event = draft.event(f"entry-{key}", "IMPOSE_SANCTIONS", f"ACTOR=UN;RECIPIENT={key}")
        document = draft.document(f"d-{key}", "The Council")
        draft.join("PUBLISHED_BY", document, source)
        draft.claim(f"c-{key}", event, document, "It is listed.", "listed")
    HtmlExporter().write(draft.graph(), tmp_path / "map.html", {})
    page = open_page(tmp_path / "map.html").page
    assert sorted(page.evaluate("kgMap.drawnActors()")) == ["n:IRN", "n:ISR"]
    page.fill("#search", "actor one")
    page.keyboard.press("Enter")
    assert sorted(page.evaluate("kgMap.drawnActors()")) == ["n:IRN", "n:ISR", "n:UN", "n:one"]
    page.keyboard.press("Escape")
    page.evaluate("kgMap.clear()")
    page.click("label[for=show-all]")
    assert len(page.evaluate("kgMap.drawnActors()")) == 5


def test_what_is_weak_is_thin_and_pale_and_says_so(open_page, tmp_path):
    draft = GraphDraft()
    for key in "ABC":
        draft.actor(key, f"Actor {key}")
    document = draft.document("d", "Wire")
    for key, roles, is_weak in (
        ("e1", "ACTOR=A;RECIPIENT=B", True),
        ("e2", "ACTOR=A;RECIPIENT=C", True),
        ("e3", "ACTOR=A;RECIPIENT=C", False),
    ):
        event = draft.event(key, "AIRSTRIKE", roles)
        confidence = {"confidence": 0.12 if is_weak else 0.9, "weak": is_weak}
        draft.claim(f"c{key}", event, document, "It struck.", "struck", **confidence)
        draft.node("Event", key, **{**draft.nodes[event].properties, **confidence})
    HtmlExporter().write(draft.graph(), tmp_path / "map.html", {})
    page = open_page(tmp_path / "map.html").page
    weak, sure = (tie_id(page, "A", end, "conflict") for end in "BC")
    drawn = {tie["id"]: tie for tie in page.evaluate("kgMap.drawnTies()")}
    assert drawn[weak]["width"] < drawn[sure]["width"]
    assert drawn[weak]["opacity"] < drawn[sure]["opacity"] / 2
    assert {tie["id"]: tie["isWeak"] for tie in page.evaluate("kgMap.ties()")} == {weak: True, sure: False}
    assert "Pale: too unsure" in page.inner_text("#legend-list")
    assert page.inner_text(".tie-title >> nth=0") == "Actor A → Actor C"
    page.evaluate("(id) => kgMap.selectTie(id)", weak)
    assert "conflict, 1 event, weak" in panel_text(page)
    assert "All of this is weak" in panel_text(page)
    assert "Too unsure to be drawn unless asked for: confidence 12\u00a0%" in panel_text(page)
    assert "confidence 12\u00a0%, weak" in panel_text(page)
    page.evaluate("(id) => kgMap.selectTie(id)", sure)
    assert "conflict, 2 events, 1 of them weak" in panel_text(page)
    assert "All of this is weak" not in panel_text(page)


def test_nothing_weak_is_no_row_of_the_legend(opened):
    assert "Pale" not in opened.page.inner_text("#legend-list")
    assert not any(tie["isWeak"] for tie in opened.page.evaluate("kgMap.ties()"))


def test_an_empty_map_opens_and_says_so(open_page, tmp_path):
    from kg.model.graph import Graph

    HtmlExporter().write(Graph(), tmp_path / "map.html", {})
    opened = open_page(tmp_path / "map.html")
    assert "Nothing to show" in panel_text(opened.page)
    assert opened.complaints == []
