"""Every item by itself: how it sits among its own group and the others, from similarities alone.

Descriptions, and no test of an item: a word of another list is nearer to one of the groups too.
Sources: Rousseeuw 1987 (silhouette); nearest centroid with the item left out of its own group's centroid.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.errors import UndefinedError
from catsel_core.language import tr
from catsel_core.statistics.label_splits import numbered, shuffled_codes

SHUFFLES = 200
SEED = 25

_TIE = 1e-6  # a score that is larger by less is as large: float32 cosines of equal vectors differ by rounding
_COLUMNS = 2_000  # (shuffle, group) columns of one product of matrices


@dataclass(frozen=True, slots=True, eq=False)
class ItemStatistics:
    """At every layer, for every item. Arrays are read-only.

    to_groups: (layer, item, group) float64, mean similarity to the items of a group without itself; NaN where there is
        no other one.
    own: (layer, item) float64, that of its own group.
    others: (layer, item) float64, mean similarity to all items of other groups.
    silhouette: (layer, item) float64, with 1 − similarity as distance; 0 for an item that is alone in its group.
    correct: (layer, item) bool, whether the centroid of its own group, made without it, is the nearest one.
    chance: (layer,) float64, the share of correct items with shuffled labels, on average.
    chance_high: (layer,) float64, the share that 5 of 100 shuffles exceed.
    """

    to_groups: Floats
    own: Floats
    others: Floats
    silhouette: Floats
    correct: NDArray[np.bool_]
    chance: Floats
    chance_high: Floats

    @property
    def selectivity(self) -> Floats:
        """(layer, item) mean similarity to the own group minus that to the others; NaN for an item alone in it."""
        made: Floats = self.own - self.others
        return made

    @property
    def accuracy(self) -> Floats:
        """(layer,) share of correct items."""
        made: Floats = self.correct.mean(axis=1)
        return made


def item_statistics(
    similarity: FloatArray, labels: Sequence[object], shuffles: int = SHUFFLES, seed: int = SEED
) -> ItemStatistics:
    """Of all items.

    Args:
        similarity: (layer, item, item), cosines of some vectors or what is like them: 1 on the diagonal.
        labels: (item,) of two groups or more, in the order in which they first appear.
        shuffles: of the labels, for the chance level.
        seed: of the shuffles.

    Raises:
        UndefinedError: if all items are in one group.
    """
    codes = numbered(labels)
    n_groups = int(codes.max()) + 1
    if n_groups < 2:
        raise UndefinedError(tr("All words are in one category. Give words in two categories or more."))
    one_hot = np.eye(n_groups)[codes]  # (item, group)
    sums = similarity.astype(np.float64) @ one_hot  # (layer, item, group)
    itself = np.diagonal(similarity, axis1=1, axis2=2)[:, :, None] * one_hot
    counts = one_hot.sum(axis=0) - one_hot  # (item, group)
    to_groups = np.divide(sums - itself, counts, out=np.full(sums.shape, np.nan), where=counts > 0)
    mine = one_hot.astype(bool)
    own = to_groups[:, mine]
    others = np.where(mine, 0, sums).sum(axis=2) / np.where(mine, 0, one_hot.sum(axis=0)).sum(axis=1)
    silhouette = _silhouette(own, np.where(mine, -np.inf, to_groups).max(axis=2))
    correct = _correct(similarity, codes[:, None])[:, :, 0]
    chance, high = _chance(similarity, labels, shuffles, seed)
    freeze(to_groups, own, others, silhouette, correct, chance, high)
    return ItemStatistics(to_groups, own, others, silhouette, correct, chance, high)


def _silhouette(own: Floats, nearest: Floats) -> Floats:
    """(layer, item) from the mean similarity to the own group and to the nearest other one."""
    a, b = 1 - own, 1 - nearest
    widest = np.maximum(a, b)
    made: Floats = np.divide(b - a, widest, out=np.zeros(a.shape), where=np.isfinite(a) & (widest > _TIE))
    return made


def _chance(similarity: FloatArray, labels: Sequence[object], shuffles: int, seed: int) -> tuple[Floats, Floats]:
    """(layer,) mean and 95 % quantile of the accuracy with shuffled labels."""
    codes = shuffled_codes(labels, [None] * len(labels), np.random.default_rng(seed), shuffles).astype(np.intp)
    step = max(1, _COLUMNS // (int(codes.max()) + 1))
    parts = [_correct(similarity, codes[:, start : start + step]).mean(axis=1) for start in range(0, shuffles, step)]
    accuracy = np.concatenate(parts, axis=1)  # (layer, shuffle)
    return accuracy.mean(axis=1), np.quantile(accuracy, 0.95, axis=1)


def _correct(similarity: FloatArray, codes: NDArray[np.intp]) -> NDArray[np.bool_]:
    """(layer, item, labelling) from (item, labelling) group numbers.

    The cosine of an item with a centroid is the sum of its similarities to the group over the length of the sum of the
    group's unit vectors; that length squared is the sum of all similarities within the group.
    """
    items, n = np.arange(len(codes))[:, None], int(codes.max()) + 1
    one_hot = np.eye(n, dtype=np.float32)[codes]  # (item, labelling, group)
    labellings = np.arange(codes.shape[1])
    made = np.empty((len(similarity), *codes.shape), bool)
    for layer, matrix in enumerate(similarity):
        sums = (matrix @ one_hot.reshape(len(codes), -1)).reshape(one_hot.shape).astype(np.float64)
        squares = (sums * one_hot).sum(axis=0)  # (labelling, group)
        scores = sums / np.sqrt(np.maximum(squares, _TIE))
        mine = sums[items, labellings, codes]  # (item, labelling)
        diagonal = np.diagonal(matrix).astype(np.float64)[:, None]
        left = squares[labellings, codes] - 2 * mine + diagonal
        alone = one_hot.sum(axis=0)[labellings, codes] < 2
        own = np.where(alone, -np.inf, (mine - diagonal) / np.sqrt(np.maximum(left, _TIE)))
        scores[items, labellings, codes] = -np.inf
        made[layer] = own > scores.max(axis=2) + _TIE
    return made


def group_means(similarity: FloatArray, labels: Sequence[object]) -> Floats:
    """(layer, group, group) mean similarity of the pairs of two groups, float64; NaN where there is no pair.

    Args:
        similarity: (layer, item, item).
        labels: (item,); groups are in the order in which they first appear.
    """
    one_hot = np.eye(int(numbered(labels).max()) + 1)[numbered(labels)]  # (item, group)
    sizes = one_hot.sum(axis=0)
    itself = np.diagonal(similarity, axis1=1, axis2=2) @ one_hot  # (layer, group)
    sums = one_hot.T @ (similarity.astype(np.float64) @ one_hot)
    sums[:, np.arange(len(sizes)), np.arange(len(sizes))] -= itself
    counts = np.outer(sizes, sizes) - np.diag(sizes)
    made: Floats = np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)
    return made
