"""Representational similarity analysis (RSA): layers compared by their similarities, and items by their neighbours.

The layers are those of two models, or of one model twice; the items of both sides must be the same, in the same order.
"""

from dataclasses import dataclass

import numpy as np

from catsel_core.arrays import FloatArray, Floats, Indices, freeze
from catsel_core.errors import UndefinedError
from catsel_core.language import mark, tr

_FLAT = 1e-6
"""Similarities of a smaller range are all equal: rounding alone spreads the cosines of equal vectors by 1e-7."""


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
    check_number_of_items(similarity_a.shape[1], 3)
    rows, columns = np.triu_indices(similarity_a.shape[1], k=1)
    a = rank_directions(similarity_a[:, rows, columns])  # (layer_a, pair)
    b = rank_directions(similarity_b[:, rows, columns])  # (layer_b, pair)
    correlation: Floats = np.clip(a @ b.T, -1, 1)
    freeze(correlation)
    return correlation


def check_number_of_items(n_items: int, least: int) -> None:
    """Nothing, if there are as many items as a comparison of layers needs.

    Raises:
        UndefinedError: if there are fewer than ``least``.
    """
    if n_items < least:
        why = mark("Comparing layers takes at least {least} items; there are {count}. Add words.")
        raise UndefinedError(tr(why, least=least, count=n_items))


def rank_directions(values: FloatArray) -> Floats:
    """(…, n) average ranks along the last axis, centred, of length 1; NaN where all values are equal up to rounding.

    The product of two such vectors is Spearman's correlation.
    """
    from scipy.stats import rankdata

    ranks: Floats = rankdata(values, axis=-1) - (values.shape[-1] + 1) / 2
    norms: Floats = np.linalg.norm(ranks, axis=-1, keepdims=True)
    norms[np.ptp(values, axis=-1) < _FLAT] = np.nan
    return ranks / norms


def neighbourhood_change(similarity_a: FloatArray, similarity_b: FloatArray) -> FloatArray:
    """How much every item's similarities to the others differ: 1 − Spearman's correlation of its rows in the matrices.

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
    check_number_of_items(n, 3)
    change: FloatArray = np.empty((len(similarity_a), len(similarity_b), n), np.float32)
    for item in range(n):  # one at a time: ranks of all items at once would be many times the similarities
        others = np.arange(n) != item
        a = rank_directions(similarity_a[:, item, others])  # (layer_a, other)
        b = rank_directions(similarity_b[:, item, others])
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
    """Correlation of two similarity matrices, and how often shuffled items reach it (one-sided).

    correlation: Spearman's, of the upper triangles.
    p: (1 + shuffles that reach it) / (1 + shuffles).
    shuffles: how many there were.
    """

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
            tr("All similarities of one of the two layers are equal, so RSA is not defined. Choose another layer.")
        )
    a, b = _rank_matrix(similarity_a_layer), _rank_matrix(similarity_b_layer)
    reached = 0
    for _ in range(shuffles):
        order = rng.permutation(len(a))
        # a shuffle that changes nothing must count, though its sum may be rounded otherwise
        shuffled = np.vdot(a[order][:, order], b) / 2  # both halves of the matrix hold every pair
        reached += int(shuffled >= correlation - 1e-10)
    return MantelTest(correlation, (1 + reached) / (1 + shuffles), shuffles)


def _rank_matrix(similarity: FloatArray) -> Floats:
    """(item, item) :func:`rank_directions` of the upper triangle, mirrored, with a diagonal of zeros."""
    rows, columns = np.triu_indices(len(similarity), k=1)
    ranks = np.zeros(similarity.shape)
    ranks[rows, columns] = ranks[columns, rows] = rank_directions(similarity[rows, columns])
    return ranks
