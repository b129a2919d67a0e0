"""Comparing representations: how alike the layers of two models, or of one model twice, are. numpy and scipy only.

The items of both sides must be the same, in the same order.
"""

from dataclasses import dataclass

import numpy as np

from catsel_core.arrays import FloatArray, Floats, Indices, freeze
from catsel_core.errors import UndefinedError

MIN_ITEMS = 4

_FLAT = 1e-6
"""Similarities that differ by less are equal: float32 cannot tell them apart."""


def rsa(similarity_a: FloatArray, similarity_b: FloatArray) -> Floats:
    """Representational similarity analysis: Spearman's correlation of the upper triangles, for all pairs of layers.

    Kriegeskorte, Mur & Bandettini 2008; ranks of equal values are averaged.

    Args:
        similarity_a: (layer_a, item, item).
        similarity_b: (layer_b, item, item).

    Returns:
        (layer_a, layer_b) float64, read-only, within [-1, 1]; NaN where all similarities of a layer are equal.

    Raises:
        UndefinedError: with fewer than :data:`MIN_ITEMS` items.
    """
    _check_items(similarity_a.shape[1])
    rows, columns = np.triu_indices(similarity_a.shape[1], k=1)
    a = _ranks(similarity_a[:, rows, columns])  # (layer_a, pair)
    b = _ranks(similarity_b[:, rows, columns])
    return _frozen(np.clip(a @ b.T, -1, 1))


def _check_items(n_items: int) -> None:
    if n_items < MIN_ITEMS:
        raise UndefinedError(f"{n_items} items are too few to compare layers; use at least {MIN_ITEMS}.")


def _ranks(values: FloatArray) -> Floats:
    """(…, n) average ranks along the last axis, centred, of length 1; NaN where all values are equal."""
    from scipy.stats import rankdata

    flat = values.max(axis=-1) - values.min(axis=-1) < _FLAT
    ranks = rankdata(values, axis=-1)
    ranks -= ranks.mean(axis=-1, keepdims=True)
    lengths = np.sqrt((ranks**2).sum(axis=-1, keepdims=True))
    lengths[flat] = np.nan
    return ranks / lengths  # type: ignore[no-any-return]  # scipy is not type-checked


def linear_cka(vectors_a: FloatArray, vectors_b: FloatArray) -> Floats:
    """Linear centred kernel alignment, <K, L> / (|K| |L|) of centred Gram matrices, for all pairs of layers.

    Kornblith et al. 2019, "Similarity of neural network representations revisited".

    Args:
        vectors_a: (layer_a, item, hidden_a).
        vectors_b: (layer_b, item, hidden_b); another hidden size is no matter.

    Returns:
        (layer_a, layer_b) float64, read-only, within [0, 1]; NaN where all vectors of a layer are equal. With fewer
        items than dimensions it is biased upwards: see :func:`debiased_cka`.

    Raises:
        UndefinedError: with fewer than :data:`MIN_ITEMS` items.
    """
    _check_items(vectors_a.shape[1])
    a, b = _directions(_grams(vectors_a)), _directions(_grams(vectors_b))
    return _frozen(np.clip(a @ b.T, 0, 1))


def debiased_cka(vectors_a: FloatArray, vectors_b: FloatArray) -> Floats:
    """Linear CKA of U-centred Gram matrices, whose expectation is 0 for unrelated representations.

    Székely & Rizzo 2014; Song et al. 2012 (the unbiased HSIC); Murphy et al. 2024 on why CKA needs it.

    Args:
        vectors_a: (layer_a, item, hidden_a).
        vectors_b: (layer_b, item, hidden_b).

    Returns:
        (layer_a, layer_b) float64, read-only, at most 1, sometimes below 0; NaN where it is not defined.

    Raises:
        UndefinedError: with fewer than :data:`MIN_ITEMS` items.
    """
    _check_items(vectors_a.shape[1])
    a = _directions(_u_centred(_grams(vectors_a)))
    b = _directions(_u_centred(_grams(vectors_b)))
    return _frozen(np.clip(a @ b.T, -1, 1))


def _grams(vectors: FloatArray) -> Floats:
    """(layer, item, item) products of centred vectors; zeros where the vectors are equal up to rounding."""
    grams = np.empty((len(vectors), vectors.shape[1], vectors.shape[1]))
    for layer, states in enumerate(vectors.astype(np.float64, copy=False)):  # one at a time: float64 is twice the size
        centred = states - states.mean(axis=0)
        if np.linalg.norm(centred) < _FLAT * np.linalg.norm(states):
            centred[:] = 0
        grams[layer] = centred @ centred.T
    return grams


def _u_centred(grams: Floats) -> Floats:
    """(layer, item, item) with a diagonal of zeros and every row and column summing to zero."""
    n = grams.shape[1]
    hollow = grams.copy()
    items = np.arange(n)
    hollow[:, items, items] = 0
    rows = hollow.sum(axis=2, keepdims=True)
    total = hollow.sum(axis=(1, 2), keepdims=True)
    centred: Floats = hollow - (rows + rows.transpose(0, 2, 1)) / (n - 2) + total / ((n - 1) * (n - 2))
    centred[:, items, items] = 0
    return centred


def _directions(grams: Floats) -> Floats:
    """(layer, item · item) of length 1; NaN where a matrix is zero."""
    flat = grams.reshape(len(grams), -1)
    lengths = np.linalg.norm(flat, axis=1, keepdims=True)
    lengths[lengths == 0] = np.nan
    directions: Floats = flat / lengths
    return directions


def _frozen(values: Floats) -> Floats:
    freeze(values)
    return values


def equal_depth(n_a: int, n_b: int) -> Indices:
    """(layer_a,) the layer of B at the same relative depth: the first to the first, the last to the last."""
    depths = np.linspace(0, n_b - 1, n_a) if n_a > 1 else np.array([n_b - 1])
    layers = np.floor(depths + 0.5).astype(np.int64)
    freeze(layers)
    return layers


def best_path(matrix: Floats) -> Indices:
    """The best-matching path: for every layer of A a layer of B, never going back, with the largest sum.

    Found by dynamic programming. A cell that is not defined counts as the smallest value there is; of equal paths
    the one nearest to equal relative depth is taken.

    Args:
        matrix: (layer_a, layer_b) how alike the layers are.

    Returns:
        (layer_a,) int64, read-only, non-decreasing.
    """
    n_a, n_b = matrix.shape
    depth = equal_depth(n_a, n_b)
    finite = np.isfinite(matrix)
    if not finite.any():
        return depth
    gain = np.where(finite, matrix, matrix[finite].min())
    gain = gain - 1e-9 * np.abs(np.arange(n_b) - depth[:, None])  # breaks ties, and nothing else
    came_from = np.zeros((n_a, n_b), np.int64)
    best = gain[0]  # (layer_b,) best sum of a path that ends there
    for layer in range(1, n_a):
        so_far = np.maximum.accumulate(best)
        fresh = np.concatenate(([True], best[1:] > so_far[:-1]))
        came_from[layer] = np.maximum.accumulate(np.where(fresh, np.arange(n_b), 0))
        best = so_far + gain[layer]
    path = np.empty(n_a, np.int64)
    path[-1] = int(best.argmax())
    for layer in range(n_a - 1, 0, -1):
        path[layer - 1] = came_from[layer, path[layer]]
    freeze(path)
    return path


def neighbourhood_change(similarity_a: FloatArray, similarity_b: FloatArray) -> FloatArray:
    """How much every item's similarities to the other items differ: 1 − Spearman's correlation of its two rows.

    Args:
        similarity_a: (layer_a, item, item).
        similarity_b: (layer_b, item, item).

    Returns:
        (layer_a, layer_b, item) float32, read-only, within [0, 2]; NaN where a row is constant.

    Raises:
        UndefinedError: with fewer than :data:`MIN_ITEMS` items.
    """
    n = similarity_a.shape[1]
    _check_items(n)
    change = np.empty((len(similarity_a), len(similarity_b), n), np.float32)
    for item in range(n):
        others = np.arange(n) != item
        a, b = _ranks(similarity_a[:, item, others]), _ranks(similarity_b[:, item, others])
        change[:, :, item] = np.clip(1 - a @ b.T, 0, 2)
    freeze(change)
    return change


def nearest(similarity: FloatArray, count: int) -> Indices:
    """The most similar other items of every item, best first; of equal ones the earlier.

    Args:
        similarity: (layer, item, item).
        count: how many, at most all others.

    Returns:
        (layer, item, count) int64 indices of items, read-only.
    """
    n = similarity.shape[1]
    others = similarity.copy()
    items = np.arange(n)
    others[:, items, items] = -np.inf
    found = np.argsort(-others, axis=2, kind="stable")[:, :, : min(count, n - 1)]
    freeze(found)
    return found


@dataclass(frozen=True, slots=True)
class MantelTest:
    """Correlation of two similarity matrices, and how often shuffled items reach it."""

    correlation: float
    p: float
    shuffles: int


def mantel(similarity_a: FloatArray, similarity_b: FloatArray, rng: np.random.Generator, shuffles: int) -> MantelTest:
    """Permutation test of one RSA value: rows and columns of one matrix are shuffled together (Mantel 1967).

    p = (1 + #{>= observed}) / (1 + #shuffles), Phipson & Smyth 2010; one-sided.

    Args:
        similarity_a: (item, item).
        similarity_b: (item, item).
        rng: source of the shuffles.
        shuffles: how many.

    Raises:
        UndefinedError: with fewer than :data:`MIN_ITEMS` items, or where all similarities of a side are equal.
    """
    n = len(similarity_a)
    observed = float(rsa(similarity_a[None], similarity_b[None])[0, 0])
    if not np.isfinite(observed):
        raise UndefinedError("All similarities of one side are equal, so they correlate with nothing.")
    rows, columns = np.triu_indices(n, k=1)
    ranks = np.zeros((n, n))
    ranks[rows, columns] = _ranks(similarity_a[rows, columns])
    ranks += ranks.T
    fixed = _ranks(similarity_b[rows, columns])
    reached = 0
    for _ in range(shuffles):
        order = rng.permutation(n)
        reached += bool(ranks[order[rows], order[columns]] @ fixed >= observed - 1e-12)
    return MantelTest(observed, (1 + reached) / (1 + shuffles), shuffles)
