"""Array types, and the one way to make a result's arrays read-only."""

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
