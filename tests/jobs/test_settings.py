from datetime import timedelta
from pathlib import Path

import pytest

from kg.jobs.settings import DEFAULT_EXTRACTORS, DEFAULT_MIN_CONFIDENCE, read_settings
from kg.model.errors import SettingsError

WIRE = """
[jobs.wire]
every = "15m"
[[jobs.wire.sources]]
kind = "feed"
urls = ["https://wire.example/rss"]
"""


def settings_of(folder: Path, text: str):
    file = folder / "kg.toml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file)


def test_without_a_file_the_defaults_hold(tmp_path):
    settings = read_settings(tmp_path / "kg.toml")
    assert settings.extractors == DEFAULT_EXTRACTORS
    assert settings.min_confidence == DEFAULT_MIN_CONFIDENCE
    assert settings.extractor_settings == {}
    assert settings.jobs == {}
    assert settings.store is None


def test_reads_a_job_with_its_source(tmp_path):
    job = settings_of(tmp_path, WIRE).jobs["wire"]
    assert job.every == timedelta(minutes=15)
    assert job.cron is None
    (source,) = job.sources
    assert (source.kind, source.name) == ("feed", "feed")
    assert source.settings == {"urls": ["https://wire.example/rss"]}


def test_paths_count_from_the_folder_of_the_file(tmp_path):
    text = '[jobs.list]\n[[jobs.list.sources]]\nkind = "files"\npaths = ["lists/un.xml"]\n'
    (source,) = settings_of(tmp_path, text).jobs["list"].sources
    assert source.settings["paths"] == [str(tmp_path / "lists/un.xml")]


def test_default_stands_for_the_extractors_that_come_with_kg(tmp_path):
    settings = settings_of(tmp_path, '[extract]\nextractors = ["mine", "default", "un_list", "mine"]\n')
    assert settings.extractors == ("mine", *DEFAULT_EXTRACTORS)


def test_reads_the_settings_of_extractors(tmp_path):
    text = '[extract]\nmin_confidence = 1\n[extract.mine]\nweights = "w"\nlimit = 3\n[extract.other]\nmax_tokens = 9\n'
    settings = settings_of(tmp_path, text)
    assert settings.min_confidence == 1.0
    assert settings.extractors == DEFAULT_EXTRACTORS
    assert settings.extractor_settings == {
        "mine": {"weights": str(tmp_path / "w"), "limit": 3},
        "other": {"max_tokens": 9},
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("stroe = 'x'", "unknown key stroe"),
        ("store = 7", "store must be a text, not 7"),
        ("[extract]\nextractors = 'patterns'", "must be a list of texts"),
        ("[extract]\nextractor = ['patterns']", "[extract]: unknown key extractor"),
        ("[extract]\nmin_confidence = 1.01", "[extract] min_confidence must be a number from 0 to 1, not 1.01"),
        ("[extract]\nmin_confidence = -0.1", "must be a number from 0 to 1, not -0.1"),
        ("[extract]\nmin_confidence = nan", "must be a number from 0 to 1, not nan"),
        ("[extract]\nmin_confidence = true", "must be a number from 0 to 1, not True"),
        ("[extract]\nmin_confidence = '0.5'", "must be a number from 0 to 1, not '0.5'"),
        ("[extract]\npatterns = 3", "[extract]: unknown key patterns"),
        (
            "[extract.llm]\napi_key = 'hunter2'",
            "[extract.llm]: api_key is a secret; give it by the environment: KG_LLM_API_KEY",
        ),
        ("[extract.default]\nlimit = 3", "[extract.default]: 'default' stands for several extractors"),
        ("[jobs.Wire]\n", "not 'Wire'"),
        ("[jobs.wire]\nevery = '15m'\n", "at least one [[jobs.wire.sources]]"),
        (WIRE.replace("15m", "soon"), "'soon' is no length of time; write 30s, 15m, 2h or 1d"),
        (WIRE.replace("15m", "0m"), "'0m' is no length of time"),
        (WIRE.replace('every = "15m"', 'cron = "61 * * * *"'), "is no cron rule"),
        (WIRE.replace('every = "15m"', 'every = "1h"\ncron = "1 * * * *"'), "cron or every, not both"),
        (WIRE.replace('every = "15m"', 'evry = "1h"'), "[jobs.wire]: unknown key evry"),
        (WIRE.replace('kind = "feed"', ""), "kind is missing"),
        (WIRE + 'password = "hunter2"\n', "is a secret; give it by the environment"),
        ("[jobs.wire\n", "is not valid TOML"),
        (WIRE.replace("jobs.wire", "jobs.publish"), "'publish' is a name that kg itself uses"),
        (WIRE.replace("15m", "99999999999d"), "'99999999999d' is no length of time"),
        (WIRE.replace('every = "15m"', 'cron = ""'), "'' is no cron rule; write five fields"),
        (WIRE.replace('every = "15m"', 'cron = "0 0 0 1 1 *"'), "'0 0 0 1 1 *' is no cron rule; write five fields"),
        (WIRE + "keep_days = 30\n", "this one has none; give it a name = ... of its own"),
        (WIRE + 'keep_days = 30\nname = "files"\n', "kg ingest uses 'files' too; give it a name"),
        (
            WIRE + 'keep_days = 30\nname = "all"\n' + WIRE.replace("jobs.wire", "jobs.lists") + 'name = "all"\n',
            "[jobs.wire] and [jobs.lists]: both have a source called 'all'",
        ),
    ],
)
def test_a_wrong_key_is_named_with_file_and_table(tmp_path, text, told):
    with pytest.raises(SettingsError) as caught:
        settings_of(tmp_path, text)
    assert told in str(caught.value)
    assert "kg.toml" in str(caught.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "kg.toml").mkdir()  # what Docker makes where a file to be mounted is missing
    with pytest.raises(SettingsError, match=r"kg\.toml cannot be read: Is a directory"):
        read_settings(tmp_path / "kg.toml")


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    assert settings_of(tmp_path, f"\ufeff{WIRE}").jobs.keys() == {"wire"}


def test_a_folder_of_the_graph_counts_from_the_folder_of_the_file_an_address_does_not(tmp_path):
    assert settings_of(tmp_path, 'store = "graph"').store == str(tmp_path / "graph")
    assert settings_of(tmp_path, 'store = "bolt://127.0.0.1:7687"').store == "bolt://127.0.0.1:7687"


def test_two_sources_of_one_name_are_refused(tmp_path):
    twice = WIRE + '[[jobs.wire.sources]]\nkind = "feed"\nname = "feed"\nurls = ["https://other.example/rss"]\n'
    with pytest.raises(SettingsError, match="share a name"):
        settings_of(tmp_path, twice)
