"""Which layer of one model goes with which of another: by equal depth, or by the path of the largest similarity."""

import numpy as np

from catsel_core.arrays import Floats, Indices, freeze

_TIE = 1e-9
"""Price of one layer off equal depth: too small to outweigh a real difference, enough to choose between equals."""


def equal_depth(n_a: int, n_b: int) -> Indices:
    """(layer_a,) int64, read-only: the layer of B at the same relative depth, the lower one if two are as near.

    The first goes with the first and the last with the last; a single layer of A counts as the last.
    """
    layers = np.arange(n_a) if n_a > 1 else np.ones(1, np.int64)
    steps = max(n_a - 1, 1)
    nearest_layer = ((2 * layers * (n_b - 1) + steps - 1) // (2 * steps)).astype(np.int64)  # a half is rounded down
    freeze(nearest_layer)
    return nearest_layer


def best_path(matrix: Floats) -> Indices:
    """The best-matching path: for every layer of A a layer of B, never going back, with the largest sum.

    Found by dynamic programming. A cell that is not defined counts as the smallest value there is. Of paths whose sums
    agree (to some 1e-6), the one nearest to :func:`equal_depth` is taken; so it is where no cell is defined.

    Args:
        matrix: (layer_a, layer_b) how alike the layers are.

    Returns:
        (layer_a,) int64, read-only, non-decreasing.
    """
    depth = equal_depth(*matrix.shape)
    off_depth = np.abs(np.arange(matrix.shape[1]) - depth[:, None])  # (layer_a, layer_b)
    path = _largest_sum(_filled(matrix) - _TIE * off_depth)
    freeze(path)
    return path


def _filled(matrix: Floats) -> Floats:
    """The matrix with its smallest value in place of NaN."""
    defined = np.isfinite(matrix)
    return np.where(defined, matrix, matrix[defined].min() if defined.any() else 0)


def _largest_sum(gain: Floats) -> Indices:
    """(layer_a,) columns of the non-decreasing path with the largest sum over the rows of (layer_a, layer_b)."""
    came_from = np.zeros(gain.shape, np.int64)
    best = gain[0]  # (layer_b,) the largest sum of a path that ends there
    for layer in range(1, len(gain)):
        came_from[layer] = _argmax_so_far(best)
        best = best[came_from[layer]] + gain[layer]
    path = np.full(len(gain), best.argmax(), np.int64)
    for layer in range(len(gain) - 1, 0, -1):
        path[layer - 1] = came_from[layer, path[layer]]
    return path


def _argmax_so_far(values: Floats) -> Indices:
    """(n,) for every position the index of the largest value up to it, the first of equal ones."""
    before = np.concatenate([[-np.inf], np.maximum.accumulate(values)[:-1]])
    return np.maximum.accumulate(np.where(values > before, np.arange(len(values)), 0))
