"""An imitated hub with an empty folder of its own, and commands run in this process, for one test."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from catsel_core.models.hub import transfer
from tests.support.commands import CSV, NAME, OTHER, Command
from tests.support.hub_server import HubServer
from tests.support.tiny import gpt2_folder, llama_folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hub folder of its own, allowed to ask."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setattr(transfer, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(transfer, "CHUNK_BYTES", 500)
    return tmp_path / "hf" / "hub"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    made = HubServer()
    made.add(NAME, gpt2_folder())
    made.add(OTHER, llama_folder())
    monkeypatch.setenv("HF_ENDPOINT", made.address)
    yield made
    made.stop()


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> str:
    """A hub at a port that nobody listens to."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{closed.getsockname()[1]}"
    monkeypatch.setenv("HF_ENDPOINT", f"http://{address}")
    return address


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)
