"""One cache for the whole run, and what tests of pages share: prepared results, a browser, a visitor."""

import functools
import gc
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support import run_cache

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_cache = run_cache.begin()  # before anything of the core is imported; gone with this process

_FIRST = ("test_every_page_in_browser.py", "hidden_states", "benchmarks", "browser")
"""Files and folders whose tests take longest: what is left for the end is short, and no worker waits long for the
others. While one prepares what the pages show first, another has tests that do not need it."""


def pytest_unconfigure(config: pytest.Config) -> None:
    """The first process of a run ends last."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        from tests.support.shared_servers import end_all

        end_all()


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is there by now stays to the end. Streamlit has all of it looked through after every run of a page."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first; within a folder the order stays."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    named = (at for at, name in enumerate(_FIRST) if name in (item.path.name, item.path.parent.name))
    return next(named, len(_FIRST))


@pytest.fixture(scope="session", autouse=True)
def _packages_are_looked_through_once() -> None:
    """For components of others: Streamlit's test harness reads the records of all packages for every visitor."""
    from streamlit.components.v2 import manifest_scanner

    manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(autouse=True)
def _main_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's test harness puts a script in the place of ``__main__``, where a new process would begin."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session")
def prepared() -> None:
    """What the pages show first is stored, so that no model has to run for it."""
    run_cache.prepare()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A headless Chromium; only tests marked ``browser`` ask for it."""
    from playwright.sync_api import sync_playwright

    from tests.support.browser import CHROMIUM, FLAGS, has_seen_the_tour

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        has_seen_the_tour(launched)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def visitor(browser: "Browser") -> Iterator["BrowserContext"]:
    """A visitor who has been here before: what the browser keeps of a server is fetched once in a run of tests."""
    context = browser.new_context(viewport={"width": 1280, "height": 1500})
    yield context
    context.close()


@pytest.fixture
def page(visitor: "BrowserContext") -> Iterator["Page"]:
    """An empty page, on a large screen."""
    from tests.support.browser import newcomer

    page = newcomer(visitor)
    yield page
    page.close()
