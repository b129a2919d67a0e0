"""What tests of models in memory share."""

import gc
from collections.abc import Iterator

import pytest

from catsel_core.hidden_states import model_cache
from catsel_core.hidden_states.model_cache import ModelCache
from tests.support.models_in_memory import VARIABLE, Reader


@pytest.fixture
def thawed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The usual number of models; and nothing stays hidden from the collector of later tests."""
    monkeypatch.delenv(VARIABLE, raising=False)
    yield
    gc.unfreeze()


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def process_cache(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> ModelCache:
    """This process's one cache, empty and with the fake reader."""
    made = ModelCache(reader)
    monkeypatch.setattr(model_cache, "_CACHE", made)
    return made
