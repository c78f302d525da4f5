"""Extractors as kg.toml and the environment want them, from packages that are really installed."""

import pytest

from kg.jobs import plugins
from kg.jobs.locks import held
from kg.jobs.plugins import built
from kg.jobs.settings import read_settings
from kg.jobs.workplace import Workplace, open_workplace
from kg.model.errors import PluginError, SettingsError, UsageError, WeightsError

MODULE = """
class Probe:
    version = "1"
    media_types = frozenset({"text/plain"})
    name = "probe"

    def __init__(self, limit: int = 3, api_key: str | None = None):
        self.limit, self.api_key = limit, api_key

    def extract(self, document): ...

class Other(Probe):
    name = "somebody else"

class Nothing:
    name = "nothing"
"""
POINTS = (
    "[kg.extractors]\nprobe = probes:Probe\nother = probes:Other\nnothing = probes:Nothing\nbroken = no_such_module:X\n"
)


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    info = tmp_path / "site" / "probes-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: probes\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(POINTS, encoding="utf-8")
    (tmp_path / "site" / "probes.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "site")
    plugins.installed.cache_clear()

    def of(text="", **environment):
        file = tmp_path / "kg.toml"
        file.write_text(text, encoding="utf-8")
        return Workplace(home=tmp_path / ".kg", settings=read_settings(file), environment=environment)

    yield of
    plugins.installed.cache_clear()


def test_a_secret_may_lie_in_a_file(workplace, tmp_path):
    file = tmp_path / "key"
    file.write_text("hunter2\n", encoding="utf-8")
    of = workplace("[extract.probe]\nlimit = 3\n", KG_PROBE_API_KEY_FILE=str(file))
    (probe,) = of.extractors(("probe",))
    assert probe.api_key == "hunter2"
    nowhere = workplace("", KG_PROBE_API_KEY_FILE=str(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match=r"KG_PROBE_API_KEY_FILE names .*nowhere.*, which cannot be read"):
        nowhere.extractors(("probe",))


def test_an_empty_home_variable_is_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_HOME", "")
    assert open_workplace().home.name == ".kg"


def test_a_home_is_readable_by_its_user_alone(tmp_path):
    home = tmp_path / "deep" / ".kg"
    with held(open_workplace(home).locks, "wire"):
        assert {path.name: path.stat().st_mode & 0o777 for path in (home.parent, home, home / "locks")} == {
            "deep": 0o700,
            ".kg": 0o700,
            "locks": 0o700,
        }


def names(extractors):
    return [extractor.name for extractor in extractors]


def test_default_on_the_command_line_stands_for_those_of_kg_toml(workplace):
    of = workplace('[extract]\nextractors = ["probe"]\n')
    assert names(of.extractors()) == ["probe"]
    assert names(of.extractors(("default",))) == ["probe"]
    assert names(of.extractors(("un_list", "default", "un_list"))) == ["un_list", "probe"]


def test_settings_and_secrets_reach_the_extractor_of_their_name_only(workplace):
    of = workplace("[extract.probe]\nlimit = 7\n", KG_PROBE_API_KEY="hunter2", KG_OTHER_API_KEY="other")
    (probe,) = of.extractors(("probe",))
    assert (probe.limit, probe.api_key) == (7, "hunter2")
    assert names(of.extractors(("patterns",))) == ["patterns"]


@pytest.mark.parametrize(
    ("text", "name", "error", "told"),
    [
        ("", "paterns", UsageError, "no extractor is called 'paterns'; installed are: "),
        ("[extract]\nextractors = ['paterns']", "probe", SettingsError, "kg.toml [extract] extractors: 'paterns' is not installed"),
        ("[extract.paterns]\nlimit = 3", "probe", SettingsError, "kg.toml [extract.paterns] is not installed"),
        ("[extract.patterns]\nlimit = 3", "patterns", SettingsError, "[extract.patterns]: extractor 'patterns' takes no limit; it takes no settings"),
        ("[extract.probe]\nlimit = 'x'", "probe", SettingsError, "[extract.probe] limit: extractor 'probe' wants int, not 'x'"),
        ("", "other", PluginError, "extractor 'other' calls itself 'somebody else'"),
        ("", "nothing", PluginError, "extractor 'nothing' has no version, media_types, extract"),
        ("", "broken", PluginError, "'broken' from probes does not load"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_extractor_is_told(workplace, text, name, error, told):
    with pytest.raises(error) as caught:
        workplace(text).extractors((name,))
    assert told in str(caught.value)


def raising(error):
    def build(limit: int = 1):
        raise error

    return build


@pytest.mark.parametrize(
    ("error", "wanted", "told"),
    [
        (ValueError("limit = 0: too low"), SettingsError, "kg.toml: x does not take that: limit = 0"),
        (SettingsError("limit = 0: too low"), SettingsError, "kg.toml: limit = 0"),
        (WeightsError("no weights"), WeightsError, "no weights"),
        (OSError("disk"), PluginError, "x cannot be built: OSError: disk"),
    ],
)
def test_what_a_constructor_raises_is_told_as_what_it_is(error, wanted, told):
    with pytest.raises(wanted) as caught:
        built("x", raising(error), {}, where="kg.toml")
    assert told in str(caught.value)


def test_a_setting_that_is_missing_is_named():
    def build(*, url, model="m"):
        raise AssertionError

    with pytest.raises(SettingsError, match=r"kg.toml: x needs url$"):
        built("x", build, {"model": "n"}, where="kg.toml")


@pytest.mark.parametrize(
    ("wanted", "good", "bad"),
    [
        (str, ["x"], [7, True, ["x"]]),
        (int, [7], [True, 7.5, "7"]),
        (float, [7, 7.5], [True, "7"]),
        (bool, [True], [1, "true"]),
        (str | None, ["x"], [7]),
        (list[str], [["x"], []], ["x", [7]]),
        (tuple[float, ...], [[1, 2.5]], [["x"], 1]),
        (dict, [{"a": 1}], ["a"]),
    ],
)
def test_values_are_held_against_annotations(wanted, good, bad):
    def build(value):
        return value

    build.__annotations__ = {"value": wanted}
    for value in good:
        assert built("x", build, {"value": value}, where="w") == value
    for value in bad:
        with pytest.raises(SettingsError, match="w value: x wants"):
            built("x", build, {"value": value}, where="w")
