"""A server that knows nothing yet, and a gate before the model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catsel_core.store import FolderStore
from pages.ui.work.cache import MEMORY
from tests.support.gate import Gate


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing stored, nothing in memory, no warming up."""
    (tmp_path / "models").symlink_to(Path(FolderStore().folder).parent / "models", target_is_directory=True)
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path))
    monkeypatch.setenv("CATSEL_WARM_UP", "0")
    MEMORY.clear()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate(monkeypatch)
    yield made
    made.open()
