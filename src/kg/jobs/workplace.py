"""Where a user's state lies, and how the rooms that keep state are opened."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from kg.jobs.locks import make_folder
from kg.jobs.plugins import built, installed, load, parameters
from kg.jobs.settings import Settings, SourceSettings, is_secret, read_settings, secret_name, with_default
from kg.model.errors import PluginError, SettingsError, UsageError
from kg.model.protocols import Extractor, GraphStore, Source
from kg.store.ledger import Ledger
from kg.store.raw import RawStore
from kg.text.tables import use_facts

DEFAULT_HOME = ".kg"
LEDGER = "ledger.db"


def now() -> datetime:
    """Return the present instant, UTC, to the second; the only clock of the product."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """One user's folder, settings and environment.

    Attributes:
        home: The folder with ledger.db, graph/, raw/, locks/, maps/ and, where the user has any, facts/.
        store: A folder or a bolt:// or neo4j:// address; None for `home/graph`.
    """

    home: Path
    settings: Settings
    store: str | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    @property
    def target(self) -> str:
        """Where the graph is: flag or KG_STORE, else kg.toml, else the embedded folder."""
        return self.store or self.environment.get("KG_STORE") or self.settings.store or str(self.home / "graph")

    @property
    def locks(self) -> Path:
        """The folder of lock files."""
        return self.home / "locks"

    @property
    def maps(self) -> Path:
        """The folder where maps go when no file is named."""
        return self.home / "maps"

    def ledger(self) -> Ledger:
        """Open the ledger, made when it is missing."""
        make_folder(self.home)
        return Ledger.open(self.home / LEDGER)

    def require_ledger(self) -> None:
        """Refuse a home that holds no ledger, for those who ask what it holds.

        Raises:
            UsageError: There is none.
        """
        if not (self.home / LEDGER).exists():
            raise UsageError(
                f"there is no ledger in {self.home}; --home or KG_HOME names another one, kg ingest PATH makes one"
            )

    def raw(self) -> RawStore:
        """Return the store of raw bytes."""
        return RawStore(self.home / "raw")

    def graph_store(self) -> GraphStore:
        """Open the graph store.

        Raises:
            StoreError: It cannot be reached or opened.
            UsageError: No store answers to the scheme of the address.
        """
        target = self.target
        if "://" not in target:
            make_folder(Path(target))
            return _opened("embedded", target, {})
        scheme = target.partition("://")[0].partition("+")[0]
        if scheme not in installed("kg.stores"):
            raise UsageError(f"store {target!r}: no store answers to {scheme}://; give a folder or a bolt:// address")
        secrets = {
            name: value
            for name, variable in (("user", "KG_NEO4J_USER"), ("password", "KG_NEO4J_PASSWORD"))
            if (value := self.secret(variable))
        }
        return _opened(scheme, target, secrets)

    def secret(self, variable: str) -> str | None:
        """Return the value of an environment variable, or what the file holds that VARIABLE_FILE names; None: neither.

        Raises:
            UsageError: The file cannot be read.
        """
        if value := self.environment.get(variable):
            return value
        file = self.environment.get(f"{variable}_FILE")
        if not file:
            return None
        try:
            return Path(file).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{variable}_FILE names {file!r}, which cannot be read: {error}") from error

    def use_facts(self) -> None:
        """Have the tables of names take the user's facts; before extractors are built or actors resolved.

        Raises:
            SettingsError: A file of facts is not what it should be; the message names file and row.
        """
        use_facts(self.home / "facts")

    def extractors(self, names: tuple[str, ...] = ()) -> tuple[Extractor, ...]:
        """Return the extractors of kg.toml, or those named, of which `default` stands for those of kg.toml.

        Raises:
            UsageError: None of that name is installed.
            SettingsError: kg.toml names one that is not installed, or has settings that one does not take; or a file
                of the user's facts is not what it should be.
            PluginError: One does not load, or is no extractor.
        """
        self.use_facts()
        settings, known = self.settings, installed("kg.extractors")
        named = [(f"[extract] extractors: {name!r}", name) for name in settings.extractors]
        named += [(f"[extract.{name}]", name) for name in settings.extractor_settings]
        for where, name in named:
            if name not in known:
                raise SettingsError(f"{settings.file} {where} is not installed; installed are: {', '.join(known)}")
        chosen = with_default(names, settings.extractors) or settings.extractors
        return tuple(self._extractor(name) for name in chosen)

    def _extractor(self, name: str) -> Extractor:
        """Build an extractor; settings that are secrets come from the environment."""
        build = cast("Callable[..., Extractor]", load("kg.extractors", name))
        secrets = {
            key: value for key in parameters(build) if is_secret(key) and (value := self.secret(secret_name(name, key)))
        }
        given = {**self.settings.extractor_settings.get(name, {}), **secrets}
        where = f"{self.settings.file} [extract.{name}]"
        extractor = cast("Extractor", built(f"extractor {name!r}", build, given, where=where))
        if lacking := [a for a in ("name", "version", "media_types", "extract") if not hasattr(extractor, a)]:
            raise PluginError(f"extractor {name!r} has no {', '.join(lacking)}; see docs/adding-an-extractor.md")
        if extractor.name != name:
            raise PluginError(f"extractor {name!r} calls itself {extractor.name!r}; its name must be its entry point")
        return extractor

    def source(self, settings: SourceSettings) -> Source:
        """Build a source from its settings.

        Raises:
            SettingsError: Its class does not take them; the message names table and key.
        """
        given = dict(settings.settings)
        build = cast("Callable[..., Source]", load("kg.sources", settings.kind))
        ports = self.environment.get("KG_TEST_ALLOW_LOOPBACK_PORTS")
        if ports and "allow_loopback_ports" in parameters(build):
            given["allow_loopback_ports"] = frozenset(int(port) for port in ports.split(","))
        return cast(
            "Source", built(f"kind {settings.kind!r}", build, {"name": settings.name, **given}, where=settings.where)
        )


def open_workplace(home: Path | None = None, config: Path | None = None, store: str | None = None) -> Workplace:
    """Return the workplace of a home folder (KG_HOME, else `.kg`) with the kg.toml beside it."""
    home = home or Path(os.environ.get("KG_HOME") or DEFAULT_HOME)
    if config is not None and not config.exists():
        raise UsageError(f"{config} does not exist; leave --config out to use kg.toml beside {home}")
    settings = read_settings(config or home.absolute().parent / "kg.toml")
    return Workplace(home=home, settings=settings, store=store)


def _opened(name: str, target: str, secrets: Mapping[str, str]) -> GraphStore:
    opener = cast("Callable[..., GraphStore]", load("kg.stores", name))
    return opener(target, **secrets)
