"""The map of the user's two documents, from files to a click, in a real browser without a network."""

from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from export.page_data import block_of, rows_of
from kg.jobs.draw import draw
from kg.jobs.ingest import ingest, sources_of
from kg.jobs.workplace import open_workplace
from kg.model.graph import Selection

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
MAX_BYTES = 600_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the user's two seed documents are not beside this checkout"),
]


@pytest.fixture(scope="module")
def seeds_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    workplace = open_workplace(folder / ".kg")
    paths = [str(path) for path in sorted(SEEDS.glob("*.txt"))]
    noon = datetime.fromisoformat("2025-06-27T12:00+00:00")
    ingest(workplace, sources_of(workplace, paths, retrieved_at=noon))
    draw(workplace, Selection(), output=folder / "again.html")
    drawn = draw(workplace, Selection(), output=folder / "map.html")
    assert (folder / "again.html").read_bytes() == drawn.path.read_bytes()
    return drawn.path


def test_it_opens_offline_and_a_click_on_russia_israel_shows_the_quote(open_page, seeds_file):
    opened = open_page(seeds_file)
    page = opened.page
    ties = page.evaluate("kgMap.ties()")
    ids = [t["id"] for t in ties if {t["source"], t["target"]} == {"n:RUS", "n:ISR"}]
    assert ids, ties[:3]
    quotes = []
    for tie in ids:
        point = page.evaluate("(id) => kgMap.tiePoint(id)", tie)
        page.mouse.click(point["x"], point["y"])
        page.wait_for_selector(".panel-title")
        assert {"Russia", "Israel"} <= set(page.inner_text(".panel-title").replace("⇄", "→").split(" → "))
        quotes.append(page.inner_text("#panel"))
    assert any("offered to help mediate" in text or "offered to mediate" in text for text in quotes), quotes
    assert opened.requests == []
    assert opened.complaints == []
    assert opened.violations() == []


def test_it_is_accessible_and_small(open_page, seeds_file):
    assert seeds_file.stat().st_size <= MAX_BYTES
    for scheme in ("light", "dark"):
        result = Axe().run(open_page(seeds_file, scheme=scheme).page)
        assert result.violations_count == 0, result.generate_report()


def test_every_quote_stands_in_a_document_as_it_is_shown(seeds_file):
    evidence = rows_of(block_of(seeds_file.read_text(encoding="utf-8"), "kg-data")["evidence"])
    texts = [path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")]
    assert len(evidence) > 20
    assert [row["quote"] for row in evidence if not any(row["quote"].removesuffix("…") in text for text in texts)] == []


class Reader:
    """Someone who has just opened the map, and how often they had to act since."""

    MOST_ACTIONS = 3

    def __init__(self, page):
        self.page, self.actions = page, 0
        page.keyboard.press("Escape")
        page.evaluate("kgMap.clear()")

    def click_tie(self, source, target, kind, *, is_said=False):
        wanted = {"source": f"n:{source}", "target": f"n:{target}", "kind": kind, "isSaid": is_said}
        (found,) = [t["id"] for t in self.page.evaluate("kgMap.ties()") if wanted.items() <= t.items()]
        point = self.page.evaluate("(id) => kgMap.tiePoint(id)", found)
        self.page.mouse.click(point["x"], point["y"])
        self.page.wait_for_selector(".panel-title")
        self.actions += 1

    def search(self, text):
        self.page.fill("#search", text)
        self.page.keyboard.press("Enter")
        self.actions += 2

    def unfold(self, text):
        self.page.click(f".answer summary:has-text('{text}')")
        self.actions += 1

    def told(self):
        assert self.actions <= self.MOST_ACTIONS
        return " ".join(self.page.inner_text("#panel").split())


@pytest.fixture(scope="module")
def seeds_page(open_shared_page, seeds_file):
    return open_shared_page(seeds_file).page


def test_who_offered_to_mediate(seeds_page):
    reader = Reader(seeds_page)
    reader.click_tie("RUS", "ISR", "mediation", is_said=True)
    assert "Vladimir Putin" in reader.told()
    assert "offered to help mediate an end to the conflict between Israel and Iran" in reader.told()


def test_whether_the_offer_was_accepted(seeds_page):
    reader = Reader(seeds_page)
    reader.click_tie("RUS", "ISR", "cooperation")
    reader.unfold("reject")
    assert "answered by: reject Donald Trump" in reader.told()
    assert "Donald Trump rejected the offer" in reader.told()


def test_who_brokered_the_ceasefire(seeds_page):
    reader = Reader(seeds_page)
    reader.click_tie("QAT", "ISR", "mediation")
    assert "agreed to a ceasefire brokered by the United States and Qatar" in reader.told()


def test_what_holds_for_nis_on_the_first_of_july(seeds_page):
    reader = Reader(seeds_page)
    reader.search("nis")
    rows = seeds_page.eval_on_selector_all(".standing li", "rows => rows.map((row) => row.textContent)")
    since = {row[:10]: row[11:] for row in rows}
    assert "licensed until 2025-07-29" in since[max(day for day in since if day <= "2025-07-01")]
    assert "Naftna Industrija Srbije" in reader.told()
    assert "postponing the full implementation of sanctions" in reader.told()


def test_what_khamenei_rejected(seeds_page):
    reader = Reader(seeds_page)
    reader.search("khamenei")
    assert "Khamenei has rejected US calls for surrender" in reader.told()


def test_which_sentence_says_that_iran_hit_a_hospital(seeds_page):
    reader = Reader(seeds_page)
    reader.click_tie("IRN", "ISR", "conflict")
    assert "Iranian missiles struck an Israeli hospital on Thursday" in reader.told()
