"""The dashboard that tests in the browser visit, one for all of a process; some files start others of their own."""

from collections.abc import Iterator

import pytest

from tests.support.gutenberg_server import GutenbergServer
from tests.support.server import Server


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
