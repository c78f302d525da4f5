"""A real Chromium, and a page that reports all that a map must not do: fixtures of the whole suite."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WATCH_POLICY = """
window.kgViolations = [];
document.addEventListener("securitypolicyviolation", (event) => window.kgViolations.push(event.violatedDirective));
"""
MAP_HOOK = Path(__file__).with_name("map_hook.js").read_text("utf-8")


def chromium_path() -> str | None:
    """Where a Chromium is: the one that KG_CHROMIUM names, else that of the system; None without one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def chromium():
    """A browser; without one the test is skipped, or fails where CI=true."""
    path = chromium_path()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs a real Chromium: apt-get install chromium, or set KG_CHROMIUM to one")
        pytest.skip("no Chromium: apt-get install chromium, or set KG_CHROMIUM to one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def firefox():
    """The path of a Firefox; without one the test is skipped, also where CI=true, since not every Debian carries it."""
    path = os.environ.get("KG_FIREFOX") or next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
    return path or pytest.skip("no Firefox: apt-get install firefox-esr, or set KG_FIREFOX to one")


@dataclass
class WatchedPage:
    """A page with what it asked for, complained about and opened."""

    page: object
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        return self.page.evaluate("window.kgViolations")

    def is_pwned(self) -> bool:
        """Whether any hostile text ran: it sets window.PWN, or opens a dialog, or asks for something."""
        return bool(self.dialogs or self.page.evaluate("window.PWN !== undefined || window.__pwn !== undefined"))


@pytest.fixture
def open_page(chromium):
    """A function that opens a file in a fresh, offline context and watches it."""
    yield from _opener(chromium)


@pytest.fixture(scope="module")
def open_shared_page(chromium):
    """The same, for a page that several tests of a module look at."""
    yield from _opener(chromium)


def _opener(chromium):
    contexts = []

    def opened(path: Path, *, width: int = 1440, height: int = 900, scheme: str = "light") -> WatchedPage:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, offline=True, reduced_motion="reduce"
        )
        contexts.append(context)
        watched = WatchedPage(page=context.new_page())
        page = watched.page
        page.add_init_script(WATCH_POLICY)
        page.add_init_script(MAP_HOOK)
        page.on(
            "request",
            lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else watched.requests.append(r.url),
        )
        page.on("console", lambda m: watched.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (watched.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())
        page.wait_for_timeout(300)
        return watched

    yield opened
    for context in contexts:
        context.close()
