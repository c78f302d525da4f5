"""kg.toml: the store, the extractors and the jobs with their sources and rhythm; every key is checked when read."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from kg.model.errors import SettingsError

DEFAULT = "default"  # in kg.toml the extractors that come with kg, on the command line those of kg.toml
DEFAULT_EXTRACTORS = ("encoder", "un_list")
DEFAULT_MIN_CONFIDENCE = 0.5
"""Six in ten edges of `patterns` at or above it are right on the development texts, of all edges four in ten."""
DEFAULT_TIMEOUT = timedelta(minutes=20)
JOB_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
BY_HAND = frozenset({"files", "page", "feed"})  # what the sources of kg ingest are called
OF_KG = frozenset({"ingest", "publish", "schedule"})  # locks and runs of kg itself
CRON_FIELDS = 5
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_PATH_KEYS = ("path", "paths", "cache", "weights")
_SECRET_KEY = re.compile(r"password|passwd|secret|token$|api_?key", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """One source of a job: its kind (an entry point of kg.sources) and the settings that its class takes.

    Attributes:
        keep_days: UTC days after which its documents are forgotten, counted from when they were fetched; None for
            never.
    """

    kind: str
    name: str
    settings: Mapping[str, object]
    where: str
    keep_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSettings:
    """One job; `cron` and `every` are both None for a job that only runs when asked."""

    name: str
    sources: tuple[SourceSettings, ...]
    cron: str | None = None
    every: timedelta | None = None
    timeout: timedelta = DEFAULT_TIMEOUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What kg.toml says; without the file, the defaults.

    Attributes:
        extractors: Names without DEFAULT, each once.
        extractor_settings: What the class of an extractor is called with, by name of extractor.
        min_confidence: Probability in [0, 1]; what is less likely to be right is weak: kept, but not drawn.
    """

    file: Path
    store: str | None = None
    extractors: tuple[str, ...] = DEFAULT_EXTRACTORS
    extractor_settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    min_confidence: float = DEFAULT_MIN_CONFIDENCE
    jobs: Mapping[str, JobSettings]


def read_settings(file: Path) -> Settings:
    """Return the settings of a file, the defaults when it does not exist.

    Raises:
        SettingsError: The file is no TOML, or a key is unknown, missing or of the wrong type.
    """
    if not file.exists():
        return Settings(file=file, jobs={})
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not valid TOML: {error}") from error
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}; put a file there that may be read") from error
    reader = _Table(file, "", table)
    store = _store(file, reader.text("store"))
    extract = reader.table("extract")
    extractors = extract.texts("extractors")
    min_confidence = extract.probability("min_confidence")
    extractor_settings = {name: _extractor(file, name, value) for name, value in extract.tables().items()}
    extract.refuse_the_rest()
    jobs = {name: _job(file, name, value) for name, value in reader.table("jobs").rest().items()}
    reader.refuse_the_rest()
    _check_kept(file, jobs.values())
    return Settings(
        file=file,
        store=store,
        extractors=with_default(extractors or (DEFAULT,), DEFAULT_EXTRACTORS),
        extractor_settings=extractor_settings,
        min_confidence=DEFAULT_MIN_CONFIDENCE if min_confidence is None else min_confidence,
        jobs=jobs,
    )


def with_default(names: Iterable[str], default: Iterable[str]) -> tuple[str, ...]:
    """Return the names, each once, with those of `default` where DEFAULT stands."""
    default = tuple(default)
    return tuple(dict.fromkeys(one for name in names for one in (default if name == DEFAULT else (name,))))


def is_secret(key: str) -> bool:
    """Whether a setting of that name belongs into the environment, never into a file."""
    return bool(_SECRET_KEY.search(key))


def _extractor(file: Path, name: str, value: Mapping[str, object]) -> dict[str, object]:
    where = f"{file} [extract.{name}]"
    if name == DEFAULT:
        raise SettingsError(f"{where}: {DEFAULT!r} stands for several extractors; name the one that takes the settings")
    if secret := next(filter(is_secret, value), None):
        raise SettingsError(f"{where}: {secret} is a secret; give it by the environment: {secret_name(name, secret)}")
    return {key: _anchored(file, key, item) for key, item in value.items()}


def secret_name(extractor: str, key: str) -> str:
    """Return the environment variable with a secret setting of an extractor: KG_LLM_API_KEY."""
    return re.sub(r"\W", "_", f"KG_{extractor}_{key}").upper()


def _store(file: Path, store: str | None) -> str | None:
    return store if not store or "://" in store else str(file.parent / store)


def _check_kept(file: Path, jobs: Iterable[JobSettings]) -> None:
    """Refuse `keep_days` where it would reach what another source brought: documents are forgotten by its name."""
    jobs_of: dict[str, list[JobSettings]] = {}
    for job in jobs:
        for source in job.sources:
            jobs_of.setdefault(source.name, []).append(job)
    for name, using in jobs_of.items():
        if len(using) > 1 and any(one.name == name and one.keep_days for job in using for one in job.sources):
            told = " and ".join(f"[jobs.{job.name}]" for job in using)
            raise SettingsError(
                f"{file} {told}: both have a source called {name!r}, and keep_days of one would forget what the other "
                "brings; give each a name = ... of its own"
            )


def _job(file: Path, name: str, value: object) -> JobSettings:
    where = f"jobs.{name}"
    if not JOB_NAME.fullmatch(name):
        raise SettingsError(f"{file} [{where}]: a job is named in lower-case letters, digits, - and _, not {name!r}")
    if name in OF_KG:
        raise SettingsError(f"{file} [{where}]: {name!r} is a name that kg itself uses; call the job otherwise")
    table = _Table(file, where, value)
    cron, every, timeout = table.text("cron"), table.duration("every"), table.duration("timeout")
    if cron and every:
        raise SettingsError(f"{file} [{where}]: give cron or every, not both")
    if cron is not None:
        _check_cron(f"{file} [{where}] cron", cron)
    sources = table.take("sources")
    if not isinstance(sources, list) or not sources:
        raise SettingsError(f'{file} [{where}]: a job needs at least one [[{where}.sources]] with kind = "..."')
    table.refuse_the_rest()
    read = tuple(_source(file, f"{where}.sources", no, source) for no, source in enumerate(sources))
    names = [source.name for source in read]
    if len(set(names)) < len(names):
        raise SettingsError(f"{file} [{where}.sources]: two sources share a name among {names}; set name = ... on each")
    return JobSettings(name=name, sources=read, cron=cron, every=every, timeout=timeout or DEFAULT_TIMEOUT)


def _source(file: Path, where: str, no: int, value: object) -> SourceSettings:
    table = _Table(file, f"{where} {no + 1}", value)
    kind = table.text("kind")
    if not kind:
        raise SettingsError(f'{file} [{where} {no + 1}]: kind is missing, for example kind = "feed"')
    named = table.text("name")
    keep_days = table.days("keep_days")
    if keep_days is not None and (not named or named in BY_HAND):
        raise SettingsError(
            f"{file} [{where} {no + 1}]: keep_days forgets by the name of the source, and "
            f"{f'kg ingest uses {named!r} too' if named else 'this one has none'}; give it a name = ... of its own"
        )
    name = named or (kind if no == 0 else f"{kind}-{no + 1}")
    rest = {key: _anchored(file, key, item) for key, item in table.rest().items()}
    if secret := next(filter(is_secret, rest), None):
        raise SettingsError(f"{file} [{where} {no + 1}]: {secret} is a secret; give it by the environment instead")
    return SourceSettings(kind=kind, name=name, settings=rest, where=f"{file} [{where} {no + 1}]", keep_days=keep_days)


def _anchored(file: Path, key: str, value: object) -> object:
    """Paths in the file count from the folder of the file, wherever the job is started from."""
    if key not in _PATH_KEYS:
        return value
    if isinstance(value, list):
        return [str(file.parent / item) if isinstance(item, str) else item for item in value]
    return str(file.parent / value) if isinstance(value, str) else value


def _check_cron(where: str, text: str) -> None:
    from datetime import UTC, datetime

    from cronsim import CronSim, CronSimError

    if len(text.split()) != CRON_FIELDS:
        raise SettingsError(f"{where}: {text!r} is no cron rule; write five fields, such as '*/15 * * * *'")
    try:
        CronSim(text, datetime(2025, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        raise SettingsError(
            f"{where}: {text!r} is no cron rule ({error}); five fields, such as '*/15 * * * *'"
        ) from error


def parse_duration(where: str, text: str) -> timedelta:
    """Return the time that `30s`, `15m`, `2h` or `1d` names.

    Raises:
        SettingsError: It is none of these, zero, or a number of more than five digits.
    """
    match = re.fullmatch(r"(\d{1,5})\s*([smhd])", text.strip())
    if match is None or int(match[1]) == 0:
        raise SettingsError(f"{where}: {text!r} is no length of time; write 30s, 15m, 2h or 1d")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


class _Table:
    """A TOML table whose keys are taken one by one; what nobody took is unknown."""

    def __init__(self, file: Path, where: str, value: object) -> None:
        if not isinstance(value, dict):
            raise SettingsError(f"{file} [{where}]: must be a table, not {value!r}")
        self._file, self._where, self._left = file, where, dict(value)

    def take(self, key: str) -> object:
        return self._left.pop(key, None)

    def text(self, key: str) -> str | None:
        value = self.take(key)
        if value is not None and not isinstance(value, str):
            raise SettingsError(f"{self._at(key)} must be a text, not {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise SettingsError(f"{self._at(key)} must be a list of texts, not {value!r}")
        return tuple(value)

    def probability(self, key: str) -> float | None:
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise SettingsError(f"{self._at(key)} must be a number from 0 to 1, not {value!r}")
        return float(value)

    def days(self, key: str) -> int | None:
        value = self.take(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            raise SettingsError(f"{self._at(key)} must be a number of days from 1, not {value!r}")
        return value

    def duration(self, key: str) -> timedelta | None:
        value = self.text(key)
        return None if value is None else parse_duration(self._at(key), value)

    def table(self, key: str) -> "_Table":
        return _Table(self._file, f"{self._where}.{key}".lstrip("."), self._left.pop(key, {}))

    def tables(self) -> dict[str, dict[str, object]]:
        """The tables among what nobody took."""
        return {key: self._left.pop(key) for key, value in tuple(self._left.items()) if isinstance(value, dict)}

    def rest(self) -> dict[str, object]:
        left, self._left = self._left, {}
        return left

    def refuse_the_rest(self) -> None:
        if self._left:
            keys = ", ".join(sorted(self._left))
            raise SettingsError(
                f"{self._file} [{self._where or 'top level'}]: unknown key {keys}; see docs/settings.md"
            )

    def _at(self, key: str) -> str:
        return f"{self._file} [{self._where or 'top level'}] {key}"
