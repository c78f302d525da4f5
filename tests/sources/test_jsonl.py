import json

import pytest

from kg.model.documents import MediaType
from kg.model.errors import SettingsError, SourceError
from kg.sources import jsonl
from kg.sources.jsonl import JsonlSource
from sources.web_server import NOW, DictCache


def fetched(source):
    return list(source.fetch(now=NOW, cache=DictCache()))


def test_each_line_is_a_raw_document_with_its_number(tmp_path):
    path = tmp_path / "dump.jsonl"
    lines = [json.dumps({"doc": "a", "text": "One."}), "", json.dumps({"doc": "b", "text": "Zwölf."})]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode("utf-8"))
    first, second = fetched(JsonlSource(name="dump", paths=[str(path)]))
    assert (first.locator, second.locator) == (f"{path}#1", f"{path}#3")
    assert (first.source, first.media_type, first.retrieved_at) == ("dump", MediaType.KG_DOCUMENT, None)
    assert [json.loads(raw.content)["doc"] for raw in (first, second)] == ["a", "b"]


def test_line_that_is_too_long_is_told_and_the_next_one_read(tmp_path, monkeypatch):
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 20)
    path = tmp_path / "dump.jsonl"
    path.write_bytes(b"x" * 20 + b"\n" + b"y" * 95 + b"\n" + b"z" * 21 + b"\nlast")
    source = JsonlSource(name="dump", paths=[str(path)])
    assert [raw.content for raw in fetched(source)] == [b"x" * 20, b"last"]
    assert [skipped.locator for skipped in source.skipped] == [f"{path}#2", f"{path}#3"]
    assert "20 bytes" in source.skipped[0].reason


def test_files_come_in_the_given_order_and_twice_the_same(tmp_path):
    for name in ("b", "a"):
        (tmp_path / name).write_text(f'{{"doc": "{name}"}}\n')
    source = JsonlSource(name="dump", paths=[str(tmp_path / "b"), str(tmp_path / "a")])
    assert [json.loads(raw.content)["doc"] for raw in fetched(source)] == ["b", "a"]
    assert fetched(source) == fetched(source)


def test_missing_file_is_an_error_that_names_it(tmp_path):
    with pytest.raises(SourceError, match=r"gone\.jsonl: cannot be read"):
        fetched(JsonlSource(name="dump", paths=[str(tmp_path / "gone.jsonl")]))


@pytest.mark.parametrize("paths", ["one.jsonl", [], [""], [1], None])
def test_paths_must_be_texts(paths):
    with pytest.raises(SettingsError, match="paths"):
        JsonlSource(name="dump", paths=paths)
