"""The demo as a fixture: a site brought up by the commands of the README, and a browser to read it with."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from journeys.running_site import Folder, Running, Stopped, Told, brought_up

BENCHMARKS = Path(__file__).resolve().parent.parent.parent / "benchmarks"
sys.path.append(str(BENCHMARKS))


@dataclass
class Demo:
    """The demo's site, started a second time: what it held after the first start, and how that one ended."""

    folder: Folder
    running: Running
    told: Told
    first_stop: Stopped
    first_articles: list[dict]

    @property
    def base(self) -> str:
        return self.running.base

    def ask(self, path: str, **headers: str):
        return self.running.ask(path, **headers)


@pytest.fixture(scope="package")
def demo_site(tmp_path_factory) -> Iterator[Demo]:
    """A site full of the demo's news that was stopped and started again."""
    folder = Folder(tmp_path_factory.mktemp("demo") / "data")
    running = brought_up(folder)
    first_articles = folder.exported()
    stopped = running.stop()
    running = Running(folder, "run")
    try:
        yield Demo(folder, running, Told(folder, first_articles), stopped, first_articles)
    finally:
        last = running.stop()
    assert (last.code, last.left) == (0, []), last.said


@pytest.fixture
def served(demo_site, tmp_path) -> Iterator[Running]:
    """The same news in a folder and on a site of the test's own, to change as it likes; nothing is fetched."""
    running = Running(demo_site.folder.copied(tmp_path / "data"), "serve")
    yield running
    stopped = running.stop()
    assert stopped.left == [], stopped.said


@pytest.fixture(scope="package")
def chromium():
    """A real browser. It ends with this folder's tests: while it runs, Django takes the thread for an asynchronous
    one."""
    from playwright.sync_api import sync_playwright

    names = (os.environ.get("CORANTO_CHROMIUM", "chromium"), "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.fail("These tests drive chromium, and there is none: install it, or name one by CORANTO_CHROMIUM")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path)
        yield browser
        browser.close()


class Tabs:
    """Opens pages of a browser and watches them: no script error, and no request to another host."""

    def __init__(self, browser):
        self.browser, self.contexts, self.faults = browser, [], []

    def open(self, base: str, **look):
        """A tab that follows addresses of the site at `base`; `look` is as playwright's `new_context` takes it. Pages
        do not fade into each other: where they follow at once, the browser complains of the fade."""
        context = self.browser.new_context(base_url=base, reduced_motion="reduce", **look)
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: self.faults.append(f"{tab.url}: {error}"))
        tab.on("console", lambda said: self.note(tab, said))
        tab.on("request", lambda asked: self.watch(base, asked.url))
        tab.on("response", self.check)
        return tab

    def check(self, answer) -> None:
        """Only a page itself may answer with an error; what it loads must be there."""
        if answer.status >= 400 and not answer.request.is_navigation_request():
            self.faults.append(f"{answer.status} for {answer.url}")

    def note(self, tab, said) -> None:
        """A page that answers with an error is told of by the browser itself; that is no fault of the page."""
        if said.type in ("error", "warning") and not said.text.startswith("Failed to load resource: the server resp"):
            self.faults.append(f"{tab.url}: {said.text}")

    def watch(self, base: str, address: str) -> None:
        if not address.startswith((base + "/", "data:", "blob:")):
            self.faults.append(f"asked another host: {address}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def tabs(chromium) -> Iterator[Tabs]:
    """Tabs that are closed after the test; what they complained of fails it."""
    opened = Tabs(chromium)
    yield opened
    opened.close()
    assert not opened.faults
