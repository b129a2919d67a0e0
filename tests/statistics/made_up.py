"""Similarities of made-up vectors."""

from collections.abc import Sequence

import numpy as np

from catsel_core.arrays import FloatArray
from catsel_core.statistics.similarity import cosine_matrices


def similarities(labels: Sequence[object], effect: float = 0.5, layers: int = 3, seed: int = 1) -> FloatArray:
    """(layer, item, item) cosines of random vectors with a direction of its own for every label."""
    rng = np.random.default_rng(seed)
    names = list(dict.fromkeys(labels))
    directions = rng.normal(size=(layers, len(names), 12))
    vectors = (
        rng.normal(size=(layers, len(labels), 12)) + effect * directions[:, [names.index(each) for each in labels]]
    )
    return cosine_matrices(vectors.astype(np.float32))
