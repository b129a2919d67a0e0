"""Comparing representations: how alike the layers of two models, or of one model twice, are. numpy and scipy only.

The items of both sides must be the same, in the same order.
"""

from dataclasses import dataclass

import numpy as np

from catsel_core.arrays import FloatArray, Floats, Indices, freeze
from catsel_core.errors import UndefinedError
from catsel_core.statistics.similarity import ROUNDING, centred, lengths

_FLAT = 1e-6
"""Similarities of a smaller range are all equal: rounding alone spreads the cosines of equal vectors by 1e-7."""

_TIE = 1e-9
"""Price of one layer off equal depth: too small for any likeness to notice, enough to choose between equal paths."""


def rsa(similarity_a: FloatArray, similarity_b: FloatArray) -> Floats:
    """Representational similarity analysis: Spearman's correlation of the upper triangles, for all pairs of layers.

    Kriegeskorte, Mur & Bandettini 2008; ranks of equal values are averaged.

    Args:
        similarity_a: (layer_a, item, item).
        similarity_b: (layer_b, item, item).

    Returns:
        (layer_a, layer_b) float64, read-only, within [-1, 1]; NaN where all similarities of a layer are equal.

    Raises:
        UndefinedError: with fewer than three items.
    """
    _check_items(similarity_a.shape[1], 3)
    rows, columns = np.triu_indices(similarity_a.shape[1], k=1)
    a = _rank_directions(similarity_a[:, rows, columns])  # (layer_a, pair)
    b = _rank_directions(similarity_b[:, rows, columns])
    return _frozen(np.clip(a @ b.T, -1, 1))


def _check_items(n_items: int, least: int) -> None:
    if n_items < least:
        raise UndefinedError(f"Layers can be compared over {least} items or more; there are {n_items}. Add words.")


def _rank_directions(values: FloatArray) -> Floats:
    """(…, n) average ranks along the last axis, centred, of length 1; NaN where all values are equal up to rounding.

    The product of two such vectors is Spearman's correlation.
    """
    from scipy.stats import rankdata

    ranks: Floats = rankdata(values, axis=-1) - (values.shape[-1] + 1) / 2
    norms: Floats = np.linalg.norm(ranks, axis=-1, keepdims=True)
    norms[np.ptp(values, axis=-1) < _FLAT] = np.nan
    return ranks / norms


def _frozen(values: Floats) -> Floats:
    freeze(values)
    return values


def linear_cka(vectors_a: FloatArray, vectors_b: FloatArray) -> Floats:
    """Linear centred kernel alignment, <K, L> / (|K| |L|) of centred Gram matrices, for all pairs of layers.

    Kornblith et al. 2019, "Similarity of neural network representations revisited".

    Args:
        vectors_a: (layer_a, item, hidden_a) float32.
        vectors_b: (layer_b, item, hidden_b) float32; another hidden size is no matter.

    Returns:
        (layer_a, layer_b) float64, read-only, within [0, 1]; NaN where all vectors of a layer are equal up to rounding.
        With fewer items than dimensions it is biased upwards: see :func:`debiased_cka`.

    Raises:
        UndefinedError: with fewer than three items (of two, any layers are alike), or if a vector is not finite.
    """
    _check_items(vectors_a.shape[1], 3)
    a, b = _directions(_centred_grams(vectors_a)), _directions(_centred_grams(vectors_b))
    return _frozen(np.clip(a @ b.T, 0, 1))


def debiased_cka(vectors_a: FloatArray, vectors_b: FloatArray) -> Floats:
    """Linear CKA of U-centred Gram matrices, which is near 0 for unrelated representations whatever their sizes.

    Székely & Rizzo 2014 (U-centring); Song et al. 2012 (the unbiased HSIC); Murphy et al. 2024 on why CKA needs it.

    Args:
        vectors_a: (layer_a, item, hidden_a) float32.
        vectors_b: (layer_b, item, hidden_b) float32.

    Returns:
        (layer_a, layer_b) float64, read-only, within [-1, 1]; NaN where nothing but rounding is left of a layer: all
        its vectors are equal, or all equally far from one another.

    Raises:
        UndefinedError: with fewer than four items, or if a vector is not finite.
    """
    _check_items(vectors_a.shape[1], 4)
    a, b = _directions(_u_centred_grams(vectors_a)), _directions(_u_centred_grams(vectors_b))
    return _frozen(np.clip(a @ b.T, -1, 1))


def _centred_grams(vectors: FloatArray) -> Floats:
    """(layer, item, item) products of centred vectors; zeros where the vectors are equal up to rounding."""
    lengths(vectors)
    grams: Floats = np.empty((len(vectors), vectors.shape[1], vectors.shape[1]))
    for layer, states in enumerate(vectors):  # one at a time: float64 is twice the size
        rest = centred(states.astype(np.float64))
        grams[layer] = rest @ rest.T
    return grams


def _u_centred_grams(vectors: FloatArray) -> Floats:
    """(layer, item, item) with a diagonal of zeros; all zeros where only rounding is left."""
    grams = _centred_grams(vectors)
    items = np.arange(grams.shape[1])
    farthest = np.sqrt(grams[:, items, items].max(axis=1))  # (layer,) from the mean
    rounding = ROUNDING * lengths(vectors).max(axis=1) * farthest
    hollow = _u_centred(grams)
    hollow[np.abs(hollow).max(axis=(1, 2)) <= rounding] = 0
    return hollow


def _u_centred(grams: Floats) -> Floats:
    """(layer, item, item) with a diagonal of zeros and every row and column summing to zero."""
    n = grams.shape[1]
    hollow = np.where(np.eye(n, dtype=bool), 0, grams)
    rows = hollow.sum(axis=2, keepdims=True)
    total = rows.sum(axis=1, keepdims=True)
    levelled = hollow - (rows + rows.transpose(0, 2, 1)) / (n - 2) + total / ((n - 1) * (n - 2))
    return np.where(np.eye(n, dtype=bool), 0, levelled)


def _directions(grams: Floats) -> Floats:
    """(layer, item · item) of length 1; NaN where a matrix is zero."""
    flat = grams.reshape(len(grams), -1)
    norms = np.linalg.norm(flat, axis=1, keepdims=True)
    norms[norms == 0] = np.nan
    directions: Floats = flat / norms
    return directions


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


def neighbourhood_change(similarity_a: FloatArray, similarity_b: FloatArray) -> FloatArray:
    """How much every item's similarities to the other items differ: 1 − Spearman's correlation of its two rows.

    Args:
        similarity_a: (layer_a, item, item).
        similarity_b: (layer_b, item, item).

    Returns:
        (layer_a, layer_b, item) float32, read-only, within [0, 2]: 0 is the same order of neighbours, 1 no relation,
        2 the reverse; NaN where an item is equally similar to all others.

    Raises:
        UndefinedError: with fewer than three items.
    """
    n = similarity_a.shape[1]
    _check_items(n, 3)
    change: FloatArray = np.empty((len(similarity_a), len(similarity_b), n), np.float32)
    for item in range(n):  # one at a time: ranks of all items at once would be many times the similarities
        others = np.arange(n) != item
        a = _rank_directions(similarity_a[:, item, others])  # (layer_a, other)
        b = _rank_directions(similarity_b[:, item, others])
        change[:, :, item] = np.clip(1 - a @ b.T, 0, 2)
    freeze(change)
    return change


def nearest(similarity: FloatArray, count: int) -> Indices:
    """The most similar other items of every item, best first; of equal ones the earlier.

    Args:
        similarity: (layer, item, item).
        count: how many; at most all others.

    Returns:
        (layer, item, min(count, item − 1)) int64 indices of items, read-only.
    """
    n = similarity.shape[1]
    items = np.arange(n)
    distance = -similarity
    distance[:, items, items] = np.inf
    found: Indices = np.argsort(distance, axis=2, kind="stable")[:, :, : min(count, n - 1)].astype(np.int64)
    freeze(found)
    return found


@dataclass(frozen=True, slots=True)
class MantelTest:
    """Correlation of two similarity matrices, and how often shuffled items reach it (one-sided)."""

    correlation: float
    p: float
    shuffles: int


def mantel(
    similarity_a_layer: FloatArray, similarity_b_layer: FloatArray, rng: np.random.Generator, shuffles: int
) -> MantelTest:
    """Permutation test of one RSA value: rows and columns of one matrix are shuffled together (Mantel 1967).

    p = (1 + #{>= observed}) / (1 + #shuffles), Phipson & Smyth 2010. The items of a matrix are what is exchangeable,
    not its cells: those of one item depend on each other.

    Args:
        similarity_a_layer: (item, item).
        similarity_b_layer: (item, item).
        rng: source of the shuffles.
        shuffles: how many; the smallest p is 1 / (1 + shuffles).

    Raises:
        UndefinedError: with fewer than three items, or where all similarities of a side are equal.
    """
    correlation = float(rsa(similarity_a_layer[None], similarity_b_layer[None])[0, 0])
    if np.isnan(correlation):
        raise UndefinedError(
            "All similarities of one of the two layers are equal, so RSA is not defined. Choose another layer."
        )
    a, b = _rank_matrix(similarity_a_layer), _rank_matrix(similarity_b_layer)
    reached = 0
    for _ in range(shuffles):
        order = rng.permutation(len(a))
        # a shuffle that changes nothing must count, though its sum may be rounded otherwise
        reached += int(np.vdot(a[order][:, order], b) / 2 >= correlation - 1e-10)
    return MantelTest(correlation, (1 + reached) / (1 + shuffles), shuffles)


def _rank_matrix(similarity: FloatArray) -> Floats:
    """(item, item) :func:`_rank_directions` of the upper triangle, mirrored, with a diagonal of zeros."""
    rows, columns = np.triu_indices(len(similarity), k=1)
    ranks = np.zeros(similarity.shape)
    ranks[rows, columns] = ranks[columns, rows] = _rank_directions(similarity[rows, columns])
    return ranks
