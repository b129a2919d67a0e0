"""What shuffled labels make of Δ, beside what the table of Student's t takes for granted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catsel_core.arrays import Floats, freeze
from catsel_core.statistics.careful import CarefulStatistics

BINS = 40


@dataclass(frozen=True, slots=True, eq=False)
class NullDistribution:
    """Δ of every shuffle at every layer, in equal bins over the layer's own range. Arrays are read-only.

    edges: (layer, bin + 1) float64.
    bins: (layer, shuffle) uint8, the bin of each, the observed labels first.
    standard_error: (layer,) float64, of Δ if pairs were independent, as Student's t takes them to be; NaN where t is
        not defined or 0.
    t: (layer,) float64, Student's t.
    t_p: (layer,) float64, its one-sided p from the table.
    degrees_of_freedom: of t.
    """

    edges: Floats
    bins: NDArray[np.uint8]
    standard_error: Floats
    t: Floats
    t_p: Floats
    degrees_of_freedom: int

    @property
    def density(self) -> Floats:
        """(layer, bin) share of the shuffles in each bin over its width."""
        counts = np.array([np.bincount(row, minlength=BINS) for row in self.bins])
        made: Floats = counts / (self.bins.shape[1] * np.diff(self.edges))
        return made

    def table_density(self, x: Floats) -> Floats:
        """(layer, place) density at (layer, place) values of Δ, if pairs were independent; 0 where t is not defined."""
        from scipy.stats import t as student  # takes long to import, and most pages need none of it

        error = self.standard_error[:, None]
        made: Floats = np.nan_to_num(student.pdf(x / error, self.degrees_of_freedom) / error)
        return made


def null_distribution(careful: CarefulStatistics) -> NullDistribution:
    """The shuffles of a test in bins, and Student's t of the same pairs."""
    from scipy.special import stdtr

    null, effect = np.nan_to_num(careful.test.null.astype(np.float64)), careful.effect  # no spread: all are 0
    low, high = null.min(axis=1, keepdims=True), null.max(axis=1, keepdims=True)
    flat = high - low < 1e-9
    low, high = np.where(flat, low - 0.001, low), np.where(flat, high + 0.001, high)
    bins = np.clip((null - low) / (high - low) * BINS, 0, BINS - 1).astype(np.uint8)
    t = effect.cohen_d / np.sqrt(1 / effect.n_within + 1 / effect.n_across)
    delta = effect.within_mean - effect.across_mean
    error = np.divide(delta, t, out=np.full(len(t), np.nan), where=np.isfinite(t) & (t != 0))
    df = effect.n_within + effect.n_across - 2
    edges, t_p = low + (high - low) * np.arange(BINS + 1) / BINS, stdtr(df, -t)
    freeze(edges, bins, error, t, t_p)
    return NullDistribution(edges, bins, error, t, t_p, df)
