"""A hub on this machine that has one tiny model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catsel_core.models.hub import transfer
from tests.support.hub import NAME
from tests.support.hub_server import HubServer
from tests.support.tiny import gpt2_folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hub folder of its own, allowed to ask."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setattr(transfer, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(transfer, "CHUNK_BYTES", 500)  # the model is tiny: so are its pieces
    return tmp_path / "hf" / "hub"


@pytest.fixture
def server(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    made = HubServer()
    made.add(NAME, gpt2_folder())
    monkeypatch.setenv("HF_ENDPOINT", made.address)
    yield made
    made.stop()
