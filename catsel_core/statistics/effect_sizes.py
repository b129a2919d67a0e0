"""How far within and across pairs lie apart, whatever their number. Descriptions: pairs share items."""

from dataclasses import dataclass

import numpy as np

from catsel_core.arrays import FloatArray, Floats, freeze
from catsel_core.statistics.pairs import PairGroups, pair_values


@dataclass(frozen=True, slots=True, eq=False)
class EffectSizes:
    """At every layer, (layer,) float64, read-only.

    n_within, n_across: numbers of pairs.
    within_mean, across_mean: mean similarity of the pairs.
    auc: probability that a pair within is more similar than one across; ties count half.
    cohen_d: Δ in units of the pooled standard deviation; NaN where no two values differ, or of fewer than three pairs.
    """

    n_within: int
    n_across: int
    within_mean: Floats
    across_mean: Floats
    auc: Floats
    cohen_d: Floats


def effect_sizes(similarity: FloatArray, pairs: PairGroups) -> EffectSizes:
    """AUC = (R_w − n_w (n_w + 1) / 2) / (n_w n_a) with the sum R_w of the ranks of the pairs within (Mann-Whitney).

    Args:
        similarity: (layer, item, item).
        pairs: those that count.
    """
    from scipy.stats import rankdata  # takes long to import, and most pages need none of it

    n_within, n_across = pairs.n_within, pairs.n_across
    within_mean, across_mean, auc, d = np.full((4, len(similarity)), np.nan)
    for layer, values in enumerate(pair_values(similarity, pairs)):  # one by one: ranks take four times the room
        ranks = rankdata(values)
        auc[layer] = (ranks[pairs.within].sum() - n_within * (n_within + 1) / 2) / (n_within * n_across)
        within, across = values[pairs.within].astype(np.float64), values[~pairs.within].astype(np.float64)
        within_mean[layer], across_mean[layer] = within.mean(), across.mean()
        d[layer] = _cohen_d(within, across)
    freeze(within_mean, across_mean, auc, d)
    return EffectSizes(n_within, n_across, within_mean, across_mean, auc, d)


def _cohen_d(within: Floats, across: Floats) -> float:
    degrees_of_freedom = len(within) + len(across) - 2
    if degrees_of_freedom < 1:
        return np.nan
    squares = ((within - within.mean()) ** 2).sum() + ((across - across.mean()) ** 2).sum()
    pooled = np.sqrt(squares / degrees_of_freedom)
    # float32 cosines of equal vectors differ by rounding alone: below this there is no spread to divide by
    return float((within.mean() - across.mean()) / pooled) if pooled > 1e-6 else np.nan
