"""What tests of the dashboard's work share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catsel_core.settings import models_dir
from pages.ui.work.cache import MEMORY
from tests.support.gate import Gate


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing stored, nothing in memory, no warming up."""
    (tmp_path / "models").symlink_to(models_dir(), target_is_directory=True)
    monkeypatch.setenv("CATSEL_CACHE", str(tmp_path))
    monkeypatch.setenv("CATSEL_WARM_UP", "0")
    MEMORY.clear()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Chunks are held up before the model."""
    made = Gate(monkeypatch)
    yield made
    made.open()
