"""Array types, and the one way to make a result's arrays read-only."""

import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
"""float32: hidden states and similarities."""

Floats = NDArray[np.float64]
"""float64: statistics."""

Indices = NDArray[np.int64]
"""int64: positions of layers, items, tokens."""


def freeze(*arrays: NDArray[Any]) -> None:
    """Make arrays read-only, so that a result that is handed around stays what it was."""
    for array in arrays:
        array.flags.writeable = False


def n_bytes(value: object) -> int:
    """Bytes of the arrays, texts and tuples in a record of frozen records, each counted once."""
    return _n_bytes(value, set())


def _n_bytes(value: object, seen: set[int]) -> int:
    if isinstance(value, np.ndarray):
        while isinstance(value.base, np.ndarray):  # a view takes nothing, what it looks at does
            value = value.base
    if id(value) in seen:
        return 0
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        return value.nbytes
    return sys.getsizeof(value) + sum(_n_bytes(part, seen) for part in _parts(value))


def _parts(value: object) -> list[Any]:
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, tuple) else []
