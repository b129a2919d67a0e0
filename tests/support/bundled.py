"""The bundled model in memory, read once by each process of a run of tests."""

import functools

from catsel_core.hidden_states.load import LoadedModel, load_model
from catsel_core.models.catalogue import BUNDLED
from catsel_core.models.find import find_model
from catsel_core.models.spec import ModelSpec


@functools.lru_cache(maxsize=1)
def bundled_model() -> LoadedModel:
    """In float32."""
    return load_model(find_model(BUNDLED))


def load_bundled(_: ModelSpec) -> LoadedModel:
    """Stands where an analysis is told how to load its model."""
    return bundled_model()
