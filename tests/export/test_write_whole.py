"""A file is written whole or not at all."""

import pytest

from kg.export.files import write_whole
from kg.export.options import read_options
from kg.model.errors import UsageError


def test_the_file_is_replaced_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "map.html"
    path.write_bytes(b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_when_it_cannot_be_put_in_place_the_folder_is_as_before(tmp_path):
    path = tmp_path / "map.html"
    path.mkdir()
    with pytest.raises(UsageError, match=r"cannot write '.*map\.html'"):
        write_whole(path, b"new")
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"cannot write '.*nowhere/map\.html': .*; name a file in a folder"):
        write_whole(tmp_path / "nowhere" / "map.html", b"new")


def test_the_file_can_be_read_by_others(tmp_path):
    write_whole(tmp_path / "map.html", b"new")
    assert (tmp_path / "map.html").stat().st_mode & 0o777 == 0o644


def test_a_wrong_value_of_quotes_is_named():
    with pytest.raises(UsageError, match="option quotes of the html export is 'maybe'; write yes or no"):
        read_options({"quotes": "maybe"}, "html")
