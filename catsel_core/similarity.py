"""Cosine similarities between items, layer by layer. numpy only."""

import numpy as np

from catsel_core.arrays import FloatArray, freeze
from catsel_core.errors import UndefinedError


def unit_vectors(vectors: FloatArray) -> FloatArray:
    """Vectors scaled to length 1.

    Args:
        vectors: (layer, item, hidden) float32.

    Returns:
        (layer, item, hidden) float32, read-only. Norms are taken in float64.

    Raises:
        UndefinedError: if a vector is all zeros or not finite: its direction is not defined.
    """
    norms = np.sqrt(np.einsum("lih,lih->li", vectors, vectors, dtype=np.float64))  # (layer, item)
    bad = np.argwhere(~(np.isfinite(norms) & (norms > 0)))
    if len(bad):
        layer, item = bad[0]
        kind = "all zeros" if norms[layer, item] == 0 else "not finite"
        raise UndefinedError(
            f"The vector of item {item} at hidden state {layer} is {kind}, so its cosine is not defined."
        )
    units: FloatArray = (vectors / norms[..., None]).astype(np.float32)
    freeze(units)
    return units


def cosine_matrices(vectors: FloatArray) -> FloatArray:
    """Cosine similarity of every pair of items at every layer, cos(a, b) = a·b / (|a| |b|).

    Args:
        vectors: (layer, item, hidden) float32.

    Returns:
        (layer, item, item) float32, read-only, symmetric, within [-1, 1], diagonal exactly 1.

    Raises:
        UndefinedError: from :func:`unit_vectors`.
    """
    units = unit_vectors(vectors)
    products = units @ units.transpose(0, 2, 1)  # (layer, item, item)
    similarity: FloatArray = np.clip((products + products.transpose(0, 2, 1)) / np.float32(2), -1, 1)
    items = np.arange(similarity.shape[1])
    similarity[:, items, items] = 1
    freeze(similarity)
    return similarity
