"""Intervals that leave out one item at a time: what other items of the same kinds would have given.

Delete-one-item jackknife inside groups, the weights of the blocks (pairs by their two labels) kept fixed. Variance
Σ over groups of (n−1)/n · Σ dev², quantile of Student's t with Satterthwaite's degrees of freedom. It is a little too
wide rather than too narrow (Efron & Stein 1981: biased upwards). The bootstrap of items does not hold here: items
that are drawn twice are pairs with themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.statistics.label_blocks import label_blocks
from catsel_core.statistics.label_splits import numbered
from catsel_core.statistics.pairs import PairGroups

LEVEL = 0.95
FEWEST, FEWEST_FOR_FULL = 3, 5
"""Items of the smallest group for an interval, and for one that is not rough."""

Quality = Literal["full", "rough", "none"]


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """An interval at every layer, each layer by itself: (layer,) float64, read-only; NaN where it is not defined."""

    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Intervals:
    """95 % intervals of the book's means, Δ and the balanced Δ. Those of the means lie within [−1, 1].

    quality: “full” from 5 items a group, “rough” from 3; “none” below, and then only ``across`` may be defined, which
        takes 2 items a group.
    """

    quality: Quality
    within: Band
    across: Band
    delta: Band
    balanced: Band


def jackknife(similarity: FloatArray, labels: Sequence[object], pairs: PairGroups) -> Intervals:
    """Intervals of the within and across means, of Δ and of the balanced Δ.

    Args:
        similarity: (layer, item, item).
        labels: (item,) whose equality makes a pair *within*.
        pairs: those that count; items that are in none of them are left out of account.
    """
    codes = numbered(labels)
    among = np.zeros((len(codes), len(codes)), bool)  # (item, item)
    among[pairs.first, pairs.second] = among[pairs.second, pairs.first] = True
    items = among.any(axis=1)
    means, changes = _block_means(similarity, among, codes)
    blocks, groups, changes = label_blocks(codes, pairs), codes[items], changes[:, items]
    smallest = int(np.unique(groups, return_counts=True)[1].min())
    return Intervals(
        quality="full" if smallest >= FEWEST_FOR_FULL else "rough" if smallest >= FEWEST else "none",
        within=_band(means, changes, groups, blocks.within, of_mean=True),
        across=_band(means, changes, groups, blocks.across, of_mean=True),
        delta=_band(means, changes, groups, blocks.delta),
        balanced=_band(means, changes, groups, blocks.balanced),
    )


def _block_means(similarity: FloatArray, among: NDArray[np.bool_], codes: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Means of all blocks, and how they change without an item.

    Returns:
        (layer, label, label), 0 where a block has no pair; and (layer, item, label): by how much the mean of the block
        of the item's own label and another one changes without the item, NaN where nothing is left of it.
    """
    one_hot = np.eye(codes.max() + 1)[codes]  # (item, label)
    sums = np.stack([np.where(among, layer, 0) @ one_hot for layer in similarity])  # (layer, item, label)
    counts = among @ one_hot  # (item, label)
    total, n = one_hot.T @ sums, one_hot.T @ counts  # a block of one label has every pair twice
    means = np.divide(total, n, out=np.zeros(total.shape), where=n > 0)
    times = 1 + one_hot  # and loses it twice
    left = n[codes] - times * counts
    without = np.divide(total[:, codes] - times * sums, left, out=np.full(sums.shape, np.nan), where=left > 0)
    return means, np.where(counts > 0, without - means[:, codes], 0)


def _band(means: Floats, changes: Floats, groups: NDArray[np.intp], weights: Floats, of_mean: bool = False) -> Band:
    """The interval of the statistic with these weights; with ``of_mean`` on Fisher's z scale."""
    value = (means * np.triu(weights)).sum(axis=(1, 2))  # (layer,)
    own = weights[groups]  # (item, label)
    shift = np.where(own == 0, 0, changes * own).sum(axis=2)  # (layer, item)
    centre, replicates = value, value[:, None] + shift
    if of_mean:
        centre, replicates = fisher_z(centre), fisher_z(replicates)
    half = _half_width(replicates, groups)
    low, high = centre - half, centre + half
    if of_mean:
        low, high = np.tanh(low), np.tanh(high)
    freeze(low, high)
    return Band(low, high)


def _half_width(replicates: Floats, groups: NDArray[np.intp]) -> Floats:
    """(layer,) from (layer, item) values without each item: quantile of t × standard error."""
    from scipy.special import stdtrit  # takes long to import, and most pages need none of it

    variance, denominator = np.zeros((2, len(replicates)))
    for group in np.unique(groups):
        own = replicates[:, groups == group]
        n = own.shape[1]
        part = (n - 1) / n * ((own - own.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
        variance += part
        denominator += part**2 / max(1, n - 1)
    df = np.divide(variance**2, denominator, out=np.ones(len(variance)), where=denominator > 0)
    half: Floats = stdtrit(df, (1 + LEVEL) / 2) * np.sqrt(variance)
    return half


def fisher_z(means: Floats) -> Floats:
    """Where means are spread alike, however near to 1 they are: artanh."""
    edge = 1 - 1e-9  # a mean of equal vectors is 1 up to rounding
    return np.arctanh(np.clip(means, -edge, edge))
