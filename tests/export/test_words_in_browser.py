"""The interface in Russian, and names that are written from right to left, in a real browser."""

import re

import pytest

from export.page_data import block_of, rows_of
from export.persian_graph import NAMES, persian_graph
from export.sample_graph import sample_graph
from export.world_graph import world_graph
from kg.export.language import dictionary
from kg.export.page import HtmlExporter

pytestmark = pytest.mark.browser

NAMES_OF_THINGS = {"PNG", "SVG", "CSV", "JSON", "GraphML", "GEXF", "Ctrl", "Shift", "UTC"}
OF_DATA = {
    "actors": ("name", "aliases"),
    "folded": ("name", "aliases"),
    "events": ("sources", "targets", "brokers", "detail"),
    "evidence": ("quote", "speaker", "extractor"),
    "documents": ("publisher", "title", "url", "address"),
    "designations": ("authority", "target"),
}
# Every text and label of the page, overview first, then with each tie and each actor picked.
ALL_TEXTS = """() => {
  const texts = new Set();
  const take = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("script, style")) texts.add(walker.currentNode.data);
    for (const node of document.querySelectorAll("[aria-label], [title], [placeholder]"))
      for (const name of ["aria-label", "title", "placeholder"]) texts.add(node.getAttribute(name) || "");
  };
  take();
  for (const { id } of kgMap.ties()) { kgMap.selectTie(id); take(); }
  for (const id of kgMap.drawnActors()) { kgMap.selectActor(id); take(); }
  return [...texts];
}"""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("words")
    for name, graph in (("sample", sample_graph()), ("world", world_graph()), ("persian", persian_graph())):
        HtmlExporter().write(graph, folder / f"{name}.html", {"title": "Карта", "language": "ru"})
    return folder


def data_texts(page):
    data = block_of(page, "kg-data")
    texts = {node["label"] for node in rows_of(block_of(page, "kg-nodes"))}
    for name, columns in OF_DATA.items():
        for row in rows_of(data[name]):
            for column in columns:
                value = row.get(column, ())
                texts |= {value} if isinstance(value, str) else set(value)
    return texts - {""}


@pytest.mark.parametrize("name", ["sample", "world"])
def test_no_english_word_is_left_in_the_russian_page(open_page, files, name):
    path = files / f"{name}.html"
    opened = open_page(path)
    ours = data_texts(path.read_text("utf-8"))
    told = {
        word for text in dictionary("ru").values() for word in re.findall("[A-Za-z]{2,}", str(text))
    } | NAMES_OF_THINGS
    texts = opened.page.evaluate(ALL_TEXTS)
    assert len(texts) > 100
    for text in texts:
        rest = "" if any(text.strip() in other for other in ours) else text
        for other in sorted(ours, key=len, reverse=True):
            rest = rest.replace(other, "")
        assert set(re.findall("[A-Za-z]{2,}", rest)) <= told, text
    assert opened.complaints == []


def test_the_russian_page_says_its_language_and_counts_as_russians_do(open_page, files):
    page = open_page(files / "sample.html").page
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ru", "ltr"]
    assert page.inner_text("#counts").startswith("17 участников · 46 из 46 связей · 34 события произошли, 10 только на")
    assert "ракетный удар" in page.inner_text("#panel")


@pytest.mark.parametrize("name", ["sample", "world"])
def test_the_russian_table_keeps_within_a_laptop(open_page, files, name):
    page = open_page(files / f"{name}.html").page
    page.click("#view-table")
    assert page.locator("tbody tr").count() > 3
    assert page.eval_on_selector("#table-box", "box => box.scrollWidth <= box.clientWidth")


def test_a_persian_pair_is_read_from_its_source_to_its_target(open_page, files):
    page = open_page(files / "persian.html").page
    tie = next(t for t in page.evaluate("kgMap.ties()") if (t["source"], t["target"]) == ("n:IRN", "n:ISR"))
    page.evaluate("(id) => kgMap.selectTie(id)", tie["id"])
    lefts = page.eval_on_selector_all(
        ".panel-title bdi", "names => names.map((name) => [name.textContent, name.getBoundingClientRect().left])"
    )
    assert [text for text, _ in sorted(lefts, key=lambda pair: pair[1])] == [NAMES["IRN"], NAMES["ISR"]]
    bar = page.text_content("#picked-bar")
    assert bar.startswith(f"\u2068{NAMES['IRN']}\u2069 → \u2068{NAMES['ISR']}\u2069: ")
    quotes = page.eval_on_selector_all(
        "blockquote",
        "quotes => quotes.map((quote) => [quote.querySelector('mark').textContent, quote.matches(':dir(rtl)')])",
    )
    assert ["شلیک کرد", True] in quotes
    assert ["accused", False] in quotes


def test_a_persian_name_is_found(open_page, files):
    page = open_page(files / "persian.html").page
    page.fill("#search", "خامنه")
    page.press("#search", "Enter")
    assert page.inner_text(".panel-title") == NAMES["act_khamenei"]
