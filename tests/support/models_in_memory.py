"""Models that are nothing but a name, and what they are read with."""

import time
import weakref
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from catsel_core.errors import ModelError, TooLittleMemoryError
from catsel_core.hidden_states.load import LoadedModel
from catsel_core.hidden_states.model_cache import ModelCache
from catsel_core.models.spec import ModelSpec

VARIABLE = "CATSEL_MODELS_IN_MEMORY"


class Weights:
    """Stands for a model's weights, in a cycle as torch's modules are: counting references does not free it."""

    def __init__(self) -> None:
        self.itself = self


class Reader:
    """Makes empty models; ``order`` is what was read and, before it, which of the former weights still existed."""

    def __init__(self) -> None:
        self.order: list[tuple[str, tuple[str, ...]]] = []
        self.weights: dict[str, weakref.ref[Weights]] = {}
        self.pause = 0.0
        self.fails: set[str] = set()
        self.most = 100
        """Models that fit into memory."""

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.order]

    def alive(self) -> tuple[str, ...]:
        return tuple(name for name, weights in self.weights.items() if weights() is not None)

    def __call__(self, model: ModelSpec) -> LoadedModel:
        time.sleep(self.pause)
        name = model.name if model.precision == "float32" else f"{model.name} {model.precision}"
        if name in self.fails:
            raise ModelError(f"{name} is damaged.")
        if len(self.alive()) >= self.most:
            raise TooLittleMemoryError(f"{name} needs more memory than is free.")
        self.order.append((name, self.alive()))
        base, rest = Weights(), cast(Any, SimpleNamespace())
        self.weights[name] = weakref.ref(base)
        return LoadedModel(base, rest, rest, "cpu", n_layers=1, width=1, dtype=None, packs=False, last_block=rest)


def spec(name: str) -> ModelSpec:
    return ModelSpec(name, "1", Path("/nowhere") / name, 1)


A, B, C = spec("a"), spec("b"), spec("c")
A_SHORT = replace(A, precision="bfloat16")


def held(made: ModelCache) -> int:
    return len(made.names())
