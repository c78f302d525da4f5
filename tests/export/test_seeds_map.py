"""The map of the user's two documents, from files to a click, in a real browser without a network."""

from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

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
