"""The dashboard that tests in the browser visit, one for all of a process; some files start others of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.gutenberg_server import GutenbergServer
from tests.support.server import Server
from tests.support.tiny import book_model_home


@pytest.fixture(scope="session")
def gutenberg() -> Iterator[GutenbergServer]:
    """Where the dashboard fetches books."""
    running = GutenbergServer()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def server(gutenberg: GutenbergServer, prepared: None) -> Iterator[Server]:
    """The dashboard, with all that its pages show first."""
    running = Server(CATSEL_GUTENBERG=gutenberg.address, CATSEL_WARM_UP="0")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model stands for the book's, which is used if it is there: what must be computed takes no long."""
    return book_model_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def quick(gutenberg: GutenbergServer, home: Path) -> Iterator[Server]:
    """A dashboard with a tiny model, for tests that let it compute again and again; nothing is prepared."""
    running = Server(HF_HOME=str(home), CATSEL_GUTENBERG=gutenberg.address, CATSEL_WARM_UP="0")
    yield running
    running.stop()
