"""What the page promises whoever checks it: counts that add up, sources that carry ties, keys that reach all, greys apart."""

import pytest

from export.page_data import block_of, rows_of
from export.sample_graph import sample_graph
from kg.export.page import HtmlExporter

pytestmark = pytest.mark.browser

LEAST_GREY_RATIO = 1.8  # of conflict and cooperation without their hues
FOCUSABLE = "button:not([disabled]), input, summary, a[href], textarea, [tabindex='0']"
NAME = "(node) => node.id || node.getAttribute('aria-label') || node.textContent.trim().slice(0, 60)"
PALETTE = """() => {
  const probe = document.body.appendChild(document.createElement("span"));
  const told = ["conflict", "cooperation"].map((key) => {
    probe.style.color = `var(--${key})`;
    return getComputedStyle(probe).color.match(/[0-9.]+/g).slice(0, 3).map(Number);
  });
  probe.remove();
  return told;
}"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("checks") / "map.html"
    HtmlExporter().write(sample_graph(), path, {"title": "Sample"})
    return path


@pytest.fixture(scope="module")
def page(open_shared_page, file):
    return open_shared_page(file).page


def counts_of(page, facet):
    rows = page.eval_on_selector_all(
        f"#{facet} li", "rows => rows.map((row) => [row.querySelector('input').value, row.querySelector('.switch-count')])"
        ".map(([value, count]) => [value, Number(count.textContent)])",
    )  # fmt: skip
    return dict(rows)


def test_the_rows_of_the_legend_add_up_to_the_head(page):
    groups = counts_of(page, "groups")
    done = groups.pop("happened") + groups.pop("ongoing")
    assert f"{done} events happened, {sum(groups.values())} only said" in page.inner_text("#counts")
    assert sum(counts_of(page, "types").values()) == len(page.evaluate("kgMap.drawnActors()"))


def test_a_source_switched_off_takes_exactly_the_ties_that_it_alone_supports(page, file):
    data = block_of(file.read_text(encoding="utf-8"), "kg-data")
    ties, events, evidence, documents = (rows_of(data[name]) for name in ("ties", "events", "evidence", "documents"))

    def publishers(event):
        told = (evidence[number].get("document") for number in events[event].get("evidence", ()))
        return {documents[number]["publisher"] for number in told if number is not None}

    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    for box in page.query_selector_all("#sources input"):
        source = box.get_attribute("value")
        box.evaluate("(box) => box.click()")
        left = {tie["id"] for tie in page.evaluate("kgMap.ties()")}
        box.evaluate("(box) => box.click()")
        expected = {
            f"t:{number}"
            for number, tie in enumerate(ties)
            if any(not publishers(event) or publishers(event) - {source} for event in tie["events"])
        }
        assert left == expected, source
        assert len(left) < len(ties)


def test_search_finds_by_the_start_of_a_name_and_shows_a_sentence(page):
    page.fill("#search", "khame")
    page.keyboard.press("Enter")
    assert page.inner_text(".panel-title") == "Ali Khamenei"
    assert page.locator("#panel blockquote").count() > 0
    page.evaluate("kgMap.clear()")


def test_the_tab_key_reaches_every_control(page):
    visible = f"(nodes) => nodes.filter((node) => node.checkVisibility({{ visibilityProperty: true }})).map({NAME})"
    wanted = page.eval_on_selector_all(FOCUSABLE, visible)
    page.evaluate("document.activeElement.blur()")
    reached = []
    for _ in range(2 * len(wanted)):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(f"({NAME})(document.activeElement)"))
        if len(reached) > 1 and reached[-1] == reached[0]:
            break
    assert set(wanted) - set(reached) == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_conflict_and_cooperation_differ_without_their_hues(open_page, file, scheme):
    conflict, cooperation = map(luminance, open_page(file, scheme=scheme).page.evaluate(PALETTE))
    assert (max(conflict, cooperation) + 0.05) / (min(conflict, cooperation) + 0.05) >= LEAST_GREY_RATIO


def luminance(colour):
    """Relative luminance of an sRGB colour, as WCAG counts it."""
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_on_a_phone_all_names_lie_inside_the_stage(open_page, file):
    page = open_page(file, width=390, height=844).page
    stage = page.evaluate(
        "[document.querySelector('#stage').clientWidth, document.querySelector('#stage').clientHeight]"
    )
    boxes = page.evaluate("kgMap.labelBoxes()")
    assert len(boxes) >= len(page.evaluate("kgMap.drawnActors()")) - 1
    for box in boxes:
        assert 0 <= box["left"] < box["right"] <= stage[0], box["id"]
        assert 0 <= box["top"] < box["bottom"] <= stage[1], box["id"]
