"""The page as text: what it may load and run, and that data stays data."""

import base64
import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from export.page_data import rows_of
from export.sample_graph import GraphDraft, sample_graph
from kg.export.assembly import SCRIPTS, STYLES, app, asset, look, vis_library
from kg.export.html import html_page, json_block
from kg.export.map_model import map_model
from kg.export.options import read_options
from kg.export.page import HtmlExporter


def page_of(graph, **options):
    return html_page(map_model(graph, read_options(options, "html")))


@pytest.fixture(scope="module")
def page():
    return page_of(sample_graph(), title="Sample")


def test_two_pages_are_the_same_bytes(page, tmp_path):
    assert page_of(sample_graph(), title="Sample") == page
    HtmlExporter().write(sample_graph(), tmp_path / "map.html", {"title": "Sample"})
    assert (tmp_path / "map.html").read_bytes() == page.encode("utf-8")


def test_the_page_fits_in_600_kilobytes(page):
    assert len(page.encode("utf-8")) <= 600 * 1024


def test_the_policy_names_the_hash_of_every_script_and_style(page):
    tree = html.fromstring(page)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; ")
    running = tree.xpath("//script[not(@type)]/text()") + tree.xpath("//style/text()")
    assert len(running) == 3
    for text in running:
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
        assert f"'sha256-{digest}'" in policy


def test_nothing_is_loaded_and_nothing_runs_from_an_attribute(page):
    tree = html.fromstring(page)
    assert tree.xpath("//*[@src or @style]") == []
    assert tree.xpath("//link | //iframe | //img | //object | //embed | //form") == []
    assert [name for element in tree.iter("*") for name in element.attrib if name.startswith("on")] == []
    assert "\r" not in page


def test_the_page_has_a_language_one_title_and_one_heading(page):
    tree = html.fromstring(page)
    assert page.startswith("<!doctype html>")
    assert tree.xpath("/html/@lang") == ["en"]
    assert tree.xpath("//title/text()") == tree.xpath("//h1/text()") == ["Sample"]


@pytest.mark.parametrize("name", [*SCRIPTS, *STYLES])
def test_our_scripts_build_the_page_without_markup(name):
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|fetch\(|XMLHttp"
    )
    assert not re.search(forbidden, asset(name))
    assert len(asset(name).splitlines()) <= 400


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_template_holds_another(name):
    """What takes the spare blanks out reads the inner one as code, and takes blanks out of its text."""
    assert not re.search(r"\$\{[^}`]*`", asset(name))


def test_our_part_of_the_page_is_small():
    template = asset("map.html.jinja")
    assert sum(len(part.encode("utf-8")) for part in (app(), look(), template)) <= 95_600


def test_our_files_hold_no_text_or_note_of_several_lines():
    """So that taking indents and lines of notes away changes nothing that runs."""
    for name in (*SCRIPTS, *STYLES):
        for line in asset(name).splitlines():
            assert line.count("`") % 2 == 0, (name, line)
            assert line.count("/*") == line.count("*/") == int(line.startswith("/*")), (name, line)


@given(
    st.recursive(st.text(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))
)
def test_json_in_a_script_is_inert_and_comes_back(value):
    block = str(json_block(value))
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block) == value


def test_a_title_is_text_whatever_it_holds():
    title = "</title><script>alert(1)</script>"
    tree = html.fromstring(page_of(sample_graph(), title=title))
    assert tree.xpath("//title/text()") == tree.xpath("//h1/text()") == [title]


def test_ids_are_prefixed():
    draft = GraphDraft()
    for key in ("1", "__proto__", "constructor"):
        draft.actor(key, key)
    draft.event("e", "CONDEMN", "ACTOR=1;RECIPIENT=__proto__,constructor")
    tree = html.fromstring(page_of(draft.graph()))
    nodes = json.loads(tree.xpath("//script[@id='kg-nodes']/text()")[0])
    assert sorted(node["id"] for node in rows_of(nodes)) == ["n:1", "n:__proto__", "n:constructor"]


def test_without_quotes_no_quoted_word_is_in_the_file():
    told = page_of(sample_graph(), quotes="no")
    assert "Fordow" not in told
    assert "Harbour Dispatch" in told


def test_the_library_is_one_that_was_looked_at():
    """Another version must pass the browser tests first: the curve of a tie is internal to vis-network."""
    version = re.search(r"@version (\S+)", vis_library())
    assert version is not None
    assert version[1] in ("9.1.2", "10.1.2")
