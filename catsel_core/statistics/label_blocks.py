"""Pairs of items by their two labels: a *block* for every two labels, and what a block counts in Δ and its parts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import Floats
from catsel_core.statistics.pairs import PairGroups


@dataclass(frozen=True, slots=True, eq=False)
class LabelBlocks:
    """How many pairs of items each block has. Labels are numbers.

    A statistic is the sum over all blocks of weight × mean of the block. Weights are (label, label), symmetric.

    n_pairs: (label, label) float64, symmetric.
    """

    n_pairs: Floats

    @property
    def within(self) -> Floats:
        """Weights of the within mean: every pair counts the same."""
        return np.diag(self.n_pairs.diagonal() / self.n_pairs.trace())

    @property
    def across(self) -> Floats:
        """Weights of the across mean: every pair counts the same."""
        across = self._off_diagonal(self.n_pairs)
        weights: Floats = across / np.triu(across).sum()
        return weights

    @property
    def delta(self) -> Floats:
        """Weights of Δ."""
        return self.within - self.across

    @property
    def balanced(self) -> Floats:
        """Weights of the balanced Δ: every category that has pairs counts the same, and every two categories."""
        there = (self.n_pairs > 0).astype(np.float64)
        across = self._off_diagonal(there)
        weights: Floats = np.diag(there.diagonal() / there.trace()) - across / np.triu(across).sum()
        return weights

    def of_pairs(self, weights: Floats) -> Floats:
        """(label, label) weight of a single pair, from those of blocks."""
        single: Floats = np.divide(weights, self.n_pairs, out=np.zeros(weights.shape), where=self.n_pairs > 0)
        return single

    @staticmethod
    def _off_diagonal(table: Floats) -> Floats:
        return table - np.diag(table.diagonal())


def label_blocks(codes: NDArray[np.integer], pairs: PairGroups) -> LabelBlocks:
    """Count the pairs of every two labels.

    Args:
        codes: (item,) labels as numbers from 0.
        pairs: the pairs that count.
    """
    n = int(codes.max()) + 1
    found = codes[pairs.first].astype(np.intp) * n + codes[pairs.second]  # (pair,)
    counts = np.bincount(found, minlength=n * n).reshape(n, n)
    return LabelBlocks((counts + counts.T - np.diag(counts.diagonal())).astype(np.float64))
