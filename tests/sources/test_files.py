import json
import os
from datetime import UTC, datetime

import pytest

from kg.model.documents import MediaType
from kg.model.errors import SettingsError, SourceError
from kg.sources import files
from kg.sources.files import FilesSource
from sources.web_server import NOW, DictCache

LIST = (
    '<CONSOLIDATED_LIST dateGenerated="2025-06-01T00:00:00Z"><ENTITIES><ENTITY><FIRST_NAME>ACME</FIRST_NAME>'
    "<REFERENCE_NUMBER>XXe.001</REFERENCE_NUMBER></ENTITY></ENTITIES></CONSOLIDATED_LIST>"
)


def fetched(source):
    return list(source.fetch(now=NOW, cache=DictCache()))


def read(*paths, **settings):
    source = FilesSource(name="files", paths=[str(path) for path in paths], **settings)
    return fetched(source), {skipped.locator: skipped.reason for skipped in source.skipped}


def test_folder_gives_everything_below_it_in_the_order_of_paths(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "note.md").write_text("Note.")
    (tmp_path / "a.html").write_text("<p>Page.")
    (tmp_path / "c.TXT").write_text("Text.")
    (tmp_path / "d.jsonl").write_text('{"doc": "1"}\n{"doc": "2"}\n')
    (tmp_path / "e.xml").write_text(LIST)
    raws, skipped = read(tmp_path)
    assert [raw.locator.removeprefix(f"{tmp_path}/") for raw in raws] == [
        "a.html",
        "b/note.md",
        "c.TXT",
        "d.jsonl#1",
        "d.jsonl#2",
        "e.xml#XXe.001",
        "e.xml#2025-06-01T00:00:00Z",
    ]
    assert [raw.media_type for raw in raws] == [
        MediaType.HTML,
        MediaType.TEXT,
        MediaType.TEXT,
        MediaType.KG_DOCUMENT,
        MediaType.KG_DOCUMENT,
        MediaType.UN_RECORD,
        MediaType.UN_LIST,
    ]
    assert skipped == {}


def test_hidden_files_links_to_folders_and_sidecars_are_no_documents(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("x")
    (tmp_path / ".hidden.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "a.txt.meta.json").write_text("{}")
    raws, skipped = read(tmp_path)
    assert [raw.locator for raw in raws] == [str(tmp_path / "a.txt")]
    assert skipped == {}


def test_files_that_are_not_read_are_told(tmp_path):
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / "other.xml").write_text("<rss><channel/></rss>")
    (tmp_path / "broken.xml").write_text("no xml")
    (tmp_path / "bomb.xml").write_text('<!DOCTYPE a [<!ENTITY b "c">]><a/>')
    (tmp_path / "good.txt").write_text("Good.")
    raws, skipped = read(tmp_path)
    assert len(raws) == 1
    assert "'.png' is not read" in skipped[str(tmp_path / "photo.png")]
    assert "<rss>" in skipped[str(tmp_path / "other.xml")]
    assert "not XML" in skipped[str(tmp_path / "broken.xml")]
    assert "DOCTYPE" in skipped[str(tmp_path / "bomb.xml")]


def test_cut_list_in_a_folder_gives_nothing_and_stops_nothing(tmp_path):
    (tmp_path / "a.xml").write_text(LIST[: LIST.index("</ENTITIES>")])
    (tmp_path / "b.txt").write_text("Text.")
    raws, skipped = read(tmp_path)
    assert [raw.media_type for raw in raws] == [MediaType.TEXT]
    reason = skipped[str(tmp_path / "a.xml")]
    assert reason.startswith("is not a whole UN list: line 1")
    assert "1 records were read whole" in reason


def test_file_named_by_itself_is_text_whatever_its_ending(tmp_path):
    path = tmp_path / "README"
    path.write_text("Text.")
    (raw,), _ = read(path)
    assert raw.media_type == MediaType.TEXT


def test_time_of_retrieval_is_told_and_never_that_of_the_disk(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Text.")
    assert read(path)[0][0].retrieved_at is None
    (raw,), _ = read(path, retrieved_at="2025-06-27T14:00:00+02:00")
    assert raw.retrieved_at == datetime(2025, 6, 27, 12, tzinfo=UTC)


def test_sidecar_stands_before_the_argument(tmp_path):
    told = {
        "retrieved_at": "2025-06-26T08:00:00Z",
        "url": "https://example.org/a?token=canary",
        "publisher": "Example Wire",
        "published_at": "2025-06-25",
        "title": "A title",
    }
    path = tmp_path / "a.txt"
    path.write_text("Text.")
    (tmp_path / "a.txt.meta.json").write_text(json.dumps(told))
    (raw,), _ = read(path, retrieved_at="2025-06-27T12:00:00Z")
    assert raw.retrieved_at == datetime(2025, 6, 26, 8, tzinfo=UTC)
    assert (raw.publisher, raw.published_at, raw.title) == ("Example Wire", "2025-06-25", "A title")
    assert raw.url == "https://example.org/a?token=***"


def test_sidecar_of_a_dump_dates_its_lines(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"doc": "1"}')
    (tmp_path / "a.jsonl.meta.json").write_text('{"retrieved_at": "2025-06-26T08:00:00Z"}')
    assert read(path)[0][0].retrieved_at == datetime(2025, 6, 26, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sidecar", "told"),
    [
        ("no json", "is not JSON"),
        ("[]", "keys retrieved_at, url, publisher, published_at, title"),
        ('{"retreived_at": "2025-06-26T08:00:00Z"}', "keys"),
        ('{"title": 1}', "keys"),
        ('{"retrieved_at": "2025-06-26T08:00:00"}', "UTC offset"),
        ('{"retrieved_at": "yesterday"}', "UTC offset"),
        ('{"url": "javascript:alert(1)"}', "only http and https"),
    ],
)
def test_file_with_a_wrong_sidecar_is_left_out_and_told(tmp_path, sidecar, told):
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "a.txt.meta.json").write_text(sidecar)
    (tmp_path / "b.txt").write_text("Text.")
    raws, skipped = read(tmp_path)
    assert [raw.locator for raw in raws] == [str(tmp_path / "b.txt")]
    assert told in skipped[str(tmp_path / "a.txt")]


def test_large_file_is_cut_just_above_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 10)
    path = tmp_path / "large.txt"
    path.write_text("x" * 100)
    assert read(path)[0][0].content == b"x" * 11


def test_empty_and_binary_files_are_handed_on(tmp_path):
    (tmp_path / "binary.txt").write_bytes(b"\0\1\2")
    (tmp_path / "empty.txt").touch()
    assert [raw.content for raw in read(tmp_path)[0]] == [b"\0\1\2", b""]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file_is_told(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    assert "Permission denied" in read(tmp_path)[1][str(path)]


@pytest.mark.skipif(os.name != "posix", reason="only posix file names are bytes")
def test_file_name_that_is_not_utf_8_has_a_locator_that_can_be_stored(tmp_path):
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("Text.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (raw,), _ = read(tmp_path)
    assert raw.locator == f"{tmp_path}/caf\\xe9.txt"
    assert raw.content == b"Text."


def test_missing_path_is_an_error_that_names_it(tmp_path):
    with pytest.raises(SourceError, match="gone: there is no such file or folder"):
        read(tmp_path / "gone")


def test_settings_are_checked():
    with pytest.raises(SettingsError, match="retrieved_at = 'soon'"):
        FilesSource(name="files", paths=["a"], retrieved_at="soon")
    with pytest.raises(SettingsError, match="min_documents = -1"):
        FilesSource(name="files", paths=["a"], min_documents=-1)
    with pytest.raises(SettingsError, match="min_documents = True"):
        FilesSource(name="files", paths=["a"], min_documents=True)
