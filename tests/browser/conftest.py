"""The dashboards that tests in the browser visit, one of each kind for all of a run; some files start others."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from catsel_core.settings import cache_dir
from tests.support.gutenberg_server import GutenbergServer
from tests.support.server import Running
from tests.support.shared_servers import shared, shared_port
from tests.support.tiny import book_model_home


@pytest.fixture(scope="session")
def server(prepared: None) -> Running:
    """The dashboard, with all that its pages show first."""
    return shared("prepared", lambda: {"CATSEL_WARM_UP": "0"})


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model stands for the book's, which is used if it is there: what must be computed takes no long."""
    return book_model_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def quick() -> Running:
    """A dashboard with a tiny model, for tests that let it compute again and again; nothing is prepared."""
    return shared("quick", _quickly)


def _quickly() -> Mapping[str, str]:
    home = book_model_home(cache_dir() / "quick")
    books = f"http://127.0.0.1:{shared_port('gutenberg')}"
    return {"HF_HOME": str(home), "CATSEL_GUTENBERG": books, "CATSEL_WARM_UP": "0"}


@pytest.fixture(scope="module")
def gutenberg() -> Iterator[GutenbergServer]:
    """Where ``quick`` fetches books."""
    running = GutenbergServer(shared_port("gutenberg"))
    yield running
    running.stop()
