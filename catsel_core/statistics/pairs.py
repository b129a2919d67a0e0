"""Statistics over pairs of items: the book's numbers for every layer at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.errors import UndefinedError
from catsel_core.language import tr

BOOK_BINS = 20
"""Bins of the book's word histograms."""


Statistic = Literal["delta", "t", "within_mean", "across_mean"]
"""The book's numbers of a layer, as :class:`BookStatistics` names them."""


@dataclass(frozen=True, slots=True)
class PairGroups:
    """Every pair of items, told apart by whether the two share a label. Arrays are read-only.

    first, second: (pair,) indices of the two items, first < second.
    within: (pair,) bool, whether they share a label.
    """

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    within: NDArray[np.bool_]

    @property
    def n_within(self) -> int:
        """Number of pairs that share a label."""
        return int(self.within.sum())

    @property
    def n_across(self) -> int:
        """Number of pairs with different labels."""
        return int(len(self.within) - self.within.sum())


@dataclass(frozen=True, slots=True)
class BookStatistics:
    """The book's four numbers per layer, all (layer,) float64 and read-only.

    within_mean, across_mean: mean similarity of pairs that share a label, and of those that do not.
    delta: their difference.
    t: Student's t of the two; NaN where it is not defined: all values equal, or fewer than three pairs in all.
    n_within, n_across: numbers of pairs.
    """

    within_mean: Floats
    across_mean: Floats
    delta: Floats
    t: Floats
    n_within: int
    n_across: int


def pair_groups(labels: Sequence[object]) -> PairGroups:
    """Split the upper triangle by label equality (never by products of label numbers: 1*4 == 2*2).

    Raises:
        UndefinedError: if no pair shares a label, or no pair differs in it.
    """
    numbers = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    codes = np.array([numbers[label] for label in labels])  # (item,)
    first, second = np.triu_indices(len(labels), k=1)
    within = codes[first] == codes[second]
    if not within.any():
        raise UndefinedError(tr("No two items share a category, so the within-category mean is not defined."))
    if within.all():
        raise UndefinedError(tr("All items share one category, so the across-category mean is not defined."))
    freeze(first, second, within)
    return PairGroups(first, second, within)


def restricted(pairs: PairGroups, keep: NDArray[np.bool_]) -> PairGroups:
    """The pairs for which ``keep`` (pair,) is true.

    Raises:
        UndefinedError: if they are all within or all across.
    """
    within = pairs.within[keep]
    if not within.any() or within.all():
        raise UndefinedError(tr("The chosen pairs are all of one kind, so there is nothing to compare."))
    first, second = pairs.first[keep], pairs.second[keep]
    freeze(first, second, within)
    return PairGroups(first, second, within)


def pair_values(similarity: FloatArray, pairs: PairGroups) -> FloatArray:
    """Similarity of every pair: (layer, item, item) -> (layer, pair)."""
    return similarity[:, pairs.first, pairs.second]


def book_statistics(similarity: FloatArray, pairs: PairGroups) -> BookStatistics:
    """Means, their difference and Student's t (equal variances) of within against across pairs.

    t = Δ / sqrt(s² (1/n_w + 1/n_a)) with the pooled variance s² over n_w + n_a − 2 degrees of
    freedom, as ``scipy.stats.ttest_ind`` has it. Pairs share items, so t is a description of the
    picture and not a calibrated test.

    Args:
        similarity: (layer, item, item).
        pairs: the two groups of pairs.
    """
    values = pair_values(similarity, pairs).astype(np.float64)  # (layer, pair)
    within, across = values[:, pairs.within], values[:, ~pairs.within]
    within_mean, across_mean = within.mean(axis=1), across.mean(axis=1)
    delta = within_mean - across_mean
    squares = _squared_deviations(within, within_mean) + _squared_deviations(across, across_mean)
    t = _student_t(delta, squares, pairs.n_within, pairs.n_across)
    freeze(within_mean, across_mean, delta, t)
    return BookStatistics(within_mean, across_mean, delta, t, pairs.n_within, pairs.n_across)


def _squared_deviations(values: Floats, means: Floats) -> Floats:
    """(layer,) sum of the squared deviations of (layer, pair) values from (layer,) means."""
    deviations: Floats = ((values - means[:, None]) ** 2).sum(axis=1)
    return deviations


def _student_t(delta: Floats, squares: Floats, n_within: int, n_across: int) -> Floats:
    """(layer,) t, from the squared deviations of both groups together."""
    degrees_of_freedom = n_within + n_across - 2
    t = np.full(len(delta), np.nan)
    if degrees_of_freedom < 1:
        return t
    standard_error = np.sqrt(squares / degrees_of_freedom * (1 / n_within + 1 / n_across))
    # float32 cosines of equal vectors differ by rounding alone: below this there is no spread to divide by
    defined = standard_error > 1e-7
    t[defined] = delta[defined] / standard_error[defined]
    return t


def density(values: Floats | FloatArray, edges: Floats) -> Floats:
    """Density histogram: counts / (number of values × bin width), so that the area is 1.

    Args:
        values: (value,); every one within the edges.
        edges: (bin + 1,) increasing.

    Returns:
        (bin,) float64.
    """
    counts = np.histogram(values, bins=edges)[0]
    return counts / (len(values) * np.diff(edges))


def bin_edges(values: Floats | FloatArray, bins: int = BOOK_BINS) -> Floats:
    """Edges of equal bins from the smallest to the largest value, (bins + 1,) float64.

    Equal values get a bin range of ±0.001 around them: a histogram of one spike, not an error.
    """
    low, high = float(np.min(values)), float(np.max(values))
    if high - low < 1e-6:
        low, high = low - 0.001, high + 0.001
    edges: Floats = np.linspace(low, high, bins + 1)
    return edges


def centers(edges: Floats) -> Floats:
    """Middle of every bin: (bin + 1,) -> (bin,)."""
    middle: Floats = (edges[:-1] + edges[1:]) / 2
    return middle
