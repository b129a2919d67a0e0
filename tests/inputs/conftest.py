"""An imitation of Project Gutenberg with an empty cache, for one test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catsel_core.inputs import gutenberg_transfer
from tests.support.gutenberg_server import GutenbergServer

PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[GutenbergServer]:
    started = GutenbergServer()
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CATSEL_GUTENBERG", started.address)
    monkeypatch.setattr(gutenberg_transfer, "READ_SECONDS", 0.3)
    monkeypatch.setattr(gutenberg_transfer, "PAUSE_SECONDS", 0.0)
    yield started
    started.stop()
