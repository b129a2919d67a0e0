"""How hidden states vary over items at every token position: sums that can be added up part by part."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import FloatArray, Floats, freeze


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """What the variance over some items is made from. Arrays are read-only.

    The first ``shared`` tokens are the same in all items, and so are the hidden states there: nothing but the number
    of items is kept of them.

    counts: (position,) int64, items that reach each position.
    mean: (layer, position − shared, hidden) float64.
    squares: (layer, position − shared, hidden) sums of squared differences from the mean.
    """

    shared: int
    counts: NDArray[np.int64]
    mean: Floats
    squares: Floats | FloatArray

    def variance(self) -> tuple[FloatArray, NDArray[np.int64]]:
        """(layer, position, hidden) variance (n − 1), and the (position,) number of items, where it is two or more."""
        reached = self.counts >= 2  # (position,), the first positions: whoever reaches one has passed all before it
        counts = self.counts[reached]
        n = counts[self.shared :, None]  # (position − shared, 1)
        layers, _, width = self.squares.shape
        variance = np.zeros((layers, len(counts), width), np.float32)
        variance[:, self.shared :] = np.maximum(self.squares[:, reached[self.shared :]] / (n - 1), 0)
        freeze(variance, counts)
        return variance, counts


class SpreadSums:
    """Running sums for a :class:`Spread`.

    Sums are of differences from one reference state per position (the first item seen there): sums
    of squares of raw values would lose the variance of rogue dimensions to rounding.
    """

    def __init__(self, n_layers: int, width: int, lengths: Sequence[int], shared: int) -> None:
        shape = (n_layers, max(lengths) - shared, width)
        self._shared = shared
        self._reference = np.zeros(shape, np.float32)
        self._total = np.zeros(shape)
        self._squares = np.zeros(shape)
        self._counts = np.zeros(max(lengths), np.int64)
        self._counts[:shared] = len(lengths)

    def add(self, position: int, states: FloatArray) -> None:
        """Take in the (layer, item, hidden) of some items at one token position that is not shared."""
        at = position - self._shared
        if not self._counts[position]:
            self._reference[:, at] = states[:, 0]
        difference = (states - self._reference[:, at, None]).astype(np.float64)
        self._total[:, at] += difference.sum(axis=1)
        self._squares[:, at] += (difference**2).sum(axis=1)
        self._counts[position] += states.shape[1]

    def spread(self) -> Spread:
        """The frozen result."""
        n = np.maximum(self._counts[self._shared :, None], 1)
        mean = self._reference + self._total / n
        squares = self._squares - self._total**2 / n
        freeze(self._counts, mean, squares)
        return Spread(self._shared, self._counts, mean, squares)


def merged(one: Spread, other: Spread) -> Spread:
    """Of the items of both, which share their first tokens (Chan, Golub & LeVeque 1979, the parallel algorithm)."""
    if len(one.counts) < len(other.counts):
        one, other = other, one
    short = other.mean.shape[1]
    n = one.counts[one.shared :][:short, None].astype(np.float64)  # (position − shared, 1), where both have items
    m = other.counts[other.shared :, None].astype(np.float64)
    mean, squares = one.mean.copy(), one.squares.astype(np.float64)
    apart = other.mean - mean[:, :short]
    mean[:, :short] += apart * (m / (n + m))
    squares[:, :short] += other.squares + apart**2 * (n * m / (n + m))
    counts = one.counts.copy()
    counts[: len(other.counts)] += other.counts
    freeze(counts, mean, squares)
    return Spread(one.shared, counts, mean, squares)
