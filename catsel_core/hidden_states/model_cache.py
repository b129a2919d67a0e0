"""Models in memory: one at a time unless ``CATSEL_MODELS_IN_MEMORY`` says more."""

import gc
import threading
from collections import OrderedDict
from collections.abc import Callable

from catsel_core.errors import TooLittleMemoryError
from catsel_core.hidden_states.load import LoadedModel, load_model
from catsel_core.hidden_states.turns import Patient, Turns, model_name
from catsel_core.models.spec import ModelSpec, Precision
from catsel_core.settings import current_settings

SWEEP_SECONDS = 600.0
"""Time from one look for garbage among what is frozen to the next."""


class ModelCache:
    """Keeps the models used last; safe to use from several threads.

    A model in two precisions counts as one: to say what the shorter one costs, both are used in turn. If there is
    no memory for both, they take turns there too.
    """

    def __init__(self, read: Callable[[ModelSpec], LoadedModel] = load_model) -> None:
        self._read = read
        self._models: OrderedDict[str, dict[Precision, LoadedModel]] = OrderedDict()
        self._lock = threading.Lock()

    def load(self, model: ModelSpec) -> LoadedModel:
        """The model, read from disk if it is not in memory; room is made for it first.

        Raises:
            ModelError: from :func:`~catsel_core.hidden_states.load.load_model`.
        """
        name = model_name(model)
        with self._lock:
            if model.precision not in self._models.get(name, {}):
                if name not in self._models:
                    self._make_room(models_in_memory() - 1)
                loaded = self._read_beside(name, model)
                self._models.setdefault(name, {})[model.precision] = loaded
                _GARBAGE.freeze()
            self._models.move_to_end(name)
            return self._models[name][model.precision]

    def names(self) -> tuple[str, ...]:
        """Keys of the models in memory, the one used last at the end."""
        with self._lock:
            return tuple(self._models)

    def _read_beside(self, name: str, model: ModelSpec) -> LoadedModel:
        """Read the model; what is there of it in another precision goes if both do not fit."""
        try:
            return self._read(model)
        except TooLittleMemoryError:
            if name not in self._models:
                raise
            self._drop(name)
        return self._read(model)

    def _make_room(self, most: int) -> None:
        while len(self._models) > most:
            self._drop(next(iter(self._models)))

    def _drop(self, name: str) -> None:
        kept = self._models.pop(name)
        while kept:
            _, oldest = kept.popitem()
            oldest.passes.wait_for_none()
            del oldest
        gc.unfreeze()  # what is frozen would never be collected
        gc.collect()
        _free_accelerator()


def _free_accelerator() -> None:
    import torch

    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def models_in_memory() -> int:
    """How many models may be in memory at a time."""
    return current_settings().models_in_memory


class Garbage:
    """Keeps what loading a model leaves behind out of the garbage collector's sight, and nothing else for long.

    torch and transformers leave hundreds of thousands of objects behind, and Streamlit collects garbage after every
    script run: walking them would cost every visitor a pause. Freezing takes all that is alive, visitors' sessions and
    figures too, and what is frozen is never collected; so now and then everything is looked through once.
    """

    def __init__(self, seconds: float = SWEEP_SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def freeze(self) -> None:
        """Collect what is garbage, also of what was frozen before, and freeze the rest until the next time."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._timer = threading.Timer(self._seconds, self.freeze)
            self._timer.daemon = True
            self._timer.start()


_GARBAGE = Garbage()
_CACHE = ModelCache()

TURNS = Turns(models_in_memory)
"""This process's turns at its one cache."""


def load_if_empty(model: ModelSpec) -> None:
    """Bring a model into memory ahead of its use, unless that would drive another one out."""
    with TURNS.line(model, Patient()) as line, line.turn():
        if not _CACHE.names():
            load(model)


def load(model: ModelSpec) -> LoadedModel:
    """The model from this process's one cache; what every analysis uses unless it is told otherwise."""
    return _CACHE.load(model)
