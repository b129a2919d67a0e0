"""Settings for all tests: no network, and a cache of their own that borrows the prepared models."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from catsel_core.settings import models_dir

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

# Looking something up on a model hub must fail at once: no test needs a network.
os.environ["HF_HUB_OFFLINE"] = "1"
for variable in ("HF_HUB_CACHE", "HF_ENDPOINT", "HF_TOKEN", "CATSEL_DEVICE", "CATSEL_CATALOGUE_ONLY"):
    os.environ.pop(variable, None)

_cache = tempfile.TemporaryDirectory(prefix="catsel-tests-")
_models = models_dir()
_models.mkdir(parents=True, exist_ok=True)
os.environ["HF_HOME"] = str(Path(_cache.name) / "huggingface")
(Path(_cache.name) / "models").symlink_to(_models, target_is_directory=True)
os.environ["CATSEL_CACHE"] = _cache.name


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A headless Chromium; only tests marked ``browser`` ask for it."""
    from playwright.sync_api import sync_playwright

    from tests.support.browser import CHROMIUM, FLAGS

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def visitor(browser: "Browser") -> Iterator["BrowserContext"]:
    """A visitor who has been here before: what the browser keeps of a server is fetched once in a file of tests."""
    context = browser.new_context(viewport={"width": 1280, "height": 1500})
    yield context
    context.close()


@pytest.fixture
def page(visitor: "BrowserContext") -> Iterator["Page"]:
    """An empty page, on a large screen."""
    page = visitor.new_page()
    yield page
    page.close()
